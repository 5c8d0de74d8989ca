"""What Svelte's compiler refuses in a component that mdsvex makes of Markdown: what slips there are, and where."""

from typing import Literal, NamedTuple

from postlint.text import Span

Kind = Literal[
    "less",
    "expression",
    "quotes",
    "brace",
    "block",
    "directive",
    "unclosed",
    "unopened",
    "crossing",
    "paragraph",
    "void",
    "script",
    "comment",
    "row",
    "variable",
    "component",
]


class Setup(NamedTuple):
    """How a site has its posts compiled. `has_quotes`: quotation marks become typographic ones (`smartypants`).
    `has_layout`: a component may take the place of the elements that Markdown makes. `is_rendered`: each page is rendered
    before it reaches a browser, so that an unknown name is an error."""

    has_quotes: bool = True
    has_layout: bool = False
    is_rendered: bool = False


class Slip(NamedTuple):
    """One thing that stops the build: `span` is what has to change. `name` is that of the tag or block, or the
    expression; `block` is what it is in (`paragraph`, `HTML`)."""

    kind: Kind
    span: Span
    name: str = ""
    block: str = ""
