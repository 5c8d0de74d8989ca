"""Stored forms of patterns are those that Python would compile, and a damaged or missing file of them is a slower run."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import BARE_ASTRO, DAMAGED, PATIENCE, POST, ROOT, environment, write_files

from postlint.cli.stored_code import StoredCode

# Runs postlint as its own process does, and prints how often a pattern was compiled.
COUNT = """
import json, os, sys
from re import _compiler
count, original = [0], _compiler.compile
def counted(*args):
    count[0] += 1
    return original(*args)
_compiler.compile = counted
from postlint.cli import program
def leave(status):
    print(json.dumps(count[0]))
    sys.stdout.flush()
    end(status)
end, os._exit = os._exit, leave
sys.argv[0] = "postlint"
program()
"""


@pytest.fixture
def compiled(tmp_path):
    """Checks a damaged post with byte code in a folder of its own; answers the report and the number of compilations."""
    root = write_files(tmp_path / "site", {**BARE_ASTRO, POST: DAMAGED, ".git/HEAD": ""})

    def run(**more):
        done = subprocess.run(
            [sys.executable, "-c", COUNT, "check", "--no-cache", POST],
            cwd=root,
            env=environment(root, PYTHONPYCACHEPREFIX=str(tmp_path / "code"), **more),
            capture_output=True,
            timeout=PATIENCE,
        )
        *report, count = done.stdout.splitlines()
        return report, json.loads(count)

    return run


def test_patterns_are_compiled_once(compiled, tmp_path):
    report, many = compiled()
    assert len(report) == 2
    (place,) = (tmp_path / "code").rglob("stored.*.code")
    same, few = compiled()
    assert same == report
    assert few < 80 < 200 < many
    whole = place.read_bytes()
    for harm in (b"", b"\0" * 100, whole[:200], b"x" + whole):
        place.write_bytes(harm)
        assert compiled() == (report, many)
        assert compiled() == (report, few), "it was written again"
    place.write_bytes(whole[:-2000])
    assert compiled()[0] == report, "what is left is used"
    place.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2))
    assert compiled()[0] == report


def test_nothing_is_written_where_no_byte_code_is(compiled, tmp_path):
    compiled(PYTHONDONTWRITEBYTECODE="1")
    assert not list(tmp_path.rglob("stored.*.code"))


PATTERNS = [
    (r"(?P<a>\d+)(?:b|c)*?(?P=a)", re.VERBOSE | re.IGNORECASE),
    ("[\u0370-\u1fffa-z\U0001f600]+(?<=x)(?!y)", 0),
    (rb"[\x80-\xff]{2,}", re.DOTALL),
    ("\\A(?i:é)ü\\Z|(?>a+)b++", re.MULTILINE),
]


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
def test_a_stored_form_is_the_compiled_one(tmp_path, pattern, flags, monkeypatch):
    from re import _compiler

    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    real = _compiler.compile
    monkeypatch.setattr(_compiler, "compile", real)
    path = str(tmp_path / "stored.code")
    first = StoredCode(path)
    first.use()
    first._missing[isinstance(pattern, bytes), pattern, int(flags)] = None
    first.save()
    monkeypatch.setattr(_compiler, "compile", real)
    second = StoredCode(path)
    second.use()
    assert len(second._known.forms) == 1
    stored, made = _compiler.compile(pattern, int(flags)), real(pattern, int(flags))
    assert not second._missing
    assert stored == made, "Python compares their code"
    assert (stored.groupindex, stored.groups, stored.flags) == (made.groupindex, made.groups, made.flags)


@pytest.fixture
def run(tmp_path):
    """Checks a damaged post with the postlint in a folder, `lib` at first; answers the report and the number of modules
    that were not stored."""
    shutil.copytree(
        ROOT / "src" / "postlint", tmp_path / "lib" / "postlint", ignore=shutil.ignore_patterns("__pycache__")
    )
    root = write_files(tmp_path / "site", {**BARE_ASTRO, POST: DAMAGED, ".git/HEAD": ""})
    watch = "import sys, runpy; runpy.run_module('postlint', run_name='__main__')"

    def check(folder="lib"):
        done = subprocess.run(
            [sys.executable, "-v", "-c", watch, "check", "--no-cache", POST],
            cwd=root,
            env=environment(root, PYTHONPATH=str(tmp_path / folder)),
            capture_output=True,
            timeout=PATIENCE,
        )
        files = [line for line in done.stderr.splitlines() if b"code object from" in line and b"postlint" in line]
        return done.stdout.decode(), len(files)

    return check


def test_a_copy_of_the_package_is_a_package_of_its_own(run, tmp_path):
    """As in a copied virtual environment, which has the stored code too."""
    first, _ = run()
    shutil.copytree(tmp_path / "lib", tmp_path / "copy")
    module = tmp_path / "copy/postlint/reporters/concise.py"
    module.write_text(module.read_text("utf-8").replace("{d.severity}", "!{d.severity}!"), "utf-8")
    changed = first.replace("error[", "!error![")
    assert run("copy")[0] == changed
    again, few = run("copy")
    assert again == changed
    assert few < 10, "it has a store of its own"
    assert run() == (first, few)


def test_a_changed_module_is_loaded_anew(run, tmp_path):
    first, many = run()
    same, few = run()
    assert same == first
    assert few < 10 < 150 < many
    module = tmp_path / "lib/postlint/reporters/concise.py"
    module.write_text(module.read_text("utf-8").replace("{d.severity}", "!{d.severity}!"), "utf-8")
    changed, _ = run()
    assert changed == first.replace("error[", "!error![")
    assert run()[0] == changed
    # An installer may give the files of a new version their old time.
    again = module.stat()
    module.write_text(module.read_text("utf-8").replace("!{d.severity}!", "?{d.severity}?"), "utf-8")
    os.utime(module, ns=(again.st_atime_ns, again.st_mtime_ns))
    package = module.parents[1] / "__init__.py"
    package.write_text(re.sub('__version__ = ".*"', '__version__ = "99.0"', package.read_text("utf-8")), "utf-8")
    for compiled in (module.parent / "__pycache__").glob("concise.*"):
        compiled.unlink()
    assert run()[0] == first.replace("error[", "?error?[")


def test_stored_modules_are_like_others(tmp_path):
    script = (
        "from postlint.cli import stored_code\n"
        "stored = stored_code.here(); stored.use()\n"
        "import importlib.resources, inspect, postlint.reporters, postlint.rules.text.mojibake as rule\n"
        "print(rule.__file__, rule.__name__, rule.__package__, type(rule.__loader__).__name__)\n"
        "print(len(inspect.getsource(rule.Mojibake)), len(list(importlib.resources.files(postlint.reporters).iterdir())))\n"
        "stored.save()\n"
    )

    def run():
        env = environment(tmp_path, PYTHONPYCACHEPREFIX=str(tmp_path / "code"))
        return subprocess.run(
            [sys.executable, "-c", script], env=env, capture_output=True, timeout=PATIENCE, check=True
        )

    first, second = run().stdout.decode(), run().stdout.decode()
    assert "SourceFileLoader" in first
    assert second == first.replace("SourceFileLoader", "_Loader")
