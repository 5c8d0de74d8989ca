"""After a change that other posts cannot see, only the changed posts are checked, and the report is that of a whole run."""

import os
import random
import subprocess

import pytest
from conftest import CLEAN, PATIENCE, write_files

from postlint.checking import stored_report
from postlint.files.files import CACHE

NOBODY = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false")
BLOG = "src/content/blog"
A, B, C = (f"{BLOG}/{name}.md" for name in "abc")
POSTS = {
    ".git/HEAD": "",
    A: "---\ntitle: A\ntags: [x, Y]\npubDate: 2024-01-02\n---\n\nText, text.\n\n[b](./b.md)\n![a](/a.png)\n\n## End\n",
    B: "---\ntitle: no\ntags: [y]\npubDate: 2024-01-03\n---\n\nText.\n\n[a](./gone.md) [c](/blog/c) ![b](b.png)\n\nEnd.\n",
    C: "---\ntitle: C\npubDate: 2024-01-04\n---\n<!-- postlint-disable link -->\n\n[a](./gone.md)\n\nText.\n",
    **{f"{BLOG}/more/{n}.md": f"---\ntitle: Post {n}\npubDate: 2024-02-0{n}\n---\n\nText.\n" for n in range(1, 6)},
    "public/a.png": "",
    "package.json": '{"dependencies": {"astro": "5"}}\n',
}


@pytest.fixture
def site(astro, check_kept):
    root = astro(POSTS)
    assert not check_kept(root)
    assert check_kept(root)
    return root


def edit(old, new, path=A):
    def change(root):
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new, 1), "utf-8")

    return change


def replace(root):
    """Write a post as many editors do: a new file takes the place of the old one."""
    edit("Text", "Other text")(root)
    (root / "new").write_bytes((root / A).read_bytes())
    (root / "new").rename(root / A)


QUIET = {
    "prose": edit("Text, text", "Other text"),
    "prose before a link": edit("Text, text", "A much longer text, which moves the link"),
    "lines before a link": edit("\n\nText", "\n\n\n\n\nText"),
    "a typo that is reported": edit("Text, text", "Now â€” then"),
    "a new file in the place of the old one": replace,
    "prose before findings of the site": edit("Text", "Other text", B),
    "prose between findings of the site": edit(" ![b]", " and ![b]", B),
    "lines before findings of the site": edit("\n\nText", "\n\n\n\nText", B),
    "lines before a suppressed finding of the site": edit("\n\n[a]", "\n\n\n\n[a]", C),
    "a shorter value before findings of the site": edit("title: no", "title:   no", B),
    "a comment that suppresses": edit("## End", "## End\n\n<!-- postlint-disable-next-line mojibake -->\nNow â€” then"),
    "an unused comment": edit("## End", "## End\n\n<!-- postlint-disable image-missing -->"),
    "the same bytes": lambda root: (root / A).write_bytes((root / A).read_bytes()),
    "the same bytes, older": lambda root: os.utime(root / A, (1, 1)),
}
LOUD = {
    "a link": edit("./b.md", "./c.md"),
    "an image": edit("/a.png", "/b.png"),
    "a heading": edit("## End", "## Begin"),
    "a title": edit("title: A", "title: C"),
    "a tag": edit("[x, Y]", "[x, y]"),
    "a field": edit("title: A", "title: A\nauthor: somebody"),
    "a draft": edit("title: A", "draft: true\ntitle: A"),
    "no front matter": edit("---\n", ""),
    "a post that is gone": lambda root: (root / A).unlink(),
    "a new post": lambda root: (root / BLOG / "z.md").write_text(CLEAN, "utf-8"),
    "a schema of its own": edit("title: A", "title: A\n$schema: ./gone.json"),
}


@pytest.mark.parametrize("change", QUIET.values(), ids=QUIET)
def test_a_quiet_change(site, check_kept, change):
    for _ in range(2):
        change(site)
        assert check_kept(site)
        assert check_kept(site)
        if change is not QUIET["the same bytes"]:
            break


@pytest.mark.parametrize("change", LOUD.values(), ids=LOUD)
def test_a_change_that_others_may_see(site, check_kept, change):
    change(site)
    assert not check_kept(site)
    assert check_kept(site)


def test_one_change_after_the_other(site, check_kept):
    for number in range(3):
        edit("Text", f"Text {number}")(site)
        edit("Text", f"Text {number}", C)(site)
        assert check_kept(site)
    edit("title: A", "title: C")(site)
    assert not check_kept(site)


def test_a_quiet_change_and_another_file(site, check_kept):
    edit("Text, text", "Other text")(site)
    (site / "public/b.png").write_text("")
    assert not check_kept(site)


def test_posts_named_for_a_hook(site, check_kept):
    named = ("--index-site", B)
    assert not check_kept(site, *named)
    edit("Text", "Other text")(site)
    assert check_kept(site, *named)
    edit("\n\nEnd.\n", "\n\nNow â€” then.\n", B)(site)
    assert check_kept(site, *named)
    edit("./b.md", "./c.md")(site)
    assert not check_kept(site, *named)


def test_the_first_run_makes_the_folder_of_the_cache_and_keeps_the_report(astro, check_kept):
    root = astro(POSTS)
    assert not check_kept(root)
    assert check_kept(root)
    edit("Text, text", "Other text")(root)
    assert check_kept(root)
    (root / "postlint.toml").write_text('select = ["tag"]\n')
    assert not check_kept(root)


def test_what_comes_to_the_root_during_the_first_run_is_seen(astro, check_kept, main, monkeypatch):
    from postlint.checking.checker import Checker

    root, original = astro(POSTS), Checker.check_site

    def late(self, *rest):
        (root / "postlint.toml").write_text('select = ["tag"]\n')
        return original(self, *rest)

    monkeypatch.setattr(Checker, "check_site", late)
    main("check", cwd=root)
    monkeypatch.setattr(Checker, "check_site", original)
    assert not check_kept(root)


def test_a_post_whose_state_is_not_sure_is_checked_again(astro, check_kept, main, monkeypatch):
    root = astro(POSTS)
    check_kept(root)
    # Everything is young, so nothing is kept; then the post alone.
    monkeypatch.setattr(stored_report, "_YOUNG", 10**18)
    edit("./b.md", "./c.md")(root)
    assert not check_kept(root)
    assert not check_kept(root)
    monkeypatch.setattr(stored_report, "_YOUNG", 0)
    original = stored_report.Run.__init__
    monkeypatch.setattr(
        stored_report.Run,
        "__init__",
        lambda self, *rest: original(self, *rest) or setattr(self, "began", (root / A).stat().st_mtime_ns),
    )
    assert not check_kept(root)
    before = (root / A).stat()
    edit("Text, text", "Now â€”")(root)
    os.utime(root / A, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert check_kept(root)


WORDS = [
    "Text",
    "a.md",
    "](./b.md)",
    "![a](/a.png)",
    "![](b.png)",
    "[c](/blog/c)",
    "## End",
    "\n\n",
    "â€”",
    "tags: [y]",
]
WORDS += [
    "title: A",
    "title: Post 1",
    "draft: true\n",
    "---\n",
    "<!-- postlint-disable -->\n",
    "slug: c\n",
    "\ufeff",
    "\r\n",
]
WORDS += [
    "<!-- postlint-disable-next-line link-missing -->\n",
    "[d](#end)",
    "`",
    "pubDate: 2030-01-01\n",
    "{#end}",
    "<a id=x>",
]


def any_edit(root, rng):
    """Some change of the site."""
    posts = sorted(path for path in (root / BLOG).rglob("*.md"))
    post, other = rng.choice(posts), root / BLOG / rng.choice(["more/", "", "new/"]) / f"{rng.choice('abcdefg')}.md"
    kind = rng.choice(
        ["insert", "insert", "insert", "cut", "append", "append", "move", "copy", "gone", "file", "folder", "touch"]
    )
    text = post.read_bytes().decode()
    at = rng.randrange(len(text) + 1)
    if kind == "insert":
        post.write_bytes((text[:at] + rng.choice(WORDS) + text[at:]).encode())
    elif kind == "cut":
        post.write_bytes((text[:at] + text[at + rng.randrange(9) :]).encode())
    elif kind == "append":
        post.write_bytes((text + rng.choice(["More text.\n", "Now â€” then.\n", "\n"])).encode())
    elif kind == "touch":
        post.write_bytes(text.encode())
    elif kind == "gone" and len(posts) > 4:
        post.unlink()
    elif kind in ("move", "copy") and not other.exists():
        other.parent.mkdir(exist_ok=True)
        other.write_bytes(text.encode())
        if kind == "move":
            post.unlink()
    elif kind == "file":
        name = rng.choice(["public/a.png", "public/b.png", f"{BLOG}/b.png", "postlint.toml", "public/_redirects"])
        if (root / name).exists():
            (root / name).unlink()
        else:
            write_files(root, {name: 'ignore = ["image"]\n' if name.endswith("toml") else ""})


@pytest.mark.parametrize("seed", range(6))
def test_any_changes(site, check_kept, seed):
    rng = random.Random(seed)
    for _ in range(20):
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            any_edit(site, rng)
        check_kept(site)


def git(root, *words):
    subprocess.run(["git", *NOBODY, *words], cwd=root, check=True, capture_output=True, timeout=PATIENCE)


@pytest.fixture
def committed(site):
    (site / ".git/HEAD").unlink()
    (site / ".gitignore").write_text(f"{CACHE}\n")
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "all")):
        git(site, *words)
    return site


def stage(root, change):
    change(root)
    git(root, "add", "-A")


@pytest.mark.parametrize("named", [(), ("--index-site", A, C)], ids=["all", "named"])
def test_a_hook_that_runs_again(committed, check_kept, named):
    hook = ("--staged", *named)
    for path in (A, C):
        stage(committed, edit("Text", "Now â€” then", path))
    assert not check_kept(committed, *hook)
    assert check_kept(committed, *hook)
    # What is not staged does not count.
    edit("Now", "[a](./none.md)")(committed)
    (committed / "public/a.png").unlink()
    assert check_kept(committed, *hook)
    git(committed, "checkout", "-q", ".")
    stage(committed, edit("Now â€”", "Other words, more of them, and"))
    assert check_kept(committed, *hook)
    assert check_kept(committed, *hook)
    stage(committed, edit("## End", "## Begin"))
    assert not check_kept(committed, *hook)


OTHERWISE = {
    "a link": edit("./b.md", "./c.md"),
    "another post": edit("Text", "Other text", B),
    "a new post": lambda root: (root / BLOG / "z.md").write_text(CLEAN, "utf-8"),
    "a post that is gone": lambda root: (root / B).unlink(),
    "an image": lambda root: (root / "public/a.png").unlink(),
    "settings": lambda root: (root / "postlint.toml").write_text('ignore = ["mojibake"]\n'),
    "a commit before it": lambda root: (git(root, "commit", "-qm", "more"), edit("Now â€”", "Now â€œ")(root)),
    "a program": lambda root: (root / A).chmod(0o755),
}


@pytest.mark.parametrize("change", OTHERWISE.values(), ids=OTHERWISE)
def test_a_hook_that_runs_for_something_else(committed, check_kept, change):
    stage(committed, edit("Text", "Now â€” then"))
    assert not check_kept(committed, "--staged")
    stage(committed, change)
    assert not check_kept(committed, "--staged")
    assert check_kept(committed, "--staged")


@pytest.mark.parametrize("seed", range(4))
def test_any_staged_changes(committed, check_kept, seed):
    rng = random.Random(seed)
    for _ in range(16):
        stage(committed, lambda root: any_edit(root, rng))
        check_kept(committed, "--staged")
        if rng.random() < 0.3:
            git(committed, "commit", "-qm", "more", "--allow-empty")
