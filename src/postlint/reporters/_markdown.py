"""Text as Markdown for GitHub and GitLab that shows just that text: it makes no links, mentions, images or HTML."""

import re
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import quote

from postlint.reporters import visible
from postlint.reporters._spans import spans

_RUN = re.compile("`+")
_WORD = re.compile("([^ ]+)")
# What would be markup, an address, a mention, the number of an issue or an emoji; the rest is shown as it is written.
_ACTS = re.compile(r"[\\`*_{}\[\]<>&~|$#@^]|://|www\.|:[\w+-]+:|\bgh-\d", re.IGNORECASE)


def code(text: str) -> str:
    """`text` as a code span, in which nothing acts."""
    shown = visible(text) or " "
    runs = {len(run) for run in _RUN.findall(shown)}
    fence = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    ends = shown[0] + shown[-1]
    # One space at both ends is not part of the code.
    pad = " " if "`" in ends or (ends == "  " and shown.strip()) else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def cell(text: str) -> str:
    """`text` as a code span in a table, in which even code ends at a `|`."""
    if "|" not in text:
        return code(text)
    letters = (char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in visible(text))
    return f"<code>{''.join(letters)}</code>"


def prose(message: str) -> str:
    """`message`, with what it quotes as code; words that would act are code, too. It must not begin a line unless it begins
    with a word or a number."""
    parts = groupby(_parts(visible(message)), key=lambda part: part[0])
    # Two code spans side by side would be read as one with other fences.
    joined = ((is_code, "".join(text for _, text in group)) for is_code, group in parts)
    return "".join(code(text) if is_code else text for is_code, text in joined)


def _parts(message: str) -> Iterator[tuple[bool, str]]:
    for is_quoted, text in spans(message):
        if is_quoted:
            yield True, text
            continue
        for word in _WORD.split(text):
            if word:
                yield _ACTS.search(word) is not None, word


def rule(name: str, url: str | None, shown: str | None = None) -> str:
    """The name of a rule as code (or as the Markdown `shown`), with a link to its page if it has one."""
    shown = shown or code(name)
    # A plugin may say anything is the address of its page.
    if url is None or not url.startswith("https://"):
        return shown
    return f"[{shown}]({quote(url, safe='/:?#=&%~+,.-').replace('&', '&amp;')})"
