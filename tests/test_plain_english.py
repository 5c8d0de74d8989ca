"""What people read is plain English: the patterns that made it hard to read do not come back."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeGuard

import pytest
from conftest import ROOT

PACKAGE = ROOT / "src" / "postlint"
CODE = sorted(PACKAGE.rglob("*.py"))
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "examples").glob("*/*.md")),
    *sorted((ROOT / "editors").glob("*/*.md")),
    *sorted((ROOT / "benchmarks").glob("*.md")),
]
PATTERNS = {
    # What exists may still be denied: "there is no such file", "is no longer", "is no more than".
    r"(?<!there )(?<!There )\b(?:is|are|was|were) no (?!longer\b|more\b|less\b|better\b|worse\b)\w+": "is not a …",
    r"(?<!there )(?<!There )\b(?:is|are) none\b(?! \()": "is not one of …",
    r"\b(?:told|tell|tells|telling|said|says) of\b": "reported, reports",
    r"\bbut for\b": "except for",
    r"\b(?:Reported|Looked at|Looked for|Left out|Not counted|Kept) (?:are|is)\b": "… are reported",
    r"\b(?:is|are) taken for\b": "is treated as, is mistaken for",
    r"\b(?:is|are|has|have) not got\b|\bhas got\b": "does not have",
    r"\b(?:mend|mends|mended|mending)\b": "fix",
    r"\bleads? nowhere\b": "is broken, is missing",
    r"\bwithout a word\b": "silently",
    r"\bas chance has it\b|\bwill do\b": "works, is enough",
    r"\bin other case\b": "differs in upper and lower case",
    r"\bthere where\b|\b[Hh]as it a\b": "if …",
    r"\b(?:is|are) let (?:pass|be)\b": "is allowed",
    r"\bof which (?:none|one|only|the)\b": "…, and none of them …",
    r"\bwhere there (?:is|are)\b": "if there is",
}
_FENCE = re.compile(r"^(`{3,})[^\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)
_INLINE_CODE = re.compile(r"(`+)(?:(?!\1).)+?\1", re.DOTALL)


class _Text(ast.Constant):
    """A constant that is text."""

    value: str


class Sentence(NamedTuple):
    """A text that people read, and its line."""

    line: int
    text: str


def sentences(tree: ast.Module, explains_rules: bool) -> Iterator[Sentence]:
    """The texts of a module that people read: messages, errors and help, and the docstrings of rules.

    Many messages are put together or kept in a table before they are passed on, so every string of several words counts.
    """
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in apart:
            continue
        if isinstance(node, ast.JoinedStr):
            apart.update(map(id, node.values))
            yield Sentence(node.lineno, "".join(part.value if _is_text(part) else "x" for part in node.values))
        elif _is_text(node):
            yield Sentence(node.lineno, node.value)
        elif explains_rules and isinstance(node, ast.ClassDef) and (text := ast.get_docstring(node)):
            yield Sentence(node.body[0].lineno, text)


def _is_text(node: ast.AST) -> TypeGuard[_Text]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def odd(text: str) -> Iterator[str]:
    """The patterns in `text`, each with what to write instead. Inline code in the text is not checked."""
    plain = _INLINE_CODE.sub(lambda found: "`" + "x" * (len(found[0]) - 2) + "`", text)
    for pattern, better in PATTERNS.items():
        for found in re.finditer(pattern, " ".join(plain.split())):
            yield f"`{found[0]}`: write `{better}`"


def in_code(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = sentences(tree, explains_rules="rules" in path.relative_to(PACKAGE).parts)
    return [f"{named(path)}:{line}: {what}" for line, text in found for what in odd(text)]


def in_page(path: Path) -> list[str]:
    text = _FENCE.sub(lambda found: "\n" * found[0].count("\n"), path.read_text(encoding="utf-8"))
    paragraphs = re.finditer(r"(?:[^\n]+\n?)+", text)
    return [
        f"{named(path)}:{text.count(chr(10), 0, paragraph.start()) + 1}: {what}"
        for paragraph in paragraphs
        for what in odd(paragraph[0])
    ]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_pages_are_plain_english(page: Path) -> None:
    assert not (found := in_page(page)), "\n".join(found)


def test_messages_are_plain_english() -> None:
    found = [line for path in CODE for line in in_code(path)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "text",
    [
        "`x` is no number",
        "These are no posts, but pages",
        "it is none of these",
        "damage is told of",
        "it tells of the damage",
        "all but for one",
        "Reported are links",
        "Looked at are the fields",
        "it is taken for a page",
        "Git has not got it",
        "the link leads nowhere",
        "where there is one",
    ],
)
def test_a_pattern_is_found(text: str) -> None:
    assert list(odd(text))


@pytest.mark.parametrize(
    "text",
    [
        "there is no such file",
        "it is no longer needed",
        "`x is no number` is code",
        "it has none",
        "the post is not a number",
    ],
)
def test_plain_english_is_not_a_finding(text: str) -> None:
    assert not list(odd(text))


def test_messages_that_are_put_together_are_read_as_one() -> None:
    tree = ast.parse('raise E(f"`{x}` is no {kind} of {y}")')
    assert [text for _, text in sentences(tree, explains_rules=False)] == ["`x` is no x of x"]
