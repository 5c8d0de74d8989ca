"""Where Nuxt Content puts a page: the path below `content/`, cleaned part by part.

Source: @nuxt/content 3.16, src/utils/content/… `path-meta`; package slugify 1.6.9; builds with them.
"""

import re

from postlint.frameworks._shared import js_slugs

# Only numbers and dots (`1.0`, `07.2`): a version, not a place in an order.
_VERSION = re.compile(r"\d+(?:\.\d+)*(?:\.x)?")
_ORDER = re.compile(r"\d+\.")
_ENDING = re.compile(r"\.[^./]+$")
# What a browser's address has in another form than the path that the site compares it with.
_AS_IT_IS = re.compile(r"[A-Za-z0-9\-._~!$&'()*,;=:@/]*")


def stem(path: str) -> str:
    """`path` without its ending."""
    return _ENDING.sub("", path)


def address(below: str, lower: bool | None = True) -> str | None:
    """The address of the file whose path without ending is `below`; None if a part of it is not known, or `lower`:
    whether it is in lower case."""
    if lower is None:
        return None
    parts = [part(each, lower) for each in below.split("/")]
    if None in parts:
        return None
    return "/" + "/".join(each for each in parts if each)


def part(name: str, lower: bool = True) -> str | None:
    """One part of an address, empty for an index; None if it is not known."""
    if _VERSION.fullmatch(name) is None:
        name = _ORDER.sub("", name, count=1) if _ORDER.match(name) else name
    name = name.removesuffix(".draft")
    if name == "index":
        return ""
    if lower or name == name.lower():
        return js_slugs.slug(name)
    if not name.isascii():
        return None
    made = js_slugs.slug(name)
    kept = re.sub(r"\s+", "-", re.sub(r"[^\w\s$*_+~.()'\"!\-:@]+", "", name.replace("-", " ")).strip())
    return kept if made is not None and kept.lower() == made else None


def is_found(path: str) -> bool:
    """Whether a page that compares the paths of content with its own address finds `path`."""
    return path == "/" or (path.startswith("/") and not path.endswith("/") and _AS_IT_IS.fullmatch(path) is not None)
