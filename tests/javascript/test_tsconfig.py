"""Path aliases of TypeScript projects."""

import pytest

from postlint.files.files import MemoryFiles
from postlint.javascript import tsconfig


def read(**files):
    return tsconfig.read(MemoryFiles({f"{name}.json": text.encode() for name, text in files.items()}))


@pytest.mark.parametrize(
    ("config", "target", "found"),
    [
        ('{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"],}}} // x', "@/a/b.png", ("src/a/b.png",)),
        ('{"compilerOptions": {"paths": {"~/*": ["./src/*", "./lib/*"]}}}', "~/a.png", ("src/a.png", "lib/a.png")),
        (
            '{"compilerOptions": {"baseUrl": "src", "paths": {"@img/*": ["img/*"], "@*": ["x/*"]}}}',
            "@img/a",
            ("src/img/a",),
        ),
        ('{"compilerOptions": {"paths": {"logo": ["src/logo.png"]}}}', "logo", ("src/logo.png",)),
        ('{"compilerOptions": {"paths": {"@/*": ["src/*"]}}}', "./a.png", ()),
        ('{"compilerOptions": {"paths": {"@/*": "src/*", "#/*": [1]}}}', "@/a.png", ()),
    ],
)
def test_resolve(config, target, found):
    assert read(tsconfig=config).resolve(target) == found


@pytest.mark.parametrize(
    ("files", "complete"),
    [
        ({}, True),
        ({"tsconfig": "{}"}, True),
        ({"tsconfig": "["}, False),
        ({"tsconfig": '{"extends": "astro/tsconfigs/strict"}'}, True),
        ({"tsconfig": '{"extends": "@company/tsconfig"}'}, False),
        ({"tsconfig": '{"extends": "./base"}', "base": '{"compilerOptions": {"paths": {}}}'}, True),
        ({"tsconfig": '{"extends": "./tsconfig.json"}'}, False),
        ({"tsconfig": '{"extends": "../../outside.json"}'}, False),
    ],
)
def test_whether_there_may_be_more(files, complete):
    assert read(**files).complete is complete
