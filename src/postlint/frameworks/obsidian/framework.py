"""A bare vault of Obsidian: notes that link to each other by name, without addresses.

The app cannot be run without its window. Sources: its help pages (obsidianmd/obsidian-help), 2026-11; settings in public
vaults.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from postlint.body.syntax import Syntax
from postlint.files.files import Files
from postlint.files.globs import literal
from postlint.frameworks._shared import site_settings, wikilinks
from postlint.frameworks.answers import Address, Collection, Embedded, Moment, Reason, Target, Where
from postlint.frameworks.framework import Framework
from postlint.frameworks.obsidian.links import VaultLinks
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits
from postlint.front_matter import gray_matter

_VAULT = ".obsidian"
_TYPES = f"{_VAULT}/types.json"

# Where the core plugin and Templater keep the folder of templates: file of settings → its key.
_TEMPLATES = {
    f"{_VAULT}/templates.json": "folder",
    f"{_VAULT}/plugins/templater-obsidian/data.json": "templates_folder",
}


class Obsidian(Framework):
    """One vault."""

    name: ClassVar[str] = "obsidian"
    title: ClassVar[str] = "Obsidian"
    yields: ClassVar[bool] = True
    dialect = gray_matter.dialect("yaml-1.2")
    front_matter = FrontMatterTraits(
        any_line_ends=True,
        optional=True,
        builds_without=True,
        may_be_empty_in=frozenset(("notes",)),
        tags_as_text="commas",
    )
    addressing = AddressTraits(from_names=False)
    linking = LinkTraits(heading_ids_known=False, before_written=True, chained_places=True)
    folders = FolderTraits(public=(), data=())
    roles: Mapping[str, tuple[str, ...]] = {"title": ("title",), "tags": ("tags", "tag")}

    @classmethod
    def detect(cls, files: Files) -> str | None:
        return _VAULT if files.names("").get(_VAULT) else None

    def __init__(self, files: Files | None) -> None:
        self._links = VaultLinks(files)
        skipped = ("**/.*/**", *_templates(files))
        self.collections = (Collection("notes", ("**/*.md",), skipped),)
        if files and files.is_file(_TYPES):
            from postlint.schema.sources import Kept, obsidian

            found = obsidian.read(files, _TYPES, Kept("notes", ("**/*.md",), skipped))
            self.sources = (found,) if found else ()

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=wikilinks.DELIMITERS, admonitions=False, math=True)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return Address(None, reason=Reason("a vault of Obsidian has no addresses", asked=True))

    def shows_broken(self, path: str) -> bool:
        return True

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return False

    def moment(self, value: object, text: str) -> Moment:
        return Moment(None)  # no property has a meaning of its own

    def embedded(self, tag: str) -> Sequence[Embedded]:
        return wikilinks.embedded(tag, wikilinks.IMAGES, chains=True)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._links.lead(path, target, where)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._links.lead(path, target, where)

    def anchors(self, path: str, headings: Sequence[str]) -> Sequence[str] | None:
        """Links name headings by their text."""
        return headings


def _templates(files: Files | None) -> Iterator[str]:
    """Globs of the files that notes are made of: not notes themselves, and full of placeholders."""
    yield "**/{Templates,templates,_templates}/**"
    for path, key in _TEMPLATES.items():
        settings = site_settings.read(files, path) if files and files.is_file(path) else None
        folder = settings.get(key) if settings else None
        if isinstance(folder, str) and folder.strip("/ "):
            yield f"{literal(folder.strip('/ '))}/**"
