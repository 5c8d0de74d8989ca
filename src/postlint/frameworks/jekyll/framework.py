"""Jekyll 3 and 4, GitHub Pages, and what reads the same sites (Pretzel): posts by name, pages by their first line.

Sources: gems jekyll, safe_yaml, kramdown, github-pages, jekyll-optional-front-matter; builds with them.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timezone
from typing import TYPE_CHECKING, Any, ClassVar

from postlint.body.syntax import LIQUID, Syntax
from postlint.files.files import Files
from postlint.frameworks._shared import zones
from postlint.frameworks._shared.placed import LastAddress, Placed
from postlint.frameworks.answers import ABOUT_THE_REPOSITORY, Address, Collection, Moment, Reason
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits, ServingTraits

if TYPE_CHECKING:
    from postlint.body.templates import Engine
    from postlint.frameworks.data_sets import DataSet
    from postlint.frameworks.made import Listed, MadePages

_ENDINGS = "{md,markdown,mkd,mkdn,mkdown,mdx,MD,Markdown,MKD}"
_CONFIGS = ("_config.yml", "_config.yaml", "_config.toml")
_FOLDERS = ("_posts", "_layouts", "_includes", "_drafts", "_sass")
_KEYS = ("\nremote_theme:", "\nkramdown:", "\nbaseurl:", "\ncollections:", "\ngems:", "\npermalink:")


class Jekyll(Placed):
    """One Jekyll site."""

    name: ClassVar[str] = "jekyll"
    title: ClassVar[str] = "Jekyll"
    linking = LinkTraits(raw_headings_have_ids=False)
    addressing = AddressTraits(overwrites=True, keys=("permalink",), cleans_slugs=True, listed_by=("tag", "category"))
    front_matter = FrontMatterTraits(
        may_be_empty_in=frozenset(("drafts",)),
        mixed_keys=frozenset(("tag", "category")),
        tags_as_text="words",
        needs_utf8=True,
        flags={"published": False},
    )
    folders = FolderTraits(data=("_data",))
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description", "excerpt", "summary", "subtitle"),
        "slug": ("slug",),
        "published": ("date",),
        "updated": ("last_modified_at", "last_modified", "updated", "modified", "lastmod", "date_updated"),
        "expires": ("expires", "expiry_date"),
        "image": (
            *("image", "image.path", "header.image", "header.teaser", "header.overlay_image", "header.og_image"),
            *("thumbnail", "cover", "og_image", "thumbnail-img", "cover-img", "share-img", "cover_image", "img"),
            *("featured_image", "featured-image", "feature_image", "background", "header-img", "banner", "hero_image"),
            *("image.feature", "image.thumb", "image.teaser", "image.src", "image.thumbnail"),
        ),
        "tags": ("tags", "categories"),
        "author": ("author", "authors"),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        name = next((name for name in _CONFIGS if files.is_file(name)), None)
        if name is None:
            if files.is_file("Gemfile") and _has_gem(files) and files.find_folder("_posts").status == "ok":
                return "Gemfile"
            return None
        if files.is_file("_toc.yml") or '"hexo' in (files.read_text("package.json") or ""):
            return None
        text = f"\n{files.read_text(name) or ''}"
        if "\nnew_post_name:" in text or "\nsource_dir:" in text:
            return None
        if any(files.find_folder(folder).status == "ok" for folder in _FOLDERS) or _has_gem(files):
            return name
        return name if "jekyll" in text or any(key in text for key in _KEYS) else None

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.jekyll import settings
        from postlint.frameworks.jekyll.addresses import JekyllAddresses
        from postlint.frameworks.jekyll.images import JekyllImages
        from postlint.frameworks.jekyll.links import JekyllLinks
        from postlint.frameworks.jekyll.lists import JekyllLists
        from postlint.frameworks.jekyll.templates import JekyllTemplates

        site = settings.read(files) if files else settings.JekyllSettings()
        self.dialect = settings.DIALECT
        self._zone = site.zone
        self._shows_drafts = site.drafts
        self._is_kramdown = site.kramdown
        self._closed, self._redirects = site.closed, "jekyll-redirect-from" in site.plugins
        self.linking = self.linking._replace(completed=site.labels)
        self.addressing = self.addressing._replace(
            alias_key="redirect_from" if "jekyll-redirect-from" in site.plugins else None
        )
        self._addresses = JekyllAddresses(site, self.moment)
        self._address = LastAddress(self._addresses.address)
        self._images = JekyllImages(site, self._addresses)
        self._links = JekyllLinks(site, self._addresses, self._images, files)
        self._lists = JekyllLists(site, self._addresses, files)
        self._templates = JekyllTemplates(site, self._addresses, files)
        self.settings = site.reported
        self.folders = self.folders._replace(public=(site.source,) if site.source else ())
        base = "" if site.own_domain else site.base or ""
        self.serving = ServingTraits(site.home, base, base)
        at = f"{site.source}/" if site.source else ""
        below = f"{at}{site.collections_dir}/" if site.collections_dir else at
        hidden = tuple(f"{at}{each.strip('/')}{more}" for each in site.exclude for more in ("", "/**"))
        special = (f"{at}**/_*/**", f"{at}**/_*", f"{at}**/.*", f"{at}**/.*/**", f"{at}node_modules/**")
        # Readers of the repository see these; as pages of the site they are seldom meant.
        asked_for = "jekyll-readme-index" in site.plugins and not site.pages
        about = (
            ()
            if asked_for
            else tuple(f"{at}**/{form}.md" for n in sorted(ABOUT_THE_REPOSITORY) for form in (n, n.upper()))
        )
        self.collections = (
            Collection("posts", (f"{below}**/_posts/**/*.{_ENDINGS}",), (*hidden, f"{below}**/_posts/**/_*")),
            Collection("drafts", (f"{below}**/_drafts/**/*.{_ENDINGS}",), hidden),
            *(
                Collection(name, (f"{below}_{name}/**/*.{_ENDINGS}",), (*hidden, *about))
                for name in site.collections
                if name not in ("posts", "drafts")
            ),
            *(Collection(f"pages {name}", (f"{at}{name.strip('/')}/**/*.{_ENDINGS}",)) for name in site.include),
            Collection("pages", (f"{at}**/*.{_ENDINGS}",), (*special, *hidden, *about)),
        )

    def ignored_keys(self, path: str, data: Mapping[str, Any]) -> Mapping[str, str]:
        """What the plugin jekyll-redirect-from reads, without it."""
        if self._redirects or not self._closed or "redirect_from" not in data:
            return {}
        return {"redirect_from": "add `jekyll-redirect-from` to `plugins` in the settings"}

    def referring(self, path: str) -> Mapping[str, str]:
        return {"layout": self._templates.layouts} if self._templates.layouts else {}

    def data_set(self, name: str, files: Files) -> "DataSet | None":
        from postlint.frameworks.data_sets import DataSet

        if name == self._templates.layouts:
            return DataSet(name, self._templates.layout_names(name, files))
        return super().data_set(name, files)

    def syntax(self, path: str) -> Syntax:
        return Syntax(mdx=False, shortcodes=LIQUID, math=True, admonitions=False, blank_targets=self._is_kramdown)

    def template_engine(self, path: str, data: Mapping[str, Any]) -> "Engine | None":
        return self._templates.engine(path, data)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._address(path, data)

    def made_pages(self, posts: "Sequence[Listed]") -> "MadePages":
        return self._lists.made(posts)

    def term_address(self, path: str, field: str, tag: str) -> str | None:
        return self._lists.term(field, tag) if self._addresses.place(path).kind == "post" else None

    def broken_address(self, path: str) -> Address | None:
        return self._addresses.broken(path)

    def shows_broken(self, path: str) -> bool:
        return True

    def why_not_a_page(self, path: str, first_line: str) -> Reason | None:
        return self._addresses.why_not_a_page(path, first_line)

    def withheld(self, path: str, data: Mapping[str, Any], at: datetime) -> Reason | None:
        return self._addresses.withheld(path, data, at)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        from postlint.frameworks.jekyll.addresses import published

        if not published(self._addresses.place(path).kind, data):
            return True
        return "/_drafts/" in f"/{path}" and not self._shows_drafts

    def moment(self, value: object, text: str) -> Moment:
        """Dates as YAML types them, else as Ruby's `Time.parse` reads their text in the site's zone."""
        if value is None:
            return Moment(None)
        if isinstance(value, bool):
            return Moment(None, Reason(f"Ruby cannot read `{text}` as a date", stops=True))
        if isinstance(value, datetime):
            # It is turned into text in between, without the fraction of a second.
            return Moment((value if value.tzinfo else value.replace(tzinfo=UTC)).replace(microsecond=0))
        if isinstance(value, date):
            return Moment(zones.local(datetime(value.year, value.month, value.day), self._zone), None, True)
        from postlint.frameworks.jekyll import ruby_dates
        from postlint.javascript.js_date import MONTHS

        found = ruby_dates.parse(text.strip())
        if found is None:
            return Moment(None)
        problem, wall = None, found.wall
        if found.problem and wall:
            problem = Reason(f"{found.problem}; Jekyll reads {wall.day} {MONTHS[wall.month - 1]} {wall.year}")
        elif found.problem:
            problem = Reason(found.problem, stops=True)
        if wall is None:
            return Moment(None, problem)
        if found.offset is not None:
            return Moment(wall.replace(tzinfo=timezone(found.offset)), problem)
        return Moment(zones.local(wall, self._zone), problem, found.whole_day)

    def non_mapping_values(self, value: object) -> object:
        return value

    def named_date(self, path: str) -> datetime | None:
        return self._addresses.named_date(path)

    def misnamed(self, path: str) -> Reason | None:
        return self._addresses.misnamed(path)


def _has_gem(files: Files) -> bool:
    text = files.read_text("Gemfile") or ""
    return "jekyll" in text or "github-pages" in text
