"""The fields of posts that a site's own code reads, by the names that blogs give them."""

import re
from collections.abc import Mapping
from typing import Any

_LANGUAGES = ("lang", "locale", "language")
_LANGUAGE = re.compile(r"\.([a-z]{2}(?:[-_][A-Za-z]{2,4})?)$")

ROLES: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "description": ("description", "excerpt", "summary"),
    "slug": ("slug",),
    "published": (
        *("date", "pubDate", "publishDate", "publishedDate", "publishedAt", "published_at", "publishedOn", "published"),
        *("datePublished", "postDate", "createdAt", "created", "publish_date", "published_date", "created_at"),
    ),
    "updated": (
        *("updated", "updatedDate", "updateDate", "updatedAt", "updated_at", "lastmod", "lastMod", "lastModified"),
        *("lastUpdated", "modified", "modifiedDate", "dateModified", "dateUpdated", "updated_date", "last_modified"),
        *("last_updated", "modified_at"),
    ),
    "image": (
        *("image", "images", "coverImage", "cover", "cover_image", "thumbnail", "ogImage", "og_image", "banner"),
        *("hero", "heroImage", "featuredImage", "featured_image", "featuredimage", "socialImage", "img", "poster"),
        *("author.picture", "bannerImage", "headerImage", "previewImage", "thumb"),
    ),
    "tags": ("tags", "categories"),
    "author": ("author", "authors"),
    "draft": ("draft", "isDraft"),
}
"""Role → keys, for sites whose framework leaves the fields to them."""


def is_draft(data: Mapping[str, Any]) -> bool:
    return any(data.get(key) is True for key in ROLES["draft"]) or data.get("published") is False


def named_address(path: str, data: Mapping[str, Any]) -> str | None:
    """What two posts of one folder must not share, whatever the site's code makes addresses of: the one that they name in
    the front matter. None if there is none. Languages have addresses of their own."""
    paths = (data.get(key) for key in ("permalink", "path", "url"))
    name = next((path for path in paths if isinstance(path, str) and path.startswith("/")), data.get("slug"))
    if not isinstance(name, str) or not name:
        return None
    folder, _, file = path.rpartition("/")
    stem = file.rpartition(".")[0]
    if stem.partition(".")[0] == "index":
        folder = folder.rpartition("/")[0]
    suffix = _LANGUAGE.search(stem)
    language = next((data[key] for key in _LANGUAGES if data.get(key)), suffix[1] if suffix else "")
    return f"{folder}:{language}:{name}"
