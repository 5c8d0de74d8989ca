"""Which files of a MyST project are pages, and the address of each.

Sources: mystmd 1.11, packages myst-cli (project/load.ts, utils/fileInfo.ts, resolveExtension.ts); builds with it.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from postlint.files.files import Files
from postlint.files.globs import matches
from postlint.frameworks._shared import site_settings

_MOST = 50_000
_ENDINGS = (".md", ".ipynb", ".tex", ".myst.json")
_LEFT_OUT = ("node_modules", "_build")
_HOMES = ("index", "readme", "main")
# Digits that begin a name are an order, unless they are a year or a long number.
_ORDER = re.compile(r"^(?!(?:1\d{3}|2\d{3})(?!\d))(?!\d{5})[\d.\-_]+")
_LONGEST = 50


def slug(name: str) -> str:
    """The part of an address that the file `name`, without its ending, gives; empty if no sign of it is left."""
    cut = _ORDER.sub("", name)
    text = (cut or name).lower().replace("&", "and")
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")[:_LONGEST].strip("-")


class Pages:
    """The pages of one project. They are listed when the first one is asked for."""

    def __init__(self, files: Files | None, config: Mapping[str, Any]) -> None:
        self._files = files
        project = site_settings.table(config, "project")
        excluded = project.get("exclude", [])
        texts = [excluded] if isinstance(excluded, str) else excluded
        self.excluded = tuple(each for each in texts if isinstance(each, str)) if isinstance(texts, list) else ()
        self._contents = project.get("toc")
        self._folders = site_settings.table(site_settings.table(config, "site"), "options").get("folders") is True
        self._addresses: dict[str, str] | None = None

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_addresses": None}

    def address(self, path: str) -> str | None:
        """The address of the page at `path`; None if it is no page, empty if it has no usable address."""
        if self._addresses is None:
            self._addresses = self._all()
        return self._addresses.get(path)

    def _all(self) -> dict[str, str]:
        listed = self._listed()
        paths = list(dict.fromkeys(listed if listed is not None else self._found()))
        home = paths[0] if listed and paths else self._home(paths)
        out: dict[str, str] = {home: "/"} if home else {}
        taken = {"index"}
        for path in paths:
            if path == home:
                continue
            made = free = self._slug(path)
            number = 0
            while free in taken:
                number += 1
                free = f"{made}-{number}"
            taken.add(free)
            out[path] = f"/{free}" if made else ""
        return out

    def _slug(self, path: str) -> str:
        folder, _, name = _stem(path).rpartition("/")
        if not self._folders:
            return slug(name)
        parts = [slug(each) for each in folder.split("/") if each]
        return "/".join([*parts, *([] if name.lower() == "index" and parts else [slug(name)])])

    def _home(self, paths: list[str]) -> str | None:
        for wanted in _HOMES:
            for path in paths:
                if _stem(path).lower() == wanted:
                    return path
        return paths[0] if paths else None

    def _found(self) -> Iterator[str]:
        """All files that may be pages, those of a folder before those below it."""
        pending, seen = [""], 0
        while pending and self._files is not None and seen < _MOST:
            folder = pending.pop(0)
            below: list[str] = []
            for name, is_folder in sorted(self._files.names(folder).items()):
                seen += 1
                path = f"{folder}/{name}".lstrip("/")
                if name.startswith(".") or matches(path, self.excluded):
                    continue
                if not is_folder:
                    if name.lower().endswith(_ENDINGS):
                        yield path
                elif name not in _LEFT_OUT and not self._files.is_file(f"{path}/myst.yml"):
                    below.append(path)
            pending = below + pending

    def _listed(self) -> list[str] | None:
        """What the table of contents lists, None if there is none."""
        if isinstance(self._contents, list):
            return list(self._entries(self._contents, 0))
        older = site_settings.load(self._files, "_toc.yml") if self._files and self._files.is_file("_toc.yml") else None
        if isinstance(older, dict):
            root = [{"file": older["root"]}] if isinstance(older.get("root"), str) else []
            return list(self._entries([*root, older], 0))
        return None

    def _entries(self, entries: list[Any], depth: int) -> Iterator[str]:
        for entry in entries if depth < 20 else ():
            if not isinstance(entry, dict):
                continue
            if isinstance(entry.get("file"), str) and (found := self._named(entry["file"])):
                yield found
            if isinstance(entry.get("pattern"), str):
                yield from (path for path in self._found() if matches(path, (entry["pattern"],)))
            for key in ("children", "parts", "chapters", "sections"):
                if isinstance(entry.get(key), list):
                    yield from self._entries(entry[key], depth + 1)

    def _named(self, name: str) -> str | None:
        path = posixpath.normpath(name)
        if path.startswith("..") or self._files is None:
            return None
        return next((each for each in (path, f"{path}.md", f"{path}.ipynb") if self._files.is_file(each)), None)


def _stem(path: str) -> str:
    lowered = path.lower()
    ending = next((each for each in _ENDINGS if lowered.endswith(each)), "")
    return path[: len(path) - len(ending)]
