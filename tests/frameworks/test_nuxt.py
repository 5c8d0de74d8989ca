"""Nuxt Content 2: its own answers for addresses and drafts, and what its settings leave open."""

import json
from pathlib import Path

import pytest

from postlint.files.files import MemoryFiles
from postlint.frameworks import load

VECTORS = Path(__file__).parents[1] / "vectors" / "nuxt-content-2.jsonl"
ROWS = [json.loads(line) for line in VECTORS.read_text("utf-8").splitlines()]
PACKAGE = b'{"dependencies": {"@nuxt/content": "^2.13.4"}}'
PAGE = b"<template><ContentDoc /></template>"


def site(content="{}", page=PAGE):
    config = f"export default defineNuxtConfig({{ modules: ['@nuxt/content'], content: {content} }})".encode()
    files = {"nuxt.config.ts": config, "package.json": PACKAGE, **({"pages/[...slug].vue": page} if page else {})}
    return load("nuxt")(MemoryFiles(files))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['path']} {row['respectPathCase']}")
def test_addresses_and_drafts(row):
    found = site("{ respectPathCase: true }" if row["respectPathCase"] else "{}")
    address = found.address(row["path"], {})
    assert address.addresses is None if row["partial"] else address.addresses in ((row["address"],), None)
    if row["path"].isascii() and "+" not in row["path"] and not row["partial"]:
        assert address.addresses is not None
    assert found.draft(row["path"], {}) == row["draft"]


@pytest.mark.parametrize("key", ["draft", "_draft"])
def test_a_draft_is_left_out(key):
    assert site().draft("content/a.md", {key: True})


@pytest.mark.parametrize("content", ["{ sources: { a: {} } }", "{ locales: ['en', 'fr'] }", "{ ...shared }", "shared"])
def test_what_the_settings_leave_open(content):
    assert site(content).address("content/a.md", {}).addresses is None


def test_a_site_without_a_page_for_content_has_no_known_addresses():
    assert site(page=None).address("content/a.md", {}).addresses is None
    assert site("{ documentDriven: true }", None).address("content/a.md", {}).addresses == ("/a",)


def test_names_that_are_not_read():
    from postlint.files.globs import matches

    (collection,) = site().collections
    taken = [
        matches(path, collection.include) and not matches(path, collection.exclude)
        for path in ("content/a.md", "content/-a.md", "content/.a/b.md", "content/a-b/c.md", "content/_a.md")
    ]
    assert taken == [True, False, False, True, True]
