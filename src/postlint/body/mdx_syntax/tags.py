"""JSX tags as micromark-extension-mdx-jsx (3) reads them: character by character, and it never goes back."""

import re
from typing import NamedTuple

from postlint.body.mdx_syntax import Kind
from postlint.javascript import grammar
from postlint.javascript.lexemes import Broken, Lexemes, Uncertain, Verdict

_SPACE = re.compile(r"[\s\ufeff]*")
_NAME = re.compile(r"(?:[^\W\d]|[$_])[\w$\u200c\u200d-]*")
_URL = re.compile(
    r"<((?:https?|ftp|mailto|tel|ssh|file|data|urn)(?:://|:)[^\s<>]*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)>", re.IGNORECASE
)
_DECLARATION = re.compile(r"<[!?][^<>\n]*>?")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?(?=\n)|\r[ \t]*(?=\r)")
_UNQUOTED = re.compile(r"[^\s\"'<>=`{}/]+(?:/[^\s\"'<>=`{}/]+)*(?=[\s/>])")

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
"""The elements that have no content and in HTML no end tag (HTML Standard, "void elements")."""


class Tag(NamedTuple):
    """`kind` is `open`, `close` or `self`; the name of a fragment is empty."""

    name: str
    kind: str
    start: int
    end: int


class Refused(Exception):
    """What the compiler stops at: `kind` and offsets as in `Slip`, in the text that was read.

    `resume` is where reading can go on as if nothing was there, -1 if that cannot be known. `complete` is False for what
    is broken only because the text ends, `strict` True for what only acorn stops at.
    """

    def __init__(
        self,
        kind: Kind,
        start: int,
        end: int,
        at: int,
        name: str = "",
        resume: int = -1,
        complete: bool = True,
        strict: bool = False,
    ) -> None:
        self.kind = kind
        self.start = start
        self.end = end
        self.at = at
        self.name = name
        self.resume = resume
        self.complete = complete
        self.strict = strict


def read(text: str, start: int, end: int) -> Tag | None:
    """The tag whose `<` is at `start`; None where white space follows it. `end` is where the text ends.

    Raises Refused, and Uncertain.
    """
    following = text[start + 1 : min(start + 2, end)]
    if following and (following.isspace() or following == "\ufeff"):
        return None
    return _Reader(text, start, end).read()


class _Reader:
    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self._start = start
        self._end = end

    def read(self) -> Tag:
        text, start = self._text, self._start
        at = start + 1
        closes = text.startswith("/", at, self._end)
        if closes:
            at = self._blank(at + 1)
        name = ""
        if not text.startswith(">", at, self._end):
            at = self._name(at)
            name = "".join(text[start + 1 + closes : at].split())
            at = self._blank(at)
        while at < self._end:
            sign = text[at]
            if sign == ">":
                return Tag(name, "close" if closes else "open", start, at + 1)
            if sign == "/":
                at = self._blank(at + 1)
                if closes or not text.startswith(">", at, self._end):
                    raise self._stop(at - closes, name)
                return Tag(name, "self", start, at + 1)
            if closes and (sign == "{" or self._begins_name(at)):
                raise self._stop(at, name)
            at = self._blank(self._spread(at) if sign == "{" else self._attribute(at, name))
        raise self._stop(self._end, name)

    def _blank(self, at: int) -> int:
        match = _SPACE.match(self._text, at, self._end)
        assert match is not None
        return match.end()

    def _begins_name(self, at: int) -> bool:
        sign = self._text[at]
        return sign in "$_" or sign.isidentifier()

    def _word(self, at: int, name: str, after: str) -> int:
        """Past the name at `at`, behind which white space or one of the signs `after` has to stand."""
        match = _NAME.match(self._text, at, self._end)
        if not match:
            raise self._stop(at, name)
        end = match.end()
        if not match[0].isascii() and not match[0].replace("-", "").replace("$", "").isidentifier():
            raise Uncertain
        if end >= self._end or not (self._text[end] in after or self._text[end].isspace()):
            raise self._stop(min(end, self._end), name)
        return end

    def _name(self, at: int) -> int:
        """Past the tag's name: `a`, `a.b.c` or `a:b`."""
        end = self._word(at, "", "./:>{")
        after = self._blank(end)
        if self._text.startswith(":", after, self._end):
            return self._word(self._blank(after + 1), "", "/>{")
        while self._text.startswith(".", after, self._end):
            end = self._word(self._blank(after + 1), "", "./>{")
            after = self._blank(end)
        return end

    def _attribute(self, at: int, name: str) -> int:
        end = self._word(at, name, "/:=>{")
        at = self._blank(end)
        if self._text.startswith(":", at, self._end):
            end = self._word(self._blank(at + 1), name, "/=>{")
            at = self._blank(end)
        if not self._text.startswith("=", at, self._end):
            return end
        at = self._blank(at + 1)
        if at >= self._end:
            raise self._stop(at, name)
        sign = self._text[at]
        if sign in "\"'":
            close = self._text.find(sign, at + 1, self._end)
            if close < 0:
                raise Refused("tag", self._start, self._start + 1 + len(name), self._end, name, complete=False)
            return close + 1
        if sign != "{":
            value = _UNQUOTED.match(self._text, at, self._end)
            if value and "://" not in self._text[self._start : at]:
                raise Refused("unquoted", at, value.end(), at, name)
            raise self._stop(at, name)
        return self._expression(at)

    def _expression(self, at: int) -> int:
        verdict = grammar.expression(self._text, at, self._end)
        if not verdict.ok:
            raise refused_expression(self._text, at, self._end, verdict)
        if grammar.is_empty(self._text, at + 1, verdict.end - 1):
            raise Refused("empty", at, verdict.end, verdict.end - 1)
        return verdict.end

    def _spread(self, at: int) -> int:
        text = self._text
        try:
            inner = Lexemes(text, self._end).blank(at + 1)
        except Broken:
            raise Refused("brace", at, at + 1, self._end, complete=False) from None
        if text.startswith("...", inner, self._end):
            verdict = grammar.expression(text, inner + 2, self._end)
            if not verdict.ok:
                raise refused_expression(text, at, self._end, verdict)
            return verdict.end
        if text.startswith("}", inner, self._end):
            raise Refused("empty", at, inner + 1, inner)
        close = text.find("}", inner, self._end)
        if close < 0:
            raise Refused("brace", at, at + 1, self._end, complete=False)
        raise Refused("spread", at, close + 1, inner)

    def _stop(self, at: int, name: str) -> Refused:
        text, start = self._text, self._start
        if text.startswith("<!--", start, self._end):
            close = text.find("-->", start + 4, self._end)
            end = close + 3 if close >= 0 else start + 4
            return Refused("comment", start, end, start + 1, resume=end)
        if url := _URL.match(text, start, self._end):
            return Refused("autolink", start, url.end(), at, url[1], resume=url.end())
        if declaration := _DECLARATION.match(text, start, self._end):
            return Refused("declaration", start, declaration.end(), at, resume=declaration.end())
        if at == start + 1 and not text.startswith("/", at):
            return Refused("less-than", start, start + 1, at, resume=start + 1)
        end = min(at + 1, self._end)
        return Refused("tag", start, max(end, start + 1), at, name, complete=at < self._end)


def refused_expression(text: str, start: int, end: int, verdict: Verdict) -> Refused:
    """What is wrong with the expression in braces at `start`, which was not accepted."""
    if not verdict.complete:
        return Refused("brace", start, start + 1, verdict.end, complete=False)
    close = text.find("}", verdict.end, end)
    if close < 0 or _BLANK_LINE.search(text, verdict.end, close):
        return Refused("brace", start, start + 1, verdict.end, strict=verdict.strict)
    while text.startswith("}", close + 1, end):
        close += 1
    return Refused("expression", start, close + 1, verdict.end, resume=close + 1, strict=verdict.strict)
