"""U+FFFD left in a text."""

import re
from collections.abc import Iterable

from postlint.body import is_code_span
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule
from postlint.text import Span

_WORD_BEFORE = re.compile(r"[^\W_]{0,40}$")
_WORD_AFTER = re.compile(r"[^\W_]{0,40}")
_SUBJECT = re.compile(
    r"ascii|unicode|utf-?\d|u\+fffd|\bbytes?\b|en-?cod|de-?cod|codific|kodier|кодиров|编码|編碼|文字コード",
    re.IGNORECASE,
)


class ReplacementCharacter(Rule):
    """A `�` (U+FFFD), which a program writes where it could not read a character.

    What stood there is lost; look it up in an older version of the post and write it again. Code is left alone: what a
    program printed, or the very character, is shown there on purpose. Inside a word of a code span, as in the names of
    people that some write so, it is no more meant than elsewhere. So is a line that speaks of bytes and encodings and
    shows the character by itself, or has the very word in its right form.
    """

    examples = (
        Good("fine\n"),
        Good("Python writes `\ufffd`:\n\n```console\n$ head -c 9 a.bin\n\ufffd\ufffdV\ufffdH\n```\n"),
        Bad("* `Bj⟦\ufffd⟧rn` and `� is U+FFFD`\n\n```\nBj\ufffdrn\n```\n"),
        Good("In Big5 编码, 「\ufffdT瓣」.\n"),
        Good("Read it as ASCII, and Python writes \ufffd.\n\nNot _Sabão_ but _Sab\ufffdo_.\n"),
        Bad("na⟦�⟧ve and ⟦��⟧\n"),
        Bad("The byte was sm⟦�⟧ll.\n"),
        Bad("---\ntitle: na⟦�⟧ve\n---\n"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        text = post.text.value
        start = text.find("\ufffd")
        while start >= 0:
            end = start
            while text[end : end + 1] == "\ufffd":
                end += 1
            many = f"{end - start} characters were" if end - start > 1 else "a character was"
            code = next((span for span in post.body.code if span.start <= start < span.end), None)
            in_word = text[start - 1 : start].isalpha() and text[end : end + 1].isalpha()
            meant = not (in_word and is_code_span(text, code)) if code else _is_shown(text, Span(start, end))
            if not meant:
                yield Finding(Span(start, end), f"{many} lost here: `�` stands where a program could not read")
            start = text.find("\ufffd", end)


def _is_shown(text: str, span: Span) -> bool:
    """Whether the line of prose around the characters is about them."""
    begin, stop = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    before, after = text[begin : span.start], text[span.end : stop if stop >= 0 else len(text)]
    head, tail = _WORD_BEFORE.search(before), _WORD_AFTER.match(after)
    if not head or not tail or not head[0] or not tail[0]:
        return _SUBJECT.search(before + after) is not None
    right = re.compile(rf"(?<![^\W_]){re.escape(head[0])}[^\W_]{{1,3}}{re.escape(tail[0])}(?![^\W_])")
    return right.search(before) is not None or right.search(after) is not None
