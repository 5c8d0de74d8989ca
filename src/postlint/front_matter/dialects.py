"""Where front matter begins and ends, as data: one constant for each way of reading it."""

import re

from postlint.front_matter import Dialect, Fence

# frontmatter.default_handlers 1.3.0: `FM_BOUNDARY.split(text.strip(), 2)`, which skips white space before the first
# fence and blank lines after it. A byte order mark and carriage returns are gone when a file is read as text.
PLAIN = Dialect(
    (
        Fence(
            "yaml",
            re.compile(r"\ufeff?\s*-{3,}\s*$", re.MULTILINE),
            re.compile(r"^-{3,}\s*$", re.MULTILINE),
        ),
        Fence(
            "json",
            re.compile(r"\ufeff?\s*(?=\{\r?$)", re.MULTILINE),
            re.compile(r"^[{}](?:\r?$|\s*\Z)", re.MULTILINE),
        ),
        Fence(
            "toml",
            re.compile(r"\ufeff?\s*\+{3,}\s*$", re.MULTILINE),
            re.compile(r"^\+{3,}\s*$", re.MULTILINE),
        ),
    ),
    yaml="pyyaml",
    breaks=True,
)
"""Sites of no known framework: front matter as python-frontmatter recognizes it."""

# White space as JavaScript's `\s` has it.
_BLANK = r"[\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]*"
_ASTRO_CLOSING = re.compile(r"^(?:---|\+\+\+)", re.MULTILINE)

# @astrojs/internal-helpers, frontmatter.js: (?:^\uFEFF?|^\s*\n)(?:---|\+\+\+)([\s\S]*?\n)(?:---|\+\+\+)
ASTRO = Dialect(
    (
        Fence("yaml", re.compile(rf"(?:\ufeff?|{_BLANK}\n)---"), _ASTRO_CLOSING),
        Fence("toml", re.compile(rf"(?:\ufeff?|{_BLANK}\n)\+\+\+"), _ASTRO_CLOSING),
    ),
    yaml="js-yaml-4",
    refuses_repeats=True,
)
"""Astro 5.2 to 7: any later line that begins with `---` or `+++` closes, whichever opened."""

_ASCII_BLANK = r"\ufeff?[ \t-\r]*"
_BLANK_OR_MARK = r"[ \t-\r\ufeff]*"

# gohugoio/hugo, parser/pageparser/pagelexer_intro.go: white space and byte order marks are skipped, however many; what
# follows the opening signs is data, what follows the closing ones is body; a carriage return alone ends a line, too.
HUGO = Dialect(
    (
        Fence("yaml", re.compile(rf"{_BLANK_OR_MARK}---"), re.compile(r"(?:^|(?<=\r))---", re.MULTILINE)),
        Fence("toml", re.compile(rf"{_BLANK_OR_MARK}\+\+\+"), re.compile(r"(?:^|(?<=\r))\+\+\+", re.MULTILINE)),
        Fence("json", re.compile(rf"{_BLANK_OR_MARK}(?=\{{)"), None),
    ),
    yaml="goccy",
    refuses_repeats=True,
    newer_toml=True,
)
"""Hugo from 0.152 on."""

# getzola/zola, components/content/src/front_matter/split.rs
ZOLA = Dialect(
    (
        Fence("toml", re.compile(rf"{_ASCII_BLANK}\+\+\+\r?\n"), re.compile(r"\+\+\+(?=[ \t\v\f\r]*(?:\n|\Z))")),
        Fence("yaml", re.compile(rf"{_ASCII_BLANK}---\r?\n"), re.compile(r"---(?=[ \t\v\f\r]*(?:\n|\Z))")),
    ),
    yaml="serde-yaml",
    refuses_repeats=True,
    newer_toml=True,
)
"""Zola: the closing signs need not begin a line."""
