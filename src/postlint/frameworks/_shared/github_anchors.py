"""The ids of headings where github-slugger makes them, as most of JavaScript's generators have it."""

import re
from collections.abc import Sequence

from postlint.javascript.github_slugger import Slugger

_DASHES = re.compile(r"-{2,3}")


def anchors(headings: Sequence[str]) -> set[str]:
    """The ids of a page's `headings`, in their order; with those that they have where smart punctuation, which many
    sites use, makes one dash of two or three before the ids are made."""
    slugger, smart = Slugger(), Slugger()
    plain = {slugger.anchor(text) for text in headings}
    return plain | {smart.anchor(_DASHES.sub("—", text)) for text in headings}
