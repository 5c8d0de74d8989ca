"""mdformat on the body of a post, and every reason not to."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from postlint.diagnostics import Edit
from postlint.fixing.differences import differences
from postlint.formatting.beyond import beyond
from postlint.formatting.options import Options
from postlint.posts.document import Document
from postlint.text import Text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_BLANK_LINES = re.compile(r"(?:[ \t]*\n)+")
_PRE = re.compile(r"(<pre\b(?:(?!<pre\b).)*?</pre>)", re.DOTALL | re.IGNORECASE)
_AROUND_TAGS = re.compile(
    r"\s*(</?(?:p|li|ul|ol|blockquote|h[1-6]|div|table|thead|tbody|tr|t[dh]|hr|br|pre)\b[^<>]*>)\s*"
)


class Formatted(NamedTuple):
    """`body` is the new body, None if the post stays as it is; `reason` then says why, None if it is already formatted."""

    body: str | None
    reason: str | None = None


def formatted(post: Document, options: Options) -> Formatted:
    """The body of `post` as mdformat writes it, if the page stays the same for every parser that postlint has.

    mdformat never sees the front matter. Blank lines before the body, the post's line endings and a missing last line end
    stay.
    """
    text = post.text.value
    start = post.front_matter.body
    if post.front_matter.problem:
        return Formatted(None, "its front matter cannot be read")
    if not post.text.decoded:
        return Formatted(None, "it is not UTF-8")
    if text.startswith("\ufeff", start):
        start += 1
    body = text[start:]
    ends = {"\r\n", "\n", "\r"} & {*re.findall(r"\r\n|\n|\r", body)}
    if len(ends) > 1:
        return Formatted(None, "it mixes different line endings")
    if not body.strip():
        return Formatted(None)
    if reason := beyond(post, options.extensions):
        return Formatted(None, reason)
    end = next(iter(ends), "\n")
    plain = body.replace(end, "\n")
    blank = _BLANK_LINES.match(plain)
    lead = blank[0] if blank else ""
    written = plain[len(lead) :]
    made = _mdformat(written, options)
    if not written.endswith("\n"):
        made = made.removesuffix("\n")
    if made == written:
        return Formatted(None)
    if _mdformat(made, options).rstrip("\n") != made.rstrip("\n"):
        return Formatted(None, "mdformat would change it again the next time")
    new = (lead + made).replace("\n", end)
    if reason := _differs(post, text[:start] + new, written, made, options):
        return Formatted(None, reason)
    return Formatted(text[post.front_matter.body : start] + new)


def edits(old: str, new: str, offset: int) -> Iterator[Edit]:
    """Edits, line by line, that turn `old`, which begins at `offset` in its text, into `new`."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [offset]
    for line in before:
        starts.append(starts[-1] + len(line))
    for i, j, k, m in differences(before, after):
        yield Edit(starts[i], starts[j], "".join(after[k:m]))


def _mdformat(body: str, options: Options) -> str:
    import mdformat

    settings = {"wrap": options.wrap, "number": options.number, "plugin": options.plugins}
    return mdformat.text(body, options=settings, extensions=options.extensions)


def _differs(post: Document, text: str, written: str, made: str, options: Options) -> str | None:
    """What would change in `text`, whose body is `made` instead of `written`."""
    from postlint.body.markdown import html

    after = post.with_text(Text(text, decoded=True))
    syntax = post.framework.syntax(post.path)
    parser = _parser(options.extensions)
    if _page(parser.render(written)) != _page(parser.render(made)) or _page(html(written, syntax)) != _page(
        html(made, syntax)
    ):
        return "the page would change"
    if new := _prose(after).count("\\") - _prose(post).count("\\"):
        # A character that mdformat escapes may have its own meaning in another dialect.
        return (
            "mdformat would escape characters that may have a meaning on your site"
            if new > 0
            else "mdformat would remove escapes"
        )
    if [(r.kind, r.target) for r in post.body.references] != [(r.kind, r.target) for r in after.body.references]:
        return "its links would change"
    if Counter(re.findall(r"https?://\S+", written)) != Counter(re.findall(r"https?://\S+", made)):
        return "its web addresses would change"
    return None


@lru_cache(maxsize=4)
def _parser(extensions: tuple[str, ...]) -> "MarkdownIt":
    """The parser of mdformat itself, with the plugins that it formats with."""
    from markdown_it import MarkdownIt
    from mdformat.plugins import PARSER_EXTENSIONS

    parser = MarkdownIt()
    # As mdformat prepares it for its plugins (mdformat/_util.py, build_mdit).
    parser.options["mdformat"] = {}
    parser.options["parser_extension"] = [PARSER_EXTENSIONS[name] for name in extensions]
    for plugin in parser.options["parser_extension"]:
        plugin.update_mdit(parser)
    return parser


def _page(html: str) -> list[str]:
    """`html` without the white space that no reader sees."""
    return [
        part if number % 2 else _AROUND_TAGS.sub(r"\1", re.sub(r"\s+", " ", part)).strip()
        for number, part in enumerate(_PRE.split(html))
    ]


def _prose(post: Document) -> str:
    """The body without its code."""
    text, out, at = post.text.value, [], post.front_matter.body
    for start, end in post.body.code:
        out.append(text[at:start])
        at = max(at, end)
    return "".join([*out, text[at:]])
