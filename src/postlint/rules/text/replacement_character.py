"""U+FFFD left in a text."""

from collections.abc import Iterable

from postlint.body import is_code_span
from postlint.document import Document
from postlint.rule import Bad, Finding, Good, Rule
from postlint.text import Span


class ReplacementCharacter(Rule):
    """A `�` (U+FFFD), which a program writes where it could not read a character.

    What stood there is lost; look it up in an older version of the post and write it again. Code is left alone: what a
    program printed, or the very character, is shown there on purpose. Inside a word of a code span, as in the names of
    people that some write so, it is no more meant than elsewhere.
    """

    examples = (
        Good("fine\n"),
        Good("Python writes `\ufffd`:\n\n```console\n$ head -c 9 a.bin\n\ufffd\ufffdV\ufffdH\n```\n"),
        Bad("* `Bj⟦\ufffd⟧rn` and `� is U+FFFD`\n\n```\nBj\ufffdrn\n```\n"),
        Bad("na⟦�⟧ve and ⟦��⟧\n"),
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
            if code is None or (in_word and is_code_span(text, code)):
                yield Finding(Span(start, end), f"{many} lost here: `�` stands where a program could not read")
            start = text.find("\ufffd", end)
