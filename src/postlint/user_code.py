"""Running a user's own file or module, named as `rules.py:NoTodo` or `pkg.mod:NoTodo`, without leaving traces of it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from threading import RLock
from traceback import extract_tb
from types import ModuleType
from typing import Any
from zlib import crc32

from postlint.errors import PostlintError

# Loading changes sys.path, sys.modules and sys.stdout for a moment.
_LOCK = RLock()
_PREFIX = "_postlint_user_code_"
_PACKAGE = os.path.join(os.path.dirname(os.path.realpath(__file__)), "")


def load_object(source: str, root: str, use: Callable[[Any], Any] = lambda found: found) -> Any:
    """The result of `use` for the object that `source` names; `use` runs while names in its module can still be looked up.

    A file is relative to the folder `root`. It is compiled each time, so no byte code is written, and modules beside it
    can be imported while it runs. Its output goes to standard error. The module stays in `sys.modules`
    under a name that nobody imports (`typing.get_type_hints` looks there); its neighbours are forgotten.

    Raises PostlintError, with file and line, if the file is missing, fails, or has no such object.
    """
    place, _, name = source.rpartition(":")
    if not place or not name.isidentifier():
        raise PostlintError(f"`{source}` does not name an object; write it as `file.py:Name` or `package.module:Name`")
    is_file = place.endswith(".py")
    path = os.path.join(os.path.abspath(root), place)
    folder = os.path.dirname(path) if is_file else os.path.abspath(root)
    found = None
    with _LOCK, _importable(folder), redirect_stdout(sys.stderr):
        try:
            module = _run_file(path, place, source) if is_file else _import(place, source)
            if name not in vars(module):
                raise _no_such_name(name, module, place, source)
            found = vars(module)[name]
            return use(found)
        except PostlintError:
            raise
        except (Exception, SystemExit) as error:
            raise failure(error, root, place, found) from error


def failure(error: BaseException, root: str, place: str, about: object = None) -> PostlintError:
    """An exception of user code as one line: the last line of user code that it passed, and its message.

    User code is in files below `root` or beside the file `place`. If no such line is known, `place` is named instead, with
    the line at which the class `about` begins.
    """
    where = place
    lines = [*_beginning(about), *((frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__))]
    if isinstance(error, SyntaxError) and error.filename:
        lines.append((error.filename, error.lineno))
    root = os.path.realpath(root)
    folders = (root, os.path.dirname(os.path.realpath(os.path.join(root, place))))
    for filename, number in lines:
        path = os.path.realpath(filename)
        if any(_is_own(path, folder) for folder in folders):
            where = f"{os.path.relpath(path, root).replace(os.sep, '/')}:{number or 1}"
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    # Pydantic appends the address of a page, as a paragraph of its own.
    said = " ".join(said.partition("\n\nFor further information")[0].split())
    return PostlintError(f"{where}: {type(error).__name__}: {said}".removesuffix(": "))


def _beginning(about: object) -> list[tuple[str, int | None]]:
    from inspect import getsourcefile, getsourcelines

    try:
        return [(getsourcefile(about) or "", getsourcelines(about)[1])] if isinstance(about, type) else []
    except (OSError, TypeError):
        return []


def _is_own(path: str, folder: str) -> bool:
    """Whether `path` is a file below `folder` that is neither installed there nor postlint's own."""
    return path.startswith(os.path.join(folder, "")) and "site-packages" not in path and not path.startswith(_PACKAGE)


def _run_file(path: str, place: str, source: str) -> ModuleType:
    try:
        with open(path, "rb") as file:
            text = file.read()
    except FileNotFoundError:
        raise PostlintError(f"{place}: there is no such file in {os.path.dirname(path)} (`{source}`)") from None
    except OSError as error:
        raise PostlintError(f"{place}: cannot be read: {error.strerror} (`{source}`)") from None
    module = ModuleType(f"{_PREFIX}{crc32(path.encode('utf-8', 'surrogatepass')):08x}")
    module.__file__ = path
    sys.modules[module.__name__] = module
    exec(compile(text, path, "exec", dont_inherit=True), vars(module))  # noqa: S102 -- running it is what was asked for
    return module


def _import(name: str, source: str) -> ModuleType:
    from importlib import import_module

    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name and (name == error.name or name.startswith(f"{error.name}.")):
            raise PostlintError(f"there is no module `{error.name}` (`{source}`)") from None
        raise


def _no_such_name(name: str, module: ModuleType, place: str, source: str) -> PostlintError:
    from postlint.suggest import closest

    own = [key for key, value in vars(module).items() if getattr(value, "__module__", None) == module.__name__]
    meant = closest(name, own)
    there = ", ".join(f"`{key}`" for key in own[:8]) or "no names of its own"
    hint = f"did you mean `{meant}`?" if meant else f"it defines {there}"
    return PostlintError(f"{place}: it has no `{name}`; {hint}")


@contextmanager
def _importable(folder: str) -> Iterator[None]:
    """Lets modules in `folder` be imported, and forgets them afterwards."""
    known, written, paths = set(sys.modules), sys.dont_write_bytecode, list(sys.path)
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.path[:] = paths
        sys.dont_write_bytecode = written
        for name in set(sys.modules) - known:
            if name.partition(".")[0] not in known and _comes_from(sys.modules[name], os.path.realpath(folder)):
                del sys.modules[name]
        sys.path_importer_cache.pop(folder, None)


def _comes_from(module: ModuleType, folder: str) -> bool:
    if module.__name__.startswith(_PREFIX):
        return False
    place = getattr(module, "__file__", None) or next(iter(getattr(module, "__path__", ())), None)
    return place is not None and _is_own(os.path.realpath(place), folder)
