"""Path patterns over `/`-separated paths, as site frameworks and users write them: `*`, `**`, `?`, `[…]`, `{a,b}`,
`@(a|b)`, `?(a)`."""

import re
from collections.abc import Callable
from functools import lru_cache

from postlint.files import expressions
from postlint.files.expressions import Chain, Choice, Expression

_PART = re.compile(r"(?:\*\*/)+|/\*\*$|\*\*+|\*|\?|\[[!^]?\]?[^\]/]*\]|\{|\}|,|\\.|[^*?\[{},\\]+|.", re.S)
# What Bash and picomatch call extended patterns. How often one is repeated does not matter for names of files.
_OPTIONAL = re.compile(r"[?*]\(([^()]+)\)")
_CHOICE = re.compile(r"[@+]\(([^()]+)\)|\(([^()|]*\|[^()]*)\)")
_STARS: dict[str, Expression] = {
    "*": expressions.NAME,
    "?": "[^/]",
    "/**": Chain(("/", ".", expressions.ANYTHING)),
}


# No path is longer.
_LONGEST = 4096
_MOST_NESTED = 50


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether any of `patterns` matches the whole of `path` (relative). A leading `./` of a pattern is ignored, and an open
    bracket is itself."""
    return bool(patterns) and bool(_matcher(patterns)(path))


@lru_cache(maxsize=512)
def _matcher(patterns: tuple[str, ...]) -> Callable[[str], object]:
    return expressions.matcher([*map(_expression, patterns)])


def _expression(pattern: str) -> Expression:
    if len(pattern) > _LONGEST:
        return expressions.literal(pattern)
    pattern = _in_braces(pattern)
    # The options of each open brace, innermost last; and before those, the whole pattern.
    nested: list[list[list[Expression]]] = [[[]]]
    has_braces = pattern.count("}") >= pattern.count("{")
    for part in _PART.findall(pattern.removeprefix("./")):
        if part == "{" and has_braces:
            nested.append([[]])
        elif part == "}" and len(nested) > 1:
            _close(nested)
        elif part == "," and len(nested) > 1:
            nested[-1].append([])
        elif len(part) > 2 and part[0] == "[":
            characters = _set(part)
            if characters is None:
                return expressions.literal(pattern)
            nested[-1][-1].append(characters)
        elif part in _STARS:
            nested[-1][-1].append(_STARS[part])
        elif part[0] == "*":
            nested[-1][-1].append(expressions.FOLDERS if part[-1] == "/" else expressions.ANYTHING)
        else:
            text = part[1] if len(part) == 2 and part[0] == "\\" else part
            nested[-1][-1] += expressions.literal(text).parts
        if len(nested) > _MOST_NESTED:
            return expressions.literal(pattern)
    while len(nested) > 1:
        _close(nested)
    return Chain(tuple(nested[0][0]))


def _close(nested: list[list[list[Expression]]]) -> None:
    """Close the innermost brace."""
    options = nested.pop()
    nested[-1][-1].append(Choice(tuple(Chain(tuple(option)) for option in options)))


def _set(part: str) -> str | None:
    """The regular expression for `[…]`; None if no character fits it, as for `[b-a]`."""
    negated = part[1] in "!^"
    inner = part[2 if negated else 1 : -1].replace("\\", r"\\").replace("[", r"\[").replace("]", r"\]")
    found = f"[{'^/' if negated else ''}{inner}]"
    try:
        re.compile(found)
    except re.error:
        return None
    return found


def literal(path: str) -> str:
    """The glob that `path` alone matches."""
    return re.sub(r"[\\*?\[{]", r"\\\g<0>", path)


def fixed_folder(pattern: str) -> str:
    """The folder that contains everything that `pattern` can match (`""` for the root)."""
    head = re.split(r"[*?\[{\\]", _in_braces(pattern).removeprefix("./"), maxsplit=1)[0]
    return head.rpartition("/")[0]


def _in_braces(pattern: str) -> str:
    """`pattern` with its extended patterns as choices in braces."""
    if "(" not in pattern:
        return pattern
    pattern = _OPTIONAL.sub(lambda found: f"{{{found[1].replace('|', ',')},}}", pattern)
    return _CHOICE.sub(lambda found: f"{{{(found[1] or found[2]).replace('|', ',')}}}", pattern)
