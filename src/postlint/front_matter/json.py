"""JSON front matter: the structure is walked here, strings and other scalars are read by the json module."""

import re
from json import JSONDecodeError, JSONDecoder, dumps

from postlint.front_matter import Entry, Node, Problem
from postlint.text import Span

_decode = JSONDecoder().raw_decode
_BLANK = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"[\w.+-]+")
_DIGITS = re.compile(r"-?[0-9]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DEEPEST = 100


def _skip(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


class _Stop(Exception):
    def __init__(self, start: int, end: int, message: str, hint: str | None = None) -> None:
        self.problem = Problem(Span(start, end), message, hint)


def parse_object(text: str, start: int) -> tuple[Node | Problem, int]:
    """Read the object whose `{` is code point `start` of `text`; whatever follows it is left alone.

    Returns its tree, and the offset just after its `}`. On a problem that offset is the end of the text.
    """
    try:
        node = _value(text, start, 0)
    except _Stop as stop:
        return stop.problem, len(text)
    return node, node.span.end


def _value(text: str, at: int, depth: int) -> Node:
    opening = text[at : at + 1]
    if opening == "{":
        return _object(text, at, depth)
    if opening == "[":
        return _array(text, at, depth)
    try:
        value, end = _decode(text, at)
    except JSONDecodeError as error:
        raise _explained(text, at, error) from None
    except ValueError:  # an integer of more digits than Python turns into a number
        digits = _DIGITS.match(text, at)
        end = digits.end() if digits else at + 1
        return Node(Span(at, end), float("-inf" if text[at] == "-" else "inf"), text=text[at:end], flow=True)
    if isinstance(value, str):
        value = _SURROGATE.sub("\ufffd", value)
        return Node(Span(at, end), value, text=value, style="double", flow=True)
    return Node(Span(at, end), value, text=text[at:end], flow=True)


def _object(text: str, at: int, depth: int) -> Node:
    _check_depth(at, depth)
    entries: list[Entry] = []
    here = _skip(text, at + 1)
    while text[here : here + 1] != "}":
        if entries:
            here = _separator(text, here, at, "}")
        if text[here : here + 1] != '"':
            raise _no_key(text, here, at)
        key = _value(text, here, depth)
        colon = _skip(text, key.span.end)
        if text[colon : colon + 1] != ":":
            raise _Stop(
                *key.span, f"the key {text[slice(*key.span)][:40]} is not followed by `:`", "write a `:` after it"
            )
        node = _value(text, _skip(text, colon + 1), depth + 1)
        entries.append(Entry(key.text, key, node))
        here = _skip(text, node.span.end)
    return Node(Span(at, here + 1), entries=tuple(entries), style="flow", flow=depth > 0)


def _array(text: str, at: int, depth: int) -> Node:
    _check_depth(at, depth)
    items: list[Node] = []
    here = _skip(text, at + 1)
    while text[here : here + 1] != "]":
        if items:
            here = _separator(text, here, at, "]")
        items.append(_value(text, here, depth + 1))
        here = _skip(text, items[-1].span.end)
    return Node(Span(at, here + 1), items=tuple(items), style="flow", flow=depth > 0)


def _check_depth(at: int, depth: int) -> None:
    if depth >= _DEEPEST:
        raise _Stop(at, at + 1, "front matter is nested too deeply")


def _separator(text: str, here: int, opening: int, closing: str) -> int:
    """Step over the comma at `here`; a comma before the closing bracket is refused, as JSON does."""
    if here >= len(text):
        raise _unclosed(text, opening)
    if text[here] != ",":
        raise _Stop(here, here + 1, f"a `,` or `{closing}` is missing before this", "separate the values with commas")
    after = _skip(text, here + 1)
    if text[after : after + 1] == closing:
        raise _Stop(here, here + 1, f"there is a comma before `{closing}`", "remove the comma")
    return after


def _unclosed(text: str, opening: int) -> _Stop:
    closing = "}" if text[opening] == "{" else "]"
    return _Stop(opening, opening + 1, f"the `{text[opening]}` that opens here is never closed", f"add a `{closing}`")


def _no_key(text: str, here: int, opening: int) -> _Stop:
    if here >= len(text):
        return _unclosed(text, opening)
    if text[here] == "/":
        return _Stop(here, here + 2, "JSON has no comments", "remove the comment")
    end = _word_end(text, here)
    message = f"a key in double quotes is expected, not `{text[here:end][:40]}`"
    return _Stop(here, end, message, "put the key in double quotes")


def _explained(text: str, at: int, error: JSONDecodeError) -> _Stop:
    """`error` of the scalar that begins at `at`, in a blogger's words."""
    if at >= len(text):
        return _Stop(at - 1, at, "the text ends before a value", "close the object with `}`")
    here = min(max(error.pos, at), len(text) - 1)
    if text[at] == '"':
        if "Unterminated" in error.msg:
            return _Stop(at, at + 1, "the quote that opens here is never closed", 'add the closing `"`')
        if "control" in error.msg:
            message = "there is a line break or control character inside quotes"
            return _Stop(here, here + 1, message, "write `\\n` for a line break")
        escape = text.rfind("\\", at, here + 1)
        message = f"`{text[escape : escape + 2]}` is not an escape sequence in JSON"
        return _Stop(escape, escape + 2, message, "write a backslash as `\\\\`")
    end = _word_end(text, at)
    found = text[at:end][:40]
    if found in ",]}:":
        return _Stop(at, end, f"a value is missing before `{found}`", "write a value, or remove the comma")
    if found == "'":
        return _Stop(at, end, "JSON has no single quotes", 'use `"`')
    return _Stop(at, end, f"`{found}` is not a JSON value", "put text in double quotes")


def _word_end(text: str, at: int) -> int:
    """The end of the word at `at`, or of the one character there."""
    word = _WORD.match(text, at)
    return word.end() if word else at + 1


def write(value: str) -> str:
    """`value` as a JSON string, value or key; JSON has one style. Lone surrogates become U+FFFD."""
    return dumps(_SURROGATE.sub("\ufffd", value), ensure_ascii=False)
