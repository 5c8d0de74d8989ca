"""MyST (mystmd): every Markdown file of a project is a page, whose address is made of its name alone.

Sources: mystmd 1.11, packages myst-cli, myst-frontmatter, myst-transforms (frontmatter.ts); builds with it.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from postlint.body.syntax import Syntax
from postlint.files.files import Files
from postlint.frameworks import web
from postlint.frameworks._shared import site_settings
from postlint.frameworks._shared.first_heading import first_heading
from postlint.frameworks.answers import (
    EXTERNAL,
    UNKNOWN,
    Address,
    Collection,
    Moment,
    Reason,
    Setting,
    Target,
    Where,
    is_external,
)
from postlint.frameworks.framework import Framework
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits
from postlint.front_matter import Dialect, Fence, Language

_CONFIG = "myst.yml"
_PARTS = re.compile(r"^(?:project|site)\s*:", re.MULTILINE)
_SHOWN = (".png", ".jpg", ".jpeg", ".svg", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".pdf", ".eps")
_PEOPLE = ("authors", "author", "affiliations", "affiliation", "exports", "export")
_ALIASES = {
    "name": "label",
    "image": "thumbnail",
    "author": "authors",
    "affiliation": "affiliations",
    "export": "exports",
}
_SOURCES = frozenset(("file", "url", "id"))
"""Keys of which a download must have one."""
# myst-transforms, frontmatter.ts: three hyphens or more; the end of the file closes as well.
_DIALECT = Dialect(
    (Fence("yaml", re.compile(r"---+[ \t]*(?=\r?\n)"), re.compile(r"^---+[ \t]*\r?$|\Z", re.MULTILINE)),),
    yaml="js-yaml-4",
    refuses_repeats=True,
)


class MystMd(Framework):
    """One MyST project."""

    name: ClassVar[str] = "mystmd"
    title: ClassVar[str] = "MyST"
    dialect = _DIALECT
    front_matter = FrontMatterTraits(any_line_ends=True, optional=True, lost_if_broken=True, tags_as_text="refused")
    addressing = AddressTraits(from_names=False)
    folders = FolderTraits(public=())
    linking = LinkTraits(heading_ids_known=False, places_demanded=True, completed=True)
    schemas: Mapping[str, str] = {"pages": "myst"}
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description",),
        "published": ("date",),
        "image": ("thumbnail", "image", "banner"),
        "tags": ("tags",),
        "author": ("authors", "author"),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        return _CONFIG if files.is_file(_CONFIG) and _PARTS.search(files.read_text(_CONFIG) or "") else None

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.mystmd.pages import Pages

        config = site_settings.read(files, _CONFIG) if files else {}
        self._pages = Pages(files, config or {})
        self._readable = config is not None
        project = site_settings.table(config, "project")
        self._date = self.moment(project.get("date"), str(project.get("date") or "")).instant
        hidden = ("**/.*", "**/.*/**", "**/node_modules/**", "**/_build/**")
        ignored = tuple(each + end for each in self._pages.excluded for end in ("", "/**"))
        self.collections = (Collection("pages", ("**/*.md",), (*hidden, *ignored)),)
        self.settings = (Setting("myst.yml", "read" if self._readable else "unreadable", _CONFIG),)

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=(), math=True, admonitions=False)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        if not self._readable:
            return Address(None, reason=Reason("postlint cannot read myst.yml"))
        found = self._pages.address(path)
        if found is None:
            return Address((), reason=Reason("the table of contents does not list it", asked=True))
        if not found:
            text = "no letter from a to z and no digit is in its name, of which MyST makes the address; rename the file"
            return Address((), reason=Reason(text))
        return Address((found,), found)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return False

    def shows_broken(self, path: str) -> bool:
        return True

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        for key in _PEOPLE:
            items = data.get(key)
            for number, item in enumerate(items if isinstance(items, list) else ()):
                if item is None:
                    text = f"an item of `{key}` is empty, and MyST leaves out the page: remove its hyphen"
                    return Reason(text, field=f"{key}[{number}]", kind="value")
        return _cast(data)

    def values_with_text(
        self, path: str, data: Mapping[str, Any], language: Language | None, text: str, body: int
    ) -> Mapping[str, Any] | Reason:
        values = self.values(path, data, language)
        if isinstance(values, Reason) or values.get("title"):
            return values
        heading = first_heading(text, body)
        return {**values, "title": heading} if heading else values

    def non_mapping_values(self, value: object) -> object:
        return {}

    def moment(self, value: object, text: str) -> Moment:
        """Only the day counts; what cannot be read is dropped with an error."""
        from postlint.frameworks._shared import new_date
        from postlint.javascript import dates

        if value is None or not text.strip():
            return Moment(None)
        if isinstance(value, (bool, int, float)):
            return Moment(None, Reason(f"MyST cannot read `{text[:40]}` as a date"))
        if not isinstance(value, date) and dates.parse(text.strip()) is None:
            return Moment(None, Reason(f"MyST cannot read `{text[:40]}` as a date"))
        found = new_date.moment(value, text)
        at = found.instant
        if at is None:
            return found
        day = at.astimezone(UTC) if at.tzinfo and isinstance(value, datetime) else at
        return found._replace(instant=datetime(day.year, day.month, day.day, tzinfo=UTC), whole_day=True)

    def more_dates(self, data: Mapping[str, Any]) -> Mapping[str, datetime | None]:
        """A page without a date has that of the project."""
        return {} if data.get("date") or self._date is None else {"published": self._date}

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        if is_external(target):
            # MyST fetches it, and may find the file behind the page.
            return UNKNOWN if "/blob/" in target else EXTERNAL
        form = re.sub(r"[?#].*", "", target)
        if not form:
            return UNKNOWN
        found = web.source(path, form)
        if found is None:
            return UNKNOWN
        bare = found.removesuffix(".*")
        endings = _SHOWN if bare != found or not posixpath.splitext(found)[1] else ()
        note = "MyST does not decode the addresses of images; rename the file" if "%" in form else None
        return Target("files", (found, *(bare + each for each in endings)), note=note)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        if is_external(target):
            return EXTERNAL
        form = web.clean(target)
        if not form or where not in ("markdown", "reference"):
            return UNKNOWN
        if self._pages.address(path) is None:
            return UNKNOWN  # The table of contents leaves it out.
        found = web.source(path, form)
        if found is None:
            return Target("missing", note="it lies outside the project")
        # MyST adds an ending to any name; nobody calls a page `a.md.md`.
        if form.endswith((".md", ".ipynb", ".pdf")):
            return Target("files", (found,))
        return Target("files", (found, f"{found}.md", f"{found}.ipynb"), certain=False)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        return None  # directives, roles and labels (`(name)=`) give ids, too


def _cast(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """`data` with the values that MyST keeps, in the form that it keeps them."""
    out = dict(data)
    for alias, key in _ALIASES.items():
        if alias in out:
            out.setdefault(key, out.pop(alias))
    for key in ("tags", "keywords"):
        if isinstance(out.get(key), list):
            out[key] = [each for each in out[key] if isinstance(each, str)]
    if isinstance(out.get("downloads"), list):
        out["downloads"] = [each for each in out["downloads"] if not isinstance(each, dict) or _SOURCES & each.keys()]
    if isinstance(out.get("bibliography"), str):
        out["bibliography"] = [out["bibliography"]]
    if isinstance(out.get("open_access"), str) and out["open_access"].lower() in ("true", "false"):
        out["open_access"] = out["open_access"].lower() == "true"
    if isinstance(out.get("github"), str) and re.fullmatch(r"[\w.-]+/[\w.-]+", out["github"]):
        out["github"] = f"https://github.com/{out['github']}"
    return out
