"""VitePress 1: every Markdown file is a page, shown by Vue; images are Vite's.

Sources: packages vitepress, vite, gray-matter; builds with them.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from postlint.body.syntax import Syntax
from postlint.files import Files
from postlint.frameworks import Address, Collection, Framework, Moment, Target, Where, _config_files

_FOLDER = ".vitepress"
_CONFIGS = tuple(f"config.{ending}" for ending in _config_files.SCRIPTS)
_INDEXES = tuple(f"index.{ending}" for ending in _config_files.SCRIPTS)
_ISO = r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]\d\d?:\d\d(?::\d\d)?.{0,12})?"


class VitePress(Framework):
    """One VitePress site."""

    name: ClassVar[str] = "vitepress"
    title: ClassVar[str] = "VitePress"
    front_matter_optional: ClassVar[bool] = True
    addresses_known: ClassVar[bool] = False
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description",),
        "published": ("date",),
        "updated": ("lastUpdated", "updated"),
        "image": ("image", "cover", "thumbnail", "banner", "ogImage", "hero.image.src"),
        "tags": ("tags",),
        "author": ("author", "authors"),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        if not files.names("").get(_FOLDER):
            return None
        name = _config_files.first(files, _CONFIGS, _FOLDER)
        return name or _config_files.first(files, _INDEXES, f"{_FOLDER}/config")

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks import _gray_matter, _vitepress_settings
        from postlint.frameworks._vitepress_images import VitePressPages

        site = _vitepress_settings.read(files, self.detect(files)) if files else _vitepress_settings.VitePressSettings()
        self.dialect = _gray_matter.dialect("js-yaml-3")
        self._math = site.math
        self._pages = VitePressPages(site)
        self.settings = site.told
        if site.source is not None:
            at = f"{site.source}/" if site.source else ""
            hidden = ("**/node_modules/**", "**/dist/**", "**/.*", "**/.*/**", *site.excluded)
            self.shared_public = (f"{at}public",)
            self.collections = (Collection("pages", (f"{at}**/*.md",), tuple(at + each for each in hidden)),)

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=(("{{", "}}"),), math=self._math, admonitions=False)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._pages.address(path)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return False

    def moment(self, value: object, text: str) -> Moment:
        """A YAML timestamp as js-yaml reads it. Text is for the theme's own code, which mostly asks `new Date()`: only
        a day that does not exist is wrong for certain."""
        from postlint.javascript import dates

        text = text.strip()
        if isinstance(value, (bool, int, float)) or value is None or not text:
            return Moment(None)
        if isinstance(value, date):
            read = dates.timestamp(text)
            if read is None:
                return Moment(value if isinstance(value, datetime) else None)
        else:
            read = dates.parse(text)
            if read is None:
                found = re.fullmatch(_ISO, text)
                day = dates.JsDate(None, (int(found[1]), int(found[2]), int(found[3]))) if found else None
                return Moment(None, day.oddity if day else None)
        problem = read.oddity
        if problem and read.instant:
            problem += f"; it is read as {read.instant.day} {dates.MONTHS[read.instant.month - 1]} {read.instant.year}"
        instant = read.instant
        return Moment(
            instant.replace(tzinfo=UTC) if instant and read.hour is None else instant, problem, read.hour is None
        )

    def image(self, path: str, target: str, where: Where) -> Target:
        return self._pages.image(path, target, where)

    def link(self, path: str, target: str, where: Where) -> Target:
        return self._pages.link(path, target, where)
