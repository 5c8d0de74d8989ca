"""No framework that postlint knows: only what is true of every blog."""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

from postlint.body.mdx_syntax import Setup
from postlint.body.syntax import ANY, Syntax
from postlint.files.endings import IMAGE_ENDING
from postlint.files.files import Files
from postlint.files.globs import fixed_folder
from postlint.frameworks._shared import custom_fields, found_posts, mdx_setup, own_reader
from postlint.frameworks.answers import (
    ABOUT_THE_REPOSITORY,
    Address,
    Collection,
    Embedded,
    Moment,
    Reason,
    Target,
    Where,
)
from postlint.frameworks.framework import Framework
from postlint.frameworks.none.places import PlainPlaces
from postlint.frameworks.traits import AddressTraits, FrontMatterTraits, LinkTraits
from postlint.front_matter import Dialect
from postlint.front_matter.dialects import PLAIN
from postlint.javascript.js_date import JsDate

FOLDERS = ("posts", "_posts", "blog", "content", "articles", "src/content", "src/posts", "docs")
"""Where posts lie by custom."""
_POSTS = "**/*.{md,markdown,mdx,svx,MD,Markdown,MARKDOWN,MDX}"
_LABELLED = ("myst.yml", "conf.py", "_toc.yml")
"""What says that pages are written for MyST, Sphinx or Jupyter Book."""
_PLACEHOLDER = re.compile(r"\{\{|\{%|<%|(?:TODO|TBD|TBA)\b|[Yy]{4}\b|\?+$")
# An image as Obsidian, Quartz and their like show it, with a size or a caption behind a bar.
_EMBED = "![["
_SHORTCODES = (*ANY, (_EMBED, "]]"))
_EMBEDDED = re.compile(rf"!\[\[([^\]\[|#\n]+{IMAGE_ENDING})[ \t]*(?:[|#][^\]\n]*)?\]\]", re.IGNORECASE)
# RFC 3339, with `T` or one space, seconds and zone optional; many read a month or a day of one digit, too.
_ISO = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?[ \t]*([Zz]|[+-]\d\d:?\d\d)?)?")


class Plain(Framework):
    """Posts in folders. Addresses, keys and the site's root are unknown, so nothing is claimed about them."""

    name: ClassVar[str] = "none"
    title: ClassVar[str] = "no framework"
    linking = LinkTraits(heading_ids_known=False)
    addressing = AddressTraits(from_names=False)
    front_matter = FrontMatterTraits(any_line_ends=True, reader_known=False)
    dialect: Dialect = PLAIN
    roles: Mapping[str, tuple[str, ...]] = {
        **custom_fields.ROLES,
        "published": (*custom_fields.ROLES["published"], "pubDatetime"),
        "updated": (*custom_fields.ROLES["updated"], "modDatetime", "last_modified_at", "date-modified"),
        "expires": ("expires", "expiryDate"),
        "image": (*custom_fields.ROLES["image"], "feature_image", "header_image"),
    }
    excluded_names = ABOUT_THE_REPOSITORY

    def __init__(self, files: Files | None) -> None:
        at_root = files.names("") if files else {}
        found = [folder for folder in FOLDERS if files is None or files.find_folder(folder).status == "ok"]
        is_quartz = "quartz.config.ts" in at_root
        self.front_matter = self.front_matter._replace(
            # Quartz takes a title from the file's name.
            optional=is_quartz,
            # Pandoc, which Hakyll reads posts with, takes metadata anywhere.
            anywhere=any(name.endswith(".cabal") or name == "stack.yaml" for name in at_root),
            line_based=files is not None and own_reader.is_likely(files),
        )
        # Quartz's own documentation lies in `docs`.
        posts = [folder for folder in found if folder != "docs" or not is_quartz]
        by_custom = tuple(Collection(folder, (f"{folder}/{_POSTS}",)) for folder in posts)
        self.collections = (*by_custom, *(found_posts.collections(files, found) if files else ()))
        # In MyST and Sphinx a fragment names a label, which any page may have.
        self._has_labels = files is not None and any(
            files.is_file(posixpath.join(folder, name))
            for folder in {"", *(each for one in self.collections for each in _above(one.include))}
            for name in _LABELLED
        )
        if "_posts" in at_root:
            # The sources of a Hexo site are often kept without its settings, and Hexo reads tabs as blanks.
            self.dialect = self.dialect._replace(tabs_indent=True)
        self._places = PlainPlaces(files, [collection.name for collection in self.collections if collection.name])
        if "config.md" in at_root and at_root.get("_layout"):
            # What stands between `+++` in a site of Franklin's is Julia.
            self.dialect = PLAIN._replace(fences=tuple(fence for fence in PLAIN.fences if fence.language != "toml"))
        # Mintlify's settings; it has a compiler of its own.
        is_mintlify = not {"docs.json", "mint.json"}.isdisjoint(at_root)
        self._mdx = None if is_mintlify else mdx_setup.read(files)

    def syntax(self, path: str) -> Syntax:
        return Syntax(mdx=path.endswith(".mdx"), shortcodes=_SHORTCODES, heading_blank="any")

    def mdx(self, path: str, data: Mapping[str, Any]) -> Setup | None:
        return self._mdx if path.endswith(".mdx") else None

    def embedded(self, tag: str) -> Sequence[Embedded]:
        found = _EMBEDDED.fullmatch(tag)
        return (Embedded("image", _EMBED, found[1], *found.span(1)),) if found else ()

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        """Unknown; but no two posts of one folder share an address that both name."""
        own = {key: value for key, value in data.items() if key != "path"}
        return Address(None, custom_fields.named_address(path, own), Reason("no site framework was found"))

    def moment(self, value: object, text: str) -> Moment:
        """Only ISO 8601's usual forms, days in words and placeholders are certain; the rest
        depends."""
        text = text.strip()
        found = _ISO.fullmatch(text)
        if found is None:
            if isinstance(value, str) and (reported := _in_words(text)):
                return reported
            problem = Reason(f"`{text[:40]}` is a placeholder") if _PLACEHOLDER.search(text[:200]) else None
            return Moment(_typed(value), problem, isinstance(value, date) and not isinstance(value, datetime))
        day = JsDate(None, (int(found[1]), int(found[2]), int(found[3])))
        oddity = day.oddity or _clock(found)
        return Moment(None if oddity else _instant(found), Reason(oddity) if oddity else None, found[4] is None)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._places.embedded(path, target) if tag == _EMBED else self._places.image(path, target, where)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._places.link(path, target, where)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        from postlint.frameworks._shared import usual_anchors

        if self._has_labels:
            return None
        return usual_anchors.anchors(headings)


def _above(patterns: Sequence[str]) -> Iterator[str]:
    """The folders that `patterns` begin with, and those that they lie in."""
    for pattern in patterns:
        folder = fixed_folder(pattern)
        while folder:
            yield folder
            folder = posixpath.dirname(folder)


def _in_words(text: str) -> Moment | None:
    """`October 4, 2025`, `2024/1/2` and other forms that can only be one day; None for anything else."""
    from postlint.schema.dates import explain

    meant = explain(text)
    if meant.suggestion:
        return Moment(datetime.fromisoformat(meant.suggestion), None, True)
    # What may be one of two days is left open.
    return Moment(None, Reason(meant.problem)) if meant.problem and " or " not in meant.problem else None


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
