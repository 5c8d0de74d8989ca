"""The words, literals and comments of JavaScript, each read where it is expected; acorn (8) is the measure."""

import re
from typing import NamedTuple

WORD = re.compile(r"(?:[^\W\d]|[$_])[\w$\u200c\u200d]*")
LINE_END = re.compile(r"[\r\n\u2028\u2029]")
PATTERN = re.compile(r"/(?![*/])(?:[^/\\\[\r\n]|\\[^\r\n]|\[(?:[^\]\\\r\n]|\\[^\r\n])*\])+/[A-Za-z]*")
_SPACE = re.compile(r"[\s\ufeff]*")
_NUMBER = re.compile(
    r"(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d[\d_]*)?)n?"
)
_LEADING_ZERO = re.compile(r"0\d+(?![\d.eE_])")
_STRING = {
    '"': re.compile(r"\"(?:[^\"\\\r\n]|\\(?:\r\n|[\s\S]))*\""),
    "'": re.compile(r"'(?:[^'\\\r\n]|\\(?:\r\n|[\s\S]))*'"),
}


class Uncertain(Exception):
    """Only a whole parser of JavaScript can judge this text."""


class Broken(Exception):
    """No parser gets past the place `at`. `complete` is False for what is broken only because the text ends; `strict` is
    True if only a parser that holds to strict mode stops."""

    def __init__(self, at: int, complete: bool = True, strict: bool = False) -> None:
        self.at = at
        self.complete = complete
        self.strict = strict


class Verdict(NamedTuple):
    """`end`: behind what was read, or where it is broken. The rest as in `Broken`."""

    ok: bool
    end: int
    complete: bool = True
    strict: bool = False


class Lexemes:
    """`text` up to `end`. Every method takes the place where something begins and returns the place behind it; it
    raises Broken or Uncertain."""

    def __init__(self, text: str, end: int) -> None:
        self.text = text
        self.end = end

    def blank(self, at: int) -> int:
        """Past white space and comments, of which there may be none."""
        text, end = self.text, self.end
        while True:
            match = _SPACE.match(text, at, end)
            assert match is not None
            at = match.end()
            if text.startswith("//", at, end):
                line = LINE_END.search(text, at, end)
                at = line.start() if line else end
            elif text.startswith("/*", at, end):
                close = text.find("*/", at + 2, end)
                if close < 0:
                    raise Broken(at, False)
                at = close + 2
            else:
                return at

    def here(self, at: int) -> str:
        """The sign at `at`, which must not be the end."""
        if at >= self.end:
            raise Broken(self.end, False)
        return self.text[at]

    def starts(self, sign: str, at: int) -> bool:
        return self.text.startswith(sign, at, self.end)

    def word(self, at: int) -> str:
        """The word at `at`, the empty string if there is none. Of what is not ASCII, Python's names are taken."""
        match = WORD.match(self.text, at, self.end)
        if not match:
            return ""
        if not match[0].isascii() and not match[0].replace("$", "_").isidentifier():
            raise Uncertain
        if self.starts("\\u", match.end()):
            raise Uncertain
        return match[0]

    def string(self, at: int) -> int:
        string = _STRING[self.text[at]].match(self.text, at, self.end)
        if not string:
            raise Broken(at, LINE_END.search(self.text, at, self.end) is not None)
        return string.end()

    def number(self, at: int) -> int:
        number = _NUMBER.match(self.text, at, self.end)
        assert number is not None
        if _LEADING_ZERO.match(self.text, at, self.end):
            raise Broken(at)
        if WORD.match(self.text, number.end(), self.end):
            raise Broken(number.end())
        return number.end()

    def member(self, at: int) -> int:
        """Past the name of a member, which stands behind a dot."""
        at += self.starts("#", at)
        self.here(at)
        name = self.word(at)
        if not name:
            raise Broken(at)
        return at + len(name)
