"""The extensions of a site's Markdown beyond CommonMark and GFM, as data."""

from typing import Literal, NamedTuple

# How a template language opens and closes a region.
Delimiters = tuple[str, str]

HUGO: tuple[Delimiters, ...] = (("{{<", ">}}"), ("{{%", "%}}"))
LIQUID: tuple[Delimiters, ...] = (("{{", "}}"), ("{%", "%}"))
NUNJUCKS: tuple[Delimiters, ...] = (*LIQUID, ("{# ", "#}"))
EJS: tuple[Delimiters, ...] = (("<%", "%>"),)
# Syntax that no Markdown author writes by chance.
ANY: tuple[Delimiters, ...] = (*HUGO, *LIQUID, *EJS)
# How an admonition or a content tab of Python-Markdown begins; a text without one of these has none.
ADMONITIONS = ("!!! ", "??? ", "???+ ", "=== ")


class Syntax(NamedTuple):
    """The default is safe if no framework is known.

    `mdx`: imports, JSX and `{…}`, no indented code. `shortcodes`: the delimiters of the template language (not looked
    for in MDX). `heading_ids`: `{#id}` and other attribute lists. `math`: `$…$` and `$$…$$`. `admonitions`: those of
    Python-Markdown. `blank_targets`: blanks are allowed in the address of `![a](b c.png)`, as in
    kramdown and Python-Markdown.
    `tags_are_html`: a tag of the template language is a comment while Markdown is read, so that the rest of a line that
    begins with one is HTML, as in Hexo. `term_ids`: the terms of definition lists may have ids, as headings have. `mdc`:
    the components of MDC, `::name` and `:name{…}`. `heading_blank`: what must stand between `#` and a title: a space or a
    tab, any blank, as in marked, or nothing, as in Python-Markdown.
    """

    mdx: bool = False
    shortcodes: tuple[Delimiters, ...] = ANY
    heading_ids: bool = True
    math: bool = False
    admonitions: bool = True
    blank_targets: bool = False
    tags_are_html: bool = False
    term_ids: bool = False
    mdc: bool = False
    heading_blank: Literal["space", "any", "none"] = "space"
