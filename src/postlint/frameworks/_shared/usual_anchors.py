"""The ids that headings have with any of the usual generators, for sites of none that is known."""

import re
from collections.abc import Iterable, Sequence

from postlint.frameworks._shared import github_anchors, pandoc_anchors, python_slugs, vue_anchors

_LEFT_OUT = re.compile(r"[^\w -]")


def anchors(headings: Sequence[str]) -> set[str]:
    """What GitHub, Pandoc, markdown-it, Python-Markdown and kramdown make of a page's headings, in their order."""
    made = {
        *github_anchors.anchors(headings),
        *pandoc_anchors.anchors(headings),
        *vue_anchors.anchors(headings),
        *python_slugs.toc(headings),
        *_kramdown(headings),
    }
    # Some keep capital letters, or write underscores.
    as_they_are = (_LEFT_OUT.sub("", text).replace(" ", "-") for text in headings)
    return {*made, *as_they_are, *(name.replace("-", "_") for name in made)}


def _kramdown(headings: Sequence[str]) -> Iterable[str]:
    """kramdown's own parser (basic_generate_id); that of Jekyll makes ids as GitHub does."""
    number: dict[str, int] = {}
    for text in headings:
        letters = re.sub(r"^[^A-Za-z]+", "", text)
        name = re.sub(r"[^A-Za-z0-9 -]", "", letters).replace(" ", "-").lower() or "section"
        count = number[name] = number.get(name, -1) + 1
        yield f"{name}-{count}" if count else name
