"""The fields of posts that a site's own code reads, by the names that blogs give them."""

from collections.abc import Mapping
from typing import Any

ROLES: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "description": ("description", "excerpt", "summary"),
    "slug": ("slug",),
    "published": (
        *("date", "pubDate", "publishDate", "publishedDate", "publishedAt", "published_at", "publishedOn", "published"),
        *("datePublished", "postDate", "createdAt", "created"),
    ),
    "updated": (
        *("updated", "updatedDate", "updateDate", "updatedAt", "updated_at", "lastmod", "lastMod", "lastModified"),
        *("lastUpdated", "modified", "modifiedDate", "dateModified", "dateUpdated"),
    ),
    "image": (
        *(
            "image",
            "images",
            "coverImage",
            "cover",
            "cover_image",
            "thumbnail",
            "ogImage",
            "og_image",
            "banner",
            "hero",
        ),
        *("heroImage", "featuredImage", "featured_image", "featuredimage", "socialImage", "img", "poster"),
        *("author.picture", "bannerImage", "headerImage", "previewImage", "thumb"),
    ),
    "tags": ("tags", "categories"),
    "author": ("author", "authors"),
    "draft": ("draft", "isDraft"),
}
"""Role → keys, for sites whose framework leaves the fields to them."""


def is_draft(data: Mapping[str, Any]) -> bool:
    return any(data.get(key) is True for key in ROLES["draft"]) or data.get("published") is False
