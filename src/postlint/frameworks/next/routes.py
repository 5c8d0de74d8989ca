"""A Next.js site's tree of routes: which addresses its pages and handlers could answer.

Source: package next, shared/lib/router/utils (app-paths, route-regex); docs "Project structure".
"""

import re
from collections.abc import Iterator

from postlint.files.files import Files

_MOST_FILES = 4000
_ENDINGS = ("tsx", "ts", "jsx", "js", "mdx", "md")
_NO_SEGMENT = re.compile(r"\([^().]*\)|@.*")
_INTERCEPTING = re.compile(r"(?:\(\.{1,3}\))+")
# What runs before all routes, and may answer by itself.
_GATES = frozenset(f"{name}.{ending}" for name in ("middleware", "proxy") for ending in _ENDINGS)


def read(files: Files) -> "re.Pattern[str] | None":
    """The addresses, without a slash at the end, that routes could answer; None if that is not known."""
    if any(name in _GATES for folder in ("", "src") for name in files.names(folder)):
        return None
    found: set[str] = set()
    for folder, is_app in (("app", True), ("src/app", True), ("pages", False), ("src/pages", False)):
        if files.find_folder(folder).status == "ok":
            for route in _walk(files, folder, is_app):
                if len(found) >= _MOST_FILES:
                    return None
                found.add(_pattern(route))
    return re.compile("|".join(sorted(found))) if found else None


def _walk(files: Files, root: str, is_app: bool) -> Iterator[list[str]]:
    """The segments of each route below `root`."""
    pending: list[tuple[str, list[str]]] = [(root, [])]
    seen = 0
    while pending and seen < _MOST_FILES:
        folder, segments = pending.pop()
        for name, is_folder in files.names(folder).items():
            seen += 1
            if is_folder:
                if not (is_app and name.startswith(("_", "."))):
                    part = _INTERCEPTING.sub("", name)
                    added = [] if is_app and _NO_SEGMENT.fullmatch(part) else [part]
                    pending.append((f"{folder}/{name}", [*segments, *added]))
                continue
            stem, _, ending = name.rpartition(".")
            if ending not in _ENDINGS:
                continue
            if not is_app:
                yield segments if stem == "index" else [*segments, stem]
            elif stem in ("page", "route", "default"):
                yield segments


def _pattern(segments: list[str]) -> str:
    out = ""
    for segment in segments:
        if segment.startswith(("[...", "[[...")):
            return f"{out}(?:/.*)?"
        out += "/[^/]+" if segment.startswith("[") else "/" + re.escape(segment)
    return out
