"""Fumadocs in a Next.js or Vite application: pages in the folders of `source.config.ts`, addresses by `loader`.

Sources: packages fumadocs-mdx 15.4 and fumadocs-core 16.15; builds with Vite and Next.
"""

import posixpath
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from postlint.files.files import Files
from postlint.frameworks import web
from postlint.frameworks._shared import config_files
from postlint.frameworks.answers import UNKNOWN, Address, Collection, Reason, Setting, Target, Where, is_external
from postlint.frameworks.fumadocs import loaders
from postlint.frameworks.next import framework as next_framework

_PAGES = "**/*.{md,mdx}"


class Fumadocs(next_framework.Next):
    """One application with Fumadocs."""

    name: ClassVar[str] = "fumadocs"
    title: ClassVar[str] = "Fumadocs"
    excluded_names: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def detect(cls, files: Files) -> str | None:
        text = files.read_text("package.json")
        if text is None or '"fumadocs-mdx"' not in text:
            return None
        return config_files.first(files, (*loaders.CONFIGS, *loaders.SOURCES))

    def __init__(self, files: Files | None) -> None:
        super().__init__(files)
        self._files = files
        self._loaders = loaders.read(files) if files else ()
        named = {pattern for each in self.collections for pattern in each.include}
        for each in self._loaders:
            if not any(pattern.startswith(f"{each.folder}/") for pattern in named):
                self.collections = (*self.collections, Collection(each.folder, (f"{each.folder}/{_PAGES}",)))
            self.settings = (*self.settings, Setting(f"addresses of {each.folder}", f"/{each.base}", "loader"))
        # fumadocs-mdx's globs pass over names that begin with a dot.
        self.collections = tuple(
            each._replace(exclude=(*each.exclude, "**/.*", "**/.*/**")) for each in self.collections
        )

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        loader = next((each for each in self._loaders if path.startswith(f"{each.folder}/")), None)
        if loader is None:
            return super().address(path, data)
        slug = data.get("slug")
        if loader.code or (loader.slugs is None and slug):
            return Address(None, reason=Reason("the site's own code makes the addresses"))
        name = posixpath.splitext(posixpath.basename(path))[0]
        if name.startswith("(") and name.endswith(")"):
            text = "Fumadocs takes a name in round brackets for a folder's, so that the file has no name; rename it"
            return Address((), reason=Reason(text, stops=True))
        if "#" in path:
            return Address((), reason=Reason("`#` in the name of a file stops the build; rename it", stops=True))
        own = slug if loader.slugs and isinstance(slug, str) else None
        made = loader.addresses(path, own, self._files.is_file if self._files else _nowhere)
        return Address(made, made[0])

    def contested(self, path: str, others: Sequence[str]) -> Address | None:
        return Address((), reason=Reason("several posts have this address", stops=True))

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return False

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        """An image of Markdown becomes an import, beside the page or from `public/`; a tag is left as it is."""
        is_page = any(path.startswith(f"{each.folder}/") for each in self._loaders)
        form = web.clean(target)
        if not is_page or not form or is_external(target) or where in ("field", "import", "shortcode"):
            return super().image(path, data, target, where, tag)
        if where in ("html", "jsx"):
            return super().image(path, data, target, where, tag) if form.startswith("/") else UNKNOWN
        if form.startswith("/"):
            return Target("files", (posixpath.normpath(f"public{form}"),), stops=True)
        return web.beside(path, form, True)._replace(stops=True)


def _nowhere(path: str) -> bool:
    return False
