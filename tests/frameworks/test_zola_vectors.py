"""The answers of real Zola builds: addresses, slugs, dates, values, and whether images and pages are found."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from postlint import front_matter
from postlint.body import markdown
from postlint.files.files import MemoryFiles
from postlint.frameworks import load
from postlint.frameworks.answers import Reason
from postlint.frameworks.zola.slugs import slugify

VECTORS = Path(__file__).parents[1] / "vectors/zola.jsonl"
ZOLA = load("zola")
# What is wrong with another file, or with two together, is not for one page to say.
OTHERS = ("path collision", "of section `content/posts/_index.md`")
NO_SITE = ("not on this site", "empty reference", "no such element in the page")


def vectors(kind):
    with VECTORS.open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["kind"] == kind]


def toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {toml(item)}" for key, item in value.items()) + "}"
    return f"[{', '.join(map(toml, value))}]" if isinstance(value, list) else json.dumps(value, ensure_ascii=False)


def fields(data):
    return "".join(f"{key} = {toml(value)}\n" for key, value in data.items())


def site(row):
    """The row's site in memory, as Zola would find it on disk."""
    others = row.get("other_files") or {}
    files = {name: f"+++\n{fields(data)}+++\n" for name, data in others.items()}
    files.update(dict.fromkeys(row.get("files") or (), "+++\n+++\n"))
    files["config.toml"] = fields({"base_url": "https://example.org", **(row.get("config") or {})})
    path = row.get("path") or "content/posts/x.md"
    text = row.get("text") or f"+++\n{fields(row.get('front_matter') or {})}+++\n"
    files[path] = text
    return path, text, ZOLA(MemoryFiles({name: text.encode() for name, text in files.items()}))


def name(row):
    return f"{row.get('path')} {row.get('input', row.get('reference', row.get('front_matter')))!s:.60}"


def read(text, dialect):
    found = front_matter.read(text, dialect)
    if found.problem or any(front_matter.repeated(found.root)):
        return found, None
    return found, front_matter.to_data(found.root, merge=False) or {}


@pytest.mark.parametrize(
    "row", [r for r in vectors("url") if not any(each in r.get("error", "") for each in OTHERS)], ids=name
)
def test_addresses(row):
    if row["front_matter"] == {"slug": "2024"}:
        pytest.skip("it was built with a number for a slug")
    path, text, zola = site(row)
    found, data = read(text, zola.dialect)
    address = zola.address(path, data)
    refused = isinstance(zola.values(path, data, found.language), Reason)
    if row["result"] is None:
        assert address.addresses == () or refused or zola.draft(path, data) or isinstance(data.get("slug"), int)
    else:
        assert not refused
        assert address.addresses is None or row["result"] in address.addresses
        if "aliases" in row and row["aliases"] and "https" not in str(row["front_matter"]):
            told = {each if each.endswith(".html") else f"{each}index.html" for each in address.aliases}
            assert told == set(row["aliases"])


@pytest.mark.parametrize("row", [r for r in vectors("slug") if r["function"] == "slugify_paths"], ids=name)
def test_slugs(row):
    assert slugify(row["input"], row["config"].get("slugify", {}).get("paths", "on")) in (row["result"], None)


@pytest.mark.parametrize("row", [r for r in vectors("date") if r.get("key") in (None, "updated")], ids=name)
def test_dates(row):
    text = f"+++\nx = {row['input']}\n+++\n" if row["format"] == "toml" else f"---\nx: {row['input']}\n---\n"
    zola = ZOLA(None)
    found = front_matter.read(text, zola.dialect)
    if found.problem:
        assert row["result"] is None
        return
    (entry,) = found.root.entries
    moment = zola.moment(entry.node.value, entry.node.text) if entry.node.is_scalar else None
    if row["result"] is None:
        assert moment is None or (moment.instant is None and moment.problem)
    else:
        assert moment.instant == datetime.fromisoformat(row["result"])


@pytest.mark.parametrize(
    "row", [r for r in vectors("url") if "date" in r and not r["front_matter"].get("date")], ids=name
)
def test_the_date_in_a_name(row):
    path, _, zola = site(row)
    assert zola.named_date(path) == datetime.fromisoformat(f"{row['date']}T00:00:00Z")


@pytest.mark.parametrize("row", [r for r in vectors("front_matter") if "draft: " not in r["input"].lower()], ids=name)
def test_front_matter(row):
    path, _, zola = site(row)
    found, data = read(row["input"], zola.dialect)
    values = None if data is None else zola.values(path, data, found.language)
    values = None if isinstance(values, Reason) else values
    if row["result"] is None:
        assert not values
    else:
        assert json.loads(json.dumps(values, default=str)) == row["result"]


@pytest.mark.parametrize(
    "row", [r for k in ("image", "link") for r in vectors(k) if r.get("error") not in NO_SITE], ids=name
)
def test_what_is_served(row):
    path, _, zola = site(row)
    data = row.get("front_matter") or {}
    image = row["kind"] == "image"
    body = markdown.read(row.get("markdown") or f"{'!' * image}[a]({row['reference']})", 0, zola.syntax(path))
    for each in body.references:
        place = zola.image if image else zola.link
        target = place(path, data, each.target, "html" if each.form == "html" else "markdown")
        if target.status == "unknown":
            assert not image
            continue
        there = {*(row["files"] or ()), path}
        there |= {zola.address(file, {}).addresses[0].rstrip("/") for file in there if file.endswith(".md")}
        asked = {*target.paths, (target.address or "").rstrip("/")}
        anchor = "anchor link" in row.get("error", "")
        assert (target.status == "files" and not there.isdisjoint(asked)) == (row["result"] is not None or anchor)
