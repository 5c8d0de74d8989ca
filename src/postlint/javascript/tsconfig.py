"""The path aliases of a TypeScript or JavaScript project: `compilerOptions.paths`, as bundlers use them."""

import posixpath
from typing import NamedTuple

from postlint.files.files import Files
from postlint.javascript.literals import parse_value

_FILES = ("tsconfig.json", "jsconfig.json")
_MOST_PARENTS = 5


class Alias(NamedTuple):
    """`prefix` + anything + `suffix` stands for each of `folders` with it; without a `*` the whole is `prefix` and
    `suffix` is None. Folders are relative to the project, with a `*` where the rest goes."""

    prefix: str
    suffix: str | None
    folders: tuple[str, ...]


class Aliases(NamedTuple):
    """The aliases, the longest prefix first, and the file they come from. `complete` is False if there may be more:
    the file, or one that it extends, cannot be read."""

    aliases: tuple[Alias, ...] = ()
    complete: bool = False
    file: str | None = None

    def resolve(self, target: str) -> tuple[str, ...]:
        """The files that `target` may stand for, relative to the project; empty if no alias fits."""
        for prefix, suffix, folders in self.aliases:
            if suffix is None:
                if target == prefix:
                    return folders
            elif target.startswith(prefix) and target.endswith(suffix) and len(target) >= len(prefix) + len(suffix):
                rest = target[len(prefix) : len(target) - len(suffix)]
                return tuple(posixpath.normpath(folder.replace("*", rest, 1)) for folder in folders)
        return ()


def read(files: Files) -> Aliases:
    """The aliases of the project at `files.root`."""
    for name in _FILES:
        if files.is_file(name):
            return _read(files, name)
    return Aliases(complete=True)


def _read(files: Files, first: str) -> Aliases:
    name, complete = first, True
    for _ in range(_MOST_PARENTS):
        config = parse_value(files.read_text(name) or "")
        if not isinstance(config, dict):
            return Aliases((), False, first)
        options = config.get("compilerOptions")
        options = options if isinstance(options, dict) else {}
        if isinstance(paths := options.get("paths"), dict):
            root = options.get("baseUrl", ".")
            folder = posixpath.join(posixpath.dirname(name), root if isinstance(root, str) else ".")
            return Aliases(_aliases(paths, folder), complete, first)
        parent = config.get("extends")
        if parent is None or (isinstance(parent, str) and parent.startswith("astro/tsconfigs/")):
            return Aliases((), True, first)
        if not isinstance(parent, str) or not parent.startswith("."):
            return Aliases((), False, first)
        name = posixpath.normpath(posixpath.join(posixpath.dirname(name), parent))
        name = name if name.endswith(".json") else f"{name}.json"
    return Aliases((), False, first)


def _aliases(paths: dict[str, object], folder: str) -> tuple[Alias, ...]:
    out = []
    for pattern, targets in paths.items():
        if isinstance(targets, list):
            prefix, star, suffix = pattern.partition("*")
            folders = [posixpath.normpath(posixpath.join(folder, to)) for to in targets if isinstance(to, str)]
            out.append(Alias(prefix, suffix if star else None, tuple(folders)))
    return tuple(sorted(out, key=lambda alias: (alias.suffix is not None, -len(alias.prefix))))
