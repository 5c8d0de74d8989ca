"""Splits JavaScript and TypeScript source into tokens, in linear time, whatever it is given."""

import re
from typing import NamedTuple

WORD, STRING, NUMBER, PUNCTUATION, OPEN_TEMPLATE, TEMPLATE_MIDDLE, CLOSE_TEMPLATE, PATTERN = range(8)

_TOKEN = re.compile(
    r"(?P<blank>[^\S\n]+|//[^\n]*)"
    r"|(?P<line>\n)"
    r"|(?P<word>[^\x00-#%-@\[-^`{-\x7f][\w$]*)"
    # A string that its line does not close ends with the line.
    r"|(?P<string>\"[^\"\\\n]*(?:\\[\s\S][^\"\\\n]*)*\"?|'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'?)"
    r"|(?P<number>0[xXoObB][\da-fA-F_]+n?|\d[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?\d+)?n?|\.\d+(?:[eE][-+]?\d+)?)"
    r"|(?P<mark>\.\.\.|=>|\?\?=?|\?\.(?!\d)|[=!]==?|&&=?|\|\|=?|[-+*%&|^<>]=|\+\+|--|[\s\S])"
)
_TEMPLATE = re.compile(r"[^`\\$]*(?:(?:\\[\s\S]|\$(?!\{))[^`\\$]*)*")
# A class or pattern that its line does not close ends with the line.
_PATTERN = re.compile(r"/[^/\\\[\n]*(?:(?:\\.|\[[^\]\\\n]*(?:\\.[^\]\\\n]*)*\]?)[^/\\\[\n]*)*/?[A-Za-z]*")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\r\n|([\s\S]))")
_LETTERS = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    "0": "\0",
    "\n": "",
    "\r": "",
    "\u2028": "",
}
_KINDS = {"word": WORD, "string": STRING, "number": NUMBER}
_BEFORE_PATTERN = frozenset(("return", "typeof", "case", "in", "of", "void", "delete", "new", "await", "yield"))


class Token(NamedTuple):
    """`kind` is one of the constants of this module; `first` says that the token is the first of its line, `at` is the
    offset at which it ends. The text of a string (or of a template without expressions, which is one) has no quotes but
    still its escapes."""

    kind: int
    text: str
    first: bool
    at: int = 0


def tokenize(source: str) -> list[Token]:
    """The tokens of `source`. A template with expressions is OPEN_TEMPLATE, CLOSE_TEMPLATE, between them the tokens of
    the expressions, set apart by TEMPLATE_MIDDLE."""
    tokens: list[Token] = []
    templates: list[int] = []  # for each open template: how many braces are open in its expression
    at, end, first = 0, len(source), True
    if source.startswith("#!"):
        at = source.find("\n") % (end + 1)
    while at < end:
        match = _TOKEN.match(source, at)
        assert match is not None
        group, text = match.lastgroup, match[0]
        at = match.end()
        if group == "blank":
            continue
        if group == "line":
            first = True
            continue
        if group == "string":
            text = text[1:-1] if len(text) > 1 and text[-1] == text[0] else text[1:]
        if group == "mark":
            if text == "/" and source.startswith("*", at):
                close = source.find("*/", at + 1)
                first = first or "\n" in source[at : close if close >= 0 else end]
                at = close + 2 if close >= 0 else end
                continue
            if text == "/" and _pattern_may_follow(tokens):
                match = _PATTERN.match(source, at - 1)
                assert match is not None
                at = match.end()
                tokens.append(Token(PATTERN, match[0], first, at))
                first = False
                continue
            if text == "`" or (text == "}" and templates and not templates[-1]):
                at = _template(source, at, text == "`", tokens, templates, first)
                first = False
                continue
            if templates:
                templates[-1] += (text == "{") - (text == "}")
        tokens.append(Token(_KINDS.get(group or "", PUNCTUATION), text, first, at))
        first = False
    return tokens


def _template(source: str, at: int, opens: bool, tokens: list[Token], templates: list[int], first: bool) -> int:
    """Read a template's text from `at` up to its end or its next expression, and return that offset."""
    match = _TEMPLATE.match(source, at)
    assert match is not None
    expression = source.startswith("${", match.end())
    if opens and expression:
        tokens.append(Token(OPEN_TEMPLATE, match[0], first, match.end()))
        templates.append(0)
    elif opens:
        tokens.append(Token(STRING, match[0], first, match.end()))
    elif expression:
        tokens.append(Token(TEMPLATE_MIDDLE, match[0], first, match.end()))
    else:
        templates.pop()
        tokens.append(Token(CLOSE_TEMPLATE, match[0], first, match.end()))
    return match.end() + (2 if expression else 1)


def _pattern_may_follow(tokens: list[Token]) -> bool:
    if not tokens:
        return True
    before = tokens[-1]
    if before.kind == PUNCTUATION:
        return before.text not in (")", "]", "}", "<", "++", "--")
    return before.kind == WORD and before.text in _BEFORE_PATTERN


def unescape(text: str) -> str:
    """The string of `text`, which has escapes but no quotes."""
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def _unescaped(match: "re.Match[str]") -> str:
    digits = match[1] or match[2] or match[3]
    if digits:
        code = int(digits, 16)
        return chr(code) if code < 0x110000 else "\ufffd"
    return _LETTERS.get(match[4], match[4]) if match[4] else ""
