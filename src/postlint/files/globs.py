"""Path patterns over `/`-separated paths, as site frameworks and users write them: `*`, `**`, `?`, `[…]`, `{a,b}`,
`@(a|b)`, `?(a)`."""

import re
from functools import lru_cache

_PART = re.compile(r"(?:\*\*/)+|/\*\*$|\*\*+|\*|\?|\[[!^]?\]?[^\]/]*\]|\{|\}|,|\\.|[^*?\[{},\\]+|.", re.S)
# What Bash and picomatch call extended patterns. How often one is repeated does not matter for names of files.
_OPTIONAL = re.compile(r"[?*]\(([^()]+)\)")
_CHOICE = re.compile(r"[@+]\(([^()]+)\)|\(([^()|]*\|[^()]*)\)")


@lru_cache(maxsize=512)
def compile_glob(pattern: str) -> "re.Pattern[str]":
    """A pattern for whole relative paths (`fullmatch`); a leading `./` is ignored, an open bracket is itself."""
    out: list[str] = []
    depth = 0
    pattern = _in_braces(pattern)
    for part in _PART.findall(pattern.removeprefix("./")):
        if part.startswith("**/"):
            out.append("(?:[^/]+/)*")
        elif part == "/**":
            out.append("/.+")
        elif part.startswith("**"):
            out.append(".*")
        elif part == "*":
            out.append("[^/]*")
        elif part == "?":
            out.append("[^/]")
        elif part == "{" and pattern.count("}") >= pattern.count("{"):
            out.append("(?:")
            depth += 1
        elif part == "}" and depth:
            out.append(")")
            depth -= 1
        elif part == "," and depth:
            out.append("|")
        elif len(part) > 2 and part[0] == "[":
            negated = part[1] in "!^"
            inner = part[2 if negated else 1 : -1].replace("\\", r"\\").replace("[", r"\[").replace("]", r"\]")
            out.append(f"[{'^/' if negated else ''}{inner}]")
        elif len(part) == 2 and part[0] == "\\":
            out.append(re.escape(part[1]))
        else:
            out.append(re.escape(part))
    try:
        return re.compile("".join(out) + ")" * depth, re.S)
    except re.error:
        return re.compile(re.escape(pattern))


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether any of `patterns` matches the whole of `path`."""
    return bool(patterns) and _one_of(patterns).fullmatch(path) is not None


@lru_cache(maxsize=512)
def _one_of(patterns: tuple[str, ...]) -> "re.Pattern[str]":
    return re.compile("|".join(f"(?:{compile_glob(pattern).pattern})" for pattern in patterns), re.S)


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
