"""The expressions of Nunjucks, read as its own parser reads them, as far as to say where it stops."""

import re

from postlint.text import Span

_TOKEN = re.compile(
    r"""(?P<blank>[ \n\t\r\xa0]+)
    |(?P<text>"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')
    |(?P<end>-?(?:%\}|\}\}))
    |(?P<regex>r/)
    |(?P<sign>===|!==|==|!=|<=|>=|//|\*\*|[()\[\]{}%*\-+~/\#,:|.<>=!])
    |(?P<word>[^\s()\[\]{}%*\-+~/\#,:|.<>=!"']+["'\w]*)""",
    re.VERBOSE,
)
_BINARY = frozenset(
    ("or", "and", "in", "is", "==", "===", "!=", "!==", "<", ">", "<=", ">=", "~", "+", "-", "*", "//", "/", "%", "**")
)
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_DEEPEST = 40


class Refused(Exception):
    """Nunjucks stops here; the text says why."""


class Unsure(Exception):
    """What follows is not known."""


class Expression:
    """Reads one expression of `text` from `at` on. `filters` are those met: name and span."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self._at = at + text.startswith("-", at)
        self._depth = 0
        self.filters: list[tuple[str, Span]] = []
        self._kind, self._lexeme, self._span = "", "", Span(at, at)

    def read(self) -> None:
        """Raises Refused, and Unsure."""
        if not self._depth:
            self._next()
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unsure
        self._operand()
        while True:
            if self._kind == "word" and self._lexeme == "not":
                self._next()
                if self._lexeme != "in":
                    raise Refused("`not` stands behind a value")
            if self._kind in ("word", "sign") and self._lexeme in _BINARY:
                is_test = self._lexeme == "is"
                self._next()
                if is_test and self._lexeme == "not":
                    self._next()
                self._operand()
            elif (self._kind == "word" and self._lexeme == "if") or (self._kind == "word" and self._lexeme == "else"):
                self._next()
                self._operand()
            else:
                break
        self._depth -= 1

    def close(self, end: str) -> int:
        """Where the text goes on behind the closing `end`. Raises Refused."""
        if self._kind != "end" or self._lexeme.lstrip("-") != end:
            raise Refused(f"`{end}` should stand where `{self._shown()}` stands")
        return self._span.end

    def _shown(self) -> str:
        return self._lexeme or "the end of the text"

    def _next(self) -> None:
        while True:
            found = _TOKEN.match(self._text, self._at)
            if found is None:
                self._kind, self._lexeme = "", ""
                if self._at < len(self._text):
                    raise Unsure
                return
            self._at = found.end()
            self._kind, self._lexeme, self._span = found.lastgroup or "", found[0], Span(*found.span())
            if self._kind == "regex":
                raise Unsure
            if self._kind != "blank":
                return

    def _operand(self) -> None:
        while (self._kind == "word" and self._lexeme == "not") or (self._kind == "sign" and self._lexeme in "+-"):
            self._next()
        if self._kind == "text" or self._kind == "word":
            is_number = self._lexeme.isdigit()
            self._next()
            if is_number and self._lexeme == ".":
                self._next()
                if self._kind == "word":
                    self._next()
        elif self._kind == "sign" and self._lexeme in _CLOSING:
            self._aggregate()
        else:
            raise Refused(f"`{self._shown()}` cannot stand there")
        self._postfix()
        while self._kind == "sign" and self._lexeme == "|":
            self._filter()

    def _postfix(self) -> None:
        while self._kind == "sign" and self._lexeme in "([.":
            if self._lexeme == ".":
                self._next()
                if self._kind != "word" or self._lexeme.isdigit():
                    raise Refused("a name is missing behind `.`")
                self._next()
            else:
                self._aggregate()

    def _filter(self) -> None:
        self._next()
        if self._kind != "word":
            raise Refused("the name of a filter is missing behind `|`")
        name, span = self._lexeme, self._span
        self._next()
        while self._lexeme == "." and self._kind == "sign":
            self._next()
            name, span = f"{name}.{self._lexeme}", Span(span.start, self._span.end)
            self._next()
        self.filters.append((name, span))
        if self._kind == "sign" and self._lexeme == "(":
            self._aggregate()

    def _aggregate(self) -> None:
        """What stands in brackets: values with commas between them, keys before them, or names with `=`."""
        opening = self._lexeme
        closing = _CLOSING[opening]
        self._next()
        while not (self._kind == "sign" and self._lexeme == closing):
            # A brace that closes a mapping and the output's own look alike.
            if self._kind == "end" and closing == "}":
                raise Unsure
            self.read()
            if self._kind == "sign" and self._lexeme in ":=":
                if opening == "(" and self._lexeme == ":":
                    raise Refused("`:` cannot stand between brackets")
                self._next()
                self.read()
            elif opening == "{":
                raise Refused("a mapping needs `key: value`")
            if self._kind == "sign" and self._lexeme == ",":
                self._next()
            elif not (self._kind == "sign" and self._lexeme == closing):
                if self._kind == "end" and closing == "}":
                    raise Unsure
                raise Refused(f"`{closing}` is missing before `{self._shown()}`")
        self._next()
