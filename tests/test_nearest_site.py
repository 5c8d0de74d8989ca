"""A repository with several sites: each post is judged once, by the nearest site and its settings, whoever asks."""

import json
import os
import re
import shutil
import sys
from importlib.util import find_spec

import pytest
import yaml
from conftest import ROOT, write_files
from repositories import Repository, configuration

from postlint import check_paths

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="Git is not installed"),
    pytest.mark.skipif(os.name == "nt", reason="the hooks are shell scripts"),
]

# Each site turns off one of the three mistakes that every post has, so that its settings can be known by what is found.
BODY = "\nNow â€” then.\n\nA\u200bB\n\n![](https://example.com/a.png)\n"
LINES = {"mojibake": 6, "invisible-character": 8, "image-alt": 10}
SITES = {
    # One of Docusaurus, one of Hugo with one of MkDocs inside of it, and one that the change does not touch.
    "website": ("image-alt", {"docusaurus.config.js": "module.exports = {}\n"}),
    "blog": ("invisible-character", {"hugo.toml": "title = 'Blog'\n"}),
    "blog/manual": ("mojibake", {"mkdocs.yml": "site_name: Manual\n"}),
    "old": ("image-alt", {"_config.yml": "title: Old\n"}),
}
POSTS = {
    "website/docs/a.md": "website",
    "website/docs/deep/er/b.md": "website",
    "blog/content/posts/c.md": "blog",
    # Hugo reads everything below `content`, so that this one could be a page of both sites.
    "blog/content/d/index.md": "blog",
    "blog/manual/docs/index.md": "blog/manual",
    "blog/manual/docs/e.md": "blog/manual",
}
UNTOUCHED = "old/_posts/2024-01-02-old.md"
AT_ROOT = {"README.md": f"# Read me\n{BODY}", "src/m.py": "print()\n", "package.json": "{}\n"}


def post(path, body):
    return f"---\ntitle: Post {path}\ndate: 2024-01-02\n---\n{body}"


def settings(turned_off):
    return f'ignore = ["{turned_off}"]\n[severity]\nimage-alt = "error"\ninvisible-character = "error"\n'


EXPECTED = {
    (path, rule, line) for path, site in POSTS.items() for rule, line in LINES.items() if rule != SITES[site][0]
}


@pytest.fixture
def repository(tmp_path):
    """The repository before the change: every post is there and clean, except those of the site that is not touched."""
    made = Repository(tmp_path / "repository")
    for site, (turned_off, files) in SITES.items():
        write_files(made.root / site, {**files, "postlint.toml": settings(turned_off)})
    write_files(made.root, {path: post(path, "\nGood.\n") for path in POSTS})
    write_files(made.root, {UNTOUCHED: post(UNTOUCHED, BODY), "README.md": "# Read me\n"})
    made.git("add", "-A")
    made.git("commit", "-q", "-m", "Begin")
    return made


@pytest.fixture
def staged(repository):
    """The same with every post damaged, and other files at the root changed; all of that staged."""
    write_files(repository.root, {**{path: post(path, BODY) for path in POSTS}, **AT_ROOT})
    repository.git("add", "-A")
    return repository


def places(report):
    return [(d["path"], d["rule"], d["start"]["line"]) for d in report["diagnostics"]]


def printed(text):
    """The same from the lines of the format `concise`, whatever a hook prints before them."""
    found = re.findall(r"^(?:remote: |  )?(\S+?):(\d+):\d+: (?:error|warning)\[(\S+)\]", text, re.MULTILINE)
    return [(path, rule, int(line)) for path, line, rule in found]


def once(found):
    """`found` in the posts of the change, each of which must be there exactly once."""
    of_change = [place for place in found if place[0] != UNTOUCHED]
    assert len(of_change) == len(set(of_change))
    return set(of_change)


CALLS = {
    "no paths": (),
    "the folder": (".",),
    "each site's folder": ("website", "blog", "blog/manual"),
    "each post": (*POSTS, "--index-site"),
    "what is staged": ("--staged",),
    "what is staged, below two folders": ("--staged", "blog", "website"),
    "what the hook runs": ("--staged", "--index-site", "README.md", *POSTS),
    "the same for files on disk": ("--index-site", "README.md", *POSTS),
}


@pytest.mark.parametrize("arguments", CALLS.values(), ids=CALLS)
def test_the_command(staged, arguments):
    done = staged.run("postlint", "check", "--output-format", "json", *arguments)
    assert done.returncode == 1, done.stderr
    assert once(places(json.loads(done.stdout))) == EXPECTED


def test_a_commit(staged):
    staged.git("commit", "-q", "-m", "A change")
    for more in ((), ("--index-site", "README.md", *POSTS)):
        done = staged.run("postlint", "check", "--since", "HEAD~1", "--output-format", "json", *more)
        found = places(json.loads(done.stdout))
        assert once(found) == EXPECTED
        assert UNTOUCHED not in {path for path, *_ in found}


@pytest.mark.parametrize("folder", ["website", "blog", "blog/manual"])
def test_inside_a_site(staged, folder):
    """From within a site: its posts, and those of the sites in it."""
    done = staged.run("postlint", "check", "--output-format", "json", cwd=staged.root / folder)
    expected = {place for place in EXPECTED if place[0].startswith(f"{folder}/")}
    assert {(f"{folder}/{path}", *rest) for path, *rest in once(places(json.loads(done.stdout)))} == expected


def test_the_library(staged, monkeypatch):
    monkeypatch.chdir(staged.root)
    for paths in ((), ("blog", "website"), tuple(POSTS)):
        found = [(d.path, d.rule, d.start.line) for d in check_paths(paths).diagnostics]
        assert once(found) == EXPECTED


def test_an_editor(staged, start):
    editor = start(root=staged.root)
    found = []
    for path in POSTS:
        editor.uri = (staged.root / path).as_uri()
        editor.tell_open(post(path, BODY))
        editor.known()
        shown = editor.ask("textDocument/diagnostic", editor.about())["items"]
        found += [(path, d["code"], d["range"]["start"]["line"] + 1) for d in shown]
    assert once(found) == EXPECTED


def installed(name):
    found = shutil.which(name, path=f"{os.path.dirname(sys.executable)}{os.pathsep}{os.environ['PATH']}")
    if found is None or (name == "pre-commit" and not find_spec("pre_commit")):
        pytest.skip(f"{name} is not installed")
    return found


@pytest.mark.parametrize("tool", ["pre-commit", "prek"])
def test_hooks(staged, tool):
    command = installed(tool)
    config = {"repos": [{"repo": "local", "hooks": [configuration("postlint")]}]}
    write_files(staged.root, {".pre-commit-config.yaml": yaml.safe_dump(config)})
    staged.git("add", "-A")
    assert staged.run(command, "install").returncode == 0
    done = staged.run("git", "commit", "-m", "A change")
    assert done.returncode == 1
    found = printed(done.stdout + done.stderr)
    assert once(found) == EXPECTED
    assert UNTOUCHED not in {path for path, *_ in found}
    assert "image-alt" in {rule for path, rule, _ in found if path.startswith("blog/")}

    # All files, where the posts of the site that is not touched are named, too.
    done = staged.run(command, "run", "--all-files")
    found = printed(done.stdout + done.stderr)
    assert once(found) == EXPECTED
    assert {rule for path, rule, _ in found if path == UNTOUCHED} == {"mojibake", "invisible-character"}

    # A commit that is right by the settings of its sites goes through, whatever else lies at the root.
    right = {
        path: post(path, BODY.replace("â€”", "—") if SITES[site][0] != "mojibake" else BODY)
        .replace("\u200b", "\u200b" if SITES[site][0] == "invisible-character" else "")
        .replace("![]", "![]" if SITES[site][0] == "image-alt" else "![A cat]")
        for path, site in POSTS.items()
    }
    write_files(staged.root, {**right, "notes.md": BODY})
    staged.git("add", *right, "notes.md")
    done = staged.run("git", "commit", "-m", "A change that is right")
    assert done.returncode == 0, done.stdout + done.stderr


def test_plain_git(staged, tmp_path):
    (staged.root / ".git/hooks/pre-commit").symlink_to(ROOT / "hooks/pre-commit")
    done = staged.run("git", "commit", "-m", "A change")
    assert done.returncode == 1
    assert once(printed(done.stdout + done.stderr)) == EXPECTED

    bare = tmp_path / "server.git"
    staged.git("clone", "-q", "--bare", ".", str(bare))
    staged.git("remote", "add", "origin", str(bare))
    staged.git("fetch", "-q", "origin")
    staged.git("commit", "-q", "--no-verify", "-m", "A change")
    hook = staged.root / ".git/hooks/pre-push"
    hook.symlink_to(ROOT / "hooks/pre-push")
    done = staged.run("git", "push", "origin", "main")
    assert done.returncode
    assert once(printed(done.stdout + done.stderr)) == EXPECTED
    hook.unlink()
    (bare / "hooks/pre-receive").symlink_to(ROOT / "hooks/pre-receive")
    done = staged.run("git", "push", "origin", "main")
    assert done.returncode
    assert once(printed(done.stdout + done.stderr)) == EXPECTED


def test_a_folder_with_settings_of_its_own(repository):
    """A part of a site with its own configuration is judged by that, and what the rest of the site changes breaks it."""
    write_files(
        repository.root,
        {
            "blog/content/guest/postlint.toml": settings("mojibake"),
            "blog/content/guest/f.md": post("f", f"{BODY}\n[c](/posts/c/)\n"),
            "blog/content/g.md": post("g", "\n[f](/guest/f/)\n"),
        },
    )
    repository.git("add", "-A")
    for arguments in ((), ("--staged",), ("--staged", "--index-site", "blog/content/guest/f.md", "blog/content/g.md")):
        done = repository.run("postlint", "check", "--output-format", "json", *arguments)
        found = [place for place in places(json.loads(done.stdout)) if place[0].startswith("blog/")]
        path = "blog/content/guest/f.md"
        assert found == [(path, "invisible-character", 8), (path, "image-alt", 10)]
    repository.git("commit", "-q", "-m", "A guest")
    repository.git("rm", "-q", "blog/content/posts/c.md")
    done = repository.run("postlint", "check", "--staged", "--output-format", "json")
    broken = [d for d in json.loads(done.stdout)["diagnostics"] if "guest" in d["path"]]
    assert [(d["rule"], d["path"]) for d in broken] == [("link-missing", "blog/content/guest/f.md")]
    assert "broken by this change" in broken[0]["message"]


def test_docs_beside_a_site_in_a_folder(repository):
    """Docusaurus in `website/` may read docs beside it: all of that is one site."""
    config = "module.exports = {presets: [['classic', {docs: {path: '../docs'}}]]}\n"
    write_files(
        repository.root / "project",
        {
            "website/docusaurus.config.js": config,
            "website/blog/2024-01-02-a.md": post("a", "\n[b](/docs/b)\n"),
            "docs/b.md": post("b", "\n[a](/blog/2024/01/02/a)\n"),
        },
    )
    done = repository.run("postlint", "inspect", "--output-format", "jsonl", cwd=repository.root / "project")
    links = {known["path"]: known["links"] for known in map(json.loads, done.stdout.splitlines())}
    assert [links[path][0]["target"] for path in sorted(links)] == ["website/blog/2024-01-02-a.md", "docs/b.md"]
