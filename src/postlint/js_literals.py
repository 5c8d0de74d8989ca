"""Reads what is literal in a JavaScript or TypeScript module, without ever running it."""

from collections.abc import Mapping
from enum import Enum
from typing import Any, NamedTuple

from postlint.js_tokens import (
    CLOSE_TEMPLATE,
    NUMBER,
    OPEN_TEMPLATE,
    PUNCTUATION,
    STRING,
    WORD,
    Token,
    tokenize,
    unescape,
)

_DEEPEST = 100
_LONGEST = 10_000  # items or characters that spreading and joining may make
_LONGEST_SOURCE = 512 * 1024
_SPREAD = "..."
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": None}
_STATEMENTS = frozenset("if for while do switch try throw class declare interface enum namespace break continue else case".split())
_DECLARATIONS = frozenset(("const", "let", "var"))
_END = frozenset((",", ";", ")", "]", "}"))
_CONTINUES = frozenset(("as", "satisfies", "in", "of", "instanceof", "from"))


class Unreadable(Enum):
    """The type of `UNREADABLE`."""

    UNREADABLE = "unreadable"

    def __repr__(self) -> str:
        return self.name


UNREADABLE = Unreadable.UNREADABLE
"""Stands for a value that only running the module would give."""


class Call(NamedTuple):
    """A call that was not made: `glob({ base: "a" })` is `Call("glob", ({"base": "a"},))`.

    `name` has its dots (`z.object`), `new` before a constructor (`new URL`). `of` is the value whose method it is, where
    that is itself no plain name: `z.string().min(5)` is `Call("min", (5,), Call("z.string", ()))`.
    """

    name: str
    args: tuple[Any, ...]
    of: Any = None


class Function(NamedTuple):
    """A function: what it returns (its first `return` outside of inner blocks), and the calls that are its statements."""

    returns: Any
    calls: tuple[Call, ...] = ()


class Module(NamedTuple):
    """What a module says literally.

    A value is a str, int, float, bool, None (`null`, `undefined`), list, dict, `Call`, `Function` or `UNREADABLE`. Names
    that the module gives a constant are resolved. The key `...` of a dict says that something unreadable was spread
    into it. `exports["default"]` is also what CommonJS's `module.exports = …` gives. `imports` maps a local name to the
    module it comes from, `calls` holds the calls that are statements of the module.
    """

    exports: Mapping[str, Any]
    imports: Mapping[str, str]
    calls: tuple[Call, ...] = ()

    @property
    def default(self) -> Any:
        return self.exports.get("default", UNREADABLE)

    @property
    def config(self) -> dict[str, Any]:
        """The default export as settings: `defineConfig(…)`, functions and the like around it are taken off. Where it
        can't be read it is `{"...": UNREADABLE}`, where there is no default export `{}`."""
        if "default" not in self.exports:
            return {}
        value = self.default
        for _ in range(8):
            if isinstance(value, dict):
                return value
            if isinstance(value, Function):
                value = value.returns
            elif isinstance(value, Call):
                value = next((arg for arg in value.args if isinstance(arg, (dict, Call, Function))), UNREADABLE)
        return {_SPREAD: UNREADABLE}


def parse_module(source: str) -> Module:
    """Read a module. Never raises; takes time in proportion to `source`, of which at most 512 KiB are read at all."""
    if len(source) > _LONGEST_SOURCE:
        return Module({"default": UNREADABLE}, {})
    reader, scope = _Reader(source), _Scope()
    calls = reader.statements(0, len(reader.tokens), scope, 0)[1]
    exports = {name: reader.value(at, scope, 0)[0] for name, at in scope.exports}
    exports.update((name, reader.lookup(local, scope, 0)) for name, local in scope.renamed.items())
    return Module(exports, reader.imports, calls)


def parse_value(source: str) -> Any:
    """Read a single literal, as JSON with comments (`tsconfig.json`) is one. Never raises."""
    if len(source) > _LONGEST_SOURCE:
        return UNREADABLE
    reader = _Reader(source)
    return reader.value(0, _Scope(), 0)[0] if reader.tokens else UNREADABLE


class _Scope:
    """The names of a module or function body: where the value of each begins, -1 where it can't be known."""

    def __init__(self, parent: "_Scope | None" = None) -> None:
        self.parent = parent
        self.names: dict[str, int] = {}
        self.exports: list[tuple[str, int]] = []
        self.renamed: dict[str, str] = {}


class _Reader:
    def __init__(self, source: str) -> None:
        self.tokens = tokenize(source)
        self.closing = _pairs(self.tokens)
        self.imports: dict[str, str] = {}
        self._constants: dict[int, Any] = {}
        self._assigned = {
            token.text
            for before, token, after in zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False)
            if token.kind == WORD
            and (after.kind, after.text) == (PUNCTUATION, "=")
            and before.text not in (".", ",", *_DECLARATIONS)
        }

    def text(self, at: int) -> str:
        """The token's text if it is a word or punctuation, else the empty string."""
        if at < len(self.tokens):
            token = self.tokens[at]
            if token.kind in (WORD, PUNCTUATION):
                return token.text
        return ""

    def word(self, at: int) -> str:
        """The token's text if it is a word, else the empty string."""
        return self.tokens[at].text if at < len(self.tokens) and self.tokens[at].kind == WORD else ""

    def lookup(self, name: str, scope: _Scope, depth: int) -> Any:
        if name in _CONSTANTS:
            return _CONSTANTS[name]
        within: _Scope | None = scope
        while within is not None:
            if name in within.names:
                at = within.names[name]
                return self._constant(at, within, depth) if at >= 0 else UNREADABLE
            within = within.parent
        return UNREADABLE

    def _constant(self, at: int, scope: _Scope, depth: int) -> Any:
        """The value that begins at `at`, read once; a value that needs itself is unreadable."""
        if at not in self._constants:
            self._constants[at] = UNREADABLE
            self._constants[at] = self.value(at, scope, depth + 1)[0]
        return self._constants[at]

    # Statements ------------------------------------------------------------------------------------------------------

    def statements(self, at: int, end: int, scope: _Scope, depth: int) -> tuple[int, tuple[Call, ...]]:
        """Take the names that the statements from `at` to `end` declare into `scope`. Returns where the value of the
        first `return` begins (-1: there is none), and the calls."""
        returned, starts = -1, []
        while at < end:
            text, start = self.text(at), at
            if text == "export":
                at = self._export(at + 1, scope)
            elif text in _DECLARATIONS:
                at = self._declaration(at, scope)
            elif text == "import" and self.text(at + 1) not in ("(", "."):
                at = self._import(at + 1)
            elif (name := self._function_name(at)) is not None:
                scope.names.setdefault(name, at)
                at = self._after_block(at)
            elif text == "return":
                returned = at + 1 if returned < 0 else returned
                at = self.skip(at + 1)
            elif text in ("module", "exports") and (found := self._common_js(at)):
                scope.exports.append(found)
                at = self.skip(found[1])
            else:
                if self.tokens[at].kind == WORD and text not in _STATEMENTS:
                    starts.append(at)
                at = self.skip(at)
            if at <= start or self.text(at) in _END:
                at = max(at, start) + 1
        values = [self.value(begin, scope, depth + 1)[0] for begin in starts]
        return returned, tuple(value for value in values if isinstance(value, Call))

    def _export(self, at: int, scope: _Scope) -> int:
        text = self.text(at)
        if text == "default":
            scope.exports.append(("default", at + 1))
            return self._after_block(at + 1) if self._function_name(at + 1) is not None else self.skip(at + 1)
        if text in _DECLARATIONS:
            before = len(scope.names)
            at = self._declaration(at, scope)
            scope.renamed.update((name, name) for name in list(scope.names)[before:])
            return at
        if (name := self._function_name(at)) is not None:
            scope.names.setdefault(name, at)
            scope.renamed[name] = name
            return self._after_block(at)
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

    def _declaration(self, at: int, scope: _Scope) -> int:
        constant = self.text(at) == "const"
        while True:
            at += 1
            name = self.word(at)
            at = self.closing.get(at, at) + 1
            if self.text(at) == ":":
                at = self._after_type(at + 1)
            if self.text(at) == "=":
                if name:
                    scope.names[name] = at + 1 if constant or name not in self._assigned else -1
                at = self.skip(at + 1)
            if self.text(at) != ",":
                return at

    def _import(self, at: int) -> int:
        names: list[str] = []
        while at < len(self.tokens) and self.tokens[at].kind != STRING:
            text = self.text(at)
            if text == "as" and names:
                names.pop()
            elif self.word(at) and text not in ("from", "type"):
                names.append(text)
            elif text not in ("{", "}", ",", "*", "from", "type", "as"):
                return at
            at += 1
        if at < len(self.tokens):
            self.imports.update(dict.fromkeys(names, unescape(self.tokens[at].text)))
        return at + 1

    def _function_name(self, at: int) -> str | None:
        """The name of the function that is declared at `at` (empty: it has none); None where none is declared."""
        at += self.text(at) == "async"
        if self.text(at) != "function":
            return None
        return self.word(at + 2 if self.text(at + 1) == "*" else at + 1)

    def _after_block(self, at: int) -> int:
        while at < len(self.tokens) and self.text(at) not in ("{", ";"):
            at = self.closing.get(at, at) + 1
        return self.closing.get(at, at) + 1

    def _common_js(self, at: int) -> tuple[str, int] | None:
        """What an assignment to `module.exports` or `exports.name` exports, and where its value begins."""
        name = "" if self.text(at) == "exports" else "default"
        if name:
            if self.text(at + 1) != "." or self.text(at + 2) != "exports":
                return None
            at += 2
        if self.text(at + 1) == "." and self.word(at + 2):
            name = self.word(at + 2)
            at += 2
        return (name, at + 2) if name and self.text(at + 1) == "=" else None

    def skip(self, at: int) -> int:
        """The end of the expression at `at`: a separator or closing bracket at its level, or the next statement."""
        first = at
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind == PUNCTUATION:
                if token.text in _END:
                    return at
            elif token.first and at > first and self._begins(at):
                return at
            at = self.closing.get(at, at) + 1
        return len(self.tokens)

    def _begins(self, at: int) -> bool:
        """Whether a new statement begins with the token at `at`, the first of its line."""
        token, before = self.tokens[at], self.tokens[at - 1]
        if token.kind != WORD or token.text in _CONTINUES:
            return False
        return before.kind != PUNCTUATION or before.text in (")", "]", "}", "!")

    def _after_type(self, at: int) -> int:
        """The end of the type at `at`: what a comma in `Record<string, string>` separates is part of it."""
        depth, first = 0, at
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind == PUNCTUATION:
                depth += (token.text == "<") - (token.text == ">")
                if token.text in (")", "]", "}", ";") or (depth <= 0 and token.text in (",", "=")):
                    break
            elif token.first and at > first and self._begins(at):
                break
            at = self.closing.get(at, at) + 1
        return at

    # Values ----------------------------------------------------------------------------------------------------------

    def value(self, at: int, scope: _Scope, depth: int) -> tuple[Any, int]:
        """The value of the expression at `at` and where it ends."""
        if depth > _DEEPEST:
            return UNREADABLE, self.skip(at)
        value, at = self._operand(at, scope, depth)
        while self.text(at) == "+" and isinstance(value, str):
            more, at = self._operand(at + 1, scope, depth)
            value = value + more if isinstance(more, str) and len(value) < _LONGEST else UNREADABLE
        while self.text(at) in ("as", "satisfies"):
            at = self._after_type(at + 1)
        if at >= len(self.tokens) or self.text(at) in _END or (self.tokens[at].first and self._begins(at)):
            return value, at
        return UNREADABLE, self.skip(at)

    def _operand(self, at: int, scope: _Scope, depth: int) -> tuple[Any, int]:
        """A value with the members and calls that follow it."""
        while self.text(at) in ("await", "new") and self.word(at + 1):
            at += 1
        path: list[str] = []
        named = False
        if (body := self._arrow_body(at)) >= 0:
            return self._function(at, body, scope, depth)
        if self._function_name(at) is not None:
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
                value = Call(".".join(path), tuple(args), None if named else value)
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
            elif kind == PUNCTUATION and text == "<" and (call := self._after_generics(at)):
                at = call
            else:
                break
        if named:
            value = self.lookup(path.pop(0), scope, depth)
        for member in path:
            value = value.get(member, UNREADABLE) if isinstance(value, dict) else UNREADABLE
        return value, at

    def _primary(self, at: int, scope: _Scope, depth: int) -> tuple[Any, int]:
        if at >= len(self.tokens):
            return UNREADABLE, at
        kind, text = self.tokens[at].kind, self.tokens[at].text
        if kind == STRING:
            return unescape(text), at + 1
        if kind == NUMBER:
            return _number(text), at + 1
        if kind != PUNCTUATION:
            return UNREADABLE, self.closing.get(at, at) + 1
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
        return UNREADABLE, at if text in _END else at + 1

    def _items(self, at: int, scope: _Scope, depth: int) -> tuple[list[Any], int]:
        """The values between the brackets that open at `at`. What is spread and can't be read is one `UNREADABLE`."""
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

    def _object(self, at: int, scope: _Scope, depth: int) -> tuple[Any, int]:
        close = self.closing.get(at)
        if close is None:
            return UNREADABLE, len(self.tokens)
        out: dict[str, Any] = {}
        at += 1
        while at < close:
            start, text = at, self.text(at)
            if text == "...":
                value, at = self.value(at + 1, scope, depth + 1)
                out.update(value if isinstance(value, dict) else {_SPREAD: UNREADABLE})
            elif text != ",":
                if text in ("async", "get", "set", "*") and self.text(at + 1) not in (":", ",", "(", "}"):
                    at += 1
                name, at = self._key(at)
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
            at = max(at, start) + (self.text(at) == "," or at <= start)
        return out, close + 1

    def _key(self, at: int) -> tuple[str, int]:
        token = self.tokens[at]
        if token.kind == STRING:
            return unescape(token.text), at + 1
        if token.text == "[" and token.kind == PUNCTUATION:
            close = self.closing.get(at, at)
            inner = self.tokens[at + 1] if close == at + 2 else None
            return (unescape(inner.text) if inner and inner.kind == STRING else _SPREAD), close + 1
        return token.text, at + 1

    def _arrow_body(self, at: int) -> int:
        """Where the body of the arrow function that begins at `at` begins, -1 where none begins there."""
        at += self.text(at) == "async" and self.text(at + 1) != "=>"
        text = self.text(at)
        if text == "<" and (after := self._after_generics(at)):
            at, text = after, "("
        if text != "(" and not self.word(at):
            return -1
        at = self.closing.get(at, at) + 1
        if text == "(" and self.text(at) == ":":
            for ahead in range(at + 1, min(at + 32, len(self.tokens))):
                if self.text(ahead) == "=>":
                    at = ahead
                    break
        return at + 1 if self.text(at) == "=>" else -1

    def _function(self, at: int, body: int, scope: _Scope, depth: int) -> tuple[Any, int]:
        """The function whose parameters stand somewhere from `at` to `body`."""
        inner = _Scope(scope)
        inner.names.update((self.tokens[place].text, -1) for place in range(at, min(body, len(self.tokens))) if self.word(place))
        if self.text(body) != "{":
            value, end = self.value(body, inner, depth + 1)
            return Function(value), end
        close = self.closing.get(body)
        if close is None or depth >= _DEEPEST:
            return UNREADABLE, len(self.tokens) if close is None else close + 1
        returned, calls = self.statements(body + 1, close, inner, depth + 1)
        value = self.value(returned, inner, depth + 1)[0] if returned >= 0 else None
        return Function(value, calls), close + 1

    def _after_generics(self, at: int) -> int:
        """Where the call begins whose type arguments begin at `at`, 0 where none do."""
        depth = 0
        for ahead in range(at, min(at + 64, len(self.tokens))):
            text = self.text(ahead)
            depth += (text == "<") - (text == ">")
            if not depth:
                return ahead + 1 if self.text(ahead + 1) == "(" else 0
        return 0


def _pairs(tokens: list[Token]) -> dict[int, int]:
    """Opening bracket → the closing one, both as indices. Brackets that don't pair are left out."""
    out: dict[int, int] = {}
    stack: list[int] = []
    for at, (kind, text, _) in enumerate(tokens):
        if kind == OPEN_TEMPLATE or (kind == PUNCTUATION and text in _BRACKETS):
            stack.append(at)
        elif kind == CLOSE_TEMPLATE or (kind == PUNCTUATION and text in (")", "]", "}")):
            opening = tokens[stack[-1]] if stack else None
            if opening and (
                opening.kind == OPEN_TEMPLATE if kind == CLOSE_TEMPLATE else _BRACKETS.get(opening.text) == text
            ):
                out[stack.pop()] = at
    return out


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
