"""Which front matter Docusaurus refuses, so that the build stops; sources: its plugins' `frontMatter.js` (3.10)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from postlint.frameworks.answers import Reason
from postlint.frameworks.docusaurus.addresses import as_text

_COMMON_FLAGS = ("hide_table_of_contents", "draft", "unlisted")
_EMPTY = ("title", "title_meta", "description")
_TEXTS = {
    "blog": ("id", "title", "title_meta", "sidebar_label", "description", "author", "author_title", "slug"),
    "docs": (
        *("id", "title", "description", "slug", "sidebar_key", "sidebar_label", "sidebar_class_name"),
        *("displayed_sidebar", "pagination_label", "pagination_next", "pagination_prev", "custom_edit_url"),
    ),
    "pages": ("title", "description", "slug", "wrapperClassName"),
}
_NULL = ("displayed_sidebar", "pagination_next", "pagination_prev", "custom_edit_url")
_ADDRESSES = {"blog": ("image", "author_url", "author_image_url"), "docs": ("image",), "pages": ("image",)}


def refusal(kind: str, data: Mapping[str, Any]) -> Reason | None:
    """Why the plugin `kind` (`blog`, `docs`, `pages`) refuses the front matter `data`; None if it takes it."""
    for key in _TEXTS[kind]:
        if key in data and not (data[key] is None and key in _NULL):
            text = as_text(data[key])
            # What the plugin for pages asks for is Joi's own text, which no number is.
            if text is None or (kind == "pages" and not isinstance(data[key], str)):
                return _refused(f"`{key}` must be text", key)
            if not text and key not in _EMPTY and not (key == "sidebar_label" and kind == "blog"):
                return _refused(f"`{key}` must not be empty", key)
    for key in _ADDRESSES[kind]:
        if key in data and ((text := as_text(data[key])) is None or not text or " " in text):
            return _refused(f"`{key}` must be an address without spaces", key)
    for key in (*_COMMON_FLAGS, *(("hide_title",) if kind != "pages" else ())):
        if key in data and _flag(data[key]) is None:
            return _refused(f"`{key}` must be true or false", key)
    if _flag(data.get("draft")) and _flag(data.get("unlisted")):
        return _refused("a post cannot be both `draft` and `unlisted`", "unlisted")
    if kind == "docs" and "/" in str(data.get("id", "")):
        return _refused("`id` must not hold `/`", "id")
    return _lists(kind, data) or _levels(data) or _dates(kind, data)


def _refused(text: str, field: str) -> Reason:
    return Reason(text, stops=True, field=field, kind="value")


def is_draft(data: Mapping[str, Any]) -> bool:
    return _flag(data.get("draft")) is True


def _flag(value: object) -> bool | None:
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.strip().lower()) if isinstance(value, str) else None


def _lists(kind: str, data: Mapping[str, Any]) -> Reason | None:
    if "tags" in data and kind != "pages":
        tags = data["tags"]
        if not isinstance(tags, list):
            return _refused("`tags` must be a list", "tags")
        for number, tag in enumerate(tags):
            if isinstance(tag, dict):
                if not all(isinstance(tag.get(key), str) for key in ("label", "permalink")):
                    return _refused("a tag that is a mapping must have `label` and `permalink`", f"tags[{number}]")
            elif not as_text(tag):
                return _refused("a tag must be text", f"tags[{number}]")
    if "keywords" in data:
        words = data["keywords"]
        if not isinstance(words, list):
            return _refused("`keywords` must be a list", "keywords")
        if not words or not all(as_text(word) for word in words):
            return _refused("`keywords` must hold text", "keywords")
    authors = data.get("authors")
    if kind == "blog" and "authors" in data:
        for author in authors if isinstance(authors, list) else (authors,):
            if isinstance(author, dict):
                if not any(author.get(key) for key in ("key", "name", "imageURL")):
                    return _refused("an author must have `key`, `name` or `imageURL`", "authors")
            elif not as_text(author):
                return _refused("`authors` must be text or a list", "authors")
    return None


def _levels(data: Mapping[str, Any]) -> Reason | None:
    levels = []
    for key, least in (("toc_min_heading_level", 2), ("toc_max_heading_level", 2)):
        value = data.get(key)
        if key in data:
            if isinstance(value, str) and value.isdecimal():
                value = int(value)
            if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= 6:
                return _refused(f"`{key}` must be a number from {least} to 6", key)
            levels.append(value)
    if len(levels) == 2 and levels[0] > levels[1]:
        return _refused("`toc_min_heading_level` must not be above `toc_max_heading_level`", "toc_min_heading_level")
    position = data.get("sidebar_position", 0)
    try:
        sound = not isinstance(position, bool) and position is not None and float(position) == float(position)
    except (TypeError, ValueError, OverflowError):
        sound = False
    return None if sound else _refused("`sidebar_position` must be a number", "sidebar_position")


def _dates(kind: str, data: Mapping[str, Any]) -> Reason | None:
    from postlint.javascript import dates

    if kind == "blog" and "date" in data:
        value = data["date"]
        if isinstance(value, (bool, list, dict)) or value is None:
            return _refused("`date` must be a date", "date")
        if isinstance(value, str) and dates.parse(value) is None:
            return _refused("`date` must be a date", "date")
    update = data.get("last_update")
    if "last_update" in data:
        if not isinstance(update, dict) or not update.keys() & {"author", "date"}:
            return _refused("`last_update` must have `author` or `date`", "last_update")
        when = update.get("date")
        if when is not None and not isinstance(when, (str, int, float, date)):
            return _refused("`last_update.date` must be a date", "last_update.date")
    return None
