"""Links, images and footnotes by label: labels without a definition, and definitions that have no effect."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from postlint.body import Body, Kind, is_inside, quiet, same_label
from postlint.body.slips import closes_shortcode
from postlint.diagnostics import Edit, Fix
from postlint.suggest import Names
from postlint.text import Span

# `[text][label]` and `[text][]`. What stands behind a word is an index, and numbers and crosses are meant as they are.
_PAIR = (
    r"\[(?!\^|[\d\s,x✓-]{0,9}\])(?P<text>(?:[^\[\]\n]|\n(?![ \t]*\r?\n)){1,500})(?<!\\)\]"
    r"\[(?P<label>(?!:)[^\[\]\n=,]{0,300})\](?![(\[:])"
)
_PAIRS = {
    "link": re.compile(rf"(?<![\\\w\]\[)^!./]){_PAIR}"),
    "image": re.compile(rf"(?<!\\)!{_PAIR}"),
}
_DEFINED = re.compile(r"\[((?:[^\[\]\\]|\\.){1,500})\]:", re.DOTALL)
# A definition as CommonMark reads it, without what may follow its address.
_DEFINITION = re.compile(
    r"^[ \t>]{0,12}\[(?!\^)(?P<label>(?:[^\[\]\\\n]|\\.){1,300})\]:[ \t]*\n?[ \t]*(?P<to><[^<>\n]*>|[^\s<][^\s]*)"
    r"[ \t]*(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\))?[ \t]*\r?$",
    re.MULTILINE,
)
_NOTE = re.compile(r"(?<!\\)\[\^(?P<label>[^\[\]\s^]{1,60})\](?P<colon>:?)")
_MARGIN = re.compile(r"[ \t>]*(?:[*+-][ \t]+)?")
_SHORT, _LONGEST = 3, 500
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d{1,3}")
_NOTE_NAME = re.compile(r"(?!\w-\w)[\w.-]+")
# What puts other text into a post, which may define labels: of Liquid, Nunjucks, Hugo, snippets, VitePress, MyST, mdBook.
_INCLUDES = re.compile(
    r"\{%-?[ \t]*(?:include|render|import|insert|for|capture|macro)|\{\{%|\{\{<[ \t]*(?:include|read)|\{\{[ \t]*#?include"
    r"|--8<--|;--\d|<!--[ \t]*@?include|\{!|\{include\}",
    re.IGNORECASE,
)


class Undefined(NamedTuple):
    """A link or image, at `span`, whose `label` is not defined. `written` is the label's place, empty in `[text][]`; `near`
    is the defined label that may be meant."""

    span: Span
    label: str
    written: Span
    near: str | None

    def message(self, intended: str) -> str:
        """What to say of it; readers do not see the `intended`."""
        label = self.label.replace("`", "'")
        advice = f"did you mean `{self.near}`?" if self.near is not None else f"write `[{label}]: address` below"
        return f"`{label}` is not defined, so readers see brackets instead of {intended}; {advice}"

    @property
    def fix(self) -> Fix | None:
        near = self.near
        return Fix(f"Write `{near}`", (Edit(*self.written, near),), "unsafe") if near is not None else None


class Footnote(NamedTuple):
    """The sign of a footnote, `[^label]`, at `span`."""

    span: Span
    label: str


class Footnotes(NamedTuple):
    """`undefined`: uses of footnotes without a definition. `no_colon`: definitions that lack the colon. `unused`:
    definitions that nothing refers to."""

    undefined: list[Footnote]
    no_colon: list[Footnote]
    unused: list[Footnote]


class Repeated(NamedTuple):
    """A definition, at `span`, of a `label` that an earlier one, at `first`, gives another address."""

    span: Span
    label: str
    first: Span


def undefined(kind: Kind, text: str, start: int, body: Body) -> Iterator[Undefined]:
    """The links or images by label in `text[start:]`, whose body is `body`, that certainly have no definition."""
    pairs = [found for found in _unread(kind, text, start, body) if not _is_beside_brackets(found)]
    if not pairs or _INCLUDES.search(text, start):
        return
    # Where a definition may stand, parsers differ; what looks like one is enough.
    defined = {same_label(found[1]): found[1] for found in _DEFINED.finditer(text, start)}
    has_definitions, names = _DEFINITION.search(text, start) is not None, Names(defined)
    hidden = quiet(body)
    for found in pairs:
        shown, label = same_label(found["text"]), same_label(found["label"])
        if (label or shown) in defined or is_inside(found.start(), hidden):
            continue
        if (has_definitions or _is_certain(shown, label)) and not closes_shortcode(found["label"], text):
            near = _near(label or shown, names)
            whole, written = Span(*found.span()), Span(*found.span("label"))
            yield Undefined(whole, found["label"] or found["text"], written, defined[near] if near else None)


def _unread(kind: Kind, text: str, start: int, body: Body) -> "Iterator[re.Match[str]]":
    """The links or images by label that are not among the body's references."""
    read = {reference.whole.start for reference in body.references if reference.form == "reference"}
    at = text.find("][", start)
    while at >= 0:
        begin = text.rfind("[", max(at - _LONGEST, start), at) - (kind == "image")
        if begin >= start and begin not in read and (found := _PAIRS[kind].match(text, begin)):
            yield found
        at = text.find("][", at + 2)


def _near(label: str, names: Names) -> str | None:
    """The defined label that may be meant. Another number is another thing."""
    near = names.closest(label)
    return near if near is not None and _DIGIT.findall(near) == _DIGIT.findall(label) else None


def _is_beside_brackets(pair: "re.Match[str]") -> bool:
    """Whether other brackets stand beside `pair`: a row of words in brackets is meant as it is written."""
    text, start, end = pair.string, pair.start(), pair.end()
    return text.startswith((" [", "\t["), end) or text[max(start - 2, 0) : start] in ("] ", "]\t")


def _is_certain(shown: str, label: str) -> bool:
    """Whether a label is meant, although the post defines none: not the indexes of code, such as `[row][column]`."""
    if not label:
        return len(shown) > _SHORT
    if len(shown) < 2 or not any(map(str.isalpha, shown)):
        return False
    is_word = " " in shown or not shown.isascii() or len(shown) > _SHORT
    return is_word or bool(_NUMBER.fullmatch(label)) or label.endswith(shown)


def footnotes(text: str, start: int, body: Body) -> Footnotes:
    """What is wrong with the footnotes of `text[start:]`, whose body is `body`."""
    code = sorted([*body.code, *body.comments])
    defined: dict[str, Footnote] = {}
    uses: list[Footnote] = []
    begun: list[Footnote] = []
    for found in _NOTE.finditer(text, start):
        note = Footnote(Span(found.start(), found.end() - len(found["colon"])), same_label(found["label"]))
        begins_line = _MARGIN.fullmatch(text, text.rfind("\n", 0, found.start()) + 1, found.start()) is not None
        if found["colon"] and begins_line:
            if not is_inside(found.start(), code):
                defined.setdefault(note.label, note)
        elif begins_line and text[found.end() : found.end() + 1] in (" ", "\t"):
            begun.append(note)
        else:
            uses.append(note)
    used = {note.label for note in uses}
    mentioned = used.union(note.label for note in begun)
    unused = [note for label, note in defined.items() if label not in mentioned]
    open_notes = [
        note
        for note in (*uses, *begun)
        if note.label not in defined and (_NUMBER.fullmatch(note.label) or _NOTE_NAME.fullmatch(note.label))
    ]
    if not open_notes or _INCLUDES.search(text, start):
        return Footnotes([], [], unused)
    hidden = quiet(body)
    open_notes = [note for note in open_notes if not is_inside(note.span.start, hidden)]
    lines = set(begun)
    no_colon = [note for note in open_notes if note.label in used and note in lines]
    lacking = {note.label for note in no_colon}
    # A name may be a class of characters, if the post has no footnotes.
    has_footnotes = bool(defined or lacking)
    undefined = [
        note for note in open_notes if note.label not in lacking and (has_footnotes or _NUMBER.fullmatch(note.label))
    ]
    return Footnotes(sorted(undefined), no_colon, unused)


def repeated(text: str, start: int, body: Body) -> Iterator[Repeated]:
    """The definitions of links in `text[start:]` whose label was defined before, with another address."""
    code = sorted([*body.code, *body.comments])
    firsts: dict[str, re.Match[str]] = {}
    for found in _DEFINITION.finditer(text, start):
        if is_inside(found.start("label"), code):
            continue
        first = firsts.setdefault(same_label(found["label"]), found)
        # `[//]: # (text)` is a comment.
        one, other = (each["to"].strip("<>").casefold() for each in (first, found))
        if one != other and one != "#" != other:
            yield Repeated(Span(*found.span("to")), found["label"], Span(*first.span("to")))
