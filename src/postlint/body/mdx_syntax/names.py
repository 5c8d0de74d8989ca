"""Names in braces that nothing in the post defines: MDX compiles them, and the page that is made of it stops the build."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from postlint.body import Body
from postlint.text import Span

# `{id}`, `{a.b}`, `{user-id}`, `{A,B}`, of which the first name comes first, and `{{id}}`, an object with one property.
_NAME = r"[A-Za-z_$][\w$]*"
_SIMPLE = re.compile(
    rf"\{{\s*(?:({_NAME})(?:\s*(?:\?\.|[.,|/+*%-])\s*{_NAME}(?![\w$(])){{0,50}}|\{{\s*({_NAME})\s*\}})\s*\}}"
)
_FAR = 2000
_WORD = re.compile(_NAME)
# What JavaScript, Node and browsers define. What is only a browser's is not judged: code may wait for one.
_KNOWN = frozenset(
    "undefined null true false this NaN Infinity arguments eval globalThis global window self document location history"
    " navigator screen top parent process console Buffer require module exports performance crypto fetch URL"
    " URLSearchParams Math Date JSON Intl Object Array String Number Boolean Symbol BigInt Map Set WeakMap WeakSet Promise"
    " Proxy Reflect RegExp Error TypeError RangeError Function Atomics WebAssembly isNaN isFinite parseInt parseFloat"
    " encodeURI encodeURIComponent decodeURI decodeURIComponent escape unescape setTimeout setInterval clearTimeout"
    " clearInterval queueMicrotask structuredClone atob btoa localStorage sessionStorage alert React props".split()
)


class Unknown(NamedTuple):
    """An expression, at `span`, that is the `name` of nothing."""

    span: Span
    name: str


def unknown(text: str, body: Body, known: frozenset[str], math: bool | None) -> Iterator[Unknown]:
    """The expressions in `text`, whose body is `body`, of names that neither the post nor `known` defines.

    `math`: as in `Setup`.
    """
    found: list[Unknown] = []
    defined: set[str] = set()
    for span in body.opaque:
        source = text[slice(*span)]
        if simple := _SIMPLE.fullmatch(source):
            name = simple[1] or simple[2]
            if name not in _KNOWN and name not in known and not _is_in_formula(text, span, math):
                found.append(Unknown(span, name))
        elif source[:1] != "<":
            # Imports, exports, and parameters of functions.
            defined.update(_WORD.findall(source))
    return (each for each in found if each.name not in defined)


def _is_in_formula(text: str, span: Span, math: bool | None) -> bool:
    """Whether it may be part of a formula: behind a dollar sign or a backslash in its paragraph."""
    if math is False:
        return False
    paragraph = text.rfind("\n\n", max(span.start - _FAR, 0), span.start) + 1
    paragraph = max(paragraph, span.start - _FAR)
    return "$" in text[paragraph : span.start] or text[span.start - 1 : span.start] in ("_", "^")
