"""Positions: offsets, lines and columns, in CRLF, BOM, astral-plane and combining text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.text import ByteMap, Place, Span, Text, pack_lines, unpack_lines


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("abc", 0, 1, 1),
        ("abc", 3, 1, 4),
        ("a\nb", 2, 2, 1),
        ("a\r\nb", 2, 1, 3),
        ("a\r\nb", 3, 2, 1),
        ("a\rb", 2, 2, 1),
        ("\ufeffab", 1, 1, 2),
        ("🚀🚀x", 2, 1, 3),
        ("e\u0301x", 2, 1, 3),
        ("a\u2028b", 2, 1, 3),
        ("", 0, 1, 1),
    ],
)
def test_place(text, offset, line, column):
    assert Text(text).place(offset) == Place(line, column, offset)


@given(st.text(st.characters(codec="utf-8")), st.text(st.sampled_from("é🚀a\n"), max_size=9))
def test_byte_offsets_become_code_points(before, after):
    where = ByteMap(before + after, base=7)
    assert where.offset(len(before.encode())) == len(before) + 7
    assert where.span(0, len((before + after).encode())) == Span(7, len(before + after) + 7)


@given(st.binary())
def test_no_byte_is_lost(data):
    text = Text.from_bytes(data)
    assert text.to_bytes() == data
    assert len(text.readable) == len(text.value)
    text.readable.encode()
    assert text.utf8 == text.value.encode(errors="surrogatepass")


@given(st.text(st.sampled_from("ab\r\n\u2028🚀")))
def test_every_offset_is_in_its_line(value):
    text = Text(value)
    for offset in range(len(value)):
        place = text.place(offset)
        assert text.line_starts[place.line - 1] + place.column - 1 == offset
        line = text.line(place.line)
        assert value[offset] in "\r\n" or line[place.column - 1] == value[offset]


@given(st.text(st.sampled_from("ab\n\r🚀")).map(lambda text: text * 3))
def test_packed_lines(text):
    assert unpack_lines(pack_lines(text)) == Text(text).line_starts


def test_packed_long_line():
    text = "a" * 70_000 + "\nb"
    assert unpack_lines(pack_lines(text)) == [0, 70_001]
