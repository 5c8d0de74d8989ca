"""A site's own JavaScript modules, each read once, with the constants that one imports from the next."""

import json
import posixpath
from typing import Any

from postlint.files.files import Files
from postlint.javascript import tsconfig
from postlint.javascript.literals import UNREADABLE, Module, parse_module

_ENDINGS = ("", ".ts", ".tsx", ".js", ".mjs", ".mts", ".cjs", "/index.ts", "/index.tsx", "/index.js", "/index.mjs")
_MOST = 40


class Modules:
    """Reads modules of the site at the root of `files`. At most some dozens are read; more are unreadable."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._read: dict[str, Module | None] = {}
        self._aliases: tsconfig.Aliases | None = None

    def module(self, path: str) -> Module:
        """The module at `path`; without exports if it is not there."""
        if path not in self._read:
            # A module that imports itself, through others, does not get what it is still to export.
            self._read[path] = None
            text = self._files.read_text(path) or ""
            self._read[path] = parse_module(text, path, lambda place, name: self._imported(path, place, name))
        return self._read[path] or Module({}, {})

    def _imported(self, importer: str, place: str, name: str) -> Any:
        path = self._find(importer, place)
        if path is None:
            return UNREADABLE
        if path.endswith(".json"):
            return self._json(path) if name == "default" else UNREADABLE
        return self.module(path).exports.get(name, UNREADABLE)

    def _find(self, importer: str, place: str) -> str | None:
        """The path of the module that `importer` imports as `place`; None for packages."""
        if place.startswith("."):
            stems: tuple[str, ...] = (posixpath.normpath(posixpath.join(posixpath.dirname(importer), place)),)
        elif place.startswith(("@/", "~/", "#", "$")) or place.partition("/")[0] in self._files.names(""):
            if self._aliases is None:
                self._aliases = tsconfig.read(self._files)
            stems = self._aliases.resolve(place) or (place,)
        else:
            return None
        for stem in stems:
            if stem.startswith("..") or len(self._read) >= _MOST:
                continue
            # TypeScript names the file that it will write.
            for each in (stem, stem.removesuffix(".js")):
                for ending in _ENDINGS:
                    if self._files.is_file(each + ending):
                        return each + ending
        return None

    def _json(self, path: str) -> Any:
        try:
            return json.loads(self._files.read_text(path) or "")
        except (ValueError, RecursionError):
            return UNREADABLE
