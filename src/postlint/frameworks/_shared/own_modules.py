"""The text of a site's own JavaScript modules, as far as one imports the next by a literal path."""

import posixpath
import re
from collections.abc import Iterable, Iterator

from postlint.files.files import Files

_IMPORTED = re.compile(r"""(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)["'](\.{1,2}/[^"'\n]{1,200})["']""")
_ENDINGS = ("", ".js", ".mjs", ".cjs", ".ts", "/index.js", "/index.mjs", "/index.cjs", "/index.ts")
_MOST = 80


def texts(files: Files, starts: Iterable[str]) -> Iterator[str | None]:
    """The text of each module that `starts` lead to; None for one that is not there."""
    pending = list(starts)
    seen: set[str] = set()
    while pending and len(seen) < _MOST:
        path = pending.pop()
        if path in seen:
            continue
        seen.add(path)
        text = files.read_text(path)
        yield text
        for written in _IMPORTED.findall(text or ""):
            asked = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
            found = next((asked + ending for ending in _ENDINGS if files.is_file(asked + ending)), asked)
            if not found.endswith((".json", ".css")):
                pending.append(found)


def below(files: Files, folder: str, endings: tuple[str, ...]) -> Iterator[str]:
    """The paths of files with one of `endings` below `folder`, relative to the root of `files`; at most some thousand."""
    pending, seen = [folder], 0
    while pending and seen < 4000:
        at = pending.pop()
        for name, is_folder in sorted(files.names(at).items()):
            seen += 1
            path = f"{at}/{name}" if at else name
            if is_folder:
                pending.append(path)
            elif name.endswith(endings):
                yield path
