"""What is kept from run to run changes nothing of what is found, whatever happens to it meanwhile."""

import os
import threading
import time
from pathlib import Path

import pytest
from conftest import CLEAN, DAMAGED, write_files
from hypothesis import given
from hypothesis import strategies as st

from postlint import frameworks
from postlint.checking import cache, identity, run
from postlint.checking.cache import Cache
from postlint.files.files import CACHE, Files
from postlint.projects.project import Projects

BLOG = "src/content/blog"
POSTS = {
    f"{BLOG}/a.md": "---\ntitle: A\ntags: [x, Y]\npubDate: 2024-01-02\n---\n\n![a](/a.png) ![](/gone.png)\n\n# One {#two}\n",
    f"{BLOG}/b.md": "---\ntitle: no\nslug: a\ntags: [y]\npubDate: 2999-01-02\n---\n\n[a](#b) [b](./c.md)\n",
    f"{BLOG}/c.md": DAMAGED + "<!-- postlint-disable-next-line mojibake -->\nNow â€” then.\r\n",
    f"{BLOG}/d.md": "---\ntitle: a: b\n---\n",
    f"{BLOG}/e.md": b"\xff\xfe broken \x00",
    f"{BLOG}/f.md": "",
    "public/a.png": "",
}


@pytest.fixture
def check(main, monkeypatch):
    """Runs `check` with its cache, and compares with a run that has none; answers what lies in the cache after it."""
    monkeypatch.setattr(run, "FEW", 1)

    def check(root, *arguments):
        kept = main("check", "--output-format", "json", *arguments, cwd=root)
        assert kept == main("check", "--no-cache", "--output-format", "json", *arguments, cwd=root)
        files = sorted(Path(root, CACHE).glob("*.txt")) if Path(root, CACHE).is_dir() else []
        return {file.name: file.read_bytes() for file in files if file.is_file()}

    return check


@pytest.fixture
def site(astro):
    """A site whose files were written some time ago."""
    return age(astro(POSTS))


def age(root):
    """Let nothing below `root` be so young that only its content tells what it is."""
    long_ago = time.time() - 100
    for path in Path(root).rglob("*"):
        os.utime(path, (long_ago, long_ago))
    return root


def read(monkeypatch):
    """Counts the posts that are checked."""
    seen = []
    before = cache.Checker.check
    monkeypatch.setattr(cache.Checker, "check", lambda self, path, data: seen.append(path) or before(self, path, data))
    return seen


def test_the_second_run_reads_no_post(site, main, check, monkeypatch):
    monkeypatch.setattr(cache, "_YOUNG", 0)
    first = main("check", cwd=site)
    seen = read(monkeypatch)
    monkeypatch.setattr(cache, "blob_of", None)
    assert main("check", cwd=site) == first
    assert seen == []


def test_what_is_young_is_known_by_its_content(site, main, check, monkeypatch):
    first = main("check", cwd=site)
    seen = read(monkeypatch)
    assert main("check", cwd=site) == first
    assert seen == []


EDITS = {
    "nothing": lambda root: None,
    "a post": lambda root: (root / BLOG / "a.md").write_text(DAMAGED, "utf-8"),
    "a post, at once and as long": lambda root: (root / BLOG / "f.md").write_text("", "utf-8"),
    "a new post": lambda root: (root / BLOG / "z.md").write_text(CLEAN, "utf-8"),
    "a post gone": lambda root: (root / BLOG / "a.md").unlink(),
    "a post by another name": lambda root: (root / BLOG / "a.md").rename(root / BLOG / "g.md"),
    "two posts for each other": lambda root: swap(root / BLOG / "a.md", root / BLOG / "c.md"),
    "an image gone": lambda root: (root / "public/a.png").unlink(),
    "an image come": lambda root: (root / "public/gone.png").write_text(""),
    "settings": lambda root: (root / "postlint.toml").write_text('ignore = ["image", "tag"]\n'),
    "a rule's options": lambda root: (root / "postlint.toml").write_text("[rules.image-alt]\n"),
    "the framework's settings": lambda root: (root / "astro.config.mjs").write_text('export default {base: "/b"}\n'),
    "a schema": lambda root: (root / "postlint.toml").write_text(
        f'[[collections]]\nname = "blog"\ninclude = ["{BLOG}/**"]\nschema = "starlight"\n'
    ),
}


def swap(one, other):
    was = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(was)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_edits_are_seen(site, check, edit):
    check(site)
    edit(site)
    check(site)
    check(site, "--index-site", f"{BLOG}/b.md", f"{BLOG}/c.md")
    check(site)


def test_the_same_length_in_the_same_moment(site, check):
    post = site / BLOG / "a.md"
    for letter in "abcdef":
        post.write_text(DAMAGED + letter if letter in "ace" else f"{CLEAN}{'x' * (len(DAMAGED) - len(CLEAN))}{letter}")
        check(site)


def test_git_and_backups_leave_it_alone(site, check):
    assert len(check(site)) == 1
    assert (site / CACHE / ".gitignore").read_text() == "*\n"
    assert (site / CACHE / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")


def test_small_sites_and_files_alone_leave_no_traces(site, main):
    main("check", cwd=site)
    main("check", "--index-site", f"{BLOG}/a.md", cwd=site)
    assert not (site / CACHE).exists()


def test_another_folder(site, check, tmp_path):
    assert check(site, "--cache-dir", str(tmp_path / "kept")) == {}
    assert len(list((tmp_path / "kept").glob("*.txt"))) == 1
    check(site, "--cache-dir", str(tmp_path / "kept"))


HARM = {
    "cut": lambda data: data[: len(data) * 2 // 3],
    "empty": lambda data: b"",
    "foreign": lambda data: b"\x80\x04cos\nsystem\n(S'false'\ntR.",
    "no text": lambda data: os.urandom(1000),
    "another head": lambda data: b"x" + data,
    "twice": lambda data: data + data,
    "without its sums": lambda data: b"\n".join(line[9:] for line in data.split(b"\n")),
    "upper case": lambda data: data.upper(),
    "other numbers": lambda data: data.replace(b"1", b"9"),
    "another word": lambda data: data.replace(b"Windows", b"Windoof"),
    "parts of another shape": lambda data: signed(data, "[1]\t[]\t[[],[],[]]"),
    "parts that are no parts": lambda data: signed(data, '["a",{"path":[]},7]\t"a"\t[[[1]],3,[[]]]'),
    "deep": lambda data: signed(data, "[" * 100_000),
    "no JSON": lambda data: signed(data, "\t\t"),
}


def signed(data, text):
    """The cache with `text` for every outcome, and sums as they must be."""
    seal, head, *lines = data.split(b"\n")
    lines = [cache._line(*line.split(b"\t", 4)[1:4], text.encode()) for line in lines if line]
    return b"\n".join([seal, head, *lines, b""])


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_a_damaged_cache_is_a_slow_run(site, check, harm):
    for name, data in check(site).items():
        (site / CACHE / name).write_bytes(harm(data))
    check(site)
    check(site, "--index-site", f"{BLOG}/b.md")
    check(site)


def test_what_a_killed_run_leaves(site, check, monkeypatch):
    (name,) = check(site)
    with open(site / CACHE / name, "ab") as file:
        file.write(b'1234abcd\t"src/content/blog/a.md"\t')
    (site / BLOG / "a.md").write_text(DAMAGED + "Well.\n", "utf-8")
    check(site)
    seen = read(monkeypatch)
    assert check(site)
    assert set(seen) == set(POSTS) - {"public/a.png"}, "only the run without a cache reads posts"


@pytest.mark.parametrize("kind", ["file", "link", "pipe", "folder"])
def test_something_else_in_its_place(site, check, kind):
    (name,) = check(site)
    outside = site / "outside"
    outside.mkdir()
    place = site / CACHE / name
    place.unlink()
    if kind == "file":
        for file in (site / CACHE).iterdir():
            file.unlink()
        (site / CACHE).rmdir()
        (site / CACHE).write_text("")
    elif kind == "link":
        (outside / "victim").write_text("precious")
        place.symlink_to(outside / "victim")
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.mkdir()
    check(site)
    check(site)
    if kind == "link":
        assert (outside / "victim").read_text() == "precious"


def test_a_link_to_another_folder_is_not_followed(site, main, check):
    outside = site / "outside"
    outside.mkdir()
    (site / CACHE).symlink_to(outside)
    main("check", cwd=site)
    main("check", cwd=site)
    assert list(outside.iterdir()) == []


def test_a_full_disk(site, postlint, astro):
    import resource

    posts = {f"{BLOG}/{number}.md": DAMAGED for number in range(run.FEW)}
    root = astro(posts)
    whole = postlint("check", "--no-cache", "--jobs", "1", cwd=root)
    full = postlint(
        *("check", "--jobs", "1"),
        cwd=root,
        # Python's own cache must not be cut, too.
        env={"PYTHONDONTWRITEBYTECODE": "1"},
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)),
    )
    assert full == whole
    assert not list((root / CACHE).glob("*.txt"))
    assert not list((root / CACHE).glob("*.new"))


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="this user may write everything")
def test_a_folder_that_must_not_be_written(site, check):
    site.chmod(0o555)
    try:
        check(site)
    finally:
        site.chmod(0o755)


def test_runs_beside_each_other(site, astro, postlint):
    root = astro({f"{BLOG}/{number}.md": DAMAGED for number in range(run.FEW)})
    whole = postlint("check", "--no-cache", cwd=root)
    found = []
    runs = [threading.Thread(target=lambda: found.append(postlint("check", cwd=root))) for _ in range(3)]
    for each in runs:
        each.start()
    for each in runs:
        each.join()
    assert found == [whole] * 3
    assert postlint("check", cwd=root) == whole


def test_old_files_go(site, check):
    check(site)
    old, young = site / CACHE / "old.txt", site / CACHE / "young.txt"
    for path in (old, young):
        path.write_text("")
    os.utime(old, (1, 1))
    (site / "postlint.toml").write_text('ignore = ["tag"]\n')
    check(site)
    assert not old.exists()
    assert young.exists()


RULE = """
from postlint import Finding, Rule, Span
from pathlib import Path

class Own(Rule):
    \"\"\"What another file says.\"\"\"

    def check(self, post):
        yield Finding(Span(0, 0), Path(__file__).with_name("said").read_text())
"""


def test_rules_of_users_own_always_run(site, check):
    (site / "rules.py").write_text(RULE)
    (site / "postlint.toml").write_text('plugins = ["rules.py:Own"]\n')
    for said in ("one", "two"):
        (site / "said").write_text(said)
        assert check(site) == {}


MODEL = "from kinds import Slug\nimport postlint\n\nclass Post(postlint.Post):\n    title: str\n    id: Slug = ''\n"


def test_schemas_of_users_own_are_asked_about_what_is_reported(site, check):
    (site / "models.py").write_text(MODEL)
    (site / "postlint.toml").write_text(
        f'[[collections]]\nname = "blog"\ninclude = ["{BLOG}/**"]\nschema = "models.py:Post"\n'
    )
    for kind in ("Slug = str", "Slug = int", "import postlint\nSlug = postlint.Slug", "from typing import Any as Slug"):
        (site / "kinds.py").write_text(kind)
        for post in ("a.md", "b.md"):
            text = (site / BLOG / post).read_text()
            (site / BLOG / post).write_text(text.replace("---\n", "---\nid: x\n", 1))
        check(site)
        check(site, "--index-site", f"{BLOG}/b.md")


def test_a_schema_that_a_post_names(site, check):
    (site / BLOG / "a.md").write_text("---\n$schema: ../../../own.json\ntitle: A\n---\n")
    for kind in ("string", "number"):
        (site / "own.json").write_text(f'{{"properties": {{"title": {{"type": "{kind}"}}}}}}')
        age(site)
        check(site)


def test_what_a_framework_asks_of_the_disk(write, check):
    """Hugo makes addresses of the `_index.md` above a post, and of what lies beside it."""
    root = write(
        {
            "hugo.toml": 'baseURL = "https://example.com"\n',
            "content/posts/a.md": "---\ntitle: A\n---\n![a](b.png)\n",
            "content/posts/c/index.md": "---\ntitle: C\n---\n![a](b.png)\n",
            "content/posts/c/b.png": "",
        }
    )
    steps = {
        "content/posts/_index.md": "---\ntitle: P\ncascade:\n  slug: x\n---\n",
        "content/posts/c/d.md": "---\ntitle: D\n---\n",
        "content/posts/b.png": "",
    }
    check(age(root))
    for path, text in steps.items():
        write({path: text})
        check(root)
        check(root)


def test_the_time_is_asked_anew(site, check, monkeypatch):
    for at in (1_700_000_000, 1_800_000_000, 40_000_000_000):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(at))
        check(site)


def test_fixes(site, main, check):
    check(site)
    assert main("check", "--diff", cwd=site) == main("check", "--diff", "--no-cache", cwd=site)
    main("check", "--fix", cwd=site)
    check(site)


def test_a_rule_that_reads_settings_of_its_own(site, check):
    """`format` takes up `.mdformat.toml`, which is no part of what the cache is known by."""
    pytest.importorskip("mdformat")
    (site / BLOG / "a.md").write_text("---\ntitle: A\n---\n\n1. one\n1. two\n")
    for number in ("false", "true"):
        (site / ".mdformat.toml").write_text(f"number = {number}\n")
        assert check(site, "--extend-select", "format") == {}


def test_the_blob_is_gits():
    assert cache.blob_of(b"") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
    assert cache.blob_of(b"what is up, doc?") == "bd9dbf5aae1a3862dd1526723246b20206e5fc37"


@given(st.binary(max_size=300))
def test_any_bytes(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("cache")
    (folder / "a.txt").write_bytes(b"postlint cache 1\n" + data)
    kept = Cache(str(folder), "a.txt", [Files(str(folder))])
    assert kept.text("a", state="s", blob="b") is None
    kept.add("a", "s", "b", "text")
    kept.save({}, None)
    again = Cache(str(folder), "a.txt", [Files(str(folder))])
    assert (again.text("a", state="s"), again.text("a", blob="b"), again.text("a", "", "")) == ("text", "text", None)


def test_a_digest_is_the_same_for_the_same_site(site):
    first, second = (Projects(isolated=True).of(str(site / BLOG)) for _ in range(2))
    assert identity.digest(first)[0] == identity.digest(second)[0]
    (site / "astro.config.mjs").write_text('export default {trailingSlash: "never"}\n')
    assert identity.digest(Projects(isolated=True).of(str(site / BLOG)))[0] != identity.digest(first)[0]


@pytest.mark.parametrize("name", frameworks.names())
def test_a_site_of_every_framework_can_be_compared(name, tmp_path):
    write_files(tmp_path, {"hugo.toml": "", "a.md": "---\ntitle: A\n---\n"})
    digests = {identity.digest(frameworks.load(name)(Files(tmp_path)))[0] for _ in range(2)}
    assert len(digests) == 1


@pytest.mark.parametrize("value", [lambda: 1, open, iter([])])
def test_what_cannot_be_compared(value):
    with pytest.raises(identity.Unknown):
        identity.digest([value])
