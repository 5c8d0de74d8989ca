"""The tags and expressions in the text of a paragraph, a heading or a table's cell."""

import re
from collections.abc import Callable

from postlint.body.mdx_syntax import Setup, tags
from postlint.body.mdx_syntax.tags import Refused, Tag
from postlint.body.mdx_syntax.view import View
from postlint.javascript import grammar
from postlint.javascript.lexemes import Uncertain

_TITLE = r"\"(?:[^\"\\]|\\[\s\S])*\"|'(?:[^'\\]|\\[\s\S])*'|\((?:[^()\\]|\\[\s\S])*\)"
_DEFINITION = re.compile(
    r"[ \t]*\[(?:[^\[\]\\]|\\.)+\]:\s*(?:<(?:[^<>\n\\]|\\.)*>|(?!<)\S+)"
    rf"(?:[ \t]*\n?[ \t]*(?<=\s)(?:{_TITLE}))?[ \t]*(?:\n|\Z)"
)
_RESOURCE = re.compile(
    r"\(\s*(?:(?:<(?:[^<>\n\\]|\\.)*>|(?!<)(?:\\.|[^\s()\\\x00-\x20]|\((?:\\.|[^\s()\\]|\([^\s()]*\))*\))+)"
    rf"(?:\s+(?:{_TITLE}))?)?\s*\)"
)
_SIGN = re.compile(r"[\\`<{$\[\]]|https?://|www\.|:(?=[A-Za-z])", re.IGNORECASE)
# What follows the scheme must not be a sign.
_ADDRESS = re.compile(r"(?:https?://|(?=www\.))[\w-][\w.-]*[^\s<]*", re.IGNORECASE)
_RUN = re.compile(r"`+|\$+")
_DIRECTIVE = re.compile(r":[A-Za-z][\w-]*(?=[\[{])")
_NAMED = re.compile(r":[A-Za-z][\w-]*$")
_SPECIAL = re.compile(r"[<{]")
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def after_definitions(text: str, start: int, end: int) -> int:
    """Past the definitions of link addresses that `text[start:end]`, a paragraph, begins with."""
    while match := _DEFINITION.match(text, start, end):
        if match.end() == start:
            break
        start = match.end()
    return start


def read(
    view: View,
    setup: Setup,
    on_tag: Callable[[View, Tag], None],
    on_refused: Callable[[View, Refused], None],
    is_escaped: Callable[[int], bool],
) -> None:
    """Hand each tag of `view` to `on_tag` and each slip to `on_refused`. Raises `Uncertain`.

    `is_escaped` says of the `{` at an offset of the post that the compiler never sees it.
    """
    _Reader(view, setup, on_tag, on_refused, is_escaped).read()


class _Reader:
    def __init__(
        self,
        view: View,
        setup: Setup,
        on_tag: Callable[[View, Tag], None],
        on_refused: Callable[[View, Refused], None],
        is_escaped: Callable[[int], bool],
    ) -> None:
        self._view = view
        self._text = view.text
        self._end = view.end
        self._setup = setup
        self._on_tag = on_tag
        self._on_refused = on_refused
        self._is_escaped = is_escaped
        # Where the square brackets around begin.
        self._brackets: list[int] = []
        # Runs that have no partner from some place on.
        self._single: set[str] = set()

    def read(self) -> None:
        text, end = self._text, self._end
        at = self._view.start
        # A negative place: it is not known how the rest is to be read.
        while at >= 0 and (match := _SIGN.search(text, at, end)):
            here, sign = match.start(), match[0][0]
            if sign == "\\":
                at = here + 1 + (text[here + 1 : here + 2] in _ESCAPABLE)
            elif sign == "`":
                at = self._past_run(here)
            elif sign == "<":
                at = self._tag(here)
            elif sign == "{":
                at = self._expression(here)
            elif sign == "$":
                at = self._formula(here)
            elif sign == "[":
                self._brackets.append(here)
                at = here + 1
            elif sign == "]":
                at = self._after_bracket(here)
            elif sign == ":":
                at = self._directive(here)
            else:
                at = self._address(here, match.end())

    def _past_run(self, here: int) -> int:
        """Past the code span or formula that begins at `here`; past the run of signs itself where none does."""
        text = self._text
        run = _RUN.match(text, here, self._end)
        assert run is not None
        signs = run[0]
        if signs not in self._single:
            at = run.end()
            while (at := text.find(signs, at, self._end)) >= 0:
                other = re.compile(rf"{re.escape(signs[0])}+").match(text, at, self._end)
                assert other is not None
                if len(other[0]) == len(signs):
                    return other.end()
                at = other.end()
            self._single.add(signs)
        return run.end()

    def _formula(self, here: int) -> int:
        if self._setup.math is False:
            return here + 1
        run = _RUN.match(self._text, here, self._end)
        assert run is not None
        after = self._past_run(here)
        if self._setup.math is None:
            if after > run.end() and _SPECIAL.search(self._text, here, after):
                raise Uncertain
            return run.end()
        return after

    def _after_bracket(self, here: int) -> int:
        text = self._text
        after = here + 1
        if not self._brackets:
            return after
        opened = self._brackets.pop()
        following = text[after : min(after + 1, self._end)]
        if following == "(":
            resource = _RESOURCE.match(text, after, self._end)
            return resource.end() if resource else after
        if following == "[":
            close = text.find("]", after, self._end)
            if close >= 0 and _SPECIAL.search(text, after, close):
                raise Uncertain
        if (
            following == "{"
            and self._setup.directives is not False
            and _NAMED.search(text, max(0, opened - 80), opened)
        ):
            raise Uncertain
        return after

    def _directive(self, here: int) -> int:
        """`:name[label]{attributes}`, whose attributes are no expression."""
        if self._setup.directives is False:
            return here + 1
        directive = _DIRECTIVE.match(self._text, here, self._end)
        before = self._text[here - 1 : here]
        if directive and before != ":" and self._text.startswith("{", directive.end(), self._end):
            raise Uncertain
        return here + 1

    def _address(self, here: int, after: int) -> int:
        """Past a bare address, which GFM makes a link of, whatever braces are in it."""
        before = self._text[here - 1 : here] if here > self._view.start else ""
        if self._brackets or before.isalnum():
            return after
        match = _ADDRESS.match(self._text, here, self._end)
        if not match or "{" not in match[0]:
            return match.end() if match else after
        if not self._setup.gfm or "`" in match[0]:
            raise Uncertain
        return match.end()

    def _tag(self, here: int) -> int:
        text = self._text
        if self._setup.comments and text.startswith("<!--", here, self._end):
            close = text.find("-->", here + 4, self._end)
            if close >= 0 and not text.startswith((">", "->"), here + 4):
                return close + 3
        try:
            tag = tags.read(text, here, self._end)
        except Refused as refused:
            self._on_refused(self._view, refused)
            return refused.resume
        if tag is None:
            return here + 1
        if self._brackets and self._setup.satteri and tag.kind != "self":
            # Sätteri does not look for tags that begin in a link or image and end behind it.
            raise Uncertain
        self._on_tag(self._view, tag)
        return tag.end

    def _expression(self, here: int) -> int:
        if self._is_escaped(self._view.offset(here)):
            return here + 1
        verdict = grammar.expression(self._text, here, self._end)
        if verdict.ok:
            return verdict.end
        refused = tags.refused_expression(self._text, here, self._end, verdict)
        self._on_refused(self._view, refused)
        return refused.resume
