"""A small image file as part of the page."""

from base64 import b64encode

from postlint.files import image_header

_WIDE, _HIGH = 200, 120
_MOST_PIXELS = 4_000_000
"""A file of a few kilobytes may ask a browser for gigabytes of memory."""
_TYPES = {"PNG": "png", "JPEG": "jpeg", "GIF": "gif", "WebP": "webp"}
"""Formats of pixels that every browser shows: SVG is a document, which may hold anything."""


def thumbnail(data: bytes) -> str:
    """The image with the content `data` as HTML; empty if it cannot be shown, or not safely."""
    header = image_header.read(data)
    if header is None or header.format not in _TYPES or header.size is None:
        return ""
    wide, high = header.size
    if not 0 < wide * high <= _MOST_PIXELS:
        return ""
    scale = min(1, _WIDE / wide, _HIGH / high)
    size = f"width={max(1, round(wide * scale))} height={max(1, round(high * scale))}"
    return f'<img alt="" {size} src="data:image/{_TYPES[header.format]};base64,{b64encode(data).decode()}">'
