"""Eleventy 1 to 3: templates by their path, front matter by gray-matter, and files that are copied as they are.

Sources: packages @11ty/eleventy, @11ty/gray-matter, @11ty/eleventy-img; builds with them.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from postlint.body.syntax import LIQUID, NUNJUCKS, Syntax
from postlint.files.files import Files
from postlint.frameworks._shared.placed import Placed
from postlint.frameworks.answers import ABOUT_THE_REPOSITORY, Address, Collection, Moment, Reason
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, ServingTraits

if TYPE_CHECKING:
    from postlint.body.templates import Engine
    from postlint.frameworks.made import Listed, MadePages

_CONFIGS = (".eleventy.js", *(f"eleventy.config.{ending}" for ending in ("js", "mjs", "cjs", "ts")))
_ENDINGS = "{md,markdown,mdx,MD}"
# Words that stand for a date that only the file system or Git knows.
_WORDS = frozenset(("created", "last modified", "git created", "git last modified"))


class Eleventy(Placed):
    """One Eleventy site."""

    name: ClassVar[str] = "eleventy"
    title: ClassVar[str] = "Eleventy"
    addressing = AddressTraits(keys=("permalink",), from_names=False, terms_compete=True, empty_slug_counts=False)
    front_matter = FrontMatterTraits(any_line_ends=True, builds_without=True, tags_as_text="untrimmed")
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description", "excerpt", "summary"),
        "slug": ("slug",),
        "published": ("date",),
        "updated": ("updated", "lastmod", "last_modified_at", "modified", "updatedDate", "dateModified", "lastUpdated"),
        "expires": ("expires", "expiryDate"),
        "image": (
            *("image", "cover", "thumbnail", "featured_image", "featuredImage", "ogImage", "og_image", "coverImage"),
            *("cover_image", "heroImage", "hero", "banner", "thumb", "socialImage", "image.src", "cover.src"),
        ),
        "tags": ("tags", "categories"),
        "author": ("author", "authors"),
        "draft": ("draft",),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        if name := next((name for name in _CONFIGS if files.is_file(name)), None):
            return name
        text = files.read_text("package.json")
        if text is None or '"@11ty/eleventy"' not in text:
            return None
        from postlint.javascript import package_json

        return "package.json" if "@11ty/eleventy" in package_json.read(files).ranges else None

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.eleventy import data as eleventy_data
        from postlint.frameworks.eleventy import settings
        from postlint.frameworks.eleventy.addresses import EleventyAddresses
        from postlint.frameworks.eleventy.engines import EleventyTemplates
        from postlint.frameworks.eleventy.images import EleventyImages
        from postlint.frameworks.eleventy.links import EleventyLinks
        from postlint.frameworks.eleventy.lists import EleventyLists
        from postlint.front_matter import gray_matter

        site = settings.read(files) if files else settings.EleventySettings()
        data = eleventy_data.read(files, site) if files else eleventy_data.Data()
        self.dialect = gray_matter.dialect(site.yaml)
        self._site, self._files = site, files
        self._drafts = site.drafts
        self._languages = site.languages
        self._engine = site.engine
        self._parses_dates = site.parses_dates
        self._addresses = EleventyAddresses(site, data, self.moment)
        self._images = EleventyImages(site, self._addresses)
        self._links = EleventyLinks(site, self._addresses, self._images, files, self.dialect)
        self.linking = self.linking._replace(heading_ids_known=site.slugs_headings, alt_demanded=site.demands_alt)
        self._lists = EleventyLists(site, files, self.dialect)
        self._templates = EleventyTemplates(site, data, files)
        self.settings = site.reported
        base = "" if site.puts_base else site.prefix
        self.serving = ServingTraits(site.home, base, base, addresses_have_base=False)
        at = f"{site.input}/" if site.input else ""
        layouts = (f"{at}{site.layouts}/**",) if site.layouts else ()
        hidden = (f"{at}{site.includes}/**", f"{at}{site.data}/**", f"{site.output}/**", *layouts, *site.ignores)
        if not site.input:
            hidden += tuple(f"{form}.md" for name in sorted(ABOUT_THE_REPOSITORY) for form in (name, name.upper()))
        self.folders = FolderTraits(data=(f"{at}{site.data}",))
        # The innermost folder with data of its own comes first.
        self.collections = (
            *(
                Collection(folder.removeprefix(at), (f"{folder}/**/*.{_ENDINGS}",), hidden)
                for folder in sorted(data.groups, key=lambda folder: (-folder.count("/"), folder))
            ),
            Collection("pages", (f"{at}**/*.{_ENDINGS}",), hidden),
        )

    def syntax(self, path: str) -> Syntax:
        return Syntax(
            mdx=path.endswith(".mdx"),
            shortcodes=NUNJUCKS if self._engine == "njk" else LIQUID if self._engine else (),
            admonitions=False,
        )

    def template_engine(self, path: str, data: Mapping[str, Any]) -> "Engine | None":
        return self._templates.engine(path, data)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        made = self._addresses.address(path, data)
        if made.addresses and self._files and made.key == self._addresses.default(path):
            from postlint.frameworks.eleventy import templates

            if other := templates.rival(self._files, self._site, self._addresses, path):
                return Address((), reason=Reason(f"`{other}` has the same address", stops=True))
        return made

    def made_pages(self, posts: "Sequence[Listed]") -> "MadePages":
        return self._lists.made(posts)

    def term_address(self, path: str, field: str, tag: str) -> str | None:
        return self._lists.term(tag) if field == "tags" else None

    def contested(self, path: str, others: Sequence[str]) -> Address | None:
        return Address((), reason=Reason("several posts have this address", stops=True))

    def address_with_text(self, path: str, data: Mapping[str, Any], text: str, body: int) -> Address:
        if not data and _CODE.match(text):
            return Address(None, reason=Reason("its front matter is code"))
        return self.address(path, data)

    def why_not_a_page(self, path: str, first_line: str) -> Reason | None:
        line = first_line.removeprefix("\ufeff")
        language = line[3:].strip().lower()
        if not line.startswith("---") or language[:1] == "-" or self._languages or language in _LANGUAGES:
            return None
        return Reason(f"Eleventy cannot read front matter in `{language[:20]}`", stops=True)

    def values(self, path: str, data: Mapping[str, Any], language: str | None) -> Mapping[str, Any] | Reason:
        return self._addresses.reserved(data) or data

    def needs_no_front_matter(self, path: str) -> bool:
        return self._addresses.has_layout(path)

    def non_mapping_values(self, value: object) -> object:
        return value

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return self._drafts and data.get("draft") is True

    def moment(self, value: object, text: str) -> Moment:
        """Dates as js-yaml types them, text as Luxon reads ISO 8601; anything else stops the build."""
        from postlint.javascript import dates

        text = text.strip()
        if value is None or not text or value == 0 or text.lower() in _WORDS:
            return Moment(None)
        if isinstance(value, date):
            read = dates.timestamp(text)
            if read is None or read.instant is None:
                at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
                return Moment(at if at.tzinfo else at.replace(tzinfo=UTC))
            from postlint.frameworks._shared.new_date import odd

            return odd(read, "Eleventy reads")._replace(instant=read.instant.replace(microsecond=0))
        if isinstance(value, (bool, int, float)):
            return Moment(None, Reason(f"`{text[:40]}` is {_KINDS[type(value)]}, not a date", stops=True))
        from postlint.frameworks.eleventy import luxon_dates

        found = luxon_dates.parse(str(value))
        if found is None and self._parses_dates:
            return Moment(None)
        if found is None:
            return Moment(None, Reason(f"`{text[:40]}` is not an ISO 8601 date", stops=True))
        return Moment(found, None, len(text) <= 10)

    def named_date(self, path: str) -> datetime | None:
        return self._addresses.named_date(path)


_CODE = re.compile(r"\ufeff?---[ \t]*(?:js|javascript)\b")
_LANGUAGES = ("", "yaml", "yml", "json", "js", "javascript")
_KINDS = {bool: "a boolean", int: "a number", float: "a number"}
