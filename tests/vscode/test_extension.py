"""The VS Code extension without VS Code: it is typed, tested and packed, and it agrees with postlint."""

import json
import re
import shutil
import subprocess
import zipfile

import pytest
from conftest import ROOT

from postlint import __version__
from postlint.files.endings import POST_ENDINGS
from postlint.lsp.client import settings

SOURCE = ROOT / "editors" / "vscode"
PACKAGE = json.loads((SOURCE / "package.json").read_text("utf-8")) if SOURCE.exists() else {}
PROPERTIES = PACKAGE.get("contributes", {}).get("configuration", {}).get("properties", {})
pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="this is not a clone of the repository")


@pytest.fixture
def npm():
    """Runs a script of the extension's package."""
    program = shutil.which("npm")
    if program is None:
        pytest.skip("npm is not installed")
    if not (SOURCE / "node_modules").exists():
        pytest.skip("the extension's packages are not installed (npm ci --ignore-scripts in editors/vscode)")

    def run(*arguments):
        done = subprocess.run(
            [program, "run", "--silent", *arguments],
            cwd=SOURCE,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return run


def test_types(npm):
    npm("check")


def test_its_own_tests(npm):
    npm("test")


def test_it_is_packed(npm, tmp_path):
    packed = tmp_path / "postlint.vsix"
    npm("package", "--", "--out", str(packed))
    names = {name.removeprefix("extension/") for name in zipfile.ZipFile(packed).namelist()}
    assert names == {
        *("[Content_Types].xml", "extension.vsixmanifest", "package.json", "readme.md", "changelog.md"),
        *("LICENSE.txt", "icon.png", "dist/extension.js"),
    }
    assert packed.stat().st_size < 300_000


def test_its_version_is_that_of_postlint():
    locked = json.loads((SOURCE / "package-lock.json").read_text("utf-8"))
    ours = re.sub(r"rc(\d+)$", r"-rc.\1", __version__)
    assert {PACKAGE["version"], locked["version"], locked["packages"][""]["version"]} == {ours}


def test_its_packages_come_from_the_public_registry():
    packages = json.loads((SOURCE / "package-lock.json").read_text("utf-8"))["packages"]
    for name, package in packages.items():
        assert package.get("resolved", "https://registry.npmjs.org/").startswith("https://registry.npmjs.org/"), name
        assert not name or package["integrity"], name


def test_it_knows_the_endings_of_posts():
    (listed,) = re.findall(r"POST_ENDINGS = \[(.*?)\]", (SOURCE / "src/documents.ts").read_text("utf-8"), re.S)
    assert [f".{ending}" for ending in re.findall(r'"(\w+)"', listed)] == list(POST_ENDINGS)


def test_the_server_knows_its_settings():
    given = {name.removeprefix("postlint."): True if name.endswith("isolated") else "x" for name in PROPERTIES}
    assert settings(given, forced=False) == (True, "x")


def test_each_setting_and_command_is_explained():
    page = (SOURCE / "README.md").read_text("utf-8")
    for name, schema in PROPERTIES.items():
        assert schema["markdownDescription"].endswith("."), name
        assert f"| `{name}` |" in page, name
    registered = (SOURCE / "src/extension.ts").read_text("utf-8")
    for command in PACKAGE["contributes"]["commands"]:
        assert re.search(rf"\b{command['command'].removeprefix('postlint.')}\b", registered), command


def test_settings_that_name_programs_or_code_are_restricted():
    restricted = PACKAGE["capabilities"]["untrustedWorkspaces"]["restrictedConfigurations"]
    assert restricted == ["postlint.path", "postlint.config"]
