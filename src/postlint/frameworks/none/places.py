"""Where images and links of posts lead while no framework says it: beside the post, or where static files lie by custom."""

import posixpath
import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from postlint.files.files import Files
from postlint.frameworks import web
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Target, Where, is_external

_STATIC = ("static", "public", "assets", "images", "source")
_ROOTS = ("", "static", "public", "src", "assets", "docs", "content", "source", "www")
_SERVED = ("static", "public")
_ALIAS = re.compile(r"[@~#$][\w-]*/|[\w-]+:")
_GENERATED = ("_next/", "_astro/")
_TEMPLATE = ("{", "<%", "${", "$lib")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{2,5}(?:[?#]|$)")
_DATED = re.compile(r"\d{4}-\d\d-\d\d-")
_SOURCE = re.compile(r"\.(?:md|mdx|markdown|svx)$", re.IGNORECASE)


class PlainPlaces:
    """The images and links of posts, which lie in `folders`."""

    def __init__(self, files: Files | None, folders: Sequence[str]) -> None:
        self._folders = tuple(folders)
        # The folders in each place that may be the root of the site, which may be a part of what is here.
        sites = dict.fromkeys(site for folder in ("", *folders) for site in _above(folder))
        roots = [posixpath.join(site, root).rstrip("/") for site in sites for root in _ROOTS]
        listed = [(root, files.names(root)) for root in roots] if files else []
        self._roots = {
            root: {name for name, is_folder in names.items() if is_folder} for root, names in listed if names
        }

    def image(self, path: str, target: str, where: Where) -> Target:
        """Beside the post, then at the same path in the folders that often hold static files. From the root in the folders
        that are there, else where files are served from; what a template or an alias makes of it is not judged."""
        if is_external(target):
            return EXTERNAL
        if target.startswith(("#", "?")) or any(mark in target for mark in _TEMPLATE) or _ALIAS.match(target):
            return UNKNOWN
        written = re.split(r"[?#]", target, maxsplit=1)[0]
        if not _EXTENSION.search(written) or written.lstrip("/").startswith(_GENERATED):
            return UNKNOWN
        if where == "field" and web.HOST.match(written):
            return UNKNOWN
        if target.startswith("/"):
            return self._rooted(path, unquote(written))
        forms = dict.fromkeys((target, written, unquote(written)))
        folders = (posixpath.dirname(path), *_STATIC, *(("", "src") if where == "field" else ()))
        return _first(posixpath.join(folder, form) for folder in folders for form in forms)

    def embedded(self, path: str, target: str) -> Target:
        """An image that is found by its name, in whatever folder it lies."""
        return _first((posixpath.join(posixpath.dirname(path), target), target.lstrip("./")))

    def _rooted(self, path: str, form: str) -> Target:
        first, _, below = form[1:].partition("/")
        roots = [root for root, folders in self._roots.items() if first in folders]
        if not roots:
            served = [root for root in self._roots if posixpath.basename(root) in _SERVED] or [""]
            return _first(f"{root}{form}".lstrip("/") for root in served) if below else UNKNOWN
        folder, _, name = path.rpartition("/")
        # Middleman serves what lies in a folder named like a dated post from the post's address.
        own = [posixpath.join(folder, name.partition(".")[0], posixpath.basename(form))] if _DATED.match(name) else []
        return _first((*(f"{root}{form}".lstrip("/") for root in roots), *own))

    def link(self, path: str, target: str, where: Where) -> Target:
        """A link to another source, beside the post or from one of the folders of posts; addresses are not known."""
        if is_external(target):
            return EXTERNAL
        written = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
        if not _SOURCE.search(written) or any(mark in target for mark in _TEMPLATE) or _ALIAS.match(target):
            return UNKNOWN
        if where not in ("markdown", "reference"):
            return UNKNOWN
        beside = () if written.startswith("/") else (posixpath.dirname(path),)
        below = written.lstrip("/")
        return _first(posixpath.join(folder, below) for folder in (*beside, "", *self._folders))._replace(certain=True)


def _above(folder: str) -> Iterable[str]:
    """The root, and every folder around `folder`, the outer ones first."""
    yield ""
    for at, letter in enumerate(folder):
        if letter == "/":
            yield folder[:at]


def _first(paths: Iterable[str]) -> Target:
    """The first of `paths` that is there; unknown if the very first leads out of the site."""
    whole = [posixpath.normpath(path) for path in paths]
    if whole[0].startswith(".."):
        return UNKNOWN
    return Target("files", tuple(dict.fromkeys(path for path in whole if not path.startswith(".."))), certain=False)
