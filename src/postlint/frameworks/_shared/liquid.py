"""The parts of Liquid and Nunjucks whose outcome their text alone tells: literal strings, a site's settings, tags."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

_OUTPUT = re.compile(r"\{\{-?([^{}]*)\}\}")
_TAG = re.compile(r"\{%-?\s*(\w+)([^{}]*?)-?%\}")
_LITERAL = re.compile(r"\"([^\"]*)\"|'([^']*)'")
_WORD = re.compile(r"\"([^\"]*)\"|'([^']*)'|(\S+)")
_PREPEND = re.compile(r"prepend:\s*([\w.]+)")


class Outputs:
    """Replaces `{{ … }}` by what it prints. `names`: what names stand for; `filters`: what filters put before a text
    (`relative_url` the base URL)."""

    def __init__(self, names: Mapping[str, str], filters: Mapping[str, str]) -> None:
        self._names = names
        self._filters = filters

    def render(self, text: str, page: Mapping[str, Any] = MappingProxyType({})) -> str | None:
        """`text` as it is printed by a page whose front matter is `page`; None if that is not known."""
        if "{" not in text:
            return text
        pieces: list[str] = []
        last = 0
        for match in _OUTPUT.finditer(text):
            value = self._value(match[1].removesuffix("-"), page)
            if value is None:
                return None
            pieces += (text[last : match.start()], value)
            last = match.end()
        pieces.append(text[last:])
        made = "".join(pieces)
        return None if "{{" in made or "{%" in made else made

    def _value(self, expression: str, page: Mapping[str, Any]) -> str | None:
        first, *filters = (part.strip() for part in expression.split("|"))
        value: str | None
        if literal := _LITERAL.fullmatch(first):
            value = literal[1] or literal[2] or ""
        elif first.startswith("page."):
            own = page.get(first[len("page.") :])
            value = own if isinstance(own, str) else None
        else:
            value = self._names.get(first)
        for each in filters:
            if value is None:
                return None
            if prepend := _PREPEND.fullmatch(each):
                before = self._names.get(prepend[1])
                value = None if before is None else before + value
            elif each in self._filters:
                value = self._filters[each] + "/" * (not value.startswith("/")) + value
            elif each not in ("escape", "strip", "uri_escape"):
                return None
        return value


def tag(text: str) -> tuple[str, str] | None:
    """The name and the arguments of the template tag `text`, None if it is not a tag."""
    found = _TAG.fullmatch(text)
    return (found[1], found[2].strip()) if found else None


def words(text: str) -> list[tuple[str, int, int]]:
    """The words of `text`, quoted ones without their quotes: each with where it begins and ends."""
    return [(match[match.lastindex or 0], *match.span(match.lastindex or 0)) for match in _WORD.finditer(text)]
