"""The addresses that a site's host serves or redirects, according to the host's settings in the repository.

Sources: the documentation of Netlify (`_redirects`, `netlify.toml`), Cloudflare Pages (`_redirects`), Vercel
(`vercel.json`: redirects, rewrites, routes), Firebase (`firebase.json`) and Azure (`staticwebapp.config.json`).
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import unquote

from postlint.files.files import Files

_PLACEHOLDER = re.compile(r"(\*\*?|:\w+(?:\(\.\*\)|[*+])|\(\.\*\)|\(\.\+\))|(:\w+\??)")
_SPECIAL = re.compile(r"[*:(\[{?+\\^$|]")
_ESCAPED = re.compile(r"\\([./-])")
_END = re.compile(r"(?:/index)?\.html$")
_MOST_PATTERNS = 2_000
_MOST_PLACEHOLDERS = 2
_SETTINGS = ("vercel.json", "now.json", "firebase.json", "staticwebapp.config.json", "netlify.toml")
FILES = frozenset(("_redirects", *_SETTINGS))
"""The names of the files that are read."""


class Redirects:
    """The addresses that redirect rules cover: exact ones, and patterns; if there are too many patterns, all addresses."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._whole: set[str] = set()
        self._patterns: list[re.Pattern[str]] = []
        for source in dict.fromkeys(sources):
            plain = _ESCAPED.sub(r"\1", source.removeprefix("^").removesuffix("$").removesuffix("/?"))
            if not _SPECIAL.search(plain):
                self._whole.add(_bare(plain))
            elif len(self._patterns) < _MOST_PATTERNS:
                self._patterns.append(_pattern(plain))
            else:
                self._patterns[0] = re.compile("")

    def cover(self, address: str) -> bool:
        """Whether a rule is about `address`."""
        if not self._whole and not self._patterns:
            return False
        bare = _bare(address)
        return bare in self._whole or any(pattern.match(f"{bare}/") for pattern in self._patterns)


def _pattern(source: str) -> "re.Pattern[str]":
    """The addresses that `source` covers: `*` and `:path*` stand for anything, `:name` for a part of a path. Anything may
    follow a part that is harder to read."""
    out, last = "", 0
    for found in islice(_PLACEHOLDER.finditer(source), _MOST_PLACEHOLDERS):
        literal = source[last : found.start()]
        if _SPECIAL.search(literal):
            break
        out += re.escape(unquote(literal).lower()) + (".*" if found[1] else "[^/]+")
        last = found.end()
    rest = source[last:]
    special = _SPECIAL.search(rest)
    if special:
        return re.compile(out + re.escape(unquote(rest[: special.start()]).lower()))
    return re.compile(out + re.escape(unquote(rest).lower().rstrip("/")) + "/?$")


def read(files: Files, folders: Iterable[str]) -> Redirects:
    """Those of the site at `files.root`; `folders` are served from its root, and may hold a `_redirects` file."""
    sources: list[str] = []
    for folder in ("", *folders):
        sources += _lines(files.read_text(f"{folder}/_redirects".lstrip("/")) or "")
    for place in (files, *files.above()):
        sources += _lines(place.read_text("_redirects") or "")
        for name in _SETTINGS:
            text = place.read_text(name)
            if text is not None:
                sources += _settings(text, name.endswith(".toml"))
    return Redirects(sources)


def _lines(text: str) -> Iterator[str]:
    """The addresses that the lines of a `_redirects` file cover."""
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if len(words) > 1 and _matters(words[0], words[1], words[-1].rstrip("!")):
            yield words[0]


def _settings(text: str, is_toml: bool) -> Iterator[str]:
    try:
        data: Any = tomllib.loads(text) if is_toml else json.loads(text)
    except (ValueError, RecursionError):
        return
    for table in (data, data.get("hosting") if isinstance(data, dict) else None):
        for key in ("redirects", "rewrites", "routes"):
            rules = table.get(key) if isinstance(table, dict) else None
            for rule in rules if isinstance(rules, list) else ():
                if isinstance(rule, dict):
                    source = _first(rule, ("source", "from", "src", "route", "regex"))
                    to = _first(rule, ("destination", "to", "dest"))
                    if source and _matters(source, to, str(rule.get("status", ""))):
                        yield source


def _first(rule: dict[str, Any], keys: Iterable[str]) -> str:
    return next((rule[key] for key in keys if isinstance(rule.get(key), str)), "")


def _matters(source: str, to: str, status: str) -> bool:
    """Whether a rule shows that an address exists. It does not if it answers that nothing is there, covers addresses of
    another host, or only appends `.html`."""
    if status in ("404", "410") or "://" in source:
        return False
    return _END.sub("", to).replace(":splat", "*") != source


def _bare(address: str) -> str:
    return unquote(address).rstrip("/").lower()
