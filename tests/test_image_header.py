"""What the first bytes of image files say."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.files.image_header import Header, read

_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + bytes(9) + b"\xff\xff\xc2\x00\x11\x08\x00\x20\x00\x40\x03"
_AVIF = b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif" + b"\0\0\0\x14ispe\0\0\0\0" + struct.pack(">II", 40, 30)


@pytest.mark.parametrize(
    ("data", "header"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", 640, 480), Header("PNG", (640, 480))),
        (b"GIF89a" + struct.pack("<HH", 16, 8), Header("GIF", (16, 8))),
        (_JPEG, Header("JPEG", (64, 32))),
        (b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + b"\x0f\0\0\x07\0\0", Header("WebP", (16, 8))),
        (b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x0f\xc0\x01\0", Header("WebP", (16, 8))),
        (b"RIFF\0\0\0\0WEBPVP8 " + bytes(10) + struct.pack("<HH", 16, 8), Header("WebP", (16, 8))),
        (_AVIF, Header("AVIF", (40, 30))),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Header("HEIC")),
        (b"8BPS\0\1", Header("Photoshop")),
        (b"II*\0\x08", Header("TIFF")),
        (b"BM" + bytes(24), Header("BMP")),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- drawn -->\n<svg xmlns='x'>", Header("SVG")),
        (b"\n<!DOCTYPE html>\n<title>Not found</title>", Header("web page")),
        (b"\x89PNG\r\n\x1a\n", Header("PNG")),
        (b"just text", None),
        (b"", None),
    ],
    ids=lambda value: value.format if isinstance(value, Header) else None,
)
def test_format_and_size(data, header):
    assert read(data) == header


@given(st.sampled_from([_JPEG, _AVIF, b"RIFF1234WEBPVP8X", b"GIF89a"]), st.integers(0, 40), st.binary(max_size=60))
def test_any_bytes_are_read(beginning, kept, rest):
    found = read(beginning[:kept] + rest)
    assert found is None or found.size is None or all(0 <= side < 1 << 32 for side in found.size)
