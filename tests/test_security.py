"""What others can put into a repository runs no code, and is not believed where it is not theirs to say."""

import json
import marshal
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from zlib import crc32

import pytest
from conftest import BARE_ASTRO, CLEAN, DAMAGED, PATIENCE, POST, ROOT, environment, write_files
from repositories import Repository

from postlint.checking import cache, pool, run, stored_report
from postlint.cli import stored_code
from postlint.files.files import CACHE

MARK = "import os, pathlib\npathlib.Path(os.environ['RAN']).touch()\n"
RULE = '''
from postlint import Rule

class Own(Rule):
    """Nothing is wrong."""

    def check(self, post):
        return ()
'''
SCRIPT = "require('fs').writeFileSync(process.env.RAN, '')\n"
PATH_HOOK = "import os; open(os.environ['RAN'], 'w').close()\n"
SHADOWS = (
    "json",
    "pickle",
    "yaml",
    "pyromark",
    "multiprocessing",
    "sitecustomize",
    "usercustomize",
    "conftest",
    "setup",
)
# Each file leaves a mark if it is run.
STORED = f"stored.{sys.implementation.cache_tag}.code"
HOSTILE = {
    **{f"{name}.py": MARK for name in SHADOWS},
    "evil.py": MARK + RULE,
    "rules.py": MARK + RULE,
    "models.py": MARK + "import postlint\nclass Post(postlint.Post):\n    title: str\n",
    "postlint/__init__.py": MARK,
    "evil-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n",
    "evil-1.0.dist-info/entry_points.txt": "[postlint.rules]\nown = evil:Own\n",
    "evil.pth": PATH_HOOK,
    "astro.config.mjs": SCRIPT + "export default {}\n",
    "src/content.config.ts": SCRIPT + "export const collections = {}\n",
    "tina/config.ts": SCRIPT,
    "package.json": json.dumps({"dependencies": {"astro": "5"}, "scripts": {"postinstall": 'touch "$RAN"'}}),
    ".gitattributes": "*.md diff=x filter=x\n",
    ".gitconfig": '[core]\n\tfsmonitor = touch \\"$RAN\\"\n',
    POST: DAMAGED,
}
PLUGIN = 'plugins = ["rules.py:Own", "evil:Own"]\n'
MODEL = '[[collections]]\nname = "blog"\ninclude = ["src/content/blog/**"]\nschema = "models.py:Post"\n'
PROGRAMS = (
    "core.fsmonitor",
    "core.pager",
    "core.sshCommand",
    "diff.external",
    "diff.x.textconv",
    "diff.x.command",
    "filter.x.clean",
    "filter.x.smudge",
)


@pytest.fixture
def mark(tmp_path):
    return tmp_path / "ran"


def check(root, mark, *arguments):
    """Run the command as an installation does, without the working directory among the folders of modules."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "postlint", "check", "--output-format", "concise", *arguments],
        cwd=root,
        env=environment(root, RAN=str(mark)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


@pytest.mark.skipif(shutil.which("git") is None, reason="Git is not installed")
def test_isolated_runs_no_code_of_the_site(tmp_path, mark):
    """Nor of the repository's own settings of Git, which come along with a folder that somebody sends."""
    root = tmp_path / "site"
    repository = Repository(root)
    for name in PROGRAMS:
        repository.git("config", name, f'touch "{mark}"; false')
    write_files(root, {**HOSTILE, "postlint.toml": PLUGIN + MODEL})
    for hook in ("pre-commit", "post-index-change", "fsmonitor-watchman"):
        write_files(root, {f".git/hooks/{hook}": '#!/bin/sh\ntouch "$RAN"\n'})
        (root / ".git/hooks" / hook).chmod(0o755)
    for arguments in ((), ("--staged",), ("--fix", "--diff"), ("--jobs", "2"), ("--index-site", POST)):
        if "--staged" in arguments:
            repository.git("-c", "core.fsmonitor=false", "-c", "filter.x.clean=cat", "add", "-f", POST)
            mark.unlink(missing_ok=True)  # Git itself has just run what its settings name
        done = check(root, mark, "--isolated", *arguments)
        assert "mojibake" in done.stdout + done.stderr or "—" in done.stdout, (arguments, done)
        assert not mark.exists(), arguments
    check(root, mark)
    assert mark.exists(), "without --isolated, the configuration is code"


@pytest.mark.skipif(shutil.which("git") is None or os.name == "nt", reason="the hook is a shell script that uses Git")
@pytest.mark.parametrize("settings", [PLUGIN + MODEL, ""], ids=["settings", "none"])
def test_a_server_runs_no_code_of_what_is_pushed(tmp_path, mark, settings):
    repository = Repository(tmp_path / "site", RAN=str(mark))
    bare = tmp_path / "server.git"
    repository.git("init", "-q", "--bare", str(bare))
    (bare / "hooks").mkdir(exist_ok=True)
    (bare / "hooks/pre-receive").symlink_to(ROOT / "hooks/pre-receive")
    write_files(repository.root, {**HOSTILE, **({"postlint.toml": settings} if settings else {})})
    repository.git("add", "-f", "-A")
    repository.git("commit", "-q", "-m", "Attack")
    assert not mark.exists()
    done = repository.run("git", "push", str(bare), "main")
    assert "error[mojibake]" in done.stderr, done.stderr
    assert not mark.exists()
    assert not (bare / CACHE).exists()


INSTALLED = """
import os, pathlib
from postlint import Finding, Rule, Span

class Installed(Rule):
    \"\"\"Everything is wrong.\"\"\"

    def check(self, post):
        yield Finding(Span(0, 1), "it is wrong")

class Chosen(Installed):
    \"\"\"This one as well.\"\"\"

    pathlib.Path(os.environ["RAN"]).touch()
"""
OWN_RULES = """
plugins = ["chosen:Chosen", "rules.py:Own"]
ignore = ["own"]
severity = {chosen = "warning"}
[rules.chosen]
word = "a"
[[per-path]]
paths = ["**"]
select = ["own"]
extend-select = ["all"]
"""


@pytest.mark.skipif(shutil.which("git") is None or os.name == "nt", reason="the hook is a shell script that uses Git")
@pytest.mark.parametrize("settings", [OWN_RULES, ""], ids=["settings", "none"])
def test_a_server_runs_what_is_installed_there(tmp_path, mark, settings):
    """What its administrator installed, and not what a pushed configuration chooses among that."""
    rules, _, more = INSTALLED.partition("\nclass Chosen")
    packages = write_files(
        tmp_path / "packages",
        {
            "installed.py": rules,
            "chosen.py": f"from installed import *\nfrom installed import os, pathlib\n\nclass Chosen{more}",
            "a-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: a\nVersion: 1.0\n",
            "a-1.0.dist-info/entry_points.txt": "[postlint.rules]\ninstalled = installed:Installed\n",
        },
    )
    repository = Repository(tmp_path / "site", RAN=str(mark), PYTHONPATH=str(packages))
    bare = tmp_path / "server.git"
    repository.git("init", "-q", "--bare", str(bare))
    (bare / "hooks").mkdir(exist_ok=True)
    (bare / "hooks/pre-receive").symlink_to(ROOT / "hooks/pre-receive")
    write_files(repository.root, {**HOSTILE, POST: CLEAN, **({"postlint.toml": settings} if settings else {})})
    repository.git("add", "-f", "-A")
    repository.git("commit", "-q", "-m", "Clean")
    done = repository.run("git", "push", str(bare), "main")
    assert f"{POST}:1:1: error[installed] it is wrong" in done.stderr, done.stderr
    assert not mark.exists()


def test_a_worker_imports_nothing_of_the_site(tmp_path, mark):
    """As on macOS and Windows, where a worker is a new Python."""
    root = write_files(tmp_path / "site", {**HOSTILE, "src/content/blog/b.md": DAMAGED})
    script = tmp_path / "start.py"
    script.write_text(
        "import sys\n"
        "from postlint.checking import pool\n"
        "from postlint.cli import main\n"
        "if __name__ == '__main__':\n"
        "    pool._forks = lambda: False\n"
        "    sys.exit(main(['check', '--isolated', '--jobs', '2', '--output-format', 'concise']))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=root,
        env=environment(root, RAN=str(mark)),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.stdout.count("mojibake") == 2, done
    assert not mark.exists()


def test_code_is_stored_only_where_python_stores_byte_code(tmp_path, mark):
    """What a site has in its cache, or in folders with the names that Python uses, is never loaded as code."""
    command = ROOT / "src/postlint/cli/check.py"
    found, parts = command.stat(), BytesIO()
    place = stored_code._put(parts, compile(MARK + command.read_text("utf-8"), str(command), "exec"))
    modules = {"postlint.cli.check": ((str(command), found.st_mtime_ns, found.st_size, False), place)}
    head = marshal.dumps((stored_code._python(stored_code._private()[1]), {}, {}, modules))
    data = b"".join((crc32(head).to_bytes(4, "big"), len(head).to_bytes(4, "big"), head, parts.getvalue()))
    root = write_files(tmp_path / "site", {**BARE_ASTRO, POST: DAMAGED})
    own = tmp_path / "own"
    package = os.path.splitdrive(ROOT / "src/postlint")[1].lstrip(os.sep)
    write_files(own, {os.path.join(package, STORED): data})
    for folder in (CACHE, "__pycache__", "src/postlint/__pycache__", "postlint/__pycache__"):
        write_files(root, {f"{folder}/{STORED}": data})
    for prefix, is_run in (("", False), (str(own), True)):
        done = subprocess.run(
            [sys.executable, "-m", "postlint", "check"],
            cwd=root,
            env=environment(root, RAN=str(mark), PYTHONPYCACHEPREFIX=prefix),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert "mojibake" in done.stdout, done
        assert mark.exists() is is_run, "the user's own folder for byte code is trusted"


def test_no_connection_is_opened(tmp_path):
    """Whatever addresses posts, schemas and settings name."""
    address = "https://postlint.invalid/x"
    post = f"---\n$schema: {address}\ntitle: A\ncover: {address}\n---\n\n[a]({address}) ![a]({address})\n"
    site = f"export default {{site: '{address}'}}\n"
    root = write_files(tmp_path, {**BARE_ASTRO, "astro.config.mjs": site, POST: post + DAMAGED.rpartition("---")[2]})
    script = (
        "import sys\n"
        "def hook(event, _):\n"
        "    if event.startswith(('socket.', 'urllib.', 'http.', 'ftplib.')) and event != 'socket.__new__':\n"
        "        print('OPENED', event)\n"
        "sys.addaudithook(hook)\n"
        "from postlint.cli import main\n"
        "main(['check', '--output-format', 'concise'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=root,
        env=environment(root),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert "mojibake" in done.stdout
    assert "OPENED" not in done.stdout


def forged_report(data, _):
    """A report that says that nothing is wrong, and that depends on nothing."""
    first, head, rest = data.split(b"\n", 2)
    made = json.loads(rest.split(b"\n")[1])
    made |= {"existing": {}, "absent": [], "names": [], "links": {}, "until": None}
    body = b"\n".join((json.dumps(made).encode(), b"[]", b"[]", b"[]", b"{}", b"{}", b"{}", b""))
    return b"\n".join((first, head, stored_report._sum(body), body))


def forged_outcomes(data, post):
    """Outcomes of clean posts, as those of the content that the post has now."""
    out = []
    for line in data.split(b"\n"):
        parts = line.split(b"\t", 4)
        is_post = len(parts) == 5 and parts[1] != b"?"
        blob = cache.blob_of(post.read_bytes()).encode()
        out.append(cache._line(parts[1], parts[2], blob, parts[4]) if is_post else line)
    return b"\n".join(out)


@pytest.mark.parametrize(("ending", "forge"), [("report", forged_report), ("txt", forged_outcomes)])
@pytest.mark.parametrize("tag", ["same", "missing", "link"])
def test_a_cache_in_a_pull_request_is_not_believed(main, tmp_path, monkeypatch, ending, forge, tag):
    monkeypatch.setattr(run, "FEW", 1)
    monkeypatch.setattr(stored_report, "_YOUNG", 0)
    monkeypatch.setattr(cache, "_YOUNG", 0)
    root = write_files(tmp_path / "site", {**BARE_ASTRO, POST: CLEAN, ".git/HEAD": ""})
    for _ in range(4):
        assert main("check", "--isolated", cwd=root).status == 0
    (made,) = (root / CACHE).glob(f"*.{ending}")
    # What the author of a pull request can bring along: the same files, with other contents.
    brought = {file.name: file.read_bytes() for file in (root / CACHE).iterdir()}
    shutil.rmtree(root / CACHE)
    (root / POST).write_text(DAMAGED, "utf-8")
    forged = {name: data for name, data in brought.items() if not name.endswith((".report", ".txt"))}
    forged[made.name] = forge(brought[made.name], root / POST)
    if tag != "same":
        del forged["CACHEDIR.TAG"]
    write_files(root / CACHE, forged)
    if tag == "link":
        (root / CACHE / "CACHEDIR.TAG").symlink_to(sys.executable)
    for _ in range(3):
        ran = main("check", "--isolated", "--output-format", "json", cwd=root)
        assert [rule for rule, *_ in ran.found] == ["mojibake"]


def test_workers_are_started_as_usual_otherwise():
    """The variable that keeps the working directory out is gone afterwards."""
    before = dict(os.environ)
    with pool.Pool(2) as made:
        executor = made.executor(2)
        assert executor is not None
        assert executor.submit(len, "ab").result(timeout=PATIENCE) == 2
    assert dict(os.environ) == before


ROWS = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs/security.md").read_text("utf-8"))


def test_every_promise_names_a_test_that_there_is():
    assert len(ROWS) > 30
    for file, name in ROWS:
        assert re.search(rf"^def {name}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE), f"{file}::{name}"
