"""Finds the addresses in built HTML that the built site does not serve.

usage: python scripts/walk_html.py FOLDER [--origin https://example.org] [--base /blog/] [--format text|jsonl]

FOLDER is what a generator has built. Of every page, the images, scripts, media, links and anchors are followed as a
browser follows them. An address is dead if no file of FOLDER answers it, in the same case, or if the page has no element
with the `id` that the fragment names. `--origin` is the site's own host: addresses on it are followed too, all other
hosts are left alone. `--base` is the path at which FOLDER is served.

Each dead address is printed with its page, line, element, attribute and reason (`no file` or `no id`), once per page. The
exit status is 1 if there are any. Redirects that only the host knows are not followed.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

_SOMEWHERE = "https://site.invalid"
_PAGES = (".html", ".htm", ".xhtml")
_ADDRESSES = {
    "href": {"a", "area", "link"},
    "src": {"audio", "embed", "iframe", "img", "input", "script", "source", "track", "video"},
    "poster": {"video"},
    "data": {"object"},
}
_HINTS = {"preconnect", "dns-prefetch"}
"""Values of `rel` that name a host, not a file."""


class Reference(NamedTuple):
    """An address in a page, as it is written."""

    line: int
    element: str
    attribute: str
    address: str


class Dead(NamedTuple):
    """A reference that leads nowhere: the page by its path in the folder, and why."""

    page: str
    line: int
    element: str
    attribute: str
    address: str
    reason: str


class Page(HTMLParser):
    """What one page refers to, and what can be referred to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.references: list[Reference] = []
        self.ids: set[str] = set()
        self.base = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: (value or "").strip() for name, value in reversed(attrs)}
        self.ids.update(filter(None, (values.get("id"), values.get("name") if tag == "a" else None)))
        if tag == "base":
            self.base = self.base or values.get("href", "")
        if tag == "link" and _HINTS.intersection(values.get("rel", "").lower().split()):
            return
        for name, elements in _ADDRESSES.items():
            if tag in elements and values.get(name):
                self.references.append(Reference(self.getpos()[0], tag, name, values[name]))
        for address in candidates(values.get("srcset", "")):
            self.references.append(Reference(self.getpos()[0], tag, "srcset", address))


def candidates(srcset: str) -> Iterator[str]:
    """The addresses of a `srcset`, each up to the first space (HTML, 4.8.4.2.1); commas within one belong to it."""
    rest = srcset
    while rest := rest.strip(", \t\r\n"):
        address, _, rest = (rest + " ").partition(" ")
        if not address.endswith(","):
            _, _, rest = rest.partition(",")
        yield address.rstrip(",")


class Walk:
    """The built site in `folder`, served from `base` on the host of `origin`."""

    def __init__(self, folder: Path, origin: str = "", base: str = "/") -> None:
        self.folder = folder
        self.origin = origin.rstrip("/")
        self.base = f"/{base.strip('/')}/".replace("//", "/")
        self.files = {
            Path(where, name).relative_to(folder).as_posix() for where, _, names in os.walk(folder) for name in names
        }
        self.page = cache(self._page)

    def dead(self) -> Iterator[Dead]:
        """Every dead reference of every page, in the order of the pages' paths."""
        for name in sorted(self.files):
            if name.endswith(_PAGES):
                told = set()
                for reference in self.page(name).references:
                    reason = self.reason(name, reference.address)
                    if reason and reference[1:] not in told:
                        told.add(reference[1:])
                        yield Dead(name, *reference, reason)

    def reason(self, name: str, address: str) -> str:
        """Why what `address` asks for on the page `name` is not there; "" if it is, or is not of this site."""
        at = name.removesuffix("index.html") if name.rpartition("/")[2] == "index.html" else name
        try:
            whole = urljoin(urljoin(_SOMEWHERE + self.base + at, self.page(name).base), address)
            asked = urlsplit(whole)
        except ValueError:
            return "no address"
        if f"{asked.scheme}://{asked.netloc}" not in {_SOMEWHERE, self.origin}:
            return ""
        path = unquote(asked.path)
        path = self.base if f"{path}/" == self.base else path
        found = self.served(path.removeprefix(self.base)) if path.startswith(self.base) else None
        if found is None:
            return "no file"
        wanted = unquote(asked.fragment).partition(":~:")[0]
        if not wanted or wanted == "top" or not found.endswith(_PAGES):
            return ""
        return "" if {wanted, asked.fragment} & self.page(found).ids else "no id"

    def served(self, path: str) -> str | None:
        """The file that answers `path` (below the base), as hosts of static files choose it."""
        below = f"{path.strip('/')}/".lstrip("/")
        choices = (
            (f"{below}index.html",) if path.endswith("/") or not path else (path, f"{path}.html", f"{below}index.html")
        )
        return next((each for each in choices if each in self.files), None)

    def _page(self, name: str) -> Page:
        return Page((self.folder / name).read_text(encoding="utf-8", errors="replace"))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--origin", default="")
    parser.add_argument("--base", default="/")
    parser.add_argument("--format", choices=("text", "jsonl"), default="text")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        parser.error(f"{options.folder} is not a folder")
    count = 0
    for count, dead in enumerate(Walk(options.folder, options.origin, options.base).dead(), 1):  # noqa: B007 (counted)
        if options.format == "jsonl":
            print(json.dumps(dead._asdict(), ensure_ascii=False))
        else:
            print(f"{dead.page}:{dead.line}: <{dead.element} {dead.attribute}> {dead.address}: {dead.reason}")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
