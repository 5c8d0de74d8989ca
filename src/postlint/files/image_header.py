"""Reads the first bytes of an image: its format and its size in pixels."""

from typing import Literal, NamedTuple

ENOUGH = 256 * 1024
"""So many bytes hold the header of nearly every image: JPEG has its size behind colour profiles and thumbnails."""

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"8BPS", "Photoshop"),
    (b"\0\0\1\0", "icon"),
    (b"\0\0\2\0", "icon"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"%PDF", "PDF"),
)
_BRANDS = {b"avif": "AVIF", b"avis": "AVIF", **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc"), "HEIC")}
# The generic brands of the container; which coding it holds is told by the compatible ones.
_GENERIC = frozenset((b"mif1", b"msf1"))


class Header(NamedTuple):
    """`format` as people call it (`PNG`, `JPEG`, `SVG`, `web page` for an error page saved as an image); `size` in
    pixels, width first, None if unknown."""

    format: str
    size: tuple[int, int] | None = None


def read(data: bytes) -> Header | None:
    """The header in `data`, the first bytes of a file (see `ENOUGH`); None for an unknown format. Never raises.

    Sources: the formats' own specifications (PNG, GIF89a, RFC 9649, ITU-T T.81, ISO/IEC 23008-12).
    """
    name = next((name for magic, name in _MAGIC if data.startswith(magic)), None)
    if name == "PNG":
        return Header(name, _numbers(data, 16, 4, "big"))
    if name == "GIF":
        return Header(name, _numbers(data, 6, 2, "little"))
    if name == "JPEG":
        return Header(name, _jpeg(data))
    if name:
        return Header(name)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Header("WebP", _webp(data))
    if data[4:8] == b"ftyp":
        return _container(data)
    return _markup(data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower())


def _numbers(data: bytes, at: int, width: int, order: Literal["big", "little"]) -> tuple[int, int] | None:
    """Two numbers of `width` bytes each; None if the data ends before them."""
    middle, end = at + width, at + 2 * width
    if len(data) < end:
        return None
    return int.from_bytes(data[at:middle], order), int.from_bytes(data[middle:end], order)


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            found = _numbers(data, at + 5, 2, "big")
            return found and (found[1], found[0])
        # Fill bytes, and markers that have no length.
        at += 1 if marker == 0xFF else 2 if 0xD0 <= marker <= 0xD8 else 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        found = _numbers(data, 24, 3, "little")
        return found and (found[0] + 1, found[1] + 1)
    if kind == b"VP8L" and len(data) >= 25:
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    found = _numbers(data, 26, 2, "little") if kind == b"VP8 " else None
    return found and (found[0] & 0x3FFF, found[1] & 0x3FFF)


def _container(data: bytes) -> Header | None:
    end = min(int.from_bytes(data[:4], "big"), 256)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, end, 4))]
    name = next((_BRANDS[brand] for brand in brands if brand in _BRANDS), None)
    if name is None:
        return Header("HEIC") if brands[0] in _GENERIC else None
    # If a file has several images (thumbnails, tiles), the largest one is shown.
    sizes, at = [], data.find(b"ispe")
    while at >= 0:
        if found := _numbers(data, at + 8, 4, "big"):
            sizes.append(found)
        at = data.find(b"ispe", at + 4)
    return Header(name, max(sizes, key=lambda size: size[0] * size[1], default=None))


def _markup(head: bytes) -> Header | None:
    if head.startswith((b"<!doctype html", b"<html")):
        return Header("web page")
    return Header("SVG") if b"<svg" in head or head.startswith(b"<!doctype svg") else None
