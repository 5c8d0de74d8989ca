"""The pages of a Jekyll site that are not posts for postlint: HTML with front matter, posts in other languages."""

import re
from collections.abc import Mapping
from typing import Any

from postlint.files.files import NO_SOURCES, Files
from postlint.frameworks.answers import ABOUT_THE_REPOSITORY, Address
from postlint.frameworks.jekyll.addresses import JekyllAddresses
from postlint.frameworks.jekyll.settings import DIALECT, JekyllSettings
from postlint.front_matter import read, to_data

_MOST_FILES = 100_000
_MOST_PAGES = 3000
_ENDINGS = ("html", "htm", "xhtml", "textile")
_TEXTS = ("txt", "xml", "json", "yml", "yaml", "csv", "rst", "adoc", "asciidoc", "org", "ipynb", "cook", "js", "css")
"""What a collection has besides, since any file with front matter in its folder becomes a page (collection.rb, read)."""
_HIDDEN = re.compile(r"_(?:layouts|includes|sass|data|plugins|site|drafts)|\..*|node_modules")


class OtherPages:
    """They are looked for when one is first asked for. `complete` is False if there are too many to read."""

    def __init__(self, site: JekyllSettings, addresses: JekyllAddresses, files: Files | None) -> None:
        self._site = site
        self._addresses = addresses
        self._files = files
        self._found: dict[str, str] | None = None
        self.complete = files is not None

    def at(self, key: str) -> str | None:
        """The file of the page whose address, without `index.html`, `.html` and slashes at its end, is `key`."""
        if self._found is None:
            self._found = self._read()
        return self._found.get(key)

    def _read(self) -> dict[str, str]:
        out: dict[str, str] = {}
        pending, seen, pages = [self._site.source], 0, 0
        while pending and self._files:
            folder = pending.pop()
            for name, is_folder in self._files.names(folder).items():
                path = f"{folder}/{name}" if folder else name
                seen += 1
                if is_folder:
                    if name not in NO_SOURCES and not _HIDDEN.fullmatch(name):
                        pending.append(path)
                    continue
                stem, _, ending = name.rpartition(".")
                if (
                    ending in _ENDINGS
                    or (ending == "md" and stem.lower() in ABOUT_THE_REPOSITORY)
                    or (ending in _TEXTS and self._addresses.place(path).kind == "document")
                ):
                    pages += 1
                    for address in self._page(path).addresses or () if pages <= _MOST_PAGES else ():
                        out[key(address)] = path
            if seen > _MOST_FILES or pages > _MOST_PAGES:
                self.complete = False
                break
        return out

    def _page(self, path: str) -> Address:
        text = (self._files.read_text(path) if self._files else None) or ""
        if self._addresses.why_not_a_page(path, text[:80].partition("\n")[0]):
            return Address(())
        data = to_data(read(text, DIALECT).root)
        fields: Mapping[str, Any] = data if isinstance(data, dict) else {}
        return self._addresses.address(path, fields)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_found": None}


def key(address: str) -> str:
    """What the spellings of one address share."""
    return re.sub(r"(?:/index\.html|\.html|/)$", "", address)
