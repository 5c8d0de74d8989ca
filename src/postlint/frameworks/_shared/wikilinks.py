"""Links and embeds in double brackets, as Obsidian and the tools that publish its vaults read them.

Sources: the help pages of Obsidian (Internal links, Embed files); jackyzha0/quartz 4.5, quartz/plugins/transformers/ofm.ts.
"""

import re
from collections.abc import Sequence

from postlint.frameworks.answers import Embedded

DELIMITERS = (("![[", "]]"), ("[[", "]]"))
IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp")
MEDIA = (*IMAGES, ".mp4", ".webm", ".ogv", ".mov", ".mkv", ".mp3", ".wav", ".m4a", ".ogg", ".3gp", ".flac", ".pdf")
# The target, headings or a block, and the text after a bar.
_WIKILINK = re.compile(r"!?\[\[([^\[\]|#\\\n]*)((?:#[^\[\]|#\\\n]*)*)(?:\\?\|[^\[\]\n]*)?\]\]")


def embedded(tag: str, shown: Sequence[str], chains: bool) -> Sequence[Embedded]:
    """The target of `[[…]]` and `![[…]]`, with its heading or block. An embed whose name has one of the endings `shown`
    is an image. `chains`: several headings may follow each other (`[[a#b#c]]`); else that is text."""
    found = _WIKILINK.fullmatch(tag)
    if found is None or not (found[1].strip() or found[2]) or (found[2].count("#") > 1 and not chains):
        return ()
    is_embed = tag.startswith("!")
    is_shown = is_embed and found[1].strip().lower().endswith(tuple(shown))
    opening = DELIMITERS[0 if is_embed else 1][0]
    return (
        Embedded(
            "image" if is_shown else "link", opening, tag[found.start(1) : found.end(2)], found.start(1), found.end(2)
        ),
    )
