"""What is front matter and what is body: python-frontmatter's answer, and Astro's."""

import json
import os
import tarfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import frontmatter
import pytest
from frontmatter.default_handlers import JSONHandler, TOMLHandler, YAMLHandler

from postlint.front_matter import FrontMatter, read, to_data
from postlint.front_matter.dialects import ASTRO, PLAIN
from postlint.front_matter.openings import almost

SHARED = Path(os.environ.get("POSTLINT_SHARED") or Path(__file__).parents[3] / "shared")
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="POSTLINT_SHARED is not set and ../shared is absent")

TEXTS = (
    "---\ntitle: a\n---\nbody\n",
    "\n  \n---\ntitle: a\n---\n\nbody\n\n",
    "  ---  \n\n\ntitle: a\n-----  \n\n  body\n",
    "---\r\ntitle: a\r\n---\r\nbody\r\n",
    "---\ntitle: a\n---",
    "---\ntitle: a\n---  \n  ",
    "---\n---\nbody",
    "---\n\n---\nbody",
    "---\n# only a comment\n---\nbody",
    "---\nnull\n---\nbody",
    "---\n- a\n---\nbody",
    "---\njust text\n---\nbody",
    "---\ntitle: |\n  ---\n  x\n---\nbody\n\n---\n\nmore",
    "---\ntitle: a\n--- x\n---\nbody",
    "---\ntitle: a\n...\nbody",
    "---yaml\ntitle: a\n---\nbody",
    "--\ntitle: a\n--\n",
    "---\n",
    "---",
    "",
    "text\n---\ntitle: a\n---\n",
    "***\nbody",
    '{\n"title": "a",\n"tags": ["b"]\n}\nbody',
    '\n\n{\r\n  "title": "a"\r\n}\r\n\r\nbody',
    '{\n"title": "a"\n}  ',
    '{"title": "a"}\nbody',
    '{\n"title": "a"}\nbody',
    "{\n}\nbody",
    "---\nd: 2024-01-02\nt: 2024-01-02 10:00:00\nz: 2024-01-02T10:00:00+05:30\nn: 012\ny: yes\nb: !!binary aGk=\n---\n",
    "---\na: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2\n---\n",
    "---\na: 1\na: 2\n---\nbody",
    "---\ntitle: a: b\n---\nbody",
)


def agree(text: str) -> None:
    found = read(text, PLAIN)
    try:
        post = frontmatter.loads(text.removeprefix("\ufeff"))
    except Exception:  # it has no error of its own
        assert found.problem or found.language is None
        return
    assert content(text, found) == post.content
    if not found.problem:
        data = to_data(found.root)
        assert (data if isinstance(data, dict) else {}) == post.metadata


def content(text: str, found: FrontMatter) -> str:
    return text[found.body :].removeprefix("\ufeff").replace("\r\n", "\n").strip()


@pytest.mark.parametrize("text", TEXTS)
def test_python_frontmatter_agrees(text: str) -> None:
    agree(text)
    agree("\ufeff" + text)


@needs_shared
def test_python_frontmatter_agrees_on_forms() -> None:
    for vector in vectors("plain.jsonl"):
        if not vector["input"].startswith("+++") or TOMLHandler is not None:
            agree(vector["input"])


@needs_shared
def test_python_frontmatter_agrees_on_real_posts() -> None:
    with tarfile.open(SHARED / "mojibake" / "clean-dev.tar.xz") as archive:
        posts = [archive.extractfile(member).read() for member in archive if member.name.endswith((".md", ".mdx"))]
    assert len(posts) > 500
    for post in posts:
        text = post.decode(errors="replace")
        if read(text, PLAIN).language != "toml":
            agree(text)


def test_patterns_are_those_of_python_frontmatter() -> None:
    closing = {fence.language: fence.closing.pattern for fence in PLAIN.fences if fence.closing}
    assert closing["yaml"] == YAMLHandler.FM_BOUNDARY.pattern == r"^-{3,}\s*$"
    assert closing["json"] == r"^[{}](?:\r?$|\s*\Z)"
    assert JSONHandler.FM_BOUNDARY.pattern == r"^(?:{|})$"
    assert closing["toml"] == r"^\+{3,}\s*$"
    if TOMLHandler is not None:
        assert TOMLHandler.FM_BOUNDARY.pattern == r"^\+{3,}\s*$"


@needs_shared
def test_astro_agrees() -> None:
    count = 0
    for vector in vectors("astro.jsonl"):
        if vector["kind"] != "front_matter" or "function" in vector:
            continue
        found = read(vector["input"], ASTRO)
        count += 1
        if vector["result"] is None:
            assert found.problem or repeats(found), vector["input"]
        else:
            assert as_json(to_data(found.root)) == vector["result"], vector["input"]
            if found.language:
                assert vector["body"].endswith(vector["input"][found.body :])
    assert count > 35


def repeats(found: FrontMatter) -> bool:
    names = [entry.name for entry in found.root.entries or ()]
    return len(names) > len(set(names))


def as_json(value: object) -> object:
    if isinstance(value, dict):
        return {name: as_json(item) for name, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}"
    return value.isoformat() if isinstance(value, date) else value


def vectors(name: str) -> Iterator[dict]:
    for line in (SHARED / "frameworks" / "vectors" / name).read_text(encoding="utf-8").split("\n"):
        if line:
            yield json.loads(line)


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("---\ntitle: a\nbody", "never closed", "---"),
        ("---\ntitle: a\n...\nbody", "`...` does not close it", "---"),
        ("+++\ntitle = 'a'\nbody", "never closed", "+++"),
        ('{\n"title": "a",\nbody', "never closed", "{"),
        ("---\ntitle:a\n---\n", "no space after its colon", ":"),
        ("---\n\njust text\n", None, None),
        ("---\nSome: @text\n---\n", "cannot begin with `@`", "@"),
        ("---\n**bold** text\n\n---\nMore\n", None, None),
    ],
)
def test_fences_that_are_not_right(text: str, message: str | None, at: str | None) -> None:
    found = read(text, PLAIN)
    if message is None:
        assert found.problem is None
    else:
        assert found.problem
        assert message in f"{found.problem.message} {found.problem.hint}"
        assert text[found.problem.span.start : found.problem.span.end] == at


@pytest.mark.parametrize("dialect", [PLAIN, ASTRO])
@pytest.mark.parametrize(
    "text",
    ["---\na: 1\nb:\n  - x\n---\nbody\n", "\ufeff---\r\na: 1\r\n\r\n---\r\nbody\r\n", "\n---\na: 'é🎉'\n---\nbody"],
)
def test_spans_of_the_parts(dialect, text: str) -> None:
    found = read(text, dialect)
    assert text[found.opening.start : found.opening.end] == "---"
    assert text[found.span.start : found.span.end].strip().startswith("a: ")
    assert text[found.body :].startswith("body")


def test_unclosed_front_matter_is_all_body() -> None:
    assert read("---\ntitle: a\n", ASTRO).body == 0


@pytest.mark.parametrize(
    ("text", "marked", "message"),
    [
        ("--\ntitle: A\n---\nx\n", "--", "front matter must begin with a line `---`, not with `--`"),
        ("\u2014--\ntitle: A\n---\n", "\u2014--", "front matter must begin with a line `---`, not with `\u2014--`"),
        ("\u2013-\ntitle: A\ntags:\n  - a\n\u2013-\n", "\u2013-", "front matter must begin with a line `---`, not"),
        (" ---\ntitle: A\n---\n", " ---", "the `---` that begins front matter must be the first thing in the file"),
        ("<!-- c -->\r\n---\r\ntitle: A\r\n---\r\n", "<!-- c -->", "front matter must be the first thing"),
        ("title: A\r\ntags:\r\n  - a\r\n---\r\nx\r\n", "title: A", "front matter must begin with a line `---`, which"),
        ("# A\n\n---\ntitle: A\n---\n", "# A", "front matter must be the first thing in the file; `# A` comes before it"),
    ],
)  # fmt: skip
def test_front_matter_that_begins_wrongly(text: str, marked: str, message: str) -> None:
    problem = almost(text)
    assert problem is not None
    assert problem.message.startswith(message)
    assert text[slice(*problem.span)] == marked


@pytest.mark.parametrize(
    "text",
    [
        "Text.\n\n---\n\nMore text.\n\n---\n",
        "Text.\n\n---\nNote: it goes on\n---\n",
        "```\n---\ntitle: A\n---\n```\n",
        "So it begins:\n\n```yaml\n---\ntitle: A\n---\n```\n",
        "Title\n---\n\ntitle: A\n\nText\n---\n",
        "--\nAnn\n",
        "title: A\n---\nText.\n",
        "title: A\ndate: 2024-01-02\n\nText.\n\n---\n",
        "- title: A\n- b\n---\n",
    ],
)
def test_no_front_matter_is_meant(text: str) -> None:
    assert almost(text) is None
