"""Follows a JavaScript module's tokens just far enough to find its declarations and read its literal values."""

from bisect import bisect_left
from collections.abc import Callable
from functools import cached_property
from typing import Any

from postlint.javascript.source import ENDS, SPREAD, TEMPLATE_ENDS, Source
from postlint.javascript.tokens import NUMBER, OPEN_TEMPLATE, PATTERN, PUNCTUATION, STRING, WORD, unescape
from postlint.javascript.values import UNREADABLE, Call, Function, Literal, Regex

_DEEPEST = 100
_LONGEST = 10_000  # items or characters that spreading and joining may make
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None}
_DECLARATIONS = frozenset(("const", "let", "var"))
_STATEMENTS = frozenset(
    (
        *("if", "else", "for", "while", "do", "switch", "case", "try", "throw", "break", "continue"),
        *("class", "declare", "interface", "enum", "namespace"),
    )
)


class Scope:
    """The names of a module or function body: the offset of each value, -1 if it is not known."""

    def __init__(self, parent: "Scope | None" = None) -> None:
        self.parent = parent
        self.names: dict[str, int] = {}
        self.exports: list[tuple[str, int]] = []
        self.renamed: dict[str, str] = {}


class Reader(Source):
    """A module whose declarations and literal values are read on demand, each once."""

    def __init__(self, source: str, path: str = "", imported: Callable[[str, str], Any] | None = None) -> None:
        super().__init__(source)
        self._written, self._path, self._imported = source, path, imported
        self.imports: dict[str, str] = {}
        # The name that a module exports what is imported as.
        self._originals: dict[str, str] = {}
        self._constants: dict[int, Any] = {}
        self._assigned = {
            token.text
            for before, token, after in zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False)
            if token.kind == WORD
            and (after.kind, after.text) == (PUNCTUATION, "=")
            and before.text not in (".", ",", *_DECLARATIONS)
        }

    def lookup(self, name: str, scope: Scope, depth: int) -> Any:
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        within: Scope | None = scope
        while within is not None:
            if name in within.names:
                at = within.names[name]
                return self._constant(at, within, depth) if at >= 0 else UNREADABLE
            within = within.parent
        if self._imported is not None and name in self._originals:
            return self._imported(self.imports[name], self._originals[name])
        return UNREADABLE

    @cached_property
    def _line_ends(self) -> list[int]:
        return [at for at, sign in enumerate(self._written) if sign == "\n"]

    def _place(self, at: int) -> str:
        """Where the token at `at` is written."""
        return f"{self._path}:{bisect_left(self._line_ends, self.tokens[at].at) + 1}"

    def _constant(self, at: int, scope: Scope, depth: int) -> Any:
        """The value that begins at `at`, read once; a value that needs itself is unreadable."""
        if at not in self._constants:
            self._constants[at] = UNREADABLE
            self._constants[at] = self.value(at, scope, depth + 1)[0]
        return self._constants[at]

    # Statements ------------------------------------------------------------------------------------------------------

    def statements(self, at: int, end: int, scope: Scope, depth: int) -> tuple[int, tuple[Call, ...]]:
        """Take the names that the statements from `at` to `end` declare into `scope`. Returns the offset of the
        value of the first `return` (-1 if there is none), and the calls."""
        returned, starts = -1, []
        while at < end:
            text, start = self.text(at), at
            if text == "export":
                at = self._export(at + 1, scope)
            elif text in _DECLARATIONS:
                at = self._declaration(at, scope)
            elif text == "import" and self.text(at + 1) not in ("(", "."):
                at = self._import(at + 1)
            elif (name := self.function_name(at)) is not None:
                scope.names.setdefault(name, at)
                at = self.after_block(at)
            elif text == "return":
                returned = at + 1 if returned < 0 else returned
                at = self.skip(at + 1)
            elif text in ("module", "exports") and (found := self.common_js(at)):
                scope.exports.append(found)
                at = self.skip(found[1])
            else:
                if self.tokens[at].kind == WORD and text not in _STATEMENTS:
                    starts.append(at)
                at = self.skip(at)
            if at <= start or self.text(at) in ENDS:
                at = max(at, start) + 1
        values = [self.value(begin, scope, depth + 1)[0] for begin in starts]
        return returned, tuple(value for value in values if isinstance(value, Call))

    def _export(self, at: int, scope: Scope) -> int:
        text = self.text(at)
        if text == "default":
            scope.exports.append(("default", at + 1))
            return self.after_block(at + 1) if self.function_name(at + 1) is not None else self.skip(at + 1)
        if text in _DECLARATIONS:
            before = len(scope.names)
            at = self._declaration(at, scope)
            scope.renamed.update((name, name) for name in list(scope.names)[before:])
            return at
        if (name := self.function_name(at)) is not None:
            scope.names.setdefault(name, at)
            scope.renamed[name] = name
            return self.after_block(at)
        end = self.closing.get(at, -1)
        if text == "{" and self.text(end + 1) != "from":
            while (at := at + 1) < end:
                name = local = self.word(at)
                if self.text(at + 1) == "as":
                    at += 2
                    name = self.word(at)
                if name:
                    scope.renamed[name] = local
        return self.skip(at)

    def _declaration(self, at: int, scope: Scope) -> int:
        constant = self.text(at) == "const"
        while True:
            at += 1
            name = self.word(at)
            at = self.closing.get(at, at) + 1
            if self.text(at) == ":":
                at = self.after_type(at + 1)
            if self.text(at) == "=":
                if name:
                    scope.names[name] = at + 1 if constant or name not in self._assigned else -1
                at = self.skip(at + 1)
            if self.text(at) != ",":
                return at

    def _import(self, at: int) -> int:
        names: list[str] = []
        originals: dict[str, str] = {}
        exported, braces, renames = "default", False, False
        while at < len(self.tokens) and self.tokens[at].kind != STRING:
            text = self.text(at)
            if text == "as" and names:
                renames = self.text(at - 1) != "*"
                if renames:
                    names.pop()
            elif self.word(at) and text not in ("from", "type"):
                names.append(text)
                if not renames:
                    exported = text if braces else "default"
                originals[text], renames = exported, False
            elif text not in ("{", "}", ",", "*", "from", "type", "as"):
                return at
            braces = text == "{" or (braces and text != "}")
            at += 1
        if at < len(self.tokens):
            self.imports.update(dict.fromkeys(names, unescape(self.tokens[at].text)))
            self._originals.update((name, originals[name]) for name in names)
        return at + 1

    # Values ----------------------------------------------------------------------------------------------------------

    def value(self, at: int, scope: Scope, depth: int) -> tuple[Any, int]:
        """The value of the expression at `at` and where it ends."""
        if depth > _DEEPEST:
            return UNREADABLE, self.skip(at)
        value, at = self._operand(at, scope, depth)
        while self.text(at) == "+" and isinstance(value, str):
            more, at = self._operand(at + 1, scope, depth)
            value = value + more if isinstance(more, str) and len(value) < _LONGEST else UNREADABLE
        while self.text(at) in ("as", "satisfies"):
            at = self.after_type(at + 1)
        if at >= len(self.tokens) or self.text(at) in ENDS or self.tokens[at].kind in TEMPLATE_ENDS:
            return value, at
        if self.tokens[at].first and self.begins(at):
            return value, at
        return UNREADABLE, self.skip(at)

    def _operand(self, at: int, scope: Scope, depth: int) -> tuple[Any, int]:
        """A value with the members and calls that follow it."""
        while self.text(at) in ("await", "new") and self.word(at + 1):
            at += 1
        path: list[str] = []
        named = False
        if (body := self.arrow_body(at)) >= 0:
            return self._function(at, body, scope, depth)
        if self.function_name(at) is not None:
            opening = at
            while opening < len(self.tokens) and self.text(opening) != "{":
                opening = self.closing.get(opening, opening) + 1
            return self._function(at, opening, scope, depth)
        if name := self.word(at):
            path, named = [name], True
            value: Any = UNREADABLE
            if self.text(at - 1) == "new" and at:
                path = ["new " + name]
            at += 1
        else:
            value, at = self._primary(at, scope, depth)
        while at < len(self.tokens):
            kind, text = self.tokens[at].kind, self.tokens[at].text
            if kind == PUNCTUATION and text in (".", "?.") and self.word(at + 1):
                path.append(self.word(at + 1))
                at += 2
            elif kind == PUNCTUATION and text == "(":
                args, at = self._items(at, scope, depth)
                of, returns = None if named else value, None
                known = self.lookup(path[0], scope, depth) if named else None
                if len(path) > 1 and isinstance(known, Call):
                    # A method of one of the module's own constants.
                    path, of = path[1:], known
                elif len(path) == 1 and isinstance(known, Function):
                    returns = known.returns
                value = Call(".".join(path), tuple(args), of, returns)
                path, named = [], False
            elif kind == PUNCTUATION and text == "[":
                key = self.tokens[at + 1] if self.closing.get(at) == at + 2 else None
                if key is not None and key.kind == STRING:
                    path.append(unescape(key.text))
                else:
                    value, path, named = UNREADABLE, [], False
                at = self.closing.get(at, at) + 1
            elif kind in (STRING, OPEN_TEMPLATE) and (named or path) and not self.tokens[at].first:
                value, path, named = UNREADABLE, [], False
                at = self.closing.get(at, at) + 1
            elif kind == PUNCTUATION and text == "!":
                at += 1
            elif kind == PUNCTUATION and text == "<" and (call := self.after_generics(at)):
                at = call
            else:
                break
        if named:
            value = self.lookup(path.pop(0), scope, depth)
        for member in path:
            if isinstance(value, Call):
                value = Call(f".{member}", (), value)
            else:
                value = value.get(member, UNREADABLE) if isinstance(value, dict) else UNREADABLE
        return value, at

    def _primary(self, at: int, scope: Scope, depth: int) -> tuple[Any, int]:
        if at >= len(self.tokens):
            return UNREADABLE, at
        kind, text = self.tokens[at].kind, self.tokens[at].text
        if kind == STRING:
            return unescape(text), at + 1
        if kind == NUMBER:
            return _number(text), at + 1
        if kind == OPEN_TEMPLATE and at in self.closing:
            return self._template(at, scope, depth)
        if kind == PATTERN:
            body, _, flags = text[1:].rpartition("/")
            return Regex(body, flags), at + 1
        if kind != PUNCTUATION:
            return UNREADABLE, at + 1
        if text == "-" and at + 1 < len(self.tokens) and self.tokens[at + 1].kind == NUMBER:
            number = _number(self.tokens[at + 1].text)
            return (UNREADABLE if number is UNREADABLE else -number), at + 2
        if text == "{":
            return self._object(at, scope, depth)
        if text == "[":
            return self._items(at, scope, depth)
        if text == "(" and at in self.closing:
            value, end = self.value(at + 1, scope, depth + 1)
            return (value if end == self.closing[at] else UNREADABLE), self.closing[at] + 1
        return UNREADABLE, at if text in ENDS else at + 1

    def _template(self, at: int, scope: Scope, depth: int) -> tuple[Any, int]:
        close = self.closing[at]
        parts = [unescape(self.tokens[at].text)]
        while at < close:
            value, at = self.value(at + 1, scope, depth + 1)
            if not isinstance(value, (str, int)) or at > close or self.tokens[at].kind not in TEMPLATE_ENDS:
                return UNREADABLE, close + 1
            parts += [str(value), unescape(self.tokens[at].text)]
        text = "".join(parts)
        return (text if len(text) < _LONGEST else UNREADABLE), close + 1

    def _items(self, at: int, scope: Scope, depth: int) -> tuple[list[Any], int]:
        """The values between the brackets that open at `at`. A spread value that cannot be read is one `UNREADABLE`."""
        close = self.closing.get(at)
        if close is None:
            return [UNREADABLE], len(self.tokens)
        items: list[Any] = []
        at += 1
        while at < close:
            start = at
            if self.text(at) == "...":
                value, at = self.value(at + 1, scope, depth + 1)
                spread = isinstance(value, list) and len(items) + len(value) < _LONGEST
                items += value if spread else [UNREADABLE]
            else:
                value, at = self.value(at, scope, depth + 1)
                items.append(value)
            at = max(at, start) + 1
        return items, close + 1

    def _object(self, at: int, scope: Scope, depth: int) -> tuple[Any, int]:
        close = self.closing.get(at)
        if close is None:
            return UNREADABLE, len(self.tokens)
        out = Literal()
        at += 1
        while at < close:
            start, text = at, self.text(at)
            if text == "...":
                value, at = self.value(at + 1, scope, depth + 1)
                if isinstance(value, Call) and isinstance(value.returns, dict):
                    value = value.returns
                out.parts.append((SPREAD, value))
                out.update(value if isinstance(value, dict) else {SPREAD: UNREADABLE})
                if isinstance(value, Literal):
                    out.places.update(value.places)
            elif text != ",":
                if text in ("async", "get", "set", "*") and self.text(at + 1) not in (":", ",", "(", "}"):
                    at += 1
                written = at
                name, at = self.key(at)
                text = self.text(at)
                if text == ":":
                    value, at = self.value(at + 1, scope, depth + 1)
                elif text in ("(", "<"):
                    opening = at
                    while opening < close and self.text(opening) != "{":
                        opening = self.closing.get(opening, opening) + 1
                    value, at = self._function(at, opening, scope, depth)
                else:
                    value = self.lookup(name, scope, depth) if text in (",", "}") else UNREADABLE
                    at = self.skip(at)
                out[name] = value
                out.parts.append((name, value))
                if self._path:
                    out.places[name] = self._place(written)
            at = max(at, start) + (self.text(at) == "," or at <= start)
        return out, close + 1

    def _function(self, at: int, body: int, scope: Scope, depth: int) -> tuple[Any, int]:
        """The function whose parameters are between `at` and `body`."""
        inner = Scope(scope)
        inner.names.update(
            (self.tokens[place].text, -1) for place in range(at, min(body, len(self.tokens))) if self.word(place)
        )
        if self.text(body) != "{":
            value, end = self.value(body, inner, depth + 1)
            return Function(value), end
        close = self.closing.get(body)
        if close is None or depth >= _DEEPEST:
            return UNREADABLE, len(self.tokens) if close is None else close + 1
        returned, calls = self.statements(body + 1, close, inner, depth + 1)
        value = self.value(returned, inner, depth + 1)[0] if returned >= 0 else None
        return Function(value, calls), close + 1


def _number(text: str) -> Any:
    digits = text.replace("_", "").removesuffix("n")
    try:
        return int(digits, 0)
    except ValueError:
        pass
    try:
        return int(digits) if digits.isdigit() else float(digits)
    except ValueError:
        return UNREADABLE
