"""Reads the literals of a JavaScript or TypeScript module, without ever running it."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from postlint.javascript.reader import Reader, Scope
from postlint.javascript.source import SPREAD
from postlint.javascript.values import UNREADABLE, Call, Function, Literal, Regex

__all__ = ["UNREADABLE", "Call", "Function", "Literal", "Module", "Regex", "parse_module", "parse_value"]

_LONGEST_SOURCE = 256 * 1024


class Module(NamedTuple):
    """The literal values of a module.

    A value is a str, int, float, bool, None (`null`, `undefined`), list, dict, `Call`, `Function` or `UNREADABLE`.
    Names of the module's own constants are resolved. The key `...` of a dict says that something unreadable was spread
    into it. `exports["default"]` is also what CommonJS's `module.exports = …` gives. `imports` maps a local name to
    the module it comes from, `calls` holds the calls that are statements of the module.
    """

    exports: Mapping[str, Any]
    imports: Mapping[str, str]
    calls: tuple[Call, ...] = ()

    @property
    def default(self) -> Any:
        return self.exports.get("default", UNREADABLE)

    @property
    def config(self) -> dict[str, Any]:
        """The default export as settings: `defineConfig(…)`, functions and the like around it are removed. If it
        cannot be read, it is `{"...": UNREADABLE}`; if there is no default export, `{}`."""
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
        return {SPREAD: UNREADABLE}


def parse_module(source: str, path: str = "", imported: Callable[[str, str], Any] | None = None) -> Module:
    """Read a module, in time proportional to its length; over 256 K characters it is unreadable. Never raises.

    `path` is where it lies, for the places of keys. `imported` gives the value that a module exports: the address by
    which it is imported, and the name (`default` for the default export); UNREADABLE if that is not known.
    """
    if len(source) > _LONGEST_SOURCE:
        return Module({"default": UNREADABLE}, {})
    reader, scope = Reader(source, path, imported), Scope()
    calls = reader.statements(0, len(reader.tokens), scope, 0)[1]
    exports = {name: reader.value(at, scope, 0)[0] for name, at in scope.exports}
    exports.update((name, reader.lookup(local, scope, 0)) for name, local in scope.renamed.items())
    return Module(exports, reader.imports, calls)


def parse_value(source: str) -> Any:
    """Read a single literal, as JSON with comments (`tsconfig.json`) is one. Never raises."""
    if len(source) > _LONGEST_SOURCE:
        return UNREADABLE
    reader = Reader(source)
    return reader.value(0, Scope(), 0)[0] if reader.tokens else UNREADABLE
