"""Which packages a project asks for, and in which version."""

import pytest

from postlint.files.files import MemoryFiles
from postlint.javascript import package_json

PNPM = "importers:\n\n  .:\n    dependencies:\n      astro:\n        specifier: '>=5'\n        version: 6.1.2(x)\n"


@pytest.mark.parametrize(
    ("wanted", "lock", "expected"),
    [
        ("^7.1.0", {}, (7, "package.json")),
        ("5.18.x", {}, (5, "package.json")),
        ("~4", {}, (4, "package.json")),
        ("7.0.0-beta.2", {}, (7, "package.json")),
        ("latest", {}, None),
        (">=5 <8", {}, None),
        (">=5", {"package-lock.json": '{"node_modules/astro": {\n "version": "6.4.8"}}'}, (6, "package-lock.json")),
        ("catalog:", {"pnpm-lock.yaml": PNPM}, (6, "pnpm-lock.yaml")),
        ("*", {"pnpm-lock.yaml": "packages:\n\n  astro@7.3.5:\n    x: 1\n"}, (7, "pnpm-lock.yaml")),
        ("*", {"yarn.lock": 'astro@*, astro@^5:\n  version "5.18.2"\n'}, (5, "yarn.lock")),
        ("*", {"yarn.lock": '"astro@npm:*":\n  version: 6.0.1\n'}, (6, "yarn.lock")),
        ("*", {"bun.lock": '  "astro": ["astro@7.1.0", "", {}]'}, (7, "bun.lock")),
    ],
)
def test_major(wanted, lock, expected):
    text = f'{{"dependencies": {{"astro": "{wanted}"}}}}'
    files = MemoryFiles({path: content.encode() for path, content in {"package.json": text, **lock}.items()})
    assert package_json.major(files, package_json.read(files), "astro") == expected


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '{"dependencies": [1]}', '{"dependencies": {"a": 1}}'])
def test_broken_files(text):
    assert package_json.read(MemoryFiles({"package.json": text.encode()})).ranges == {}
