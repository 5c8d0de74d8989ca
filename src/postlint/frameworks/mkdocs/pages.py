"""Where a MkDocs site serves its pages and Material's blog posts, and where images are looked for.

Sources: mkdocs/structure/{files,pages}.py (1.6), mkdocs-material's plugins/blog (9.7).
"""

import posixpath
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from postlint.files.globs import matches
from postlint.frameworks._shared.python_slugs import pymdownx
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Address, Kind, Reason, Target, Where, is_external
from postlint.frameworks.mkdocs.settings import Blog, MkDocsSettings
from postlint.frameworks.web import EXTENSION, HOST, absolute, clean

# babel's formats that have names, in English.
_NAMED = {"short": "M/d/yy", "medium": "MMM d, y", "long": "MMMM d, y", "full": "EEEE, MMMM d, y"}
_DATE_TOKEN = re.compile(r"'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+")
_FIELD = re.compile(r"\{(\w+)\}")
_FIELDS = ("date", "slug", "categories", "file")
_TEMPLATE = ("{{", "{%")
# Pieces that other pages take in: what is relative in them is so to those pages.
_PIECE = re.compile(r"(?:^|/)(?:snippets|includes|partials|abbreviations|_[^/]*)(?:/|$)", re.IGNORECASE)
_NO_TITLE = "-"
# structure/files.py: what is never copied.
HIDDEN = ("templates/**", "**/.*", "**/.*/**")


class MkDocsPages:
    """The addresses and images of one site's pages."""

    def __init__(self, site: MkDocsSettings) -> None:
        self._site = site
        self._at = "" if site.docs in (None, ".") else f"{site.docs}/"

    def blog(self, path: str) -> Blog | None:
        """The blog that the page at `path` is a post of: its path begins with the text of the posts' folder."""
        below = path[len(self._at) :]
        return next((blog for blog in self._site.blogs if below.startswith(blog.posts)), None)

    def address(self, path: str, data: Mapping[str, Any], title: str | None) -> Address:
        """`title` is the post's own, where its front matter has none; None: not known."""
        site = self._site
        if site.docs is None or not path.startswith(self._at):
            return Address(None, reason=Reason("it lies outside the folder of the docs"))
        if site.moving:
            return Address(None, reason=Reason("a plugin decides about addresses"))
        below = path[len(self._at) :]
        blog = self.blog(path)
        if blog is None:
            page = below.rpartition(".")[0]
            folder, _, name = page.rpartition("/")
            if name in ("index", "README"):
                page = f"{folder}/index" if folder else "index"
        else:
            made = self._post(blog, below, data, title)
            if made is None:
                reason = Reason("postlint cannot compute its address from the settings, its title or its date")
                return Address(None, reason=reason)
            page = posixpath.normpath(f"{blog.folder}/{made}").lstrip("/")
        return self._served(page)

    def place(self, path: str, data: Mapping[str, Any]) -> str | None:
        """An address in the folder in which the page at `path` is served; None if that is not known."""
        addresses = self.address(path, data, _NO_TITLE).addresses
        return addresses[0] if addresses else None

    def is_piece(self, path: str) -> bool:
        """Whether other pages take the one at `path` in, so that what is relative in it is so to them."""
        return _PIECE.search(path[len(self._at) :]) is not None

    def _served(self, page: str) -> Address:
        if not self._site.directories:
            address = f"/{page}.html"
        elif page == "index" or page.endswith("/index"):
            address = f"/{page[: -len('index')]}"
        else:
            address = f"/{page}/"
        return Address((address,), address)

    def _post(self, blog: Blog, below: str, data: Mapping[str, Any], title: str | None) -> str | None:
        fields = _FIELD.findall(blog.url)
        if any(field not in _FIELDS for field in fields):
            return None
        parts: dict[str, str | None] = {"file": posixpath.basename(below).rpartition(".")[0]}
        if "date" in fields:
            parts["date"] = _written(created(data), blog.date, self._site.language)
        if "slug" in fields:
            parts["slug"] = self._slug(blog, below, data, title)
        if "categories" in fields:
            names = data.get("categories")
            listed = [each for each in names if isinstance(each, str)] if isinstance(names, list) else []
            listed = listed[: blog.categories]
            parts["categories"] = (
                "/".join(pymdownx(each, blog.separators[1]) for each in listed) if blog.slugs or not listed else None
            )
        if any(parts[field] is None for field in fields):
            return None
        return _FIELD.sub(lambda found: str(parts[found[1]]), blog.url)

    def _slug(self, blog: Blog, below: str, data: Mapping[str, Any], title: str | None) -> str | None:
        own = data.get("slug")
        if own:
            return own if isinstance(own, str) else None
        if not blog.slugs:
            return None
        title = data.get("title", title)
        return pymdownx(title, blog.separators[0]) if isinstance(title, str) else None

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where) -> Target:
        if is_external(target):
            return EXTERNAL
        form, site = clean(target), self._site
        if not form or site.docs is None or any(mark in target for mark in _TEMPLATE) or not path.startswith(self._at):
            return UNKNOWN
        if where == "field":
            return self._field(path, form)
        if form.startswith("/"):
            return self._rooted(form, where)
        piece = self.is_piece(path)
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
        if where in ("markdown", "reference"):
            if beside.startswith("..") or piece:
                return UNKNOWN
            # What is not a file of the docs stays as it is written, and a browser may find it.
            own = self.place(path, data)
            base = site.base or ""
            asked = absolute(base + own, form) if own else ""
            more = (posixpath.normpath(self._at + asked[len(base) + 1 :]),) if asked.startswith(f"{base}/") else ()
            return self._copied((beside, *more))
        if where != "html" or piece:
            return UNKNOWN
        return self._beside_page(path, data, form, beside)

    def _copied(self, paths: tuple[str, ...], certain: bool = True, note: str | None = None) -> Target:
        """Those of `paths` that the build takes along, if they are there."""
        site, certain = self._site, certain and not self._site.making
        inside = (path for path in dict.fromkeys(paths) if path.startswith(self._at) or site.making)
        hidden = (*HIDDEN, *site.excluded)
        found = tuple(
            path
            for path in inside
            if not matches(path[len(self._at) :], hidden) or matches(path[len(self._at) :], site.kept)
        )
        if found:
            return Target("files", found, certain, note)
        return (
            Target("missing", note="MkDocs copies no such file: it is not in the docs, or left out")
            if certain
            else UNKNOWN
        )

    def is_draft(self, path: str) -> bool:
        """Whether `draft_docs` keeps the page at `path` from the build."""
        return bool(self._site.drafts) and matches(path[len(self._at) :], self._site.drafts)

    def _rooted(self, form: str, where: Where) -> Target:
        """`/x`: in the docs where the site says so, else what the host serves."""
        site = self._site
        if site.absolute and where in ("markdown", "reference"):
            return self._copied((self._at + form[1:],))
        if form.startswith(f"{site.base or ''}/assets/") or site.one_of_many:
            return UNKNOWN
        if site.base and form.startswith(f"{site.base}/"):
            return self._copied((self._at + form[len(site.base) + 1 :],))
        return self._copied((self._at + form[1:],), site.base == "")

    def _beside_page(self, path: str, data: Mapping[str, Any], form: str, beside: str) -> Target:
        site = self._site
        own = self.place(path, data)
        if own is None:
            return UNKNOWN
        asked = absolute(own, form)[1:]
        paths = [self._at + asked]
        blog = self.blog(path)
        if blog:
            # What lies beside the posts is served without the name of their folder.
            head = f"{blog.folder}/" if blog.folder != "." else ""
            if asked.startswith(head):
                paths.append(f"{self._at}{blog.posts}/{asked[len(head) :]}")
        if site.html:
            # Inside of HTML with `markdown` an image is a page's own.
            paths.append(beside)
        note = "HTML is left as it is: the browser asks for this below the page's own address"
        if any(each.startswith("..") for each in paths):
            return UNKNOWN
        return self._copied(tuple(paths), note=note)

    def _field(self, path: str, form: str) -> Target:
        """An image of the front matter is what the theme makes of it."""
        if not EXTENSION.search(form) or HOST.match(form):
            return UNKNOWN
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form.lstrip("/")))
        folders = (f"{self._at}{form.lstrip('/')}", beside, f"{self._at}assets/{form.lstrip('/')}", form.lstrip("/"))
        paths = tuple(dict.fromkeys(map(posixpath.normpath, folders)))
        return UNKNOWN if any(each.startswith("..") for each in paths) else Target("files", paths, certain=False)


def created(data: Mapping[str, Any]) -> object:
    """The date of a post, which may be one of several in a mapping."""
    value = data.get("date")
    return value.get("created") if isinstance(value, dict) else value


def heading(text: str, body: int) -> str | None:
    """The title of a page whose front matter has none: its first line, where that is a heading. None if it is not."""
    for line in text[body : body + 20_000].splitlines():
        if line.strip():
            return line.strip().lstrip("# ") if line.strip().startswith("# ") else None
    return None


def title_of(path: str) -> str:
    """The title that the name of the file at `path` gives a page without any other (structure/pages.py)."""
    name = posixpath.basename(path).rpartition(".")[0].replace("-", " ").replace("_", " ")
    return name.capitalize() if name.lower() == name else name


def _written(value: object, pattern: str, language: str) -> str | None:
    """A date by a pattern of Unicode's (babel); None if that needs another language's words."""
    if not isinstance(value, date):
        return None
    if pattern in _NAMED and language != "en":
        return None
    out = ""
    for token in _DATE_TOKEN.finditer(_NAMED.get(pattern, pattern)):
        text = token[0]
        if token[2] is None:
            out += (token[1] or "'") if token[1] is not None else text
            continue
        if token[2] == "E" and len(text) <= 4 and language == "en":
            out += f"{value:%A}" if len(text) == 4 else f"{value:%A}"[:3]
            continue
        quarter = (value.month + 2) // 3 if len(text) < 3 else None
        number = {
            "y": value.year,
            "Y": value.year,
            "M": value.month,
            "L": value.month,
            "Q": quarter,
            "d": value.day,
        }.get(token[2])
        if token[2] == "D":
            number = value.timetuple().tm_yday
        elif token[2] == "Y" and (value.month, value.day) not in ((month, 15) for month in range(1, 13)):
            number = value.year if 4 <= value.timetuple().tm_yday <= 360 else None
        if number is None:
            return None
        if token[2] in "ML" and len(text) > 2:
            if language != "en":
                return None
            from postlint.javascript.js_date import MONTHS

            name = MONTHS[value.month - 1]
            out += name[: {3: 3, 4: None}.get(len(text), 1)]
        elif token[2] in "yY" and len(text) == 2:
            out += f"{number % 100:02}"
        else:
            out += f"{number:0{len(text)}}"
    return out


def refusal(blog: Blog | None, site: MkDocsSettings, data: Mapping[str, Any]) -> Reason | None:
    """Why the build stops at this front matter, None if it does not."""
    if site.tags and data.get("tags") is not None:
        tags = data["tags"]
        if not isinstance(tags, (list, dict)):
            return _refused("`tags` must be a list", "tags")
        if not all(isinstance(tag, (str, int, float)) for tag in tags):
            return _refused("every tag must be text", "tags")
    if blog is None or site.meta:
        return None
    dates = data.get("date")
    listed = list(dates.values()) if isinstance(dates, dict) else [dates]
    if created(data) is None:
        return _refused("a post of a blog must have a `date`", "date", "missing")
    if not all(isinstance(each, date) for each in listed):
        return _refused("`date` must be a date (`2024-01-05`, without quotes)", "date")
    for key in ("draft", "pin"):
        if key in data and not isinstance(data[key], bool):
            return _refused(f"`{key}` must be `true` or `false`, without quotes", key)
    if "readtime" in data and not isinstance(data["readtime"], int):
        return _refused("`readtime` must be a whole number", "readtime")
    if "hide" in data and not isinstance(data["hide"], list):
        return _refused("`hide` must be a list", "hide")
    for key in ("categories", "authors"):
        value = data.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            return _refused(f"`{key}` must be a list of texts", key)
    for number, name in enumerate(data.get("categories", ()) if blog.allowed else ()):
        if name not in (blog.allowed or ()):
            return _refused(f"`categories_allowed` in the settings does not have `{name}`", f"categories[{number}]")
    if "slug" in data and not isinstance(data["slug"], str):
        return _refused("`slug` must be text", "slug")
    if not data.get("slug") and "slug" in blog.url and "title" in data and not isinstance(data["title"], str):
        return _refused("`title` must be text", "title")
    if any(field not in _FIELDS for field in _FIELD.findall(blog.url)) or re.search("[{}]", _FIELD.sub("", blog.url)):
        return Reason("`post_url_format` in the settings has an unknown placeholder", stops=True)
    return None


def _refused(text: str, field: str, kind: Kind = "value") -> Reason:
    return Reason(text, stops=True, field=field, kind=kind)


def instant(value: object) -> datetime | None:
    """A date as the blog has it: without a zone it is UTC."""
    from datetime import UTC

    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime(value.year, value.month, value.day, tzinfo=UTC) if isinstance(value, date) else None
