"""Compiled regular expressions that are kept beside the byte code, since compiling them anew is a third of a short run.

What a pattern compiles to depends on nothing but the pattern, its flags and the Python that compiles it, so a stored form
is never out of date. Python's own compiler remains the only one: the form is what it gave to `_sre.compile`, and a pattern
that is not stored is compiled as always. The file is written where Python writes byte code, under the same conditions.
"""

import marshal
import os
import re
import sys
from importlib import import_module
from typing import Any
from zlib import crc32

_PACKAGE = __name__.partition(".")[0]
_Key = tuple[bool, str | bytes, int]


class Patterns:
    """The stored forms of one Python, and the patterns that lacked one. `use` and `save` never fail."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._forms: dict[_Key, tuple[Any, ...]] = {}
        self._missing: dict[_Key, None] = {}
        self._compile: Any = None

    def use(self) -> None:
        """Compile by the stored forms from now on, in this whole process."""
        try:
            _compiler, _sre = _private()
            self._forms = _load(self._path, _python(_sre))
            self._compile, make, forms = _compiler.compile, _sre.compile, self._forms
        except (ImportError, AttributeError):
            return  # another Python, or a later one, which has other means

        def compiled(pattern: Any, flags: int = 0) -> "re.Pattern[Any]":
            try:
                key = isinstance(pattern, bytes), pattern, int(flags)
                form = forms.get(key)
            except TypeError:
                return self._compile(pattern, flags)  # type: ignore[no-any-return]
            if form is not None:
                return make(*form)  # type: ignore[no-any-return]
            if not flags & re.DEBUG and _is_ours():
                self._missing[key] = None
            return self._compile(pattern, flags)  # type: ignore[no-any-return]

        _compiler.compile = compiled

    def save(self) -> None:
        """Store what was missing."""
        if not self._missing or sys.dont_write_bytecode:
            return
        try:
            found = {**self._forms, **{key: self._form(*key) for key in self._missing}}
            data = marshal.dumps((_python(_private()[1]), found))
            made = f"{self._path}.{os.getpid()}"
            with open(made, "xb") as file:
                file.write(crc32(data).to_bytes(4, "big") + data)
            os.replace(made, self._path)
        except (OSError, ValueError, AttributeError):
            pass  # as with byte code: the next run compiles again

    def _form(self, _: bool, pattern: str | bytes, flags: int) -> tuple[Any, ...]:
        """What Python's compiler gives to `_sre.compile` for `pattern`."""
        _compiler, _ = _private()

        class Catcher:
            given: tuple[Any, ...] = ()

            def compile(self, *given: Any) -> None:
                self.given = given

            def __getattr__(self, name: str) -> Any:
                return getattr(own, name)

        own, catcher = _compiler._sre, Catcher()
        try:
            _compiler._sre = catcher
            self._compile(pattern, flags)
        finally:
            _compiler._sre = own
        text, all_flags, code, groups, names, numbers = catcher.given
        return text, int(all_flags), list(map(int, code)), int(groups), dict(names), tuple(numbers)


def here() -> Patterns:
    """Those of this installation."""
    # As `importlib.util.cache_from_source` has it, whose import would cost a part of what this saves.
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    folder = os.path.join(package, "__pycache__")
    if sys.pycache_prefix:
        folder = os.path.join(sys.pycache_prefix, os.path.splitdrive(package)[1].lstrip(os.sep))
    return Patterns(os.path.join(folder, f"patterns.{sys.implementation.cache_tag}.re"))


def _private() -> tuple[Any, Any]:
    """The modules of `re` that compile. Raises ImportError if this Python has others."""
    return import_module("re._compiler"), import_module("_sre")


def _load(path: str, python: tuple[Any, ...]) -> dict[_Key, tuple[Any, ...]]:
    try:
        with open(path, "rb") as file:
            data = file.read()
        if crc32(data[4:]) != int.from_bytes(data[:4], "big"):
            return {}
        made_by, forms = marshal.loads(data[4:])  # noqa: S302 - as trusted as the byte code beside it
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return forms if made_by == python else {}


def _python(sre: Any) -> tuple[Any, ...]:
    return sys.version, sre.MAGIC, sre.CODESIZE, sys.byteorder


def _is_ours() -> bool:
    """Whether the pattern is a constant of one of postlint's modules; others may be made of anything."""
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get("__name__") == "re":
        frame = frame.f_back
    return frame.f_code.co_name == "<module>" and frame.f_globals.get("__name__", "").partition(".")[0] == _PACKAGE
