"""Where Quartz puts a note, and which note or file a link means.

Sources: jackyzha0/quartz 4.5, quartz/util/path.ts and plugins/transformers/links.ts; @quartz-community/utils path.ts of
version 5; builds with 4.5.
"""

import posixpath
import re
from collections.abc import Iterator

from postlint.files.files import Files
from postlint.files.globs import matches
from postlint.frameworks._shared import file_index
from postlint.frameworks.quartz.settings import CONTENT, QuartzSettings

_MOST = 200_000
_NOTE = ".md"
_COMMENT = re.compile(r"%%[^%]*(?:%[^%]+)*%%")
_HEADING = re.compile(r"(\[\[[^\[\]|#\\]*)#([^\[\]|#\\^][^\[\]|#\\]*)")
_ENDING = re.compile(r"\.[A-Za-z0-9]+$")


def slug(path: str, version: int) -> str:
    """`path`, without the ending of a note, as an address has it."""
    out = []
    for part in path.split("/"):
        made = re.sub(r"\s", "-", part).replace("&", "-and-").replace("%", "-percent").replace("?", "").replace("#", "")
        out.append(re.sub(r'[<>:"|*]', "", made) if version >= 5 else made)
    return "/".join(out)


def address(below: str, version: int) -> str:
    """The address of the note at `below`, a path in the folder of the notes."""
    made = slug(below.removesuffix(_NOTE), version)
    made = made.lower() if version >= 5 else made
    folder, _, name = made.rpartition("/")
    if name in ("index", "_index") or (version >= 5 and folder and posixpath.basename(folder) == name):
        return f"/{folder}/" if folder else "/"
    return f"/{made}"


def rewritten(value: object) -> object:
    """A value of the front matter, whose text Quartz changes as it does that of the body (plugins/transformers/ofm.ts,
    textTransform): comments go, and headings in wikilinks are written as their ids."""
    if isinstance(value, list):
        return [rewritten(each) for each in value]
    if not isinstance(value, str) or ("%%" not in value and "[[" not in value):
        return value
    return _HEADING.sub(_as_id, _COMMENT.sub("", value))


def _as_id(found: "re.Match[str]") -> str:
    from postlint.frameworks._shared import github_anchors

    (made,) = github_anchors.anchors([found[2].strip()])
    return f"{found[1]}#{made}"


class Names:
    """The notes and other files of one site, by the last part of their address."""

    def __init__(self, files: Files | None, site: QuartzSettings) -> None:
        self._files = files
        self._site = site
        self._by_name: dict[str, list[tuple[str, str]]] | None = None

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_by_name": None}

    def named(self, name: str) -> list[tuple[str, str]]:
        """(address, path below the folder of the notes) of all whose last part of the address is `name`."""
        if self._by_name is None:
            self._by_name = {}
            for below in self._all():
                made = address(below, self._site.version) if below.endswith(_NOTE) else self.served(below)
                self._by_name.setdefault(posixpath.basename(made.rstrip("/")), []).append((made, below))
        return self._by_name.get(name, [])

    def served(self, below: str) -> str:
        """The address of a file that is not a note: HTML loses its ending."""
        made = "/" + slug(below, self._site.version)
        return made.removesuffix(".html") if made.endswith(".html") else made

    def _all(self) -> Iterator[str]:
        """The paths below the folder of the notes of what Quartz reads or copies."""
        start = len(CONTENT) + 1
        if self._files is not None:
            for path in file_index.below(self._files, CONTENT, _MOST, self._is_skipped):
                yield path[start:]

    def _is_skipped(self, path: str) -> bool:
        return file_index.is_hidden(path) or matches(path[len(CONTENT) + 1 :], self._site.ignored)
