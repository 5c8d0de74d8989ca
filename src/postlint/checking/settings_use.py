"""Which patterns of a configuration match no file, and which data it names without there being any."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from postlint.files.endings import is_markdown
from postlint.files.files import NO_SOURCES, Files
from postlint.files.gitignore import Ignore
from postlint.files.globs import fixed_folder, matches
from postlint.frameworks.data_sets import ENDINGS
from postlint.frameworks.framework import Framework
from postlint.settings import Config, Origin

_MOST_FOLDERS = 100_000


class Unmatched(NamedTuple):
    """A setting of which nothing matches: its last key, where it is written, and what is wrong."""

    key: str
    origin: Origin
    message: str


def without_data(
    config: Config, references: Mapping[int, Iterable[str]], framework: Framework, files: Files
) -> Iterator[Unmatched]:
    """The schemas of `config` that refer to data of the site, in `files`, of which there is no file. `references` are the
    names of the data, by the number of the collection."""
    for number, names in references.items():
        origin = config.origins.get(f"collections[{number}].schema")
        if origin is None or origin.file != os.path.abspath(config.file or ""):
            continue
        for name in sorted(set(names)):
            if framework.data_set(name, files) is None and (place := _missing_data(name, framework, files)):
                yield Unmatched("schema", origin, f"the schema refers to the data `{name}`, but there is no {place}")


def _missing_data(name: str, framework: Framework, files: Files) -> str | None:
    """Where the data `name` would be, if it is certain that there is nothing of that name."""
    if name.rpartition(".")[2] in ENDINGS:
        return None if files.find(name).status == "ok" else f"`{name}`"
    folders = framework.folders.data
    there = (found.partition(".")[0] for folder in folders for found in files.names(folder))
    return f"file `{folders[0]}/{name}.*`" if folders and name not in there else None


def unmatched(config: Config, files: Files) -> Iterator[Unmatched]:
    """The patterns of `config` itself that match no file in the folder of `files`, which is that of the configuration."""
    lists: list[tuple[str, Sequence[str], bool, str]] = [
        *((f"collections[{n}].include", one.include, True, "no post") for n, one in enumerate(config.collections)),
        *((f"per-path[{n}].paths", table.paths, True, "no file") for n, table in enumerate(config.per_path)),
        ("exclude", config.exclude, False, "no file"),
        *((f"collections[{n}].exclude", one.exclude, False, "no file") for n, one in enumerate(config.collections)),
    ]
    for name, patterns, together, what in lists:
        origin = config.origins.get(name)
        if origin is None or origin.file != os.path.abspath(config.file or ""):
            continue
        idle = [pattern for pattern in patterns if not _applies(pattern, files, what == "no post")]
        if idle and (not together or len(idle) == len(patterns)):
            key = name.rpartition(".")[2]
            yield Unmatched(key, origin, _message(key, idle, files, what))


def _message(key: str, idle: Sequence[str], files: Files, what: str) -> str:
    shown = " and ".join(f"`{pattern}`" for pattern in idle)
    folder = next((pattern for pattern in idle if files.names(pattern.rstrip("/"))), None)
    hint = f"; write `{folder.rstrip('/')}/**` for the files in that folder" if folder else ""
    if not hint and (missing := next(filter(None, (_missing_folder(pattern, files) for pattern in idle)), None)):
        hint = f"; there is no folder `{missing}`"
    return f"{shown} in `{key}` {'matches' if len(idle) == 1 else 'match'} {what}{hint}"


def _missing_folder(pattern: str, files: Files) -> str | None:
    """The first folder in the fixed part of `pattern` that is not there."""
    at = ""
    for part in filter(None, fixed_folder(pattern).split("/")):
        below = f"{at}/{part}" if at else part
        if part not in files.names(at):
            return below
        at = below
    return None


def _applies(pattern: str, files: Files, only_posts: bool) -> bool:
    """Whether `pattern` matches a file, or may match one that Git ignores and that is not here."""
    start = fixed_folder(pattern)
    if start.startswith(("../", "/")) or start == "..":
        return True
    if start and Ignore(files, files.root).holds(f"{start}/x"):
        return True
    pending, seen = [start], 0
    while pending and seen < _MOST_FOLDERS:
        folder = pending.pop()
        seen += 1
        for name, is_folder in files.entries(folder):
            path = f"{folder}/{name}" if folder else name
            if not is_folder:
                if matches(path, (pattern,)) and (not only_posts or is_markdown(name)):
                    return True
            elif name not in NO_SOURCES and not name.startswith("."):
                pending.append(path)
        if os.path.join(files.root, folder) in files.closed:
            return True  # Nobody knows what it holds.
    return False
