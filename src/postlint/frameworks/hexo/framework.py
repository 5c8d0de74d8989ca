"""Hexo 4 to 8: posts below `source/_posts`, named by their path, and images from the site's root.

Sources: packages hexo, hexo-front-matter, hexo-util, hexo-renderer-marked; builds with them.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from postlint.body.syntax import NUNJUCKS, Syntax
from postlint.files.files import Files
from postlint.frameworks._shared import zones
from postlint.frameworks._shared.placed import Placed
from postlint.frameworks.answers import FUTURE, Address, Collection, Moment, Reason
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits, ServingTraits

if TYPE_CHECKING:
    from postlint.body.templates import Engine
    from postlint.frameworks.made import Listed, MadePages

_CONFIGS = ("_config.yml", "_config.yaml", "_config.json")
# Hexo leaves out the last ones, whose authors mean them to be posts.
_ENDINGS = "{md,markdown,mkd,mkdn,mdwn,mdtxt,mdtext,MD,Markdown,MARKDOWN}"


class Hexo(Placed):
    """One Hexo site."""

    name: ClassVar[str] = "hexo"
    title: ClassVar[str] = "Hexo"
    linking = LinkTraits(raw_headings_have_ids=False)
    addressing = AddressTraits(overwrites=True, keys=("permalink",), listed_by=("tag", "category"))
    front_matter = FrontMatterTraits(
        builds_without=True, mixed_keys=frozenset(("tag", "category")), tags_as_text="whole", flags={"published": False}
    )
    folders = FolderTraits(data=("source/_data",))
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description", "excerpt", "summary", "subtitle"),
        "slug": (),
        "published": ("date",),
        "updated": ("updated", "lastmod"),
        "expires": ("expires",),
        "image": (
            *("cover", "thumbnail", "index_img", "banner_img", "banner", "top_img", "photos", "og_image", "image"),
            *("feature", "featured_image", "cover_image", "img", "gallery", "header-img"),
        ),
        "tags": ("tags", "categories"),
        "author": ("author", "authors"),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        name = next((name for name in _CONFIGS if files.is_file(name)), None)
        if name is None:
            return None
        if '"hexo' in (files.read_text("package.json") or ""):
            return name
        text = f"\n{files.read_text(name) or ''}"
        posts = files.find_folder("source/_posts").status == "ok"
        return name if posts and ("\nnew_post_name:" in text or "\nsource_dir:" in text) else None

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.hexo import settings
        from postlint.frameworks.hexo.addresses import HexoAddresses
        from postlint.frameworks.hexo.images import HexoImages
        from postlint.frameworks.hexo.links import HexoLinks
        from postlint.frameworks.hexo.lists import HexoLists
        from postlint.frameworks.hexo.templates import HexoTemplates

        site = settings.read(files) if files else settings.HexoSettings()
        self.dialect = settings.dialect(site.major)
        self._zone = site.zone
        self._future = site.future
        self._shows_drafts = site.drafts
        self._source = site.source
        self._blank_targets = site.blank_targets
        self._addresses = HexoAddresses(site, self.moment)
        self._images = HexoImages(site, self._addresses, files)
        self._links = HexoLinks(site, self._addresses, self._images, files)
        self.linking = self.linking._replace(heading_ids_known=site.marked or site.counts_up)
        self._lists = HexoLists(site.made, site.root, site.filename_case, site.source, files)
        self._templates = HexoTemplates(site, files)
        self.settings = site.reported
        self.folders = self.folders._replace(public=(site.source,))
        base = (site.root or "").rstrip("/")
        self.serving = ServingTraits(site.home, base, base)
        posts = f"{site.source}/_posts"
        hidden = ("/**/_*", "/**/.*", "/**/_*/**", "/**/.*/**")
        included = tuple(f"{site.source}/{each}" for each in site.include if "**" in each)
        self.collections = (
            Collection("posts", (f"{posts}/**/*.{_ENDINGS}",), tuple(posts + each for each in hidden)),
            Collection("drafts", (f"{site.source}/_drafts/**/*.{_ENDINGS}",)),
            *((Collection("included pages", included),) if included else ()),
            Collection(
                "pages",
                (f"{site.source}/**/*.{_ENDINGS}",),
                (*(site.source + each for each in hidden), *(f"{site.source}/{each}" for each in site.exclude)),
            ),
        )

    def syntax(self, path: str) -> Syntax:
        return Syntax(
            shortcodes=NUNJUCKS,
            heading_ids=False,
            admonitions=False,
            blank_targets=self._blank_targets,
            tags_are_html=True,
            heading_blank="any",
        )

    def template_engine(self, path: str, data: Mapping[str, Any]) -> "Engine | None":
        return self._templates.engine(path, data)

    def gives_ids(self, tag: str) -> bool:
        return self._templates.gives_ids(tag)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._addresses.address(path, data)

    def made_pages(self, posts: "Sequence[Listed]") -> "MadePages":
        return self._lists.made([post for post in posts if self._addresses.kind(post.path) == "post"])

    def term_address(self, path: str, field: str, tag: str) -> str | None:
        return self._lists.tag(tag) if field == "tags" else None

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        if path.startswith(f"{self._source}/_drafts/"):
            return not self._shows_drafts
        return not self._addresses.published(data)

    def withheld(self, path: str, data: Mapping[str, Any], at: datetime) -> Reason | None:
        if self._future or data.get("date") is None:
            return None
        found = self.moment(data["date"], str(data["date"])).instant
        if found is None:
            return None
        return FUTURE if (found if found.tzinfo else found.replace(tzinfo=UTC)) > at else None

    def moment(self, value: object, text: str) -> Moment:
        """Dates as js-yaml or `new Date()` reads them. What YAML typed shows its UTC wall clock in the machine's zone,
        or in the site's; what is text is an instant, whose wall clock is read again in the site's zone."""
        from postlint.javascript import dates

        text = text.strip()
        if value is None or isinstance(value, bool) or value == 0 or not text:
            return Moment(None)
        if isinstance(value, (int, float)):
            number = dates.from_number(value)
            problem = None
            if number and number.instant and number.instant.year == 1970:
                problem = Reason(f"Hexo reads a number as milliseconds since 1970; write `{_day(text)}`")
            return Moment(number.instant if number else None, problem)
        typed = isinstance(value, date)
        read = dates.timestamp(text) if typed else dates.parse(text)
        if read is None and isinstance(value, date):
            at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
            wall = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
            return Moment(zones.local(wall, self._zone))
        if read is None:
            problem = Reason(f"JavaScript cannot read `{text[:40]}` as a date; Hexo uses the file's time instead")
            return Moment(None, problem)
        from postlint.frameworks._shared.new_date import odd

        instant, problem, whole_day = odd(read, "Hexo reads")
        if instant is None:
            return Moment(None, problem)
        if typed:
            instant = zones.local(instant.astimezone(UTC).replace(tzinfo=None), self._zone)
        elif instant.tzinfo is None:
            instant = zones.local(instant, self._zone)
        elif self._zone:
            # The machine's zone says what the clock shows, and that is then read in the site's zone.
            return Moment(None, problem)
        return Moment(instant, problem, whole_day)

    def named_date(self, path: str) -> datetime | None:
        return self._addresses.named_date(path)


def _day(digits: str) -> str:
    """How a date that is written as a number is meant, as far as that can be seen."""
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if digits.isdigit() and len(digits) == 8 else "YYYY-MM-DD"
