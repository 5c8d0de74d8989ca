"""Which note or file of a vault a link means: one is found by its name, wherever it lies.

Sources: the help pages of Obsidian, Internal links and Embed files. That case does not count, and that a path may leave out
its first folders, is how public vaults are written.
"""

import posixpath
import re

from postlint.files.files import Files
from postlint.frameworks._shared.file_index import FileIndex
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Target, Where, is_external
from postlint.frameworks.web import decoded

_NOTE = ".md"


class VaultLinks:
    """The links of one vault's notes."""

    def __init__(self, files: Files | None) -> None:
        self._files = FileIndex(files, ("",), hidden=False)

    def lead(self, path: str, target: str, where: Where) -> Target:
        if where == "field":
            return UNKNOWN  # themes and plugins decide what an image in a property is
        if is_external(target):
            return EXTERNAL
        written = target.partition("#")[0] if where == "shortcode" else decoded(re.sub(r"[?#].*", "", target))
        written = written.strip()
        if not written:
            return Target("files", (path,)) if "#" in target else UNKNOWN
        found = self._found(path, written)
        if found is not None:
            return Target("files", (found,))
        return Target("files", (self._asked(path, written),), certain=False)

    def _found(self, path: str, written: str) -> str | None:
        """The file that is meant: of several the one beside the note at `path`, else the one with the shortest path."""
        name = posixpath.basename(written.rstrip("/"))
        candidates = self._files.named(name) or self._files.named(name + _NOTE)
        asked = self._asked(path, written).lower()
        if written.startswith(("./", "../", "/")):
            return next((each for each in candidates if each.lower() in (asked, asked + _NOTE)), None)
        ends = (f"/{written.lower()}", f"/{written.lower()}{_NOTE}")
        fits = [each for each in candidates if f"/{each.lower()}".endswith(ends)]
        beside = posixpath.dirname(path)
        return min(fits, key=lambda each: (posixpath.dirname(each) != beside, len(each), each), default=None)

    def _asked(self, path: str, written: str) -> str:
        """The path that `written` spells out, from the root of the vault."""
        folder = posixpath.dirname(path) if written.startswith(("./", "../")) else ""
        return posixpath.normpath(posixpath.join(folder, written.lstrip("/")))
