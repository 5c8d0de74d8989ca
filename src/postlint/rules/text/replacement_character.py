"""U+FFFD in a text."""

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
    """A `�` (U+FFFD), which a program writes if it cannot read a character.

    ## Why it matters

    The original character is lost, and readers see the sign.

    ## How to fix it

    Look the character up in an older version of the post and write it again.

    ## What it leaves alone

    - Code, except inside a word of a code span, such as the name of a person.
    - A line that is about bytes and encodings and shows the character by itself, or also has the word in its right
      form.
    """

    of_text = True
    signs = ("\ufffd",)
    examples = (
        Good("fine\n", name="no such character", show=True),
        Good(
            "Python writes `\ufffd`:\n\n```console\n$ head -c 9 a.bin\n\ufffd\ufffdV\ufffdH\n```\n",
            name="code and output",
        ),
        Bad(
            "* `Bj⟦\ufffd⟧rn` and `� is U+FFFD`\n\n```\nBj\ufffdrn\n```\n",
            name="a name in a code span",
            message="`�` stands for a character that was lost; write it again",
        ),
        Good("You will meet this bad boy: \ufffd\n\nIt is `U+FFFD`, another code point.\n", name="a post about it"),
        Good("In Big5 编码, 「\ufffdT瓣」.\n", name="a line about an encoding"),
        Good(
            "Read it as ASCII, and Python writes \ufffd.\n\nNot _Sabão_ but _Sab\ufffdo_.\n",
            name="a line about a program",
        ),
        Bad(
            "na⟦�⟧ve and ⟦��⟧\n",
            name="one and two characters",
            show=True,
            message=(
                "`�` stands for a character that was lost; write it again",
                "`��` stands for 2 characters that were lost; write them again",
            ),
        ),
        Bad("The byte was sm⟦�⟧ll.\n", name="a word that is not about encodings"),
        Bad("---\ntitle: na⟦�⟧ve\n---\n", name="a title"),
        Bad("⟦\ufffd⟧a\n", name="at the beginning"),
        Good("`a\ufffd` and `\ufffdb`\n", name="the end and the beginning of code"),
        Bad(
            "Save it as UTF-8.\nA ⟦\ufffd⟧ is seen.\nThat is an encoding, UTF-8.\n",
            name="lines about encodings around it",
        ),
        Good("\ufffd in UTF-8", name="a file that is one line about an encoding"),
        Good("Not Sab\ufffdo, but the right word is Sabão.\n", name="the right word after it"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        text = post.text.value
        start = text.find("\ufffd")
        while start >= 0:
            end = start
            while text[end : end + 1] == "\ufffd":
                end += 1
            several = end - start > 1
            lost, it = (f"{end - start} characters that were", "them") if several else ("a character that was", "it")
            code = next((span for span in post.body.code if span.start <= start < span.end), None)
            in_word = text[start - 1 : start].isalpha() and text[end : end + 1].isalpha()
            intended = not (in_word and is_code_span(text, code)) if code else _is_subject(text, Span(start, end))
            # A post that calls it by its name shows it.
            intended = intended or (not in_word and "u+fffd" in text.lower())
            if not intended:
                shown = "�" * min(end - start, 10)
                yield Finding(Span(start, end), f"`{shown}` stands for {lost} lost; write {it} again")
            start = text.find("\ufffd", end)


def _is_subject(text: str, span: Span) -> bool:
    """Whether the line of prose around the characters is about them."""
    begin, stop = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
    before, after = text[begin : span.start], text[span.end : stop if stop >= 0 else len(text)]
    head, tail = _WORD_BEFORE.search(before), _WORD_AFTER.match(after)
    if not head or not tail or not head[0] or not tail[0]:
        return _SUBJECT.search(before + after) is not None
    right = re.compile(rf"(?<![^\W_]){re.escape(head[0])}[^\W_]{{1,3}}{re.escape(tail[0])}(?![^\W_])")
    return right.search(before) is not None or right.search(after) is not None
