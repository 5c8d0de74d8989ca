"""The extension in a real VS Code workbench, in a browser: what a person sees, and what other extensions get."""

import json
import os
import shutil
import subprocess
import urllib.request
from contextlib import contextmanager

import pytest
import workbench
from conftest import BARE_ASTRO, ROOT, write_files
from workbench import Workbench, postlint_in

pytestmark = [
    pytest.mark.workbench,
    pytest.mark.skipif(bool(workbench.missing()), reason=str(workbench.missing())),
]
BAD = "---\ntitle: A\npubDate: 2024-01-02\n---\n\na â€” b\n"
PICTURES = os.environ.get("POSTLINT_SHOTS", "")


@pytest.fixture(scope="module")
def extensions(tmp_path_factory):
    """The packed extension, and the one that runs the probes."""
    folder = tmp_path_factory.mktemp("vsix")
    source = ROOT / "editors" / "vscode"
    pack = ["package", "--no-dependencies", "--skip-license", "--allow-missing-repository", "--out"]
    command = [str(source / "node_modules" / ".bin" / "vsce"), *pack]
    for where, name in ((source, "postlint"), (ROOT / "tests/vscode/probe", "probe")):
        subprocess.run([*command, str(folder / f"{name}.vsix")], cwd=where, check=True, capture_output=True)
    return sorted(folder.iterdir())


@contextmanager
def started(tmp_path_factory, extensions, **more):
    one = Workbench(tmp_path_factory.mktemp("workbench"), extensions, **more)
    try:
        yield one
    finally:
        one.stop()


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    return postlint_in(tmp_path_factory.mktemp("bin"))


@pytest.fixture(scope="module")
def window(tmp_path_factory, extensions, program):
    """A workbench with postlint on PATH."""
    with started(tmp_path_factory, extensions, path=str(program.parent)) as one:
        yield one


@pytest.fixture(scope="module")
def bare(tmp_path_factory, extensions):
    """A workbench without postlint."""
    with started(tmp_path_factory, extensions) as one:
        yield one


@pytest.fixture(scope="module")
def untrusting(tmp_path_factory, extensions, program):
    """A workbench with postlint on PATH, in which folders are not trusted."""
    with started(tmp_path_factory, extensions, trusting=False, path=str(program.parent)) as one:
        yield one


@pytest.fixture
def blog(tmp_path):
    return shutil.copytree(ROOT / "examples" / "blog", tmp_path / "case" / "blog")


@pytest.fixture
def site(tmp_path):
    """Makes a site of one damaged post, with more files."""
    return lambda files=(), name="site": write_files(
        tmp_path / "case" / name, {**BARE_ASTRO, "src/content/blog/a.md": BAD, **dict(files)}
    )


def test_a_person_writes(window, blog):
    said = window.show(blog, "write.mjs", "src/content/blog/repotting.md", PICTURES)
    assert "`descripton` is not a known field" in said["hover"]
    assert "Rename it to `description` (unsafe)" in said["offered"]
    print(json.dumps(said["times"]))


def test_what_the_server_offers(window, blog, program):
    said = window.ask(blog, "features.cjs")
    assert said["state"]["kind"] == "running"
    assert said["state"]["program"] == {"path": str(program), "origin": "PATH"}
    assert said["posts"] == 6
    assert said["related"] == ["mint-in-a-bucket.md"]
    assert said["page"].endswith("/rules/slug-duplicate.md")
    assert "pixels" in said["image"]
    assert "**pubDate**" in said["field"]
    assert said["definition"] == ["basil-week-1.png"]
    assert said["links"] == 4
    assert said["symbols"] == ["Basil from seed"]
    assert "Mint in a bucket" in said["bySymbol"]
    assert said["tags"]
    assert "—" in said["fixed"]
    assert said["restarted"] == "running"


def test_how_long_it_takes(window, blog):
    """With `-s`, it prints the times of docs/editors.md."""
    times = window.ask(blog, "latency.cjs")
    assert len(times["typed"]) == 10
    print(json.dumps(times))


def test_a_post_is_moved(window, tmp_path):
    root = write_files(
        tmp_path / "case" / "site",
        {
            "hugo.toml": "baseURL = 'https://example.org/'\n",
            "content/posts/a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n\nText.\n",
            "content/posts/b.md": "---\ntitle: B\ndate: 2024-01-02\n---\n\n[a](/posts/a/)\n",
        },
    )
    said = window.ask(root, "moving.cjs", "OK")
    assert "[a](/posts/z/)" in said["other"]
    assert "aliases:" in said["moved"]


def test_several_folders(window, tmp_path, site):
    for name in ("one", "two", "three"):
        site(name=name)
    workspace = tmp_path / "case" / "all.code-workspace"
    workspace.write_text(json.dumps({"folders": [{"path": "one"}, {"path": "two"}]}), "utf-8")
    said = window.ask(workspace, "folders.cjs")
    assert len(said["before"]) == 2
    assert len(said["after"]) == 3


def test_the_report(window, blog):
    said = window.show(blog, "report.mjs", PICTURES)
    assert "15 errors" in said["text"]


def test_the_environment_of_the_workspace(bare, site):
    root = site()
    program = postlint_in(root / ".venv" / "bin")
    said = bare.ask(root, "state.cjs")
    assert said["state"]["program"] == {"path": str(program), "origin": "the environment .venv"}


def test_the_setting_of_the_workspace(bare, site):
    root = site({".vscode/settings.json": json.dumps({"postlint.path": "tools/postlint"})})
    program = postlint_in(root / "tools")
    assert bare.ask(root, "state.cjs")["state"]["program"]["path"] == str(program)


def test_a_server_that_does_not_start(bare, site):
    root = site()
    program = postlint_in(root / ".venv" / "bin")
    program.write_text("#!/bin/sh\necho 'postlint: the server needs the package pygls' >&2\nexit 2\n", "utf-8")
    said = bare.ask(root, "state.cjs")
    assert said["state"] == {"kind": "failed", "reason": "postlint: the server needs the package pygls"}
    assert said["text"] == "$(error) postlint"


def test_a_server_that_crashes(bare, site):
    root = site()
    program = postlint_in(root / ".venv" / "bin")
    begin, command = program.read_text("utf-8").splitlines()
    program.write_text(f"{begin}\necho $$ >> {root}/.venv/pids\n{command}\n", "utf-8")
    said = bare.ask(root, "crash.cjs")
    assert said == {"starts": 4, "text": "$(error) postlint"}


def test_postlint_is_missing(bare, site):
    root = site()
    assert bare.ask(root, "state.cjs")["text"] == "$(warning) postlint"
    said = bare.show(root, "message.mjs", "a.md")
    assert said["message"].startswith("postlint is not installed in this workspace or on PATH.")
    assert said["buttons"] == ["Install", "How to Install"]


def test_postlint_is_installed(tmp_path_factory, extensions, site):
    redirected = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{ROOT}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://github.com/postlint/postlint",
    }
    try:
        urllib.request.urlopen("https://pypi.org/simple/hatchling/", timeout=30).close()
    except OSError as error:
        pytest.skip(f"PyPI is not reached: {error}")
    with started(tmp_path_factory, extensions, more=redirected) as one:
        said = one.show(site(), "message.mjs", "a.md", "Install", "1 error")
        assert said["label"] == "postlint: 1 error"


def test_nothing_of_a_workspace_that_is_not_trusted_is_run(untrusting, site, program):
    trap = '#!/bin/sh\ntouch "$(dirname "$0")/ran"\nexit 2\n'
    root = site(
        {
            ".venv/bin/postlint": trap,
            "venv/bin/postlint": trap,
            "tools/postlint": trap,
            ".vscode/settings.json": json.dumps({"postlint.path": "tools/postlint", "postlint.config": "own.toml"}),
            "own.toml": "ignore = ['mojibake']\n",
            "postlint.toml": "ignore = ['mojibake']\nplugins = ['mine.py:Mine']\n",
            "mine.py": "open('ran', 'w')\n",
        }
    )
    for name in (".venv/bin", "venv/bin", "tools"):
        (root / name / "postlint").chmod(0o755)
    said = untrusting.ask(root, "restricted.cjs")
    assert not said["isTrusted"]
    assert said["state"]["program"]["path"] == str(program)
    assert said["state"]["isRestricted"]
    assert said["rules"] == ["mojibake"]
    assert not list(root.rglob("ran"))


def test_a_folder_is_trusted_later(untrusting, site):
    untrusting.show(site({"postlint.toml": "ignore = ['mojibake']\n"}), "trust.mjs", "a.md", PICTURES)
