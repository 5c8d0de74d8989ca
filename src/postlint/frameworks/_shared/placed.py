"""Frameworks whose front matter moves the page that a browser resolves images and links against."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from postlint.frameworks.answers import Address, Embedded, Target, Where
from postlint.frameworks.framework import Framework


class Images(Protocol):
    """Where the images of one site's posts are looked for: see `Framework.image` and `Framework.embedded`."""

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None) -> Target: ...

    def embedded(self, tag: str) -> Sequence[Embedded]: ...


class Links:
    """Where the links of one site's posts lead."""

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None) -> Target:
        """See `Framework.link`."""
        raise NotImplementedError

    def anchors(self, headings: Sequence[str]) -> Iterable[str] | None:
        """See `Framework.anchors`."""
        return None


class Placed(Framework):
    """A framework that says where images and links lead by a post's front matter."""

    _images: Images
    _links: Links

    def embedded(self, tag: str) -> Sequence[Embedded]:
        return self._images.embedded(tag)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._images.image(path, data, target, where, tag)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._links.link(path, data, target, where, tag)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        return self._links.anchors(headings)


class LastAddress:
    """Gives the addresses of posts, and remembers that of the last one for all that it refers to."""

    def __init__(self, address: Callable[[str, Mapping[str, Any]], Address]) -> None:
        self._address = address
        self._last: tuple[str, Mapping[str, Any], Address] = ("", {}, Address(None))

    def __getstate__(self) -> dict[str, Any]:
        return {"_address": self._address, "_last": ("", {}, Address(None))}

    def __call__(self, path: str, data: Mapping[str, Any]) -> Address:
        if self._last[0] != path or self._last[1] is not data:
            self._last = path, data, self._address(path, data)
        return self._last[2]
