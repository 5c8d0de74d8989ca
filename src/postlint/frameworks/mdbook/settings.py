"""A book's own settings, as they stand in `book.toml`, and the chapters that its `SUMMARY.md` lists.

Sources: mdBook 0.5.4 (crates/mdbook-core/src/config.rs, crates/mdbook-summary/src/lib.rs); builds with it.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.frameworks._shared import site_settings
from postlint.frameworks.answers import Setting

CONFIG = "book.toml"
SUMMARY = "SUMMARY.md"
# Preprocessors that make no chapters and lead no links elsewhere.
_HARMLESS = frozenset(
    (
        *("index", "links", "katex", "mermaid", "toc", "pagetoc", "admonish", "alerts", "callouts", "footnote"),
        *("emojicodes", "image-size", "catppuccin", "graphviz", "plantuml", "svgbob", "embedify", "linkcheck", "tabs"),
        *(
            "numeq",
            "numthm",
            "bib",
            "d2",
            "pikchr",
            "langtabs",
            "quiz",
            "gettext",
            "last-changed",
            "open-on-gh",
            "hide",
        ),
    )
)
_CHAPTER = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|([^()\s]*))\s*\)")


class BookSettings(NamedTuple):
    """`src` is the folder of the sources, with a slash at its end where it is not the root itself; None if it lies outside
    of it. `chapters` are the paths of the sources that become pages; None if they are not known. `sure`: no preprocessor
    makes others, or changes links, as far as is known. `indexes`: a README becomes the index of its folder. `redirects`
    are addresses that lead elsewhere."""

    src: str | None = "src/"
    chapters: frozenset[str] | None = None
    sure: bool = True
    indexes: bool = True
    math: bool = False
    redirects: frozenset[str] = frozenset()
    reported: tuple[Setting, ...] = ()


def read(files: Files) -> BookSettings:
    """The settings of the book at `files.root`; the defaults for what is not set."""
    config = site_settings.read(files, CONFIG) or {}
    wanted = site_settings.table(config, "book").get("src", "src")
    folder = posixpath.normpath(wanted) if isinstance(wanted, str) else ".."
    src = None if folder.startswith(("..", "/")) else "" if folder == "." else f"{folder}/"
    preprocessors = site_settings.table(config, "preprocessor").keys()
    html = site_settings.table(site_settings.table(config, "output"), "html")
    by_default = site_settings.table(config, "build").get("use-default-preprocessors") is not False
    summary = files.read_text(f"{src}{SUMMARY}") if src is not None else None
    return BookSettings(
        src,
        None if summary is None else frozenset(_chapters(src or "", summary)),
        preprocessors <= _HARMLESS,
        by_default or "index" in preprocessors,
        html.get("mathjax-support") is True or "katex" in preprocessors,
        frozenset(_redirects(html.get("redirect"))),
        (
            Setting("book.src", wanted, CONFIG if "src" in site_settings.table(config, "book") else "assumed"),
            Setting("preprocessors", sorted(preprocessors), CONFIG if preprocessors else "assumed"),
        ),
    )


def _chapters(src: str, summary: str) -> Iterator[str]:
    for found in _CHAPTER.finditer(summary):
        name = (found[1] or found[2] or "").replace("%20", " ")
        if name and "://" not in name:
            yield posixpath.normpath(src + name)


def _redirects(table: Any) -> Iterator[str]:
    """The keys of `output.html.redirect`, which begin with a slash."""
    for key in table if isinstance(table, dict) else ():
        yield posixpath.normpath(f"/{key.strip('/')}")
