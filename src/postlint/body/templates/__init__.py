"""Template languages in posts: what each engine stops at, and where. One module a language."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from postlint.text import Span

Kind = Literal["liquid", "liquidjs", "nunjucks", "hexo", "hugo", "zola"]


class Engine(NamedTuple):
    """What reads the template tags of a post's body, and what it knows besides its language's own.

    `kind`: Liquid in Ruby or in JavaScript, Nunjucks, Nunjucks as Hexo calls it, or the shortcodes of Hugo and Zola.
    `tags`: the names that plugins, the theme and the site's own code add, each with whether a closing tag must follow;
    None if that is not known. `complete`: nothing adds other tags, as far as the site shows. `filters` are all filters
    that there are, None if any name will do. `includes` are the names that `include` finds, None if they are not known.
    `variables` are all names that have a value in a page, None if others may have one. `swallows`: what is never closed
    takes the rest of the text away, without an error, if some tag is complete, as in Hexo before 8.
    """

    kind: Kind
    title: str
    tags: Mapping[str, bool | None] = {}
    complete: bool = False
    filters: frozenset[str] | None = None
    includes: frozenset[str] | None = None
    variables: frozenset[str] | None = None
    swallows: bool = False


class Stop(NamedTuple):
    """What the engine stops at: `message` says why, `hint` what to write, `span` covers it in the whole text.

    `name` is the tag, filter or shortcode that is not known, with its kind before it (`tag note`); empty for a mistake in
    the language itself, behind which nothing is read. `outcome` is what comes of it."""

    span: Span
    message: str
    name: str = ""
    hint: str = ""
    outcome: str = "the build stops"


def stops(text: str, start: int, engine: Engine, code: tuple[Span, ...]) -> list[Stop]:
    """What `engine` stops at in the body of `text`, which begins at `start`, in order. `code`: the code in it."""
    if engine.kind in ("liquid", "liquidjs"):
        from postlint.body.templates import liquid

        return liquid.stops(text, start, engine)
    if engine.kind in ("nunjucks", "hexo"):
        from postlint.body.templates import nunjucks

        return nunjucks.stops(text, start, engine, code)
    if engine.kind == "hugo":
        from postlint.body.templates import hugo_shortcodes

        return hugo_shortcodes.stops(text, start, engine)
    from postlint.body.templates import zola_shortcodes

    return zola_shortcodes.stops(text, start, engine)


def known_tags(engine: Engine) -> set[str]:
    """The names of all tags that `engine` knows."""
    if engine.kind in ("liquid", "liquidjs"):
        from postlint.body.templates.liquid import own_tags

        return own_tags(engine.kind) | set(engine.tags)
    if engine.kind in ("nunjucks", "hexo"):
        from postlint.body.templates.nunjucks import OWN_TAGS

        return OWN_TAGS | set(engine.tags)
    return set(engine.tags)


def unclosed(span: Span, written: str, closing: str) -> Stop:
    """The stop of a tag that begins at `span` and has no closing tag."""
    return Stop(span, f"`{written}` is never closed", "", f"add `{closing}`")
