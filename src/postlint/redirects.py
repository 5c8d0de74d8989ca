"""The addresses that a site's host answers or leads elsewhere, by the settings for it that lie in the repository.

Sources: the documentation of Netlify (`_redirects`, `netlify.toml`), Cloudflare Pages (`_redirects`), Vercel
(`vercel.json`: redirects, rewrites, routes), Firebase (`firebase.json`) and Azure (`staticwebapp.config.json`).
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote

from postlint.files import Files

_SPECIAL = re.compile(r"[*:(\[{?+\\^$|]")
_ESCAPED = re.compile(r"\\([./-])")
_MOST_RULES = 20_000


class Redirects:
    """Whole addresses, and beginnings of addresses where a rule has a placeholder behind them."""

    def __init__(self, sources: Iterable[str]) -> None:
        self._whole: set[str] = set()
        self._beginnings: set[str] = set()
        for source in sources:
            plain = _ESCAPED.sub(r"\1", source.removeprefix("^").removesuffix("$").removesuffix("/?"))
            special = _SPECIAL.search(plain)
            if special:
                self._beginnings.add(unquote(plain[: special.start()]).lower())
            else:
                self._whole.add(_bare(plain))

    def cover(self, address: str) -> bool:
        """Whether a rule is about `address`."""
        if not self._whole and not self._beginnings:
            return False
        bare = _bare(address)
        return bare in self._whole or any((bare + "/").startswith(beginning) for beginning in self._beginnings)


def read(files: Files, folders: Iterable[str]) -> Redirects:
    """Those of the site at `files.root`; `folders` are served from its root, and may hold a `_redirects` file."""
    sources: list[str] = []
    for folder in ("", *folders):
        sources += _lines(files.read_text(f"{folder}/_redirects".lstrip("/")) or "")
    for place in (files, *files.above()):
        sources += _lines(place.read_text("_redirects") or "")
        for name in ("vercel.json", "now.json", "firebase.json", "staticwebapp.config.json", "netlify.toml"):
            text = place.read_text(name)
            if text is not None:
                sources += _settings(text, name.endswith(".toml"))
    return Redirects(sources[:_MOST_RULES])


def _lines(text: str) -> Iterator[str]:
    """What the lines of a `_redirects` file are about; those that tell a browser that there is nothing, left out."""
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if len(words) > 1 and not any(word.startswith(("404", "410")) for word in words[2:]):
            yield re.sub(r"https?://[^/]+", "", words[0]) or "/*"


def _settings(text: str, is_toml: bool) -> Iterator[str]:
    try:
        data: Any = tomllib.loads(text) if is_toml else json.loads(text)
    except (ValueError, RecursionError):
        return
    for table in (data, data.get("hosting") if isinstance(data, dict) else None):
        for key in ("redirects", "rewrites", "routes"):
            rules = table.get(key) if isinstance(table, dict) else None
            for rule in rules if isinstance(rules, list) else ():
                if not isinstance(rule, dict) or rule.get("status") in (404, 410):
                    continue
                source = next(
                    (rule[word] for word in ("source", "from", "src", "route", "regex") if word in rule), None
                )
                if isinstance(source, str):
                    yield source


def _bare(address: str) -> str:
    return unquote(address).rstrip("/").lower()
