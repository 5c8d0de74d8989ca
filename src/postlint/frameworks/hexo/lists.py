"""The lists that Hexo's generators make: the index, archives, tags and categories, and feeds.

Sources: hexo-generator-{index,archive,tag,category,feed}, hexo-pagination, hexo (models/tag.js, models/category.js).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from postlint.files.files import Files
from postlint.frameworks.hexo.slugs import slugize
from postlint.frameworks.made import Listed, MadePage, MadePages, by_period, by_term, is_all_read, numbers

_ENDINGS = frozenset(("md", "markdown", "mkd", "mkdn", "mdwn", "mdtxt", "mdtext"))
_SAFE = "-_.!~*'();/?:@&=+$,#"


class ListSettings(NamedTuple):
    """The folders of each kind of list below the root, without slashes around them; None if no generator makes it.
    `sizes` are the numbers of posts a page, by kind; 0: all of them. `periods` are those that archives are made of.
    `feeds` are the paths of the feeds."""

    start: str | None = None
    archive: str | None = None
    tag: str | None = None
    category: str | None = None
    sizes: Mapping[str, int] = {}
    page: str = "page"
    periods: tuple[str, ...] = ()
    tag_index: bool = False
    tag_map: Mapping[str, Any] = {}
    category_map: Mapping[str, Any] = {}
    feeds: tuple[str, ...] = ()


def read(data: Mapping[str, Any], plugins: Mapping[str, Any]) -> ListSettings:
    """What the settings `data` say of the generators among `plugins`, the site's packages. If there are none, the
    generators are those of a new site."""
    known = any(name.startswith("hexo-generator-") for name in plugins)
    options = {kind: _mapping(data.get(f"{kind}_generator")) for kind in ("index", "archive", "tag", "category")}
    folders = {
        "index": options["index"].get("path") or "",
        "archive": data.get("archive_dir", "archives"),
        "tag": data.get("tag_dir", "tags"),
        "category": data.get("category_dir", "categories"),
    }
    made = {
        kind: folder.strip("/")
        for kind, folder in folders.items()
        if (f"hexo-generator-{kind}" in plugins or not known)
        and isinstance(folder, str)
        and options[kind].get("enabled") is not False
    }
    default = data.get("per_page", 10)
    sizes = {kind: options[kind].get("per_page", 0 if data.get(kind) == 1 else default) for kind in folders}
    page = data.get("pagination_dir")
    return ListSettings(
        made.get("index"),
        made.get("archive"),
        made.get("tag"),
        made.get("category"),
        {kind: size if isinstance(size, int) else 0 for kind, size in sizes.items()},
        page.strip("/") if isinstance(page, str) and page.strip("/") else "page",
        tuple(_periods(options["archive"])),
        options["tag"].get("enable_index_page") is True,
        _mapping(data.get("tag_map")),
        _mapping(data.get("category_map")),
        tuple(_feeds(data.get("feed"))) if "hexo-generator-feed" in plugins else (),
    )


def _periods(options: Mapping[str, Any]) -> Iterator[str]:
    if options.get("yearly", True):
        yield "%Y"
        if options.get("monthly", True):
            yield "%Y/%m"
        if options.get("daily", False):
            yield "%Y/%m/%d"


def _feeds(value: object) -> Iterator[str]:
    options = _mapping(value)
    if options.get("enable", True):
        paths = options.get("path", "atom.xml")
        yield from (each for each in (paths if isinstance(paths, list) else [paths]) if isinstance(each, str))


def _mapping(value: object) -> dict[str, Any]:
    return {str(key): each for key, each in value.items()} if isinstance(value, dict) else {}


class HexoLists:
    """The lists of one site, whose root is at `root`."""

    def __init__(self, settings: ListSettings, root: str | None, case: int, source: str, files: Files | None) -> None:
        self._posts, self._files = f"{source}/_posts", files
        self._settings = settings
        self._root = root
        self._case = case

    def tag(self, text: str) -> str | None:
        """The address of the page of a tag; None if it has none."""
        settings = self._settings
        if settings.tag is None or self._root is None:
            return None
        slug = self._slug(text, settings.tag_map)
        return self._at(settings.tag, slug) if slug else None

    def made(self, posts: Sequence[Listed]) -> MadePages:
        """The pages that the generators make of the published `posts`."""
        settings = self._settings
        shown = [_with_plurals(post) for post in posts if post.published is not False]
        if self._root is None or not shown:
            return MadePages()
        pages = [MadePage(f"{self._root}{path.lstrip('/')}", "a feed") for path in settings.feeds]
        closed: dict[str, str] = {}
        if settings.start is not None:
            pages += self._paged(settings.start, shown, "index", "the list of the site's posts")
            closed[self._at(settings.start, settings.page)] = "there are not so many posts"
        if settings.archive is not None:
            pages += self._paged(settings.archive, shown, "archive", "the archive of posts")
            if settings.archive and all(post.date for post in shown):
                closed[self._at(settings.archive)] = "no post is of this time"
            for form in settings.periods:
                for name, group in by_period(shown, form).items():
                    what = f"the archive of posts of {name}"
                    pages += self._paged(f"{settings.archive}/{name}".strip("/"), group, "archive", what)
        if settings.tag is not None:
            for text, group in by_term(shown, "tags").items():
                slug = self._slug(text, settings.tag_map)
                if slug:
                    pages += self._paged(
                        f"{settings.tag}/{slug}".strip("/"),
                        group,
                        "tag",
                        f"the list of the posts with the tag `{text}`",
                    )
            if settings.tag_index:
                pages.append(MadePage(self._at(settings.tag), "the list of tags"))
            if settings.tag:
                closed[self._at(settings.tag)] = "no post has this tag"
        if settings.category is not None:
            pages += self._categories(settings.category, shown)
        return MadePages(pages, closed, lambda: is_all_read(self._files, self._posts, _ENDINGS))

    def _categories(self, folder: str, shown: Sequence[Listed]) -> Iterator[MadePage]:
        """A list of texts is one path of categories, each of which has a page."""
        paths: dict[str, list[Listed]] = {}
        for post in shown:
            slugs: list[str] = []
            for text in post.of("categories"):
                slugs.append(self._slug(text, self._settings.category_map))
                paths.setdefault("/".join(slugs), []).append(post)
        for path, group in paths.items():
            if path.strip("/"):
                yield from self._paged(
                    f"{folder}/{path}".strip("/"), group, "category", f"the list of the posts in the category `{path}`"
                )

    def _slug(self, text: str, names: Mapping[str, Any]) -> str:
        return slugize(str(names.get(text) or text), self._case)

    def _paged(self, folder: str, group: Sequence[Listed], kind: str, what: str) -> Iterator[MadePage]:
        """A list and its further pages."""
        yield MadePage(self._at(folder), what, any(post.published for post in group))
        for number, certain in numbers(group, self._settings.sizes.get(kind, 0)):
            yield MadePage(self._at(folder, self._settings.page, str(number)), f"page {number} of {what}", certain)

    def _at(self, *parts: str) -> str:
        inner = "/".join(part for part in parts if part)
        return f"{self._root}{quote(inner, safe=_SAFE)}{'/' if inner else ''}"


def _with_plurals(post: Listed) -> Listed:
    """`post` with its `tag` and `category` under the names that stand for them where they are missing
    (plugins/processor/post.js)."""
    terms = post.terms
    for one, many in (("tag", "tags"), ("category", "categories")):
        if not post.of(many):
            terms = tuple((many if field == one else field, text) for field, text in terms)
    return post._replace(terms=terms)
