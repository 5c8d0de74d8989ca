"""Markers that Git writes into a file of which it cannot merge two versions."""

import re
from collections.abc import Iterable

from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule
from postlint.text import Span

_START = "<<<<<<< "
_CONFLICT = re.compile(
    r"^<{7} [^\n]{1,200}\n(?:(?!<{7} |={7}\r?$|>{7} )[^\n]*\n)*?={7}\r?\n(?:(?!<{7} |>{7} )[^\n]*\n)*?>{7} [^\n]{1,200}",
    re.MULTILINE,
)
_COMMIT = re.compile(r">{7} [0-9a-f]{40}\b")
_ABOUT_GIT = re.compile(r"\b(?:git|merg|conflict)", re.IGNORECASE)


class ConflictMarker(Rule):
    """Markers of a merge conflict that was never resolved: `<<<<<<<`, `=======` and `>>>>>>>`.

    ## Why it matters

    Readers see the markers, and both versions of the text.

    ## How to fix it

    Keep one of the two versions, or write a third one, and remove the lines with markers.

    ## What it leaves alone

    - A whole conflict in a block of code, which shows one, unless it names a commit by its full id and the rest of the
      post is not about Git.
    - Front matter with markers: `front-matter-syntax` reports it.
    """

    preview = True
    signs = (_START,)
    of_text = True
    examples = (
        Bad(
            "⟦<<<<<<< HEAD⟧\nBake it.\n=======\nBake it well.\n>>>>>>> main\n",
            name="in the text",
            show=True,
            message="a merge conflict is not resolved here; keep one of the two versions and remove the markers",
        ),
        Bad(
            "```\na\n⟦<<<<<<< HEAD⟧\nb\n```\n=======\nc\n```\n>>>>>>> main\n", name="around the end of a block of code"
        ),
        Bad("```\n⟦<<<<<<< HEAD⟧\na\n=======\nb\n>>>>>>> " + "0a" * 20 + "\n```\n", name="in code, with a commit"),
        Good("```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n```\n", name="a block of code", show=True),
        Good(
            "What `git merge` writes:\n\n    <<<<<<< HEAD\n    a\n\n```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> "
            + "0a" * 20
            + "\n```\n",
            name="a post about Git",
        ),
        Good("<<<<<<< a\n\n=======\n\n> b\n", name="markers that are not three"),
        Good("---\ntitle: a\n<<<<<<< HEAD\n=======\n>>>>>>> main\n---\n", name="front matter"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        text = post.text.value
        for found in _CONFLICT.finditer(text, post.front_matter.body):
            is_code = any(code.start <= found.start() and found.end() <= code.end for code in post.body.code)
            if is_code and (not _COMMIT.search(found[0]) or _ABOUT_GIT.search(text)):
                continue
            span = Span(found.start(), text.index("\n", found.start()))
            message = "a merge conflict is not resolved here; keep one of the two versions and remove the markers"
            yield Finding(span, message)
