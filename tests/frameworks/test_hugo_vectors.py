"""The answers of real Hugo builds: addresses, dates, values, and whether images are served."""

import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from postlint import front_matter
from postlint.body import markdown
from postlint.clock import now
from postlint.files.files import MemoryFiles
from postlint.frameworks import load
from postlint.frameworks.answers import Reason

VECTORS = Path(__file__).parents[1] / "vectors/hugo.jsonl"
HUGO = load("hugo")
NEWEST = "0.168.0"
# Which of two keys that differ in case counts, and which of two files with one address, is chance.
CHANCE = ("winner", "which one wins", "two posts with one address", "same base name", "collision")
NO_SITE = ("not on this site", "empty reference", "no such element in the page")


def vectors(kind):
    with VECTORS.open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["kind"] == kind and row["version"] == NEWEST]


def site(row):
    """The row's site in memory, as Hugo would find it on disk."""
    others = row.get("other_files") or {}
    files = {name: text if isinstance(text, str) else json.dumps(text) for name, text in others.items()}
    files.update(dict.fromkeys(row.get("files") or (), ""))
    files["hugo.json"] = json.dumps({"baseURL": "https://example.org/", **(row.get("config") or {})})
    path = row.get("path") or "content/posts/x.md"
    files.setdefault(path, json.dumps(row.get("front_matter") or {}))
    return path, HUGO(MemoryFiles({name: text.encode() for name, text in files.items()}))


def name(row):
    return f"{row.get('path')} {row.get('input', row.get('reference', row.get('front_matter')))!s:.60}"


def read(text, dialect):
    found = front_matter.read(text, dialect)
    if found.problem or any(front_matter.repeated(found.root)):
        return found, None
    data = front_matter.to_data(found.root)
    return found, data if isinstance(data, dict) else None


@pytest.mark.parametrize("row", [r for r in vectors("url") if not str(r.get("note")).startswith(CHANCE)], ids=name)
def test_addresses(row):
    path, hugo = site(row)
    _, data = read(row.get("text") or json.dumps(row["front_matter"]), hugo.dialect)
    address = hugo.address(path, data)
    if row["result"] is not None:
        assert unquote(row["result"]) in map(unquote, address.addresses)
        if "aliases" in row:
            taken = {address.addresses[0], "/posts/y/"}
            told = {
                alias if alias.endswith(".html") else f"{alias}index.html" for alias in set(address.aliases) - taken
            }
            assert told == set(row["aliases"]) - {"/en/index.html"}
    elif data.get("published") is True:
        assert address.addresses is None
    else:
        assert address.addresses == () or hugo.draft(path, data) or hugo.withheld(path, data, now())


@pytest.mark.parametrize("row", [r for r in vectors("date") if r.get("format") != "json"], ids=name)
def test_dates(row):
    _, hugo = site(row)
    text = f"---\nx: {row['input']}\n---\n" if row["format"] == "yaml" else f"+++\nx = {row['input']}\n+++\n"
    found = front_matter.read(text, hugo.dialect)
    if (row.get("key") or found.problem) and row["result"] is None:
        return
    (entry,) = found.root.entries
    moment = hugo.moment(entry.node.value, entry.node.text) if entry.node.is_scalar else None
    if row["result"] is None or row["result"].startswith("0000"):
        assert moment is None or moment.instant is None
    else:
        assert moment.instant.timestamp() == instant(row["result"])


def instant(text):
    from datetime import datetime

    return datetime.fromisoformat(text).timestamp()


@pytest.mark.parametrize("row", [r for r in vectors("dates") if ":filename" in json.dumps(r["config"])], ids=name)
def test_the_date_in_a_name(row):
    path, hugo = site(row)
    said = hugo.named_date(path)
    assert row["result"]["date"] is None if said is None else said.timestamp() == instant(row["result"]["date"])


# What the parser of YAML does not take is not Hugo's to say here.
APART = ("title: a\u0007b", "A: 1", "Title = ", "#+TITLE", "title: a\nTitle", "{{<", "----\n")


@pytest.mark.parametrize(
    "row", [r for r in vectors("front_matter") if not any(a in r["input"] for a in APART)], ids=name
)
def test_front_matter(row):
    path, hugo = site(row)
    found, data = read(row["input"], hugo.dialect)
    values = None if data is None else hugo.values(path, data, found.language)
    values = None if isinstance(values, Reason) else values
    if row["result"] is None:
        assert not values
    else:
        assert plain(values) == row["result"]


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return "aGk="
    return value.isoformat().replace("+00:00", "Z") if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("row", [r for r in vectors("image") if r.get("error") not in NO_SITE], ids=name)
def test_images(row):
    path, hugo = site(row)
    data = row.get("front_matter") or {}
    text = row.get("markdown") or f"![a]({row['reference']})"
    body = markdown.read(text, 0, hugo.syntax(path))
    targets = [hugo.image(path, data, each.target, "markdown") for each in body.references]
    targets += [
        hugo.image(path, data, each.target, "shortcode", each.tag)
        for span in body.opaque
        for each in hugo.embedded(text[slice(*span)])
    ]
    (target,) = targets
    served = target.status == "files" and any(each in (row["files"] or ()) for each in target.paths)
    assert served == (row["result"] is not None)
    assert target.certain or not served


@pytest.mark.parametrize(
    "row", [r for r in vectors("link") if "ref" in r.get("markdown", "") and r.get("error") not in NO_SITE], ids=name
)
def test_pages_that_are_referred_to(row):
    path, hugo = site(row)
    for span in markdown.read(row["markdown"], 0, hugo.syntax(path)).opaque:
        for each in hugo.embedded(row["markdown"][slice(*span)]):
            target = hugo.link(path, {}, each.target, "shortcode", each.tag)
            if target.status == "files" and row["result"] is None:
                assert not set(target.paths) & set(row["files"]) or len(target.paths) > 1
            elif target.status == "files" and row["result"] not in ("/", "/posts/"):
                assert set(target.paths) & {*row["files"], *(Path(file).parent.as_posix() for file in row["files"])}
