"""Comments by which a post's author tells postlint to be silent, and which of them are still needed."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from postlint.diagnostics import Diagnostic
from postlint.posts.document import Document
from postlint.text import Span

_MARK = "postlint-"
# In a comment of the body: the directive, rules, and perhaps a reason after ` -- `.
_BODY = r"(?:<!--|\{\s*/\*)\s*postlint-(disable-next-line|disable-file|disable|enable)\b([^\n]*?)(?:-->|\*/\s*\})"
_FIELD = r"[ \t]*#[ \t]*postlint-disable-line\b([^\r\n]*)"
_FULL_LINE = r"(?m)^[^\n]*\S[^\n]*"
_WORD = r"[a-z][a-z0-9-]*"


class Suppression(NamedTuple):
    """`rules` (names and families; none: all of them) are not reported where a finding begins in `region`.

    `comment` is the whole comment, `names` the places of `rules` in it, `waste` what is removed with it.
    """

    rules: tuple[str, ...]
    region: Span
    comment: Span
    names: tuple[Span, ...]
    waste: Span

    def covers(self, diagnostic: Diagnostic, family: str) -> bool:
        start, end = self.region
        return start <= diagnostic.start.offset < end and (
            not self.rules or diagnostic.rule in self.rules or family in self.rules
        )


def read(post: Document) -> tuple[Suppression, ...]:
    """The suppressions of `post`, in order. Inside code such a comment is text."""
    text = post.text.value
    if _MARK not in text:
        return ()
    return tuple(sorted([*_in_fields(post), *_in_body(post)], key=lambda found: found.comment))


def _in_fields(post: Document) -> Iterable[Suppression]:
    found = post.front_matter
    if found.language not in ("yaml", "toml"):
        return
    text = post.text.value
    values = _scalars(post)
    for match in re.compile(_FIELD).finditer(text, *found.span):
        if not any(value.start <= match.end() - 1 < value.end for value in values):
            line = text.rfind("\n", 0, match.start()) + 1
            names = _names(match[1], match.start(1))
            yield Suppression(
                _words(text, names), Span(line, match.end() + 1), Span(*match.span()), names, Span(*match.span())
            )


def _scalars(post: Document) -> list[Span]:
    return [node.span for node in post.front_matter.root.walk() if node.is_scalar]


def _in_body(post: Document) -> Iterable[Suppression]:
    text, body = post.text.value, post.body
    end_of_post = len(text) + 1
    open_: list[tuple[Span, tuple[Span, ...]]] = []
    for comment in body.comments:
        match = re.compile(_BODY).match(text, *comment)
        if not match:
            continue
        names = _names(match[2], match.start(2))
        if match[1] == "disable-file":
            yield Suppression(_words(text, names), Span(0, end_of_post), comment, names, _waste(text, comment))
        elif match[1] == "disable-next-line":
            # Formatters put a blank line after a comment; the next line is the next one with something in it.
            start = re.compile(_FULL_LINE).search(text, _next_line(text, comment.end))
            region = Span(start.start(), start.end() + 1) if start else Span(end_of_post, end_of_post)
            yield Suppression(_words(text, names), region, comment, names, _waste(text, comment))
        elif match[1] == "disable":
            open_.append((comment, names))
        else:
            ended = set(_words(text, names))
            for other in list(open_):
                rules = _words(text, other[1])
                if not ended or ended & set(rules):
                    open_.remove(other)
                    yield Suppression(rules, Span(other[0].end, comment.start), *other, _waste(text, other[0]))
    for comment, names in open_:
        yield Suppression(_words(text, names), Span(comment.end, end_of_post), comment, names, _waste(text, comment))


def _names(text: str, base: int) -> tuple[Span, ...]:
    """The places of the rules in the text after a directive, without the reason after ` -- `."""
    listed = re.split(r"(?:^|\s)--(?:\s|$)", text, maxsplit=1)[0]
    return tuple(Span(base + word.start(), base + word.end()) for word in re.finditer(_WORD, listed))


def _words(text: str, names: Sequence[Span]) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in names)


def _waste(text: str, comment: Span) -> Span:
    """The comment; if it is alone on its line, with the line and one of two blank lines around it."""
    start, end = text.rfind("\n", 0, comment.start) + 1, _next_line(text, comment.end)
    if text[start : comment.start].strip() or text[comment.end : end].strip():
        return comment
    if end > len(text):
        # Without a line end at its end the post is to stay so.
        return Span(len(text[:start].rstrip("\r\n")), len(text))
    after = _next_line(text, end)
    if not text[end:after].strip() and not text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start].strip():
        end = after
    return Span(start, end)


def _next_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end + 1 if end >= 0 else len(text) + 1
