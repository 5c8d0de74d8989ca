"""What Vue's compiler refuses in a page that VitePress makes of Markdown: what slips there are, and where."""

from typing import Literal, NamedTuple

from postlint.text import Span

Kind = Literal[
    "unclosed",
    "unopened",
    "crossing",
    "interpolation",
    "expression",
    "undefined",
    "markdown",
    "duplicate",
    "value",
    "unquoted",
    "name",
    "processing",
    "comment",
    "tag",
]


class Setup(NamedTuple):
    """How a site has its pages compiled. `runs_code`: `{{ … }}` in code spans and indented code is an expression, too, as in
    VitePress 1; else that is not known. `names_known`: no code of the site gives all pages names to use in expressions."""

    runs_code: bool = True
    names_known: bool = False


class Slip(NamedTuple):
    """One thing that the compiler stops at: `span` is what has to change. `name` is that of the tag or attribute; `block`
    is what the tag is in, if it is not closed in that (`paragraph`)."""

    kind: Kind
    span: Span
    name: str = ""
    block: str = ""
