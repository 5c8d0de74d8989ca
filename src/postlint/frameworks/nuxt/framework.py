"""Nuxt Content 2 and 3: Markdown in `content/`, collections in `content.config.ts`, shown by a page of the site's own.

Sources: @nuxt/content 3.16, remark-mdc 3.11, @nuxtjs/mdc 0.23; builds with Nuxt 4.5. For version 2: the module path-meta of
@nuxt/content 2.13.4, run.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from postlint.body.syntax import Syntax
from postlint.files.files import Files
from postlint.frameworks._shared import config_files
from postlint.frameworks.answers import Address, Collection, Moment, Reason, Target, Where
from postlint.frameworks.framework import Framework
from postlint.frameworks.nuxt import addresses, sources
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits
from postlint.front_matter import Dialect, Fence, Language

_CONFIGS = tuple(f"nuxt.config.{ending}" for ending in config_files.SCRIPTS)
_PUBLIC = "public"
_PACKAGES = ("@nuxt/content", "docus", "undocs")
# src/runtime/…/source.ts: what editors leave behind is in no source.
_DRAFT = re.compile(r"\.draft(?=/|\.|$)")
_LEFTOVERS = ("**/*.tmp", "**/*.tmp.*", "**/*~", "**/~*", "**/.#*")
_DATA = "*.{json,yaml,yml,csv,txt,png,jpg,jpeg,svg,webp}"
# remark-mdc's front matter: from the fifth character to the next line that begins with `---`, whatever follows.
_DIALECT = Dialect(
    (Fence("yaml", re.compile(r"---[\s\S]"), re.compile(r"^---", re.MULTILINE)),),
    yaml="yaml-1.2",
)


class Nuxt(Framework):
    """One site of Nuxt Content."""

    name: ClassVar[str] = "nuxt"
    title: ClassVar[str] = "Nuxt Content"
    dialect = _DIALECT
    front_matter = FrontMatterTraits(optional=True, dates_kept="day")
    addressing = AddressTraits(keys=("path",), from_names=False)
    linking = LinkTraits(heading_ids_known=False, raw_headings_have_ids=False)
    folders = FolderTraits(public=(_PUBLIC,))
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description",),
        "published": ("date", "publishedAt"),
        "updated": ("updated", "updatedAt"),
        "image": ("image", "image.src", "cover", "ogImage"),
        "tags": ("tags",),
        "author": ("author", "authors"),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        found = config_files.first(files, _CONFIGS)
        text = files.read_text("package.json") if found else None
        return found if text and any(f'"{name}"' in text for name in _PACKAGES) else None

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.nuxt.links import NuxtLinks

        site = sources.read(files, config_files.first(files, _CONFIGS)) if files else sources.NuxtSettings()
        self._site = site
        self._links = NuxtLinks(site)
        if files and site.origin != "assumed":
            from postlint.schema.sources import nuxt

            self.schemas = nuxt.schemas(files, site.origin)
        self.settings = site.reported
        if site.old:
            self.roles = {**self.roles, "draft": ("draft", "_draft")}
            self.front_matter = self.front_matter._replace(flags={"draft": True, "_draft": True})
        if site.sources is None:
            self.collections = (Collection("content", (f"{sources.CONTENT}/**/*.md",), (), guessed=True),)
            return
        below = f"{sources.CONTENT}/"
        self.collections = tuple(
            Collection(
                each.collection,
                (below + each.pattern,),
                tuple(below + glob for glob in (*each.excluded, *_LEFTOVERS, f"**/{_DATA}")),
            )
            for each in site.sources
        )

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=(("{{", "}}"),), admonitions=False, mdc=True)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        site = self._site
        if site.sources is None:
            return Address(None, reason=Reason("postlint cannot read which addresses this site's content has"))
        source = self._source(path)
        if source is None or not source.pages:
            return Address((), reason=Reason("it is data: its collection has no pages", asked=True))
        if source.fixed and not source.fixed.endswith("/"):
            text = f"`{source.pattern}` in {site.origin} lacks a slash before its star, so that Nuxt Content drops the post"
            return Address((), reason=Reason(text))
        below = path.removeprefix(f"{sources.CONTENT}/")
        stem = addresses.stem(f"{source.prefix.rstrip('/')}/{below.removeprefix(source.fixed)}".strip("/"))
        own = data.get("_path" if site.old else "path")
        is_own = isinstance(own, str) and bool(own)
        if site.old and any(part.startswith("_") for part in below.split("/")):
            return Address(None, reason=Reason("the site's own routes decide whether they show a part of pages"))
        made = own if is_own else addresses.address(stem, site.lower)
        if made is None:
            return Address(None, reason=Reason("postlint cannot read how this name is written in an address"))
        if not addresses.is_found(made):
            if site.old:
                return Address(None, made, Reason("postlint cannot read how this name is written in an address"))
            text = (
                f"no browser asks for the address `{made[:60]}`: begin it with a slash, end it without, use ASCII only"
            )
            reason = Reason(text, field="path", kind="value") if is_own else Reason(text)
            return Address((), made, reason)
        if site.base is None or not self._is_shown(made):
            return Address(None, made, Reason("the site's own routes decide about its address"))
        served = site.base + made if made != "/" or not site.base else f"{site.base}/"
        # A page asks one collection, so that each of them may have the same path: one for each language does.
        others = [each for each in site.sources if each.pages and each.collection != source.collection]
        key = f"{source.collection}:{made}" if others else served
        if any(each.prefix.strip("/") == source.prefix.strip("/") for each in others):
            return Address(None, key, Reason("the site's own routes decide which collection they show at its address"))
        return Address((served,), key)

    def contested(self, path: str, others: Sequence[str]) -> Address | None:
        """The query takes the first in the order of paths without endings, compared byte by byte."""
        first = min((path, *others), key=lambda each: addresses.stem(each).encode())
        if first == path:
            return None
        return Address((), reason=Reason(f"`{first}` has the same address and takes its place"))

    def _source(self, path: str) -> sources.Source | None:
        from postlint.files.globs import matches

        below = path.removeprefix(f"{sources.CONTENT}/")
        for each in self._site.sources or ():
            if matches(below, (each.pattern,)) and not matches(below, each.excluded):
                return each
        return None

    def _is_shown(self, address: str) -> bool:
        routes = self._site.routes
        return routes is None or any(each.shows and re.fullmatch(each.pattern, address) for each in routes)

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        if not self._site.old and "seo" in data and data["seo"] and not isinstance(data["seo"], dict):
            text = "`seo` must be a mapping, such as `seo: {title: …}`; Nuxt Content drops the post with a warning"
            return Reason(text, field="seo", kind="value")
        return _unfolded(data)

    def non_mapping_values(self, value: object) -> object:
        return {str(number): item for number, item in enumerate(value)} if isinstance(value, list) else {}

    def shows_broken(self, path: str) -> bool:
        return True

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        """transformers/path-meta of version 2: a build leaves out what is called a draft."""
        return self._site.old and bool(data.get("_draft") or data.get("draft") or _DRAFT.search(path))

    def moment(self, value: object, text: str) -> Moment:
        from postlint.frameworks._shared import new_date

        # Four digits are a year; other numbers fit no column for dates.
        is_year = isinstance(value, int) and re.fullmatch(r"\d{4}", text) is not None
        return new_date.moment(text if is_year else value, text)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._links.image(path, self.address(path, data), target, where)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._links.link(self.address(path, data), target, where)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        """@nuxtjs/mdc: github-slugger's, with runs of hyphens joined, and `_` before a leading digit."""
        from postlint.frameworks._shared import github_anchors

        made = github_anchors.anchors(headings)
        joined = {re.sub(r"-+", "-", each).strip("-") for each in made}
        return made | joined | {f"_{each}" for each in joined if each[:1].isdigit()}


def _unfolded(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """`data` with keys such as `seo.title` as mappings (package flat)."""
    if not any("." in key for key in data):
        return data
    out: dict[str, Any] = {}
    for key, value in data.items():
        at = out
        *above, last = key.split(".")
        for each in above:
            inner = at.setdefault(each, {})
            at = inner if isinstance(inner, dict) else at
        at[last] = value
    return out
