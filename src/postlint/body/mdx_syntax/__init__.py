"""What compilers of MDX refuse in a post: how they are set up, what slips there are, and where."""

from typing import Literal, NamedTuple

from postlint.text import Span

Kind = Literal[
    "comment",
    "autolink",
    "less-than",
    "declaration",
    "tag",
    "unquoted",
    "spread",
    "empty",
    "void",
    "unclosed",
    "unopened",
    "mismatch",
    "interleaved",
    "expression",
    "brace",
    "module",
]


class Setup(NamedTuple):
    """How a site has its posts compiled. The default is @mdx-js/mdx (3) with plugins that are not known.

    `gfm`: tables, footnotes and bare addresses for certain. `math`: `$…$` is a formula; None where that is not known.
    `comments`: HTML comments are read. `heading_ids`: `{#id}` in a heading is not an expression. `directives`: `:::note`
    blocks are read, and these `admonitions` may have a title behind their name; None where that is not known.
    `satteri`: Astro's own compiler may read the post, which accepts some tags that begin and end in different places.
    `unwraps_code`: blocks of code in the language `mdx-code-block` are not code. `names`: what posts can name in an
    expression without defining it; None where plugins may define more, or where that is not known.
    `react`: React renders the page.
    """

    gfm: bool = False
    math: bool | None = None
    comments: bool = False
    heading_ids: bool = False
    directives: bool | None = None
    admonitions: tuple[str, ...] = ()
    satteri: bool = False
    unwraps_code: bool = False
    names: frozenset[str] | None = None
    react: bool = False


class Slip(NamedTuple):
    """One thing that the compiler stops at.

    `span` is what has to change, `at` where the compiler stumbles: a code point of the post. `name` is the name of the
    tag, `other` the name of the tag or the kind of block that it does not fit to, `related` where that begins.
    """

    kind: Kind
    span: Span
    at: int
    name: str = ""
    other: str = ""
    related: int = -1
