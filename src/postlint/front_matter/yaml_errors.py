"""Why PyYAML refused a text, said in a blogger's words and put on the characters that are to blame."""

import re

from postlint.front_matter import ODD_BLANKS, QUOTES, Problem, blank_name
from postlint.text import Span

_COMMENTED_END = r"(?m)^[^#\n\[{]*:[ \t]*([\[{])(?:[^\n\]}]*?[ \t])??(#[^\s#][^\n]*[\]}][ \t]*)$"
_QUOTE_VALUE = QUOTES
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEY_VALUE = re.compile(
    r"[ \t]*(?:- +)*(?P<key>[^\s:#\"'\[{][^:\n]{0,200}?|\"[^\"\n]*\"|'[^'\n]*')[ \t]*:[ \t]+(?P<value>[^\s#].*)"
)
_NO_SPACE = re.compile(r"[ \t]*(?:- +)*(?P<key>[A-Za-z_][\w-]*)(?P<colon>:)(?=[^\s/:])")
_QUOTED = {'"': re.compile(r'"(?:[^"\\]|\\[\s\S])*+"'), "'": re.compile(r"'(?:[^']|'')*+'")}
_OPENED = re.compile(r"^[ \t]*(?:- +)*(?:[^\s:#\"'\[{][^:\n]*:[ \t]+|- +)(?=[\"'])", re.MULTILINE)
_RUN = re.compile(r"[^\s,\]}]+")


def explain(source: str, base: int, error: Exception) -> Problem:
    """The problem that stopped PyYAML in `source`, which begins at code point `base` of the post."""
    start, end, message, hint = _Error(source, error).explain()
    size = len(source)
    end = min(max(end, start + 1), size)
    return Problem(Span(base + min(start, max(end - 1, 0)), base + end), message, hint)


Explanation = tuple[int, int, str, str | None]


class _Error:
    """PyYAML's message for an error, and the line that it points at."""

    def __init__(self, source: str, error: Exception) -> None:
        self.source = source
        self.problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
        self.context = str(getattr(error, "context", None) or "")
        mark, context_mark = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        self.at = min(mark.index, len(source)) if mark else 0
        self.context_at = min(context_mark.index, len(source)) if context_mark else self.at
        self.line_start, self.line = self._line(self.at)

    def explain(self) -> Explanation:
        for told in (self._character, self._open_quote, self._braces, self._said):
            found = told()
            if found:
                return found
        return self.at, self.at + 1, f"this is not YAML: {self.problem}", None

    def _character(self) -> Explanation | None:
        """A character that YAML allows nowhere. Reading stops at it before anything is parsed."""
        found = _UNPRINTABLE.search(self.source) if "characters are not allowed" in self.problem else None
        if found is None:
            return None
        return *found.span(), f"the control character U+{ord(found[0]):04X} is not allowed", "remove it"

    def _open_quote(self) -> Explanation | None:
        """A quote without its partner: YAML reads on to the next quote, and stumbles there."""
        if "quoted scalar" in self.context and ("end of stream" in self.problem or "document" in self.problem):
            return self._opened_at(self.context_at)
        for opened in _OPENED.finditer(self.source, 0, self.at):
            closed = _QUOTED[self.source[opened.end()]].match(self.source, opened.end())
            reaches = closed and "\n" in closed[0] and closed.end() <= self.at
            if closed and reaches and not self.source[closed.end() : self.at].strip():
                return self._opened_at(opened.end())
        return None

    def _opened_at(self, at: int) -> Explanation:
        quote = self.source[at : at + 1]
        _, line = self._line(at)
        inside = line.rstrip()[line.find(quote) + 1 :]
        hint = f"add the closing `{quote}`"
        if quote == '"' and inside.endswith('\\"'):
            hint = "a backslash before the closing quote makes it part of the text: write `\\\\`"
        return at, at + 1, f"the quote {quote} that opens here is never closed", hint

    def _braces(self) -> Explanation | None:
        """`{{ x }}` and `{% x %}` of a template language."""
        for opening, closing in (("{{", "}}"), ("{%", "%}")):
            column = self.line.find(opening)
            value = self._value(self.line)
            if value and value[1].startswith(opening) and column >= 0:
                end = self.line.find(closing, column)
                start = self.line_start + column
                stop = self.line_start + end + 2 if end >= 0 else start + 2
                message = f"`{opening}` begins a mapping in YAML, not a template"
                return start, stop, message, _QUOTE_VALUE
        return None

    def _said(self) -> Explanation | None:
        for words, told in _TOLD:
            if words in self.problem or words in self.context:
                return told(self)
        return None

    def second_colon(self) -> Explanation:
        """A `: ` in a place where it is not allowed."""
        before = self.source[self.line_start : self.at]
        found = self._value(self.line)
        if found and found[2] <= self.at:
            key, value, start = found
            if (
                value[0] in "\"'"
                and (quoted := _QUOTED[value[0]].match(self.source, start))
                and quoted.end() <= self.at
            ):
                return self._after_quote(quoted.end())
            written = f"{key}: {self.source[start : self._line_end(self.at)].rstrip()}"
            hint = _QUOTE_VALUE
            if value[0] in "\u201c\u201d\u2018\u2019\u00ab":
                hint = f"`{value[0]}` does not quote in YAML; put the value in straight quotes"
            return self.at, self.at + 1, f"`{_short(written)}` has a second `: ` in an unquoted value", hint
        if self.at - self.line_start > 1024:
            return self.line_start, self.at, "a key is longer than 1,024 characters", "shorten it"
        key = before.strip()
        start = self.line_start + len(before) - len(before.lstrip())
        above = self.source[: self.line_start].rstrip()
        if start == self.line_start and above:  # the text above it has no colon of its own, and goes on to here
            self.context_at = self._line(len(above))[0]
            return self.no_colon()
        if start > self.line_start:
            return start, self.at, f"`{_short(key)}` is indented as if it belonged to the line above", self._align()
        return self.at, self.at + 1, f"a `:` after `{_short(key)}` is not expected here", _QUOTE_VALUE

    def no_token(self) -> Explanation:
        """A character that begins nothing."""
        found = self.source[self.at : self.at + 1]
        if found == "\t":
            end = self.at
            while self.source[end : end + 1] == "\t":
                end += 1
            return self.at, end, "a tab is used for indentation", "use spaces"
        named = "a backtick" if found == "`" else f"`{found}`"
        return self.at, self.at + 1, f"a value cannot begin with {named} unless it is in quotes", _QUOTE_VALUE

    def no_colon(self) -> Explanation:
        """A line that should be `key: value`."""
        start, line = self._line(self.context_at)
        written = line.strip()
        begin = start + len(line) - len(line.lstrip())
        end = begin + len(written)
        found = _NO_SPACE.match(line)
        if found:
            at = start + found.start("colon")
            key = found["key"]
            return at, at + 1, f"`{key}:` has no space after its colon", f"write `{key}: ` with a space"
        if re.match(r"-[^\s-]", written):
            return begin, begin + 1, f"`{_short(written)}` has no space after its dash", "write `- ` with a space"
        equals = re.match(r"[\w.-]+\s*=", written)
        if equals:
            at = begin + equals.end() - 1
            return at, at + 1, f"`{_short(written)}` has `=` instead of `:`", "YAML writes `key: value`"
        odd = re.match(rf"([\w.-]+):([{ODD_BLANKS}])", written)
        if odd:
            at = begin + odd.start(2)
            message = f"`{odd[1]}:` is followed by U+{ord(odd[2]):04X} ({blank_name(odd[2])}), not by a space"
            return at, at + 1, message, f"write `{odd[1]}: ` with a space"
        hint = "write `key: value`; text of several lines must be indented"
        return begin, end, f"`{_short(written)}` is not of the form `key: value`", hint

    def no_key(self) -> Explanation:
        """Other text at the place where the next key of a mapping should begin."""
        before = self.source[self.line_start : self.at].rstrip()
        if before and before.strip(" -"):
            last = before[-1]
            if last in "\"'":
                return self._after_quote(self.line_start + len(before))
            if last in "]}":
                end = self._line_end(self.at)
                written = self.source[self.at : end].strip()
                return self.at, end, f"`{_short(written)}` comes after the closing `{last}`", _QUOTE_VALUE
        if self.line[self.at - self.line_start :].startswith("- "):
            return self.at, self.at + 1, "a list item is among `key: value` lines", self._align()
        if self.at > self.line_start:
            written = self.line.strip()
            return (
                self.at,
                self.line_start + len(self.line.rstrip()),
                f"`{_short(written)}` is not indented like the lines above it",
                self._align(),
            )
        return (
            self.at,
            self._run_end(),
            "this line does not begin a `key: value`",
            "check the quotes and brackets above it",
        )

    def no_dash(self) -> Explanation:
        start = self.line_start + len(self.line) - len(self.line.lstrip())
        written = self.line.strip()
        if re.match(r"-[^\s-]", written):
            return start, start + 1, f"`{_short(written)}` has no space after its dash", "write `- ` with a space"
        return start, start + len(written), f"`{_short(written)}` is not an item of the list above", self._align()

    def commented_end(self) -> Explanation | None:
        """The end of a flow collection that is part of a comment: `[a, #b]`."""
        found = next(re.compile(_COMMENTED_END).finditer(self.source, 0, self.at), None)
        if found is None:
            return None
        comment, opening = found[2].rstrip(), found[1]
        message = f"`{_short(comment)}` is a comment, so the `{opening}` before it is never closed"
        start = found.start(2)
        return start, start + len(comment), message, "put the value with the `#` in quotes"

    def open_bracket(self) -> Explanation:
        """A flow collection without its end, or with something between its items."""
        if "#" in self.source and (commented := self.commented_end()) is not None:
            return commented
        opening = self.source[self.context_at : self.context_at + 1]
        closing = "]" if opening == "[" else "}"
        if opening not in "[{":
            return self.at, self._run_end(), "a comma or a closing bracket is missing before this", None
        if "\n" in self.source[self.context_at : self.at] or not self.source[self.at :].strip():
            return (
                self.context_at,
                self.context_at + 1,
                f"the `{opening}` that opens here is never closed",
                f"add a `{closing}`",
            )
        return (
            self.at,
            self._run_end(),
            f"a `,` or `{closing}` is missing before this",
            "separate the values with commas",
        )

    def no_content(self) -> Explanation:
        found = self.source[self.at : self.at + 1]
        if found in (",", "]", "}") and "flow" in self.context:
            return self.at, self.at + 1, f"a value is missing before `{found}`", "remove the extra comma"
        if not found.strip():
            if "#" in self.source and (commented := self.commented_end()) is not None:
                return commented
            return self.context_at, self.at, "a value is missing here", _QUOTE_VALUE
        return self.at, self._run_end(), f"a value cannot begin with `{found}` here", _QUOTE_VALUE

    def no_dash_here(self) -> Explanation:
        return (
            self.at,
            self.at + 1,
            "a value cannot begin with `- `",
            "put the list on the lines below its key, or the text in quotes",
        )

    def no_question(self) -> Explanation:
        return self.at, self.at + 1, "a value cannot begin with `? `", _QUOTE_VALUE

    def no_alias(self) -> Explanation:
        end = self._run_end()
        written = self.source[self.at : end]
        return self.at, end, f"`{_short(written)}` refers to a missing anchor", _QUOTE_VALUE

    def twice_anchor(self) -> Explanation:
        end = self._run_end()
        return self.at, end, f"the anchor `{_short(self.source[self.at : end])}` is defined twice", "use another name"

    def bad_name(self) -> Explanation:
        """`*` or `&` without a name, such as `**bold**`."""
        start = self.context_at
        found = self.source[start : start + 1]
        return (
            start,
            max(self.at, start + 1),
            f"a value cannot begin with `{found}` unless it is in quotes",
            _QUOTE_VALUE,
        )

    def bad_tag(self) -> Explanation:
        start = self.context_at
        run = _RUN.match(self.source, start)
        end = run.end() if run else start + 1
        return start, end, f"`{_short(self.source[start:end])}` begins with `!`, but is not a YAML tag", _QUOTE_VALUE

    def bad_escape(self) -> Explanation:
        start = self.source.rfind("\\", max(self.context_at, 0), self.at + 1)
        start = start if start >= 0 else self.at
        written = self.source[start : start + 2]
        hint = "write a backslash as `\\\\`, or put the text in single quotes"
        return start, start + 2, f"`{written}` is not an escape sequence in double quotes", hint

    def bad_block(self) -> Explanation:
        """Text after the `|` or `>` of a block of text."""
        end = self._line_end(self.at)
        start = self.source.rfind(self.source[self.context_at : self.context_at + 1], self.line_start, self.at + 1)
        found = self.source[self.context_at : self.context_at + 1]
        if "indentation indicator" in self.problem or "comment or line break" in self.problem:
            message = f"text follows `{found}` on its line"
            return (
                max(start, self.context_at),
                end,
                message,
                f"put the text on the lines below, or put it in quotes if `{found}` is part of the text",
            )
        return self.at, self.at + 1, "a tab is used for indentation", "use spaces"

    def second_document(self) -> Explanation:
        return (
            self.line_start,
            self._line_end(self.at),
            "a second document begins inside the front matter",
            "remove this line",
        )

    def after_end(self) -> Explanation:
        """Text at the top level after the value has ended."""
        written = self.line.strip()
        if self.line_start == self.at and self.source[: self.at].strip():
            hint = "begin it in the same column as the first key"
            return (
                self.at,
                self._line_end(self.at),
                f"`{_short(written)}` does not belong to the lines above it",
                hint,
            )
        return (
            self.at,
            self._line_end(self.at),
            f"`{_short(written)}` comes after the end of the front matter's value",
            None,
        )

    def bad_directive(self) -> Explanation:
        return self.context_at, self._line_end(self.context_at), "a line cannot begin with `%`", _QUOTE_VALUE

    def tab_indent(self) -> Explanation:
        return self.at, self.at + 1, "a tab is used for indentation", "use spaces"

    def _after_quote(self, end: int) -> Explanation:
        """Text after a closing quote whose end is `end`."""
        quote = self.source[end - 1]
        stop = max(self._line_end(end), end + 1)
        written = self.source[end:stop].strip()
        start = end + len(self.source[end:stop]) - len(self.source[end:stop].lstrip())
        hint = "write an apostrophe inside single quotes twice (`''`), or use double quotes"
        if quote == '"':
            hint = 'write a double quote inside double quotes as `\\"`, or put the whole value in single quotes'
        return start, start + len(written), f"`{_short(written)}` comes after the closing quote", hint

    def _align(self) -> str:
        return "begin it in the same column as the lines it belongs to"

    def _value(self, line: str) -> tuple[str, str, int] | None:
        """Key, value, and the value's offset in the source, of a line `key: value` that is the error's own."""
        found = _KEY_VALUE.match(line)
        return (found["key"], found["value"], self.line_start + found.start("value")) if found else None

    def _line(self, at: int) -> tuple[int, str]:
        start = max(self.source.rfind("\n", 0, at), self.source.rfind("\r", 0, at)) + 1
        return start, self.source[start : self._line_end(at)]

    def _line_end(self, at: int) -> int:
        ends = [end for end in (self.source.find("\n", at), self.source.find("\r", at)) if end >= 0]
        return min(ends, default=len(self.source))

    def _run_end(self) -> int:
        run = _RUN.match(self.source, self.at)
        return run.end() if run else self.at + 1


# Messages of libyaml, or of PyYAML's own scanner and parser if libyaml is missing; the first match counts.
_TOLD = (
    ("mapping values are not allowed", _Error.second_colon),
    ("cannot start any token", _Error.no_token),
    ("could not find expected ':'", _Error.no_colon),
    ("did not find expected key", _Error.no_key),
    ("expected <block end>, but found '-'", _Error.no_key),
    ("expected <block end>", _Error.no_key),
    ("did not find expected '-' indicator", _Error.no_dash),
    ("did not find expected ','", _Error.open_bracket),
    ("expected ','", _Error.open_bracket),
    ("did not find expected node content", _Error.no_content),
    ("expected the node content", _Error.no_content),
    ("block sequence entries are not allowed", _Error.no_dash_here),
    ("sequence entries are not allowed", _Error.no_dash_here),
    ("mapping keys are not allowed", _Error.no_question),
    ("found undefined alias", _Error.no_alias),
    ("second occurrence", _Error.twice_anchor),
    ("duplicate anchor", _Error.twice_anchor),
    ("alphabetic or numeric character", _Error.bad_name),
    ("unknown escape", _Error.bad_escape),
    ("hexdecimal", _Error.bad_escape),
    ("character escape", _Error.bad_escape),
    ("indentation indicator", _Error.bad_block),
    ("tab character", _Error.tab_indent),
    ("found another document", _Error.second_document),
    ("<document start>", _Error.after_end),
    ("directive", _Error.bad_directive),
    ("comment or line break", _Error.bad_block),
    ("undefined tag handle", _Error.bad_tag),
    ("scanning a tag", _Error.bad_tag),
)


def _short(written: str) -> str:
    line = written.splitlines()[0] if written else ""
    return line if len(line) <= 40 else f"{line[:39]}…"
