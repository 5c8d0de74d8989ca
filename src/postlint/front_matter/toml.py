"""TOML front matter: keys, structure and most values are read here for their positions, rare scalars by tomllib."""

import re

from postlint.front_matter import Node, Problem, Style
from postlint.front_matter.toml_tables import DEEPEST, Table, TooDeep
from postlint.text import Span

_GAP = re.compile(r"[ \t]*+")
_LINES = re.compile(r"(?:[ \t\r\n]|#[^\n]*+)*+")
_REST = re.compile(r"[ \t]*+(?:#[^\r\n]*+)?(?=\r?\n|\Z)")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
# Legal nowhere in TOML, so looked for once instead of in every comment and string.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
_STRINGS: tuple[tuple[str, "re.Pattern[str]"], ...] = (
    ('"""', re.compile(r'"""[^"\\]*+(?:(?:\\[\s\S]|"{1,2}+(?!"))[^"\\]*+)*+"{3,5}+')),
    ("'''", re.compile(r"'''[^']*+(?:'{1,2}+(?!')[^']*+)*+'{3,5}+")),
    ('"', re.compile(r'"[^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+"')),
    ("'", re.compile(r"'[^'\n]*+'")),
)
_WORD = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:[^\s,\]}#]*|[^\s,\]}#=]+")
_INTEGER = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,17})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9]{2}:[0-9]{2}:[0-5][0-9](?:[Zz]|[+-][0-9]{2}:[0-9]{2})?)?")
_NO_SECONDS = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}(?:[Zz]|[+-][0-9]{2}:[0-9]{2})?")
_NO_SECONDS_ALONE = re.compile(r"[0-9]{2}:[0-9]{2}")
_NEWER_ESCAPE = re.compile(r"\\(?:e|x[0-9A-Fa-f]{2}|[\s\S])")
_STATEMENT = re.compile(r"[\w.\"'-]+[ \t]*=|\[")
_UNQUOTED = re.compile(r"[^\n\r#,\]}]*")
_BAD_ESCAPE = re.compile(r"\\(?:[^btnfr\"\\u\sU]|u(?![0-9A-Fa-f]{4})|U(?![0-9A-Fa-f]{8}))")


class _Stop(Exception):
    def __init__(self, start: int, end: int, message: str, hint: str | None = None) -> None:
        self.start, self.end, self.message, self.hint = start, end, message, hint


def parse(source: str, base: int, newer: bool = False) -> Node | Problem:
    """The tree of the TOML document `source`, whose first character is code point `base` of the post. Never raises.

    Values and validity are those of tomllib, and with `newer` the additions of TOML 1.1: inline tables on several lines,
    times without seconds, `\\e` and `\\x41` in texts; but a key or table that TOML forbids to repeat is kept as a repeated
    entry. A table's node spans its headers and everything in it. The key of its entry is that of its own header, or if it
    has none, that of the first header or dotted key that mentions it.
    """
    reader = _Reader(source, base, newer)
    try:
        control = _CONTROL.search(source)
        if control:
            raise _Stop(*control.span(), f"the control character U+{ord(control[0]):04X} is not allowed", "remove it")
        entries = reader.document().entries()
    except _Stop as stop:
        end = min(max(stop.end, stop.start + 1), len(source))
        return Problem(Span(base + min(stop.start, max(end - 1, 0)), base + end), stop.message, stop.hint)
    except TooDeep:
        span = Span(base + reader.statement, base + reader.at)
        return Problem(span, "front matter is nested too deeply")
    return Node(Span(base, base + len(source)), entries=entries, style="block")


class _Reader:
    """`at` is the offset in the source that is read next, `statement` where the current line's statement begins."""

    def __init__(self, source: str, base: int, newer: bool) -> None:
        self._source, self._base, self._newer = source, base, newer
        self.at = self.statement = 0

    def document(self) -> Table:
        root = table = Table(None, 0)
        while True:
            self._skip(_LINES)
            self.statement = self.at
            if self.at >= len(self._source):
                return root
            if self._source[self.at] == "[":
                table = self._header(root)
            else:
                table.put(*self._pair(0))
            rest = _REST.match(self._source, self.at)
            if rest is None:
                raise self._trailing()
            self.at = rest.end()

    def _header(self, root: Table) -> Table:
        """`[a.b]` or `[[a.b]]`: the table that the following pairs belong to."""
        start = self.at
        brackets = 2 if self._source.startswith("[[", start) else 1
        self.at += brackets
        keys = self._keys()
        if not self._source.startswith("]" * brackets, self.at):
            raise _Stop(start, self.at, "the table header that opens here is never closed", f"add `{']' * brackets}`")
        self.at += brackets
        return (root.open_array if brackets == 2 else root.open)(keys, self._span(start))

    def _pair(self, depth: int) -> tuple[list[Node], Node]:
        start = self.at
        keys = self._keys()
        if not self._source.startswith("=", self.at):
            raise self._no_equals(start)
        self.at += 1
        self._skip(_GAP)
        return keys, self._value(depth)

    def _keys(self) -> list[Node]:
        """The parts of a dotted key, and the white space around them."""
        parts = [self._key()]
        while self._source.startswith(".", self.at):
            if len(parts) >= DEEPEST:
                raise TooDeep
            self.at += 1
            parts.append(self._key())
        return parts

    def _key(self) -> Node:
        self._skip(_GAP)
        start = self.at
        bare = _BARE_KEY.match(self._source, start)
        if bare:
            self.at = bare.end()
            key = Node(self._span(start), bare[0], text=bare[0])
        elif self._source[start : start + 1] in ('"', "'") and self._source[start : start + 3] not in ('"""', "'''"):
            key = self._string(False)
        else:
            raise self._no_key(start)
        self._skip(_GAP)
        return key

    def _value(self, depth: int) -> Node:
        first = self._source[self.at : self.at + 1]
        if first in ('"', "'"):
            return self._string(depth > 0)
        if first == "[":
            return self._array(depth + 1)
        if first == "{":
            return self._inline_table(depth + 1)
        return self._word(depth > 0)

    def _array(self, depth: int) -> Node:
        start = self.at
        if depth > DEEPEST:
            raise TooDeep
        self.at += 1
        items: list[Node] = []
        while True:
            self._skip(_LINES)
            if self._closes(start, "]"):
                return Node(self._span(start), items=tuple(items), style="flow", flow=depth > 1)
            items.append(self._value(depth))
            self._skip(_LINES)
            if not self._closes(start, "]", look=True):
                self._comma("]", start)

    def _inline_table(self, depth: int) -> Node:
        start = self.at
        table = Table(None, depth)
        blank = _LINES if self._newer else _GAP
        self.at += 1
        self._skip(blank)
        more = not self._closes(start, "}")
        while more:
            self._refuse_line_end(start)
            keys, value = self._pair(depth)
            table.put(keys, value)
            self._skip(blank)
            more = not self._closes(start, "}")
            if more:
                self._refuse_line_end(start)
                comma = self.at
                self._comma("}", start)
                self._skip(blank)
                if self._newer and self._closes(start, "}"):
                    break
                if self._source.startswith("}", self.at):
                    raise _Stop(comma, comma + 1, "there is a comma before `}`", "remove the comma")
        return Node(self._span(start), entries=table.entries(), style="flow", flow=depth > 1)

    def _closes(self, opening: int, bracket: str, look: bool = False) -> bool:
        """Step over `bracket` if it comes next; with `look`, only test for it."""
        if self.at >= len(self._source):
            raise self._unclosed(opening, bracket)
        found = self._source[self.at] == bracket
        if found and not look:
            self.at += 1
        return found

    def _comma(self, bracket: str, opening: int) -> None:
        if self._source[self.at] != ",":
            if _STATEMENT.match(self._source, self.at) and "\n" in self._source[opening : self.at]:
                raise self._unclosed(opening, bracket)
            end = max(self._rest_of_value(self.at), self.at + 1)
            raise _Stop(self.at, end, f"a `,` or `{bracket}` is missing before this", "separate the values with commas")
        self.at += 1

    def _unclosed(self, opening: int, bracket: str) -> _Stop:
        message = f"the `{self._source[opening]}` that opens here is never closed"
        return _Stop(opening, opening + 1, message, f"add a `{bracket}`")

    def _refuse_line_end(self, opening: int) -> None:
        if self._source[self.at : self.at + 1] in ("\n", "\r", "#"):
            raise _Stop(opening, self.at, "an inline table must be on one line", "close `{ }` on the same line")

    def _string(self, flow: bool) -> Node:
        source, start = self._source, self.at
        quotes, found = next(
            (quotes, form.match(source, start)) for quotes, form in _STRINGS if source.startswith(quotes, start)
        )
        if found is None:
            raise _Stop(
                start,
                start + len(quotes),
                f"the quote {quotes} that opens here is never closed",
                f"add the closing {quotes}",
            )
        self.at = found.end()
        style: Style = "double" if quotes[0] == '"' else "single"
        text = found[0][len(quotes) : -len(quotes)].replace("\r\n", "\n")
        if len(quotes) == 3:
            text = text.removeprefix("\n")
        if style == "double" and "\\" in text:
            try:
                text = str(_by_tomllib(_NEWER_ESCAPE.sub(_older, found[0]) if self._newer else found[0]))
            except ValueError:
                raise self._bad_escape(start) from None
        return Node(self._span(start), text, None, None, text, style, False, "", flow)

    def _word(self, flow: bool) -> Node:
        start = self.at
        found = _WORD.match(self._source, start)
        if found is None:
            raise self._no_value()
        text = found[0]
        self.at = found.end()
        if text in ("true", "false"):
            return Node(self._span(start), text == "true", None, None, text, "plain", False, "", flow)
        if _INTEGER.fullmatch(text):
            return Node(self._span(start), int(text), None, None, text, "plain", False, "", flow)
        whole = text
        if self._newer and _NO_SECONDS.fullmatch(text):
            whole = f"{text[:16]}:00{text[16:]}"
        elif self._newer and _NO_SECONDS_ALONE.fullmatch(text):
            whole = f"{text}:00"
        try:
            value = _date(whole) if _DATE.fullmatch(whole) else _by_tomllib(whole)
        except ValueError:
            raise self._bad_word(start, text) from None
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            raise self._bad_word(start, text)
        return Node(self._span(start), value, None, None, text, "plain", False, "", flow)

    def _skip(self, blank: "re.Pattern[str]") -> None:
        found = blank.match(self._source, self.at)
        if found:
            self.at = found.end()

    def _span(self, start: int) -> Span:
        return Span(self._base + start, self._base + self.at)

    def _rest_of_value(self, start: int) -> int:
        found = _UNQUOTED.match(self._source, start)
        return start + len(found[0].rstrip()) if found else start

    def _no_key(self, start: int) -> _Stop:
        found = self._source[start : start + 1]
        if found in ("", "\n", "\r"):
            return _Stop(self.statement, start, "a key is missing here", "write `key = value`")
        return _Stop(start, start + 1, f"`{found}` cannot be in a key without quotes", "put the key in quotes")

    def _no_equals(self, start: int) -> _Stop:
        key = self._source[start : self.at].strip()[:40]
        if self._source.startswith(":", self.at):
            return _Stop(self.at, self.at + 1, f"`{key}` is followed by `:`", "TOML writes `key = value`, with `=`")
        return _Stop(start, self._rest_of_value(start), f"`{key}` is not followed by `=`", "write `key = value`")

    def _no_value(self) -> _Stop:
        return _Stop(self.statement, self.at, "a value is missing after `=`", 'write `""` for an empty text')

    def _bad_word(self, start: int, text: str) -> _Stop:
        end = max(self._rest_of_value(start), start + len(text))
        written = self._source[start:end][:40]
        if text[0].isdigit() or text[0] in "+-.":
            return _Stop(
                start, end, f"`{written}` is not a number or date in TOML", "put the value in quotes if it is text"
            )
        if text.lower() in ("true", "false", "yes", "no", "on", "off"):
            return _Stop(start, end, f"`{written}` is not a value in TOML", "write `true` or `false`")
        if text[0] in "“”„‘’«‚":
            return _Stop(start, end, f"`{text[0]}` does not quote in TOML", "write straight quotes around the value")
        return _Stop(start, end, f"the text `{written}` is not in quotes", "put the value in quotes")

    def _bad_escape(self, start: int) -> _Stop:
        found = _BAD_ESCAPE.search(self._source, start, self.at)
        if found is None:
            return _Stop(
                start, self.at, "this text has an escape sequence that TOML does not have", "use single quotes"
            )
        return _Stop(
            found.start(),
            found.end(),
            f"`{found[0]}` is not an escape sequence in TOML",
            "write a backslash as `\\\\`, or put the text in single quotes",
        )

    def _trailing(self) -> _Stop:
        self._skip(_GAP)
        end = self._rest_of_value(self.at)
        found = self._source[self.at : max(end, self.at + 1)][:40]
        return _Stop(
            self.at, end, f"`{found}` comes after the end of the value", "put each `key = value` on its own line"
        )


def _older(escape: "re.Match[str]") -> str:
    """An escape as TOML 1.0 has it."""
    written = escape[0]
    if written == "\\e":
        return "\\u001b"
    return f"\\u00{written[2:]}" if written[1] == "x" and len(written) == 4 else written


def _date(written: str) -> object:
    """A date or date-time of one of the usual forms. Raises ValueError for a day or time that does not exist."""
    from datetime import date, datetime

    return date.fromisoformat(written) if len(written) == 10 else datetime.fromisoformat(written.upper())


def _by_tomllib(written: str) -> object:
    """The value of one scalar as the standard library reads it. Raises ValueError."""
    import tomllib

    return tomllib.loads(f"x = {written}")["x"]
