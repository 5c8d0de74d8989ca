"""A report that is used again is the one that a new check would give, whatever changed in between."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CLEAN, DAMAGED, PATIENCE, environment, write_files

from postlint.checking import run, stored_report
from postlint.files.files import CACHE

BLOG = "src/content/blog"
POSTS = {
    ".git/HEAD": "",
    f"{BLOG}/a.md": "---\ntitle: A\ntags: [x, Y]\npubDate: 2024-01-02\n---\n\n![a](/a.png) ![b](/gone.png) ![c](c.png)\n",
    f"{BLOG}/b.md": "---\ntitle: no\nslug: a\ntags: [y]\npubDate: 2030-01-02\n---\n\n[a](#b) [b](./c.md) [d](/old)\n",
    f"{BLOG}/c.md": DAMAGED,
    f"{BLOG}/deep/er/d.md": CLEAN,
    f"{BLOG}/page.astro": "",
    "public/a.png": "",
    "public/_redirects": "/old /blog/a\n",
    "README.md": "",
    "package.json": '{"dependencies": {"astro": "5"}}\n',
    "schema.json": '{"properties": {"title": {"type": "string"}}}',
    "postlint.toml": f'[[collections]]\nname = "blog"\ninclude = ["{BLOG}/**"]\nschema = "schema.json"\n',
}


@pytest.fixture
def check(check_kept):
    return check_kept


def settle(check, root, *arguments):
    """Run until the report is used again: the first run makes the folder for it, which is a change of the site's own."""
    assert any([check(root, *arguments) for _ in range(4)][1:])


@pytest.fixture
def site(astro):
    return astro(POSTS)


def test_nothing_changed(site, check):
    settle(check, site)
    assert check(site)
    assert check(site, "--fail-on", "warning", "--statistics")


def rewrite(path, text):
    """Change a file and hide it as well as a program can."""
    before = path.stat()
    path.write_text(text)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def retarget(link, target):
    link.unlink()
    link.symlink_to(target)


CHANGES = {
    "a post": lambda root: (root / BLOG / "a.md").write_text(DAMAGED, "utf-8"),
    "a post, hidden": lambda root: rewrite(root / BLOG / "deep/er/d.md", CLEAN[::-1]),
    "a new post": lambda root: (root / BLOG / "z.md").write_text(CLEAN, "utf-8"),
    "a new post in a new folder": lambda root: write_files(root, {f"{BLOG}/new/z.md": DAMAGED}),
    "a post gone": lambda root: (root / BLOG / "a.md").unlink(),
    "a post by another name": lambda root: (root / BLOG / "a.md").rename(root / BLOG / "g.md"),
    "a folder by another name": lambda root: (root / BLOG / "deep").rename(root / BLOG / "deeper"),
    "a post that is a link now": lambda root: (
        (root / BLOG / "c.md").unlink(),
        (root / BLOG / "c.md").symlink_to("a.md"),
    ),
    "a post that is a folder now": lambda root: ((root / BLOG / "c.md").unlink(), (root / BLOG / "c.md").mkdir()),
    "an image gone": lambda root: (root / "public/a.png").unlink(),
    "an image come": lambda root: (root / "public/gone.png").write_text(""),
    "an image beside a post": lambda root: (root / BLOG / "c.png").write_text(""),
    "an image in other case": lambda root: (root / "public/a.png").rename(root / "public/A.png"),
    "an image that is a folder now": lambda root: ((root / "public/a.png").unlink(), (root / "public/a.png").mkdir()),
    "the folder of images gone": lambda root: (root / "public").rename(root / "static"),
    "redirects": lambda root: (root / "public/_redirects").write_text(""),
    "settings": lambda root: (root / "postlint.toml").write_text('ignore = ["image", "tag"]\n'),
    "settings gone": lambda root: (root / "postlint.toml").unlink(),
    "settings nearer to the posts": lambda root: (root / BLOG / "postlint.toml").write_text('select = ["tag"]\n'),
    "settings in pyproject.toml": lambda root: (
        (root / "postlint.toml").unlink(),
        (root / "pyproject.toml").write_text('[tool.postlint]\nselect = ["tag"]\n'),
    ),
    "the schema": lambda root: (root / "schema.json").write_text('{"properties": {"title": {"type": "number"}}}'),
    "the framework's settings": lambda root: (root / "astro.config.mjs").write_text('export default {base: "/b"}\n'),
    "the framework's schema": lambda root: write_files(
        root, {"src/content.config.ts": "export const collections = {}\n"}
    ),
    "another framework": lambda root: (
        (root / "astro.config.mjs").unlink(),
        (root / "package.json").unlink(),
        (root / "hugo.toml").write_text('baseURL = "https://example.com/"\n'),
    ),
    "the package": lambda root: (root / "package.json").write_text('{"dependencies": {"astro": "4"}}\n'),
    "what Git ignores": lambda root: (root / ".gitignore").write_text("c.md\n"),
    "what Git ignores below": lambda root: (root / BLOG / ".gitignore").write_text("deep\n"),
    "another site inside": lambda root: write_files(root, {f"{BLOG}/deep/hugo.toml": 'title = "x"\n'}),
    "a repository inside": lambda root: write_files(root, {f"{BLOG}/deep/.git/HEAD": ""}),
    "no repository": lambda root: (root / ".git").rename(root / "git"),
    "a page": lambda root: write_files(root, {"src/pages/c.astro": "<p>"}),
    "the cache gone": lambda root: [path.unlink() for path in (root / CACHE).glob("*.txt")],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(site, check, change):
    settle(check, site)
    change(site)
    check(site)
    settle(check, site)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen_by_a_hook(site, check, change):
    named = ("--index-site", f"{BLOG}/b.md", f"{BLOG}/deep/er/d.md")
    settle(check, site, *named)
    change(site)
    if all((site / name).is_file() for name in named[1:]):
        check(site, *named)


def test_changes_of_links(site, check, tmp_path):
    other = write_files(tmp_path / "other", {"x/e.md": DAMAGED, "y/e.md": CLEAN, "a.png": ""})
    (site / BLOG / "linked.md").symlink_to(other / "x/e.md")
    (site / "public/gone.png").symlink_to(other / "a.png")
    for change in (
        lambda: retarget(site / BLOG / "linked.md", other / "y/e.md"),
        lambda: (other / "y/e.md").write_text(DAMAGED),
        lambda: (other / "y/e.md").unlink(),
        lambda: (other / "a.png").unlink(),
        lambda: retarget(site / "public/gone.png", site / "public/a.png"),
        lambda: retarget(site / "public/gone.png", "nothing"),
    ):
        settle(check, site)
        change()
        check(site)


def test_a_link_to_another_site(site, check, tmp_path, astro, write):
    other = write({**POSTS, f"{BLOG}/a.md": CLEAN, "astro.config.mjs": ""}, tmp_path / "second")
    (tmp_path / "now").symlink_to(site)
    settle(check, tmp_path, "now")
    retarget(tmp_path / "now", other)
    check(tmp_path, "now")
    settle(check, tmp_path, "now")


def test_the_spelling_of_git(site, check):
    (site / ".git/HEAD").unlink()
    subprocess.run(["git", "init", "-q"], cwd=site, check=True, timeout=PATIENCE)
    settle(check, site)
    subprocess.run(["git", "config", "core.ignorecase", "true"], cwd=site, check=True, timeout=PATIENCE)
    check(site)
    settle(check, site)
    (site / "public/a.png").rename(site / "public/A.png")
    subprocess.run(["git", "add", "public"], cwd=site, check=True, timeout=PATIENCE)
    check(site)
    settle(check, site)
    subprocess.run(["git", "rm", "-q", "--cached", "public/A.png"], cwd=site, check=True, timeout=PATIENCE)
    (site / "public/A.png").rename(site / "public/a.png")
    subprocess.run(["git", "add", "public"], cwd=site, check=True, timeout=PATIENCE)
    check(site)


def test_what_is_above_a_site_without_a_repository(tmp_path, write, check):
    posts = {name: text for name, text in POSTS.items() if not name.startswith(".git/")}
    root = write(posts, tmp_path / "home" / "site")
    (root / "postlint.toml").unlink()
    settle(check, root)
    # Other names come and go there all the time.
    (tmp_path / "home" / "other").write_text("")
    assert check(root)
    (tmp_path / "home" / "postlint.toml").write_text('select = ["tag"]\n')
    assert not check(root)


def test_time_passes(site, check, monkeypatch):
    days = {2029: 1861920000, 2030: 1893456000 + 86400 - 14 * 3600}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(days[2029]))
    settle(check, site)
    for later, is_used in (
        (1, True),
        (days[2030] - days[2029] - 1, True),
        (days[2030] - days[2029], False),
        (-1, False),
    ):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(days[2029]))
        settle(check, site)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(days[2029] + later))
        assert check(site) is is_used


def test_other_options_and_folders(site, check):
    settle(check, site)
    assert not check(site, "--select", "tag")
    assert not check(site, "--isolated")
    assert not check(site, "--framework", "hugo")
    assert not check(site, "--publish")
    assert not check(site, BLOG)
    assert not check(site / "src")


def test_below_the_working_folder(tmp_path, write, check):
    write({f"web/{name}": text for name, text in POSTS.items()} | {"web/astro.config.mjs": ""})
    settle(check, tmp_path)
    (tmp_path / "web" / BLOG / "c.md").write_text(CLEAN)
    assert not check(tmp_path)
    assert not (tmp_path / CACHE).exists()


def test_another_folder_for_it(site, check):
    for where in ("../kept", "kept"):
        settle(check, site, "--cache-dir", where)
        (site / BLOG / "c.md").write_text(CLEAN + where)
        assert not check(site, "--cache-dir", where)


RULE = """
from postlint import Finding, Rule, Span

class Own(Rule):
    \"\"\"It is there.\"\"\"

    def check(self, post):
        yield Finding(Span(0, 0), "it is there")
"""


def test_user_code_always_runs(site, check):
    (site / "rules.py").write_text(RULE)
    (site / "postlint.toml").write_text('plugins = ["rules.py:Own"]\n')
    assert not any(check(site) for _ in range(4))
    (site / "models.py").write_text("import postlint\n\nclass Post(postlint.Post):\n    title: str\n")
    (site / "postlint.toml").write_text('[[collections]]\nname = "blog"\nschema = "models.py:Post"\n')
    assert not any(check(site) for _ in range(4))


def test_what_writes_always_runs(site, check, main):
    settle(check, site)
    assert main("check", "--diff", cwd=site).out
    assert main("check", "--fix", "--quiet", cwd=site).status == 1
    assert not check(site)


def test_a_baseline_is_read_anew(site, check, main):
    settle(check, site)
    main("check", "--write-baseline", "known.json", cwd=site)
    assert main("check", "--baseline", "known.json", "--output-format", "json", cwd=site).report["diagnostics"] == []
    (site / "known.json").write_text(json.dumps({"version": 1, "findings": []}))


def test_a_change_during_the_run_is_not_missed(site, check, main, monkeypatch):
    settle(check, site)
    from postlint.checking.checker import Checker

    original = Checker.check_site

    def late(self, *rest):
        found = original(self, *rest)
        (site / BLOG / "c.md").write_text(CLEAN)
        (site / "public/a.png").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(Checker, "check_site", late)
    (site / BLOG / "a.md").write_text(POSTS[f"{BLOG}/a.md"] + "more")
    main("check", cwd=site)
    monkeypatch.setattr(Checker, "check_site", original)
    assert not check(site)


HARM = {
    "cut": lambda data: data[: len(data) * 2 // 3],
    "empty": lambda data: b"",
    "no text": lambda data: os.urandom(1000),
    "another head": lambda data: b"x" + data,
    "other numbers": lambda data: data.replace(b"1", b"9"),
    "another word": lambda data: data.replace(b"Windows", b"Windoof"),
    "no JSON": lambda data: signed(data, b"\n\n"),
    "deep": lambda data: signed(data, b"[" * 100_000 + b"\n\n"),
    "parts of another shape": lambda data: signed(data, b'[]\n{"a": 1}\n[]\n[1]'),
    "lines missing": lambda data: signed(data, b"{}"),
    "findings of another shape": lambda data: with_findings(data, b'[["a"]]'),
    "findings of other types": lambda data: with_findings(
        data, b'[[1, 2, "error", 3, [1, 1, 0], [1, 1, 0], null, null, null, false, null]]'
    ),
    "posts of another shape": lambda data: with_findings(data, b"[]", b'{"a": 1}'),
    "posts of other types": lambda data: with_findings(data, b"[]", b"[1]"),
}


def signed(data, rest):
    """The report with `rest`, and a sum as it must be, in the folder of `data`."""
    return b"\n".join((data.partition(b"\n")[0], stored_report._HEAD, stored_report._sum(rest), rest))


def with_findings(data, found, posts=b"[]"):
    _, _, _, head, paths, _, _, rest = data.split(b"\n", 7)
    return signed(data, b"\n".join((head, paths, posts, found, rest)))


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_a_damaged_report_is_not_used(site, check, harm):
    settle(check, site)
    (place,) = (site / CACHE).glob("*.report")
    place.write_bytes(harm(place.read_bytes()))
    assert not check(site)
    settle(check, site)


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_something_else_in_its_place(site, check, kind):
    settle(check, site)
    (place,) = (site / CACHE).glob("*.report")
    data = place.read_bytes()
    place.unlink()
    if kind == "link":
        (site / "elsewhere").write_bytes(data)
        place.symlink_to(site / "elsewhere")
    elif kind == "pipe":
        os.mkfifo(place)
    else:
        place.mkdir()
    assert not check(site)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may give files away")
def test_the_report_of_another_user_is_not_used(site, check):
    settle(check, site)
    (place,) = (site / CACHE).glob("*.report")
    os.chown(place, 12345, 12345)
    assert not check(site)


# Runs postlint with the arguments of the process, and prints the paths that it asked the disk about and that it did not
# note, as JSON.
WATCHED = """
import builtins, contextlib, io, json, os, sys
root = os.getcwd()
asked = set()

def watch(holder, name):
    original = getattr(holder, name)
    def watched(path=".", *args, **kwargs):
        if isinstance(path, (str, bytes)):
            asked.add(os.path.normpath(os.path.join(root, os.fsdecode(path))))
        return original(path, *args, **kwargs)
    setattr(holder, name, watched)

from postlint.checking import stored_report
from postlint import cli
import postlint.checking.run
for holder, names in ((os, ("stat", "scandir", "listdir", "open", "access")), (builtins, ("open",)), (io, ("open",))):
    for name in names:
        watch(holder, name)
noted = []
save = stored_report.Run.save
def saved(self, *rest):
    noted.append(self.looks)
    held = frozenset(asked)
    save(self, *rest)
    asked.clear()
    asked.update(held)
stored_report.Run.save = saved
with contextlib.redirect_stdout(io.StringIO()):
    cli.main(sys.argv[1:])
looks, = noted
def is_noted(path):
    above, name = os.path.split(path)
    return (
        path in looks.paths or path in looks.posts or path in looks.existing
        # In a folder that was listed, what comes and goes is seen.
        or (above in looks.paths and not os.path.exists(path))
        or any(path == os.path.join(folder, one) for folder, names in looks.absent.items() for one in names)
    )
print(json.dumps(sorted(
    path for path in asked
    if not is_noted(path) and (path + os.sep).startswith(os.path.join(root, "")) and ".postlint_cache" not in path
)))
"""


@pytest.mark.parametrize("name", ["astro", "hugo", "jekyll", "docusaurus", "eleventy", "hexo", "zola", "mkdocs"])
def test_everything_that_was_asked_is_noted(tmp_path, name):
    marks = {
        "astro": ("astro.config.mjs", "export default {}", BLOG),
        "hugo": ("hugo.toml", "title = 'x'\n", "content/posts"),
        "jekyll": ("_config.yml", "permalink: /:title/\nplugins: [jekyll-feed]\n", "_posts"),
        "docusaurus": ("docusaurus.config.js", "module.exports = {}", "blog"),
        "eleventy": (".eleventy.js", "module.exports = () => ({})", "posts"),
        "hexo": ("_config.yml", "title: x\nsource_dir: source\npost_asset_folder: true\ntheme: t\n", "source/_posts"),
        "zola": ("config.toml", 'base_url = "https://example.com"\n', "content/blog"),
        "mkdocs": ("mkdocs.yml", "site_name: x\n", "docs"),
    }
    mark, text, folder = marks[name]
    posts = {
        f"{folder}/{n // 10}/2024-01-02-post-{n}.md": f"---\ntitle: Post {n}\ndate: 2024-01-02\n---\n\n"
        f"![a](/images/{n}.png) ![b](b{n}.png) [c](/x/{n}) [d](../{n}/2024-01-02-post-{n + 1}.md)\n"
        for n in range(run.FEW)
    }
    package = '{"dependencies": {"hexo": "7"}}' if name == "hexo" else "{}"
    files = {**posts, mark: text, "package.json": package, "images/1.png": "", "static/b": ""}
    root = write_files(
        tmp_path, {**files, ".git/HEAD": "", "public/images/2.png": "", "layouts/_default/single.html": ""}
    )
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, "check", "--jobs", "1"],
        cwd=root,
        env=environment(root),
        capture_output=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout) == []


def test_workers_note_what_they_ask(tmp_path, postlint, monkeypatch):
    posts = {f"{BLOG}/p{n}.md": CLEAN + f"\n![a](/images/{n}/a.png)\n" for n in range(4 * run.FEW)}
    root = write_files(tmp_path, {**posts, "astro.config.mjs": "", ".git/HEAD": ""})
    old = [f"public/images/{n}/a.png" for n in range(4 * run.FEW)]
    write_files(root, dict.fromkeys(old, ""))
    # Everything must be older than what one tick of the disk's clock may hide.
    import time

    time.sleep(2.1)
    command = ("check", "--jobs", "2", "--output-format", "json")
    first = postlint(*command, cwd=root)
    time.sleep(2.1)
    assert postlint(*command, cwd=root) == first
    assert list(Path(root, CACHE).glob("*.report"))
    (root / old[300]).unlink()
    changed = postlint(*command, cwd=root)
    assert changed == postlint(*command, "--no-cache", cwd=root)
    assert changed != first
