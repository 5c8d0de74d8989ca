"""What Python compiles anew in every process, kept beside the byte code: regular expressions, and the constructors of named
tuples; and the byte code of all modules in one file. Compiling and finding them takes more than half of a short run.

What a pattern and a constructor compile to depends on nothing but their text and the Python that compiles it, so a stored
form is never out of date. Python's own compiler remains the only one: the form of a pattern is what it gave to
`_sre.compile`, that of a constructor its code. A module's code is used if its source has the same time and size, as Python
does with byte code, and if this version of postlint stored it, in this very folder. What is not stored is compiled or
imported as always. The file is written where Python writes byte code, under the same conditions.
"""

import collections
import marshal
import os
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from io import BytesIO
from types import CodeType
from typing import Any, NamedTuple
from zlib import crc32

from postlint import __version__

_PACKAGE = __name__.partition(".")[0]
_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_Key = tuple[bool, str | bytes, int]
# Where the source is, when it was changed, its size, and whether it is a package.
_Module = tuple[str, int, int, bool]
# Where the bytes of a form or of code begin in the file, how many there are, and their sum.
_Place = tuple[int, int, int]


class _Index(NamedTuple):
    """What is in the file. A run reads of it what it needs, since the file has the code of all frameworks."""

    forms: dict[_Key, _Place]
    codes: dict[str, _Place]
    modules: dict[str, tuple[_Module, _Place]]


class _Loader(SourceFileLoader):
    """Loads a module whose code is known."""

    def __init__(self, name: str, path: str, code: CodeType) -> None:
        super().__init__(name, path)
        self._code = code

    def get_code(self, fullname: str) -> CodeType:
        return self._code


class StoredCode:
    """The stored forms of one Python, and what lacked one. `use` and `save` never fail."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._file: Any = None
        self._start = 0
        self._known = _Index({}, {}, {})
        self._missing: dict[_Key, None] = {}
        self._new_codes: dict[str, CodeType] = {}
        # Those cannot come from the store.
        self._loaded_before = frozenset(sys.modules)
        self._compile: Any = None

    def use(self) -> None:
        """Use the stored forms from now on, in this whole process."""
        try:
            _compiler, _sre = _private()
            self._open(_python(_sre))
            self._compile, make, known = _compiler.compile, _sre.compile, self._known.forms
        except (ImportError, AttributeError):
            return  # another Python, or a later one, which has other means

        def compiled(pattern: Any, flags: int = 0) -> "re.Pattern[Any]":
            try:
                key = isinstance(pattern, bytes), pattern, int(flags)
                place = known.get(key)
            except TypeError:
                return self._compile(pattern, flags)  # type: ignore[no-any-return]
            if place is not None and (form := self._read(place)) is not None:
                return make(pattern, *form)  # type: ignore[no-any-return]
            if not flags & re.DEBUG and _is_ours("re"):
                self._missing[key] = None
            return self._compile(pattern, flags)  # type: ignore[no-any-return]

        _compiler.compile = compiled
        # `namedtuple` evaluates the text of a function, with no other use of this name in its module.
        collections.eval = self._evaluated  # type: ignore[attr-defined]
        sys.meta_path.insert(0, self)

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """The module `name`, as Python's import asks for it; None if it is not stored, or was changed since."""
        if name not in self._known.modules:
            return None
        (file, modified, size, is_package), place = self._known.modules[name]
        try:
            found = os.stat(file)
        except OSError:
            return None
        if (found.st_mtime_ns, found.st_size) != (modified, size) or (code := self._read(place)) is None:
            return None
        spec = ModuleSpec(name, _Loader(name, file, code), origin=file, is_package=is_package)
        spec.has_location = True
        if spec.submodule_search_locations is not None:
            spec.submodule_search_locations.append(os.path.dirname(file))
        return spec

    def _evaluated(self, source: str, names: dict[str, Any]) -> Any:
        place = self._known.codes.get(source)
        code = self._read(place) if place is not None else None
        if code is None:
            code = compile(source, "<string>", "eval")
            if _is_ours("collections", "typing"):
                self._new_codes[source] = code
        return eval(code, names)  # noqa: S307 - as `namedtuple` does

    def save(self) -> None:
        """Store what was missing."""
        if sys.dont_write_bytecode:
            return
        modules = dict(self._loaded())
        if not (self._missing or self._new_codes or modules):
            return
        try:
            parts = BytesIO()
            index = _Index({}, {}, {})
            forms = {key: self._read(place) for key, place in self._known.forms.items()}
            codes = {source: self._read(place) for source, place in self._known.codes.items()}
            old = {name: (about, self._read(place)) for name, (about, place) in self._known.modules.items()}
            for key, form in {**forms, **{key: self._form(*key) for key in self._missing}}.items():
                if form is not None:
                    index.forms[key] = _put(parts, form)
            for source, code in {**codes, **self._new_codes}.items():
                if code is not None:
                    index.codes[source] = _put(parts, code)
            for name, (about, code) in {**old, **modules}.items():
                if code is not None:
                    index.modules[name] = about, _put(parts, code)
            head = marshal.dumps((_python(_private()[1]), *index))
            made = f"{self._path}.{os.getpid()}"
            with open(made, "xb") as file:
                file.write(
                    b"".join((crc32(head).to_bytes(4, "big"), len(head).to_bytes(4, "big"), head, parts.getvalue()))
                )
            os.replace(made, self._path)
        except (OSError, ValueError, AttributeError):
            pass  # as with byte code: the next run compiles again

    def _loaded(self) -> Iterator[tuple[str, tuple[_Module, CodeType]]]:
        """The modules of this package that were not loaded from the store, though they could have been."""
        for name, module in list(sys.modules.items()):
            loader = getattr(module, "__loader__", None)
            if (
                name in self._loaded_before
                or type(loader) is not SourceFileLoader
                or name.partition(".")[0] != _PACKAGE
            ):
                continue
            found = os.stat(loader.path)
            if code := loader.get_code(name):
                is_package = loader.is_package(name)
                yield name, ((loader.path, found.st_mtime_ns, found.st_size, is_package), code)

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
        _, all_flags, code, groups, names, numbers = catcher.given
        return int(all_flags), list(map(int, code)), int(groups), dict(names), tuple(numbers)

    def _open(self, python: tuple[Any, ...]) -> None:
        """Read the index, if there is one that this Python made for this package."""
        try:
            file = open(self._path, "rb", buffering=0)  # noqa: SIM115 - it stays open for what is read later
            sums, size = file.read(4), int.from_bytes(file.read(4), "big")
            head = file.read(size)
            if crc32(head) != int.from_bytes(sums, "big"):
                return
            made_by, *index = marshal.loads(head)  # noqa: S302 - as trusted as the byte code beside it
        except (OSError, ValueError, EOFError, TypeError):
            return
        if made_by == python:
            self._known, self._file, self._start = _Index(*index), file, 8 + size

    def _read(self, place: _Place) -> Any:
        """What is stored at `place`; None if the file is damaged."""
        at, size, total = place
        self._file.seek(self._start + at)
        data = self._file.read(size)
        return marshal.loads(data) if crc32(data) == total else None  # noqa: S302 - as above


def here() -> StoredCode:
    """That of this installation."""
    # As `importlib.util.cache_from_source` has it, whose import would cost a part of what this saves.
    folder = os.path.join(_FOLDER, "__pycache__")
    if sys.pycache_prefix:
        folder = os.path.join(sys.pycache_prefix, os.path.splitdrive(_FOLDER)[1].lstrip(os.sep))
    return StoredCode(os.path.join(folder, f"stored.{sys.implementation.cache_tag}.code"))


def _private() -> tuple[Any, Any]:
    """The modules of `re` that compile. Raises ImportError if this Python has others."""
    return import_module("re._compiler"), import_module("_sre")


def _put(parts: BytesIO, value: Any) -> _Place:
    """Add `value` to what is written."""
    data, at = marshal.dumps(value), parts.tell()
    parts.write(data)
    return at, len(data), crc32(data)


def _python(sre: Any) -> tuple[Any, ...]:
    # The version, because installers need not give new files a new time. The folder, because whoever copies the package
    # copies the file with it, whose modules are still those of the package that was copied.
    return _FOLDER, __version__, sys.version, sre.MAGIC, sre.CODESIZE, sys.byteorder, sys.flags.optimize


def _is_ours(*between: str) -> bool:
    """Whether one of postlint's modules is being imported and asks for it, through the modules `between`; what is asked
    for elsewhere may be made of anything."""
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get("__name__") in between:
        frame = frame.f_back
    return frame.f_code.co_name == "<module>" and frame.f_globals.get("__name__", "").partition(".")[0] == _PACKAGE
