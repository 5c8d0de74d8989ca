"""No framework that postlint knows: only what is true of every blog."""

import posixpath
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import unquote

from postlint.files import Files
from postlint.frameworks import (
    ABOUT_THE_REPOSITORY,
    EXTERNAL,
    UNKNOWN,
    Address,
    Collection,
    Framework,
    Moment,
    Setting,
    Target,
    Where,
    is_external,
)
from postlint.front_matter.dialects import PLAIN
from postlint.javascript import dates

FOLDERS = ("posts", "_posts", "blog", "content", "articles", "src/content", "src/posts", "docs")
"""Where posts lie by custom."""
_STATIC = ("static", "public", "assets", "images", "source")
_POSTS = "**/*.{md,markdown,mdx,MD,Markdown,MARKDOWN,MDX}"
_PLACEHOLDER = re.compile(r"\{\{|\{%|<%|(?:TODO|TBD)\b|[Yy]{4}\b")
# RFC 3339, with `T` or one space, seconds and zone optional.
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?[ \t]*([Zz]|[+-]\d\d:?\d\d)?)?")
_ALIAS = re.compile(r"[@~#$][\w-]*/|[\w-]+:")
_GENERATED = ("_next/", "_astro/")
_TEMPLATE = ("{", "<%", "${", "$lib")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}/")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{2,5}(?:[?#]|$)")


class Plain(Framework):
    """Posts in a folder. Addresses, keys and the site's root are unknown, so nothing is claimed about them."""

    name: ClassVar[str] = "none"
    title: ClassVar[str] = "no framework"
    addresses_known: ClassVar[bool] = False
    dialect = PLAIN
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description",),
        "slug": ("slug",),
        "published": (
            *("date", "pubDate", "pubDatetime", "publishDate", "published", "published_at", "publishedAt"),
            *("created", "datePublished"),
        ),
        "updated": (
            *("updated", "updatedDate", "lastmod", "modified", "modDatetime", "last_modified_at"),
            *("date-modified", "dateModified"),
        ),
        "expires": ("expires", "expiryDate"),
        "image": (
            *("image", "cover", "coverImage", "cover_image", "heroImage", "featuredImage", "featured_image"),
            *("thumbnail", "banner", "ogImage", "og_image", "feature_image", "header_image"),
        ),
        "tags": ("tags",),
        "author": ("author", "authors"),
        "draft": ("draft",),
    }
    excluded_names = ABOUT_THE_REPOSITORY

    def __init__(self, files: Files | None) -> None:
        found = [folder for folder in FOLDERS if files is None or files.find_folder(folder).status == "ok"]
        self.collections = tuple(Collection(folder, (f"{folder}/{_POSTS}",)) for folder in found)
        self.settings = (Setting("framework", "none", "assumed"),)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return Address(None, reason="no site framework was found")

    def moment(self, value: object, text: str) -> Moment:
        """Certain are ISO 8601's usual forms, whose days exist or don't, and placeholders; the rest depends."""
        text = text.strip()
        found = _ISO.fullmatch(text)
        if found is None:
            problem = f"`{text[:40]}` is a placeholder" if _PLACEHOLDER.search(text[:200]) else None
            return Moment(_typed(value), problem, isinstance(value, date) and not isinstance(value, datetime))
        day = dates.JsDate(None, (int(found[1]), int(found[2]), int(found[3])))
        oddity = day.oddity or _clock(found)
        return Moment(None if oddity else _instant(found), oddity, found[4] is None)

    def image(self, path: str, target: str, where: Where) -> Target:
        """Beside the post, then at the same path in the folders that often hold static files. What begins with `/`, and
        what a template or an alias makes of it, is not judged."""
        if is_external(target):
            return EXTERNAL
        if target.startswith(("/", "#", "?")) or any(mark in target for mark in _TEMPLATE) or _ALIAS.match(target):
            return UNKNOWN
        written = re.split(r"[?#]", target, maxsplit=1)[0]
        if not _EXTENSION.search(written) or written.startswith(_GENERATED):
            return UNKNOWN
        if where == "field" and _HOST.match(written):
            return UNKNOWN
        forms = dict.fromkeys((target, written, unquote(written)))
        folders = (posixpath.dirname(path), *_STATIC, *(("", "src") if where == "field" else ()))
        paths = [posixpath.normpath(posixpath.join(folder, form)) for folder in folders for form in forms]
        if paths[0].startswith(".."):
            return UNKNOWN
        return Target("files", tuple(dict.fromkeys(path for path in paths if not path.startswith(".."))), certain=False)


def _clock(found: "re.Match[str]") -> str | None:
    hour, minute, second = (int(part or 0) for part in found.group(4, 5, 6))
    if hour > 24 or (hour == 24 and (minute or second)):
        return f"there is no hour {hour}"
    if minute > 59:
        return f"there is no minute {minute}"
    return f"there is no second {second}" if second > 60 else None


def _instant(found: "re.Match[str]") -> datetime | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in found.group(1, 2, 3, 4, 5, 6))
    digits = (found[7] or "")[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2] or 0), minutes=int(digits[2:] or 0))
    try:
        at = datetime(year, month, day) + timedelta(hours=hour, minutes=minute, seconds=second)
        if not found[7]:
            return at
        return (at + offset if found[7][0] == "-" else at - offset).replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _typed(value: object) -> datetime | None:
    """The date that the front matter's parser found in a form that is not the usual one."""
    if isinstance(value, datetime):
        return value
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else None
