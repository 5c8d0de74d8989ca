"""What the remark and rehype plugins that a site's settings name may change, told from their names and own sources."""

import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple

from postlint.files.files import Files

_LIST = re.compile(r"\b(?:remark|rehype)Plugins\s*:\s*(\[)?")
_BRACKET = re.compile(r"[\[\]]")
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
# Packages that deal with links and ids by their names, and do the page no harm.
_HARMLESS = frozenset(
    (
        *("rehype-autolink-headings", "remark-autolink-headings", "rehype-external-links", "remark-external-links"),
        *("rehype-slug", "remark-toc", "remark-link-card", "remark-sectionize"),
    )
)
_ALIAS = re.compile(r"@/|[~#$]|src/")
_OF_LINKS = re.compile(r"link|url|href|wiki|obsidian|relative|rewrite|base|path|roam|permalink")
_OF_IDS = re.compile(r"slug|heading|anchor|toc|section|\bids?\b")
_LINKS_IN_CODE = re.compile(r"href|\burl\b|[\"'`](?:a|link|linkReference|definition)[\"'`]")
_IDS_IN_CODE = re.compile(r"\bid\b|heading|[\"'`]h[1-6][\"'`]")
_ENDINGS = ("", ".js", ".mjs", ".ts", ".mts", "/index.js", "/index.ts")


class Changes(NamedTuple):
    """Whether addresses of links, and ids of headings, may be others than Markdown's own."""

    links: bool = False
    ids: bool = False


def read(files: Files, path: str, imports: Mapping[str, str]) -> Changes:
    """What the plugins that are named in the file at `path` may change; `imports` are those of that file. Code that
    can't be found may change everything."""
    text = files.read_text(path) or ""
    links = ids = False
    for start in _LIST.finditer(text):
        if not start[1]:
            return Changes(True, True)
        named = set(_NAME.findall(text, start.end(), _end(text, start.end())))
        for module in {imports[name] for name in named & imports.keys()} or {""}:
            if module.startswith("."):
                code = _code(files, posixpath.normpath(posixpath.join(posixpath.dirname(path), module)))
                links = links or code is None or _LINKS_IN_CODE.search(code) is not None
                ids = ids or code is None or _IDS_IN_CODE.search(code) is not None
            elif _ALIAS.match(module):
                return Changes(True, True)
            elif module not in _HARMLESS:
                links = links or _OF_LINKS.search(module) is not None
                ids = ids or _OF_IDS.search(module) is not None
        if any(re.search(rf"\b(?:function|const|let|var)\s+{re.escape(name)}\b", text) for name in named):
            links = links or _LINKS_IN_CODE.search(_without_comments(text)) is not None
            ids = ids or _IDS_IN_CODE.search(_without_comments(text)) is not None
    return Changes(links, ids)


def _end(text: str, position: int) -> int:
    """Where the list that is open at `position` is closed."""
    depth = 1
    for bracket in _BRACKET.finditer(text, position):
        depth += 1 if bracket[0] == "[" else -1
        if not depth:
            return bracket.start()
    return len(text)


def _code(files: Files, path: str) -> str | None:
    for ending in _ENDINGS:
        text = files.read_text(path + ending) if not path.startswith("..") else None
        if text is not None:
            return _without_comments(text)
    return None


def _without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|(?<![:\"'])//[^\n]*", "", text, flags=re.DOTALL)
