"""What a Jekyll site's settings say of the pages that plugins make: archives, numbered pages, feeds, the site map."""

import posixpath
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from postlint.files.files import Files

_PERMALINKS = {
    "year": "/:year/",
    "month": "/:year/:month/",
    "day": "/:year/:month/:day/",
    "tag": "/tag/:name/",
    "category": "/category/:name/",
}
_ENABLED = {"tag": "tags", "category": "categories"}
_GEM = re.compile(r"""^[^#\n]*gem\s*\(?\s*["'](jekyll-[\w-]+)["']""", re.MULTILINE)


class ListSettings(NamedTuple):
    """`archives` are the templates of the addresses of archives, by kind. `numbered` is that of pages after the first one,
    None if there are none, `per_page` the number of posts on each. `files` are the addresses of files, each with what it
    is."""

    archives: Mapping[str, str] = {}
    numbered: str | None = None
    per_page: int = 0
    files: tuple[tuple[str, str], ...] = ()


def read(data: Mapping[str, Any], plugins: frozenset[str], pages: bool, files: Files, source: str) -> ListSettings:
    """The settings for the plugins that are loaded: those named in the settings, in the Gemfile's group for that, and on
    GitHub Pages (`pages`) those that are always there."""
    gemfile = files.read_text("Gemfile") or ""
    loaded = {*plugins, *(_GEM.findall(gemfile) if "jekyll_plugins" in gemfile else ())}
    if pages:
        loaded = (loaded | {"jekyll-paginate"}) - {"jekyll-archives"}
    per_page, numbered = data.get("paginate"), data.get("paginate_path", "/page:num")
    paged = "jekyll-paginate" in loaded and "jekyll-paginate-v2" not in loaded
    paged = paged and isinstance(per_page, int) and isinstance(numbered, str) and ":num" in numbered
    found = []
    if "jekyll-feed" in loaded:
        options = data.get("feed")
        path = options.get("path") if isinstance(options, dict) else None
        found.append((f"/{path.lstrip('/')}" if isinstance(path, str) else "/feed.xml", "the feed of posts"))
    if "jekyll-sitemap" in loaded:
        found.append(("/sitemap.xml", "the site map"))
    return ListSettings(
        _archives(data.get("jekyll-archives")) if "jekyll-archives" in loaded else {},
        f"/{numbered.lstrip('/')}" if paged and _has_template(files, source, numbered) else None,
        per_page if isinstance(per_page, int) else 0,
        tuple(found),
    )


def _archives(value: object) -> dict[str, str]:
    options: dict[str, Any] = value if isinstance(value, dict) else {}
    enabled, own = options.get("enabled"), options.get("permalinks")
    permalinks = {**_PERMALINKS, **(own if isinstance(own, dict) else {})}
    return {
        kind: permalinks[kind]
        for kind in _PERMALINKS
        if isinstance(permalinks[kind], str)
        and (enabled in (True, "all") or (isinstance(enabled, list) and _ENABLED.get(kind, kind) in enabled))
    }


def _has_template(files: Files, source: str, numbered: str) -> bool:
    """Whether there is an `index.html` in a folder that numbered pages lie in, or above."""
    folder = posixpath.dirname(numbered.strip("/"))
    while True:
        if files.is_file(posixpath.join(source, folder, "index.html")):
            return True
        if not folder:
            return False
        folder = posixpath.dirname(folder)
