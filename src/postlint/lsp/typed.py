"""What is being typed at a place, told by the characters around it: a text that is being written is often not valid yet."""

import re
from typing import Literal, NamedTuple

from postlint.front_matter import Language

_OPENING = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*(?:\r\n|\n|\r)")
_KEY = re.compile(r"[\w.-]*")
_ENTRY = re.compile(r"(\s*)(?:- )?([\w.-]+|\"[^\"\n]*\"|'[^'\n]*')\s*([:=])[ \t]*(.*)", re.DOTALL)
_ITEM = re.compile(r"(\s*)-[ \t]+(.*)", re.DOTALL)
_TABLE = re.compile(r"\s*\[+([\w.-]+)\]+\s*$")
_TOP_KEY = re.compile(r"^([\w.-]+)[ \t]*[:=]", re.MULTILINE)
# What a link or an image begins with, up to the cursor. No part of a pattern can match what the next one begins with.
_INLINE = re.compile(r"(!?)\[[^\[\]\n]*\]\(<?([^()<>\s]*)$")
_DEFINED = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:[ \t]*([^\s<>]*)$")
_ATTRIBUTE = re.compile(r"<(\w+)[^<>\n]*[ \t](src|href)=[\"']([^\"'<>\s]*)$")


class Key(NamedTuple):
    """The name of a top-level field. `start` is where it begins; `present` are the names that are there."""

    start: int
    language: Language
    present: frozenset[str]


class Value(NamedTuple):
    """The value of the field `names`. `start` is where the part before the cursor begins, after a quote; `quote` is that
    quote, empty if there is none. `in_list`: it is between brackets, or behind a dash."""

    start: int
    language: Language
    names: tuple[str, ...]
    text: str
    quote: str
    in_list: bool


class Reference(NamedTuple):
    """The address of a link or an image, as far as it is written."""

    start: int
    kind: Literal["link", "image"]
    text: str


Typed = Key | Value | Reference


def at(text: str, offset: int) -> Typed | None:
    """What is being typed at `offset` of the post `text`; None if that is prose."""
    opening = _OPENING.match(text)
    if opening:
        closing = re.compile(rf"^{re.escape(opening[1])}[ \t]*$", re.MULTILINE).search(text, opening.end())
        end = closing.start() if closing else len(text)
        if opening.end() <= offset <= end:
            return _in_fields(text, opening.end(), end, offset, "yaml" if opening[1] == "---" else "toml")
        if offset < end or (closing and offset <= closing.end()):
            return None
    return _in_body(text, offset)


def _in_fields(text: str, begin: int, end: int, offset: int, language: Language) -> Typed | None:
    start = max(text.rfind("\n", begin, offset) + 1, begin)
    line, above = text[start:offset], text[begin:start].splitlines()
    if _KEY.fullmatch(line):
        if language == "toml" and any(_TABLE.match(each) for each in above):
            return None
        rest = text[begin:start] + text[text.find("\n", offset) if "\n" in text[offset:] else len(text) : end]
        return Key(start, language, frozenset(_TOP_KEY.findall(rest)))
    if entry := _ENTRY.fullmatch(line):
        names = (*_parents(above, len(entry[1]), language), entry[2].strip("\"'"))
        return _value(entry[4], offset, names, language, False)
    item = _ITEM.fullmatch(line) if language == "yaml" else None
    parents = _parents(above, len(item[1]) + 1, language) if item else ()
    return _value(item[2], offset, parents, language, True) if item and parents else None


def _parents(above: list[str], indent: int, language: Language) -> tuple[str, ...]:
    """The keys above a line that its value is below."""
    if language == "toml":
        table = next((found[1] for line in reversed(above) if (found := _TABLE.match(line))), None)
        return tuple(table.split(".")) if table else ()
    names: list[str] = []
    for line in reversed(above):
        entry = _ENTRY.fullmatch(line)
        if entry and entry[3] == ":" and len(entry[1]) < indent:
            if entry[4].strip() and not entry[4].lstrip().startswith(("#", "&")):
                break
            names.insert(0, entry[2].strip("\"'"))
            indent = len(entry[1])
        if indent == 0:
            break
    return tuple(names)


def _value(written: str, offset: int, names: tuple[str, ...], language: Language, in_list: bool) -> Value:
    if written.lstrip().startswith("["):
        written = re.split(r"[\[,]", written)[-1]
        in_list = True
    written = written.lstrip()
    quote = written[:1] if written[:1] in ("'", '"') else ""
    text = written[len(quote) :]
    return Value(offset - len(text), language, names, text, quote, in_list)


def _in_body(text: str, offset: int) -> Reference | None:
    line = text[text.rfind("\n", 0, offset) + 1 : offset][-2000:]
    if found := _INLINE.search(line):
        return Reference(offset - len(found[2]), "image" if found[1] else "link", found[2])
    if found := _DEFINED.match(line):
        return Reference(offset - len(found[1]), "link", found[1])
    if found := _ATTRIBUTE.search(line):
        return Reference(offset - len(found[3]), "link" if found[2] == "href" else "image", found[3])
    return None
