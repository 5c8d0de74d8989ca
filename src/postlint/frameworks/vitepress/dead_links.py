"""Which dead links a VitePress site's build lets pass: the setting `ignoreDeadLinks`.

Source: vitepress (1.6), src/node/markdownToVue.ts.
"""

import re
from typing import Any, NamedTuple

from postlint.javascript.literals import UNREADABLE

_LIST = re.compile(r"\bignoreDeadLinks\s*:\s*\[")
_ITEM = re.compile(
    r"\s*(?:,|//[^\n]*|/\*.*?\*/|(\])|/((?:\\[^\n]|\[(?:\\[^\n]|[^\]\\\n])*\]|[^/\\\[\n])+)/([a-z]*)|'([^'\\\n]*)'|\"([^\"\\\n]*)\")",
    re.DOTALL,
)
# What may take more than linear time: a group that holds a repetition, repeated itself.
_SLOW = re.compile(r"[*+}]\)?[*+{]|\)[*+{]|\\[1-9]")


class DeadLinks(NamedTuple):
    """`allowed`: some or all dead links stop no build. Those that `texts` or `patterns` match are none of the site's own;
    `readable` is False where code says which are."""

    allowed: bool = False
    readable: bool = True
    texts: frozenset[str] = frozenset()
    patterns: tuple["re.Pattern[str]", ...] = ()

    def match(self, address: str) -> bool:
        """Whether the site's settings name the link `address` as one that something else answers."""
        bare = re.sub(r"\.(?:html|md)$", "", address)
        return any(each in self.texts or any(p.search(each) for p in self.patterns) for each in (address, bare))


def read(value: Any, text: str) -> DeadLinks:
    """The setting `value` in the configuration `text`."""
    if value is False:
        return DeadLinks()
    if value is True or isinstance(value, str):
        return DeadLinks(True)
    begin = _LIST.search(text)
    if begin is None or value is UNREADABLE:
        return DeadLinks(True, False)
    texts, patterns, at = set(), [], begin.end()
    while (item := _ITEM.match(text, at)) and not item[1]:
        at = item.end()
        if item[2]:
            found = _compiled(item[2], item[3])
            if found is None:
                return DeadLinks(True, False)
            patterns.append(found)
        elif item[4] is not None or item[5] is not None:
            texts.add(item[4] or item[5] or "")
    return DeadLinks(True, item is not None, frozenset(texts), tuple(patterns))


def _compiled(pattern: str, flags: str) -> "re.Pattern[str] | None":
    if _SLOW.search(pattern):
        return None
    try:
        return re.compile(pattern.replace("\\/", "/"), re.IGNORECASE if "i" in flags else 0)
    except (re.error, RecursionError, OverflowError):
        return None
