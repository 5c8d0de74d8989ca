"""`check --staged` and `check --since`: what Git has is judged, and of it what a change takes part in."""

import os
import shutil
import subprocess

import pytest
from conftest import BARE_ASTRO, CLEAN, DAMAGED, POST, environment, write_files

from postlint.files import git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="Git is not installed")

POST_B = "src/content/blog/b.md"
NAMES = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b.c"}
HUGO = {"hugo.toml": 'baseURL = "https://example.com/"\n'}
CODE = """plugins = ["rules.py:No"]
[[collections]]
name = "a"
include = ["content/**"]
schema = "schemas.py:No"
"""


def page(title="A", body="", **fields):
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"---\ntitle: {title}\ndate: 2024-01-02\n{lines}---\n\n{body}\n"


class Repository:
    """A repository in which postlint runs in this very process."""

    def __init__(self, root, main):
        self.root = root
        self._main = main
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments, cwd=None):
        env = environment(self.root, **NAMES)
        done = subprocess.run(["git", *arguments], cwd=cwd or self.root, env=env, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode(errors="surrogateescape")

    def write(self, files):
        write_files(self.root, files)

    def stage(self, files):
        self.write(files)
        self.git("add", "-A")

    def commit(self, files, message="A change"):
        self.stage(files)
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def check(self, *arguments, cwd=None):
        """(path, rule) of what is found."""
        ran = self._main("check", "--output-format", "json", *arguments, cwd=cwd or self.root)
        assert ran.status in (0, 1), ran.err
        return [(d["path"], d["rule"]) for d in ran.report["diagnostics"]]

    def fail(self, *arguments, cwd=None):
        """What is said where postlint cannot do what it is asked to."""
        ran = self._main("check", *arguments, cwd=cwd or self.root)
        assert ran.status == 2
        assert "Traceback" not in ran.err
        return ran.err


@pytest.fixture
def repository(tmp_path, main):
    root = tmp_path / "site"
    root.mkdir()
    return Repository(root, main)


@pytest.fixture
def blog(repository):
    """An Astro site whose one post shows an image."""
    repository.commit({**BARE_ASTRO, POST: page(body="![A cat](/a.png)"), "public/a.png": ""})
    return repository


@pytest.fixture
def hugo(repository):
    """A Hugo site of two posts, the second of which links to the first and shows an image."""
    repository.commit(
        {
            **HUGO,
            "content/posts/one.md": page("One", "## A heading\n\nWords."),
            "content/posts/two.md": page("Two", "[one](/posts/one/#a-heading)\n\n![A cat](/a.png)"),
            "static/a.png": "",
        }
    )
    return repository


def test_the_index_is_judged_and_not_the_work_tree(blog):
    blog.stage({POST_B: DAMAGED})
    blog.write({POST_B: CLEAN, "src/content/blog/c.md": DAMAGED})
    assert blog.check("--staged") == [(POST_B, "mojibake")]
    blog.git("add", POST_B)
    blog.write({POST_B: DAMAGED})
    assert blog.check("--staged") == []


def test_a_staged_image_is_there_though_it_was_removed(blog):
    blog.stage({POST_B: page("B", "![A dog](/b.png)"), "public/b.png": ""})
    (blog.root / "public/b.png").unlink()
    assert blog.check("--staged") == []
    blog.git("rm", "-q", "--cached", "public/b.png")
    blog.write({"public/b.png": ""})
    assert blog.check("--staged") == [(POST_B, "image-missing")]


def test_an_image_that_a_post_still_shows(blog):
    (blog.root / "public/a.png").unlink()
    blog.git("add", "-A")
    assert blog.check("--staged") == [(POST, "image-missing")]
    assert " read, without a cache" in blog._main("check", "--staged", "--verbose", cwd=blog.root).err
    said = blog._main("check", "--staged", cwd=blog.root).out
    assert "(broken by this change)" in said
    assert "Staged changes: 1 error in 1 post" in said


def test_old_faults_of_posts_that_are_not_touched_stay_unsaid(blog):
    blog.commit({POST: page(body="![A dog](/gone.png) ![A cat](/a.png)"), POST_B: DAMAGED})
    blog.stage({"src/content/blog/c.md": page("C", "![A dog](/gone.png)")})
    assert blog.check("--staged") == [("src/content/blog/c.md", "image-missing")]
    (blog.root / "public/a.png").unlink()
    blog.git("add", "-A")
    assert blog.check("--staged") == [("src/content/blog/c.md", "image-missing"), (POST, "image-missing")]


def test_a_comment_suppresses_what_a_change_broke(blog):
    blog.commit({POST: page(body="<!-- postlint-disable image-missing -->\n\n![A cat](/a.png)")})
    (blog.root / "public/a.png").unlink()
    blog.git("add", "-A")
    assert blog.check("--staged") == []


def test_habits_of_posts_that_are_not_touched_stay_unsaid(blog):
    blog.commit({f"src/content/blog/{n}.md": page(str(n), tags="[Linux]") for n in range(2)})
    tags = {f"src/content/blog/{n}.md": page(str(n), tags="[linux]") for n in range(2, 7)}
    assert {path for path, _ in (blog.stage(tags), blog.check("--staged"))[1]} <= tags.keys()


def test_contents_that_git_has_not_got(hugo, tmp_path):
    hugo.git("mv", "content/posts/one.md", "content/posts/three.md")
    hugo.commit({"content/posts/three.md": page("One", "## A heading\n\nOther words.")})
    blob = hugo.git("rev-parse", "HEAD~1:content/posts/one.md").strip()
    (hugo.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert hugo.check("--since", "HEAD~1") == [], "which address it had can't be told"


def test_a_new_duplicate_address(blog):
    blog.stage({POST_B: page("B", slug="post")})
    assert blog.check("--staged") == [(POST_B, "slug-duplicate")]


def test_a_renamed_heading(hugo):
    hugo.stage({"content/posts/one.md": page("One", "## Another heading\n\nWords.")})
    assert hugo.check("--staged") == [("content/posts/two.md", "link-anchor")]


def test_a_renamed_post(hugo):
    hugo.git("mv", "content/posts/one.md", "content/posts/three.md")
    found = [("content/posts/three.md", "slug-changed"), ("content/posts/two.md", "link-missing")]
    assert hugo.check("--staged") == found
    hugo.stage({"static/_redirects": "/posts/one/ /posts/three/\n"})
    assert hugo.check("--staged") == []


def test_an_alias_keeps_the_address(hugo):
    hugo.git("mv", "content/posts/one.md", "content/posts/three.md")
    hugo.stage({"content/posts/three.md": page("One", "## A heading\n\nWords.", aliases="[/posts/one/]")})
    assert hugo.check("--staged") == []


def test_a_deleted_post(hugo):
    hugo.git("rm", "-q", "content/posts/one.md")
    found = [("content/posts/one.md", "slug-changed"), ("content/posts/two.md", "link-missing")]
    assert hugo.check("--staged") == found


def test_a_draft_may_have_any_address(hugo):
    hugo.commit({"content/posts/three.md": page("Three", draft="true")})
    hugo.git("mv", "content/posts/three.md", "content/posts/four.md")
    hugo.stage({"content/posts/four.md": page("Three")})
    assert hugo.check("--staged") == []


def test_settings_that_move_all_posts(hugo):
    hugo.stage({"hugo.toml": HUGO["hugo.toml"] + '[permalinks]\nposts = "/p/:slug/"\n'})
    found = [path for path, rule in hugo.check("--staged") if rule == "slug-changed"]
    assert found == ["content/posts/one.md", "content/posts/two.md"]


def test_settings_are_those_of_the_index(blog):
    blog.stage({"postlint.toml": 'ignore = ["mojibake"]\n', POST_B: DAMAGED})
    (blog.root / "postlint.toml").unlink()
    assert blog.check("--staged") == []


def test_the_first_commit(repository):
    repository.stage({**BARE_ASTRO, POST: DAMAGED})
    assert repository.check("--staged") == [(POST, "mojibake")]


def test_a_change_without_posts(blog):
    blog.stage({"src/index.ts": "export {}\n"})
    ran = blog._main("check", "--staged", cwd=blog.root)
    assert (ran.status, ran.out) == (0, "Staged changes: no post changed, nothing to report.\n")


def test_since(blog):
    blog.git("checkout", "-q", "-b", "topic")
    blog.commit({POST_B: DAMAGED})
    blog.git("checkout", "-q", "main")
    blog.commit({"src/content/blog/c.md": DAMAGED})
    blog.git("checkout", "-q", "topic")
    blog.write({POST_B: CLEAN})
    assert blog.check("--since", "main") == [(POST_B, "mojibake")], "what main got meanwhile is not the topic's"
    assert blog.check("--since", "topic~1", "--until", "main") == [("src/content/blog/c.md", "mojibake")]
    assert "Changes since main:" in blog._main("check", "--since", "main", cwd=blog.root).out


def test_an_index_of_a_hook(blog, monkeypatch):
    shutil.copy(blog.root / ".git/index", blog.root / ".git/other")
    blog.stage({POST_B: DAMAGED})
    monkeypatch.setenv("GIT_INDEX_FILE", str(blog.root / ".git/other"))
    assert blog.check("--staged") == []


@pytest.mark.parametrize(
    "name", ["-rf.md", "a b.md", 'q"uote.md', "new\nline.md", "tab\t.md", "é.md", "über/ä.md", "*.md", ":x.md"]
)
def test_odd_names(blog, name):
    path = f"src/content/blog/{name}"
    blog.stage({path: DAMAGED})
    rules = [rule for found, rule in blog.check("--staged") if found == path]
    assert rules == (["post-refused"] if name == "*.md" else []) + ["mojibake"]  # `*` leaves no id for Astro


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_utf8(blog):
    path = os.fsdecode(b"src/content/blog/caf\xe9.md")
    blog.stage({path: DAMAGED})
    assert [rule for _, rule in blog.check("--staged")] == ["mojibake"]


def test_symbolic_links(blog):
    (blog.root / "src/content/blog/link.md").symlink_to("../../../notes/real.md")
    (blog.root / "public/pictures").symlink_to("../assets")
    (blog.root / "src/content/blog/out.md").symlink_to("/etc/hostname")
    (blog.root / "src/content/blog/round.md").symlink_to("round.md")
    blog.stage({"notes/real.md": page("B", "Now â€” ![A dog](/pictures/b.png)"), "assets/b.png": ""})
    shutil.rmtree(blog.root / "notes")
    unreadable = [(f"src/content/blog/{name}.md", "file-unreadable") for name in ("out", "round")]
    assert blog.check("--staged", "--select", "text,image,file") == [
        ("src/content/blog/link.md", "mojibake"),
        *unreadable,
    ]


def test_a_submodule(blog, tmp_path):
    other = tmp_path / "theme"
    other.mkdir()
    write_files(other, {"cat.png": ""})
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        blog.git(*command, cwd=other)
    blog.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(other), "public/theme")
    blog.stage({POST_B: page("B", "![A](/theme/cat.png) ![B](/theme/Cat.png)")})
    assert blog.check("--staged", "--select", "image") == [(POST_B, "image-case")]
    shutil.rmtree(blog.root / "public/theme")
    assert blog.check("--staged", "--select", "image") == [], "what is not there may be anything"


def test_a_pointer_of_large_files(blog):
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 99\n"
    blog.stage({POST_B: page("B", "![A dog](/b.png)"), "public/b.png": pointer})
    assert blog.check("--staged", "--select", "image") == []


def test_a_worktree_of_git(blog, tmp_path):
    blog.git("worktree", "add", "-q", str(tmp_path / "beside"))
    write_files(tmp_path / "beside", {POST_B: DAMAGED})
    blog.git("add", "-A", cwd=tmp_path / "beside")
    assert blog.check("--staged", cwd=tmp_path / "beside") == [(POST_B, "mojibake")]
    assert blog.check("--staged") == []


def test_a_site_below_the_root(repository):
    files = {**BARE_ASTRO, POST: CLEAN, "public/a.png": ""}
    repository.commit(
        {"docs/x.md": DAMAGED, **{f"{name}/{path}": text for name in "ab" for path, text in files.items()}}
    )
    damaged = DAMAGED.replace("A post", "Another")
    repository.stage({f"a/{POST_B}": damaged, f"b/{POST_B}": damaged})
    assert repository.check("--staged") == [(f"a/{POST_B}", "mojibake"), (f"b/{POST_B}", "mojibake")]
    assert repository.check("--staged", "a") == [(f"a/{POST_B}", "mojibake")]
    assert repository.check("--staged", cwd=repository.root / "a") == [
        ((repository.root / "b" / POST_B).as_posix(), "mojibake"),
        (POST_B, "mojibake"),
    ]


def test_a_conflict_that_is_not_resolved(blog):
    blog.git("checkout", "-q", "-b", "topic")
    blog.commit({POST: page("Theirs")})
    blog.git("checkout", "-q", "main")
    blog.commit({POST: page("Ours â€” then")})
    with pytest.raises(AssertionError):
        blog.git("merge", "topic")
    assert blog.check("--staged") == [], "our side is no change"


def test_a_bare_repository(hugo, tmp_path):
    hugo.commit({"postlint.toml": CODE})
    hugo.commit({"content/posts/three.md": DAMAGED, "rules.py": "1/0", "schemas.py": "1/0"})
    hugo.git("clone", "-q", "--bare", str(hugo.root), str(tmp_path / "bare.git"))
    bare = tmp_path / "bare.git"
    assert hugo.check("--since", "HEAD~1", cwd=bare) == [("content/posts/three.md", "mojibake")]
    assert "a bare repository has no index" in hugo.fail("--staged", cwd=bare)
    assert not (bare / ".postlint_cache").exists()
    write_files(tmp_path / "etc", {"postlint.toml": 'ignore = ["mojibake"]\n'})
    assert hugo.check("--since", "HEAD~1", "--config", str(tmp_path / "etc/postlint.toml"), cwd=bare) == []


def test_a_shallow_clone(blog, tmp_path):
    blog.commit({POST_B: CLEAN})
    blog.git("clone", "-q", "--depth", "1", f"file://{blog.root}", str(tmp_path / "shallow"))
    said = blog.fail("--since", "HEAD~1", cwd=tmp_path / "shallow")
    assert said == (
        "postlint: there is no commit `HEAD~1` in this repository: this clone is shallow; get its history with "
        "git fetch --unshallow\n"
    )


def test_no_program_of_the_repository_is_run(blog):
    (blog.root / ".gitattributes").write_text("*.md diff=x filter=x\n")
    for name in (
        "core.fsmonitor",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.clean",
        "core.pager",
    ):
        blog.git("config", name, f"touch {blog.root}/ran; false")
    blog.write({POST: page("Another")})
    assert blog.check("--staged") == blog.check("--since", "HEAD") == []
    assert not (blog.root / "ran").exists()


def test_git_is_looked_for_on_the_path_alone(tmp_path, monkeypatch):
    """Windows looks in the working directory, too."""
    write_files(tmp_path, {"site/git.exe": "", "installed/git.exe": ""})
    monkeypatch.chdir(tmp_path / "site")
    monkeypatch.setenv("PATH", os.pathsep.join((".", "", str(tmp_path / "empty"), str(tmp_path / "installed"))))
    assert git.on_path("git.exe") == str(tmp_path / "installed" / "git.exe")
    monkeypatch.setenv("PATH", ".")
    with pytest.raises(FileNotFoundError):
        git.on_path("git.exe")


def test_nothing_is_fetched(blog):
    """The settings of a partial clone may name a program that gets what the clone lacks."""
    blog.commit({POST: page("Another")})
    blob = blog.git("rev-parse", f"HEAD~1:{POST}").strip()
    (blog.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    for name, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": str(blog.root),
        "remote.origin.uploadpack": f"touch {blog.root}/ran; false",
    }.items():
        blog.git("config", name, value)
    assert blog.check("--since", "HEAD~1") == []
    assert not (blog.root / "ran").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--staged", "--fix"],
            "--staged cannot be combined with --fix: postlint does not fix what is in Git, only files on disk",
        ),
        (["--since", "HEAD", "--diff"], "--since cannot be combined with --diff"),
        (["--staged", "--since", "HEAD"], "--staged cannot be combined with --since"),
        (["--until", "HEAD"], "--until needs --since"),
        (["--since", "nowhere"], "there is no commit `nowhere` in this repository\n"),
        (["--since", "--all"], ""),
        (["--since", ""], "there is no commit `` in this repository"),
        (["--since=--all"], "there is no commit `--all`"),
    ],
)
def test_wrong_usage(blog, arguments, said):
    assert said in blog.fail(*arguments)


def test_no_repository(tmp_path, main):
    ran = main("check", "--staged", cwd=tmp_path)
    assert ran.status == 2
    assert "not a git repository" in ran.err


def test_histories_that_never_met(blog):
    blog.git("checkout", "-q", "--orphan", "other")
    blog.commit({POST: page("Other")})
    assert "`main` and `HEAD` have no common commit in this repository" in blog.fail("--since", "main")


def test_many_posts_in_several_processes_and_from_the_cache(blog):
    posts = {f"src/content/blog/p{n}.md": page(f"Number {n}", "![A cat](/a.png)") for n in range(200)}
    blog.commit({**posts, POST_B: page("B", "![A dog](/b.png)"), "public/b.png": ""})
    blog.stage({"src/content/blog/p7.md": page("Now â€” then")})
    expected = [("src/content/blog/p7.md", "mojibake")]
    assert blog.check("--staged", "--jobs", "2") == expected
    assert (blog.root / ".postlint_cache").is_dir()
    assert blog.check("--staged") == expected
    (blog.root / "public/a.png").unlink()
    blog.git("add", "-A")
    assert len(blog.check("--staged")) == 1 + 200
