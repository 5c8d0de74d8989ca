"""Quartz 4 and 5: a vault of Obsidian in `content/` as a site; addresses by path, links found by name.

Sources: jackyzha0/quartz 4.5 and 5.0, quartz/plugins and quartz/util/path.ts; builds with 4.5.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from postlint.body.syntax import Syntax
from postlint.files.files import Files
from postlint.frameworks._shared import config_files, wikilinks
from postlint.frameworks.answers import Address, Collection, Embedded, Moment, Reason, Target, Where
from postlint.frameworks.framework import Framework
from postlint.frameworks.made import Listed, MadePage, MadePages
from postlint.frameworks.quartz import links, notes, settings
from postlint.frameworks.quartz.settings import CONTENT
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits
from postlint.front_matter import Language

_CONFIGS = ("quartz.config.ts", "quartz.config.yaml")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "created": ("created", "date"),
    "modified": ("modified", "lastmod", "updated", "last-modified"),
    "published": ("published", "publishDate", "date"),
}
"""Date of a note → the keys of which the first that is set gives it (plugins/transformers/frontmatter.ts)."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Quartz(Framework):
    """One site of Quartz."""

    name: ClassVar[str] = "quartz"
    title: ClassVar[str] = "Quartz"
    front_matter = FrontMatterTraits(optional=True, tags_as_text="commas", flags={"draft": True})
    linking = LinkTraits(heading_ids_known=False, before_written=True)
    folders = FolderTraits(public=())
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description",),
        "published": _KEYS["published"],
        "updated": _KEYS["modified"],
        "image": ("socialImage", "image", "cover"),
        "tags": ("tags", "tag"),
        "draft": ("draft",),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        return config_files.first(files, _CONFIGS)

    def __init__(self, files: Files | None) -> None:
        from postlint.front_matter import gray_matter

        name = config_files.first(files, _CONFIGS) if files else None
        site = settings.read(files, name) if files and name else settings.QuartzSettings()
        # plugins/transformers/frontmatter.ts trims the text first, and has js-yaml's JSON schema: dates stay text.
        self.dialect = gray_matter.trimmed("js-yaml-4-json", site.marks, site.language)
        self._site = site
        self._links = links.QuartzLinks(site, notes.Names(files, site))
        self.settings = site.reported
        self.addressing = AddressTraits(from_names=False, alias_key="aliases" if site.aliases else None)
        if not site.drafts_hidden:
            self.roles = {role: keys for role, keys in self.roles.items() if role != "draft"}
            self.front_matter = self.front_matter._replace(flags={})
        hidden = (f"{CONTENT}/**/.*", f"{CONTENT}/**/.*/**")
        ignored = tuple(f"{CONTENT}/{glob}{end}" for glob in site.ignored for end in ("", "/**"))
        self.collections = (Collection("notes", (f"{CONTENT}/**/*.md",), (*hidden, *ignored)),)

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=wikilinks.DELIMITERS if self._site.wikilinks else (), admonitions=False, math=True)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        site = self._site
        if not site.readable:
            return Address(None, reason=Reason("postlint cannot read the settings of Quartz"))
        if site.explicit and data.get("publish") not in (True, "true"):
            return Address((), reason=Reason("Quartz publishes only notes with `publish: true`", asked=True))
        below = path.removeprefix(f"{CONTENT}/")
        made = notes.address(below, site.version)
        if made.endswith("/") and made != "/" and not site.folders:
            return Address((), reason=Reason("without the FolderPage emitter Quartz makes no page of an index"))
        served = site.base + made
        return Address((served,), served, aliases=tuple(self._aliases(below, data)) if site.aliases else ())

    def _aliases(self, below: str, data: Mapping[str, Any]) -> Iterable[str]:
        from posixpath import dirname, join, normpath

        given = data.get("aliases", data.get("alias"))
        for each in _texts(given):
            at = join("/", dirname(below), each) if each.startswith("./") else f"/{each.lstrip('/')}"
            yield self._site.base + notes.slug(normpath(at), self._site.version)
        permalink = data.get("permalink")
        if isinstance(permalink, str) and permalink and not permalink.endswith("/"):
            yield f"{self._site.base}/{permalink.lstrip('/')}"

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        """plugins/filters/draft.ts: the truth value, or that text."""
        return self._site.drafts_hidden and data.get("draft") in (True, "true")

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        """plugins/transformers/frontmatter.ts: titles are text, tags and aliases are lists."""
        out = {key: notes.rewritten(value) for key, value in data.items()} if self._site.wikilinks else dict(data)
        title = data.get("title")
        if title is None or title == "":
            out["title"] = path.rpartition("/")[2].removesuffix(".md")
        elif not isinstance(title, str):
            out["title"] = _text(title)
        tags = data.get("tags", data.get("tag"))
        if tags is not None:
            out["tags"] = list(dict.fromkeys(self._tag(each) for each in _texts(tags)))
        aliases = data.get("aliases", data.get("alias"))
        if aliases is not None:
            out["aliases"] = _texts(aliases)
        return out

    def _tag(self, tag: str) -> str:
        made = notes.slug(tag, self._site.version)
        return made.lower() if self._site.version >= 5 else made

    def term_address(self, path: str, field: str, tag: str) -> str | None:
        return f"{self._site.base}/tags/{self._tag(tag)}" if field in ("tags", "tag") else None

    def made_pages(self, posts: Sequence[Listed]) -> MadePages:
        return MadePages([*self._lists([post.path for post in posts])] if self._site.readable else ())

    def _lists(self, paths: Sequence[str]) -> Iterator[MadePage]:
        written = {path.lower() for path in paths}
        folders = {path.rpartition("/")[0] for path in paths} if self._site.folders else set()
        for folder in sorted(folders - {CONTENT}):
            if not written & {f"{folder}/index.md".lower(), f"{folder}/_index.md".lower()}:
                below = notes.slug(folder.removeprefix(f"{CONTENT}/"), self._site.version)
                yield MadePage(f"{self._site.base}/{below}/", f"the list of the notes in {folder}/")

    def non_mapping_values(self, value: object) -> object:
        return Reason("front matter must be `key: value` lines", stops=True, kind="front matter")

    def moment(self, value: object, text: str) -> Moment:
        """plugins/transformers/lastmod.ts: `new Date()` of any value, where the machine that builds the site keeps UTC, as
        those of the hosts do that Quartz has instructions for."""
        from postlint.frameworks._shared import new_date

        if value is None or value is False or value == "":
            return Moment(None)
        found = new_date.utc(value, text, "Quartz", coerced=True)
        # What gives 0 is taken for a date that cannot be read.
        return found._replace(instant=None) if found.instant == _EPOCH else found

    def more_dates(self, data: Mapping[str, Any]) -> Mapping[str, datetime | None]:
        """plugins/transformers/frontmatter.ts: the first key that is set counts, even if it is not a date."""
        if not self._site.dates:
            return dict.fromkeys(("created", "modified"))
        published, created = self._first(data, "published"), self._first(data, "created")
        modified = self._first(data, "modified") if _set(data, _KEYS["modified"]) is not None else created
        return {"published": published, "created": created, "modified": modified}

    def _first(self, data: Mapping[str, Any], name: str) -> datetime | None:
        value = _set(data, _KEYS[name])
        # JavaScript makes text of a list, such as that of an unquoted `[[2024-01-02]]`.
        while isinstance(value, list) and len(value) == 1:
            value = value[0]
        return self.moment(value, value if isinstance(value, str) else "").instant

    def embedded(self, tag: str) -> Sequence[Embedded]:
        return links.embedded(tag)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._links.lead(path, target, where, True)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._links.lead(path, target, where, False)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        from postlint.frameworks._shared import github_anchors

        return github_anchors.anchors(headings)


def _set(data: Mapping[str, Any], keys: Sequence[str]) -> object:
    return next((data[key] for key in keys if data.get(key) is not None), None)


def _texts(value: object) -> list[str]:
    """plugins/transformers/frontmatter.ts, coerceToArray: text is split at commas; lists keep text and numbers."""
    if isinstance(value, list):
        return [_text(each) for each in value if isinstance(each, (str, int, float)) and not isinstance(each, bool)]
    return [part.strip() for part in value.split(",")] if isinstance(value, str) else []


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
