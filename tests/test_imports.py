"""What a run imports: a start that costs little is what makes a hook bearable."""

import subprocess
import sys

import pytest
from conftest import BARE_ASTRO, CLEAN, DAMAGED, POST, environment, write_files

import postlint

PYDANTIC = {"pydantic", "pydantic_core"}
PROCESSES = {"multiprocessing", "concurrent.futures", "concurrent", "asyncio"}


def modules(folder, *arguments):
    """The modules that are loaded after `postlint` ran with `arguments`, those of a bare Python left out."""
    script = (
        "import sys; bare = set(sys.modules); sys.argv = ['postlint', *sys.argv[1:]]\n"
        "from postlint.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print('\\n'.join(sorted(set(sys.modules) - bare)), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        cwd=folder,
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def test_version_imports_nothing(tmp_path):
    assert modules(tmp_path, "--version") == {"postlint", "postlint.cli"}


def test_help_imports_nothing(tmp_path):
    assert modules(tmp_path, "--help") == {"postlint", "postlint.cli"}


@pytest.mark.parametrize("post", [CLEAN, DAMAGED], ids=["clean", "damaged"])
def test_a_check_without_a_schema(tmp_path, post):
    write_files(tmp_path, {**BARE_ASTRO, POST: post})
    loaded = modules(tmp_path, "check", POST)
    assert "postlint.checking.checker" in loaded
    unwanted = (
        PYDANTIC
        | PROCESSES
        | {"ftfy", "dataclasses", "json", "frontmatter", "importlib.metadata", "tempfile", "inspect"}
    )
    assert not loaded & unwanted


def test_a_post_alone(tmp_path):
    write_files(tmp_path, {"post.md": "Text.\n"})
    loaded = modules(tmp_path, "check", "post.md")
    assert not loaded & (PYDANTIC | PROCESSES | {"yaml", "toml_rs", "ftfy"})


def test_a_schema_brings_pydantic(tmp_path):
    config = '[[collections]]\nname = "blog"\ninclude = ["**"]\nschema = "astro"\n'
    write_files(tmp_path, {**BARE_ASTRO, POST: CLEAN, "postlint.toml": config})
    assert "pydantic" in modules(tmp_path, "check", POST)


def test_import_postlint_is_cheap(tmp_path):
    script = "import sys; bare = set(sys.modules); import postlint; print(*sorted(set(sys.modules) - bare))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    assert done.stdout.split() == ["postlint"]


@pytest.mark.parametrize("name", [name for name in dir(postlint) if name != "__version__"])
def test_public_names(name):
    """Each is there, and documented where it is more than an annotated type."""
    found = getattr(postlint, name)
    assert not isinstance(found, type) or found.__doc__


def test_a_name_that_is_not_there():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        postlint.nonsense  # noqa: B018
