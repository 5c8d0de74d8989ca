"""Path patterns: `*`, `**`, `?`, `[…]`, `{a,b}` over `/`-separated paths, as site frameworks and users write them."""

import re
from functools import lru_cache

_TOKEN = re.compile(r"(?:\*\*/)+|/\*\*$|\*\*+|\*|\?|\[[!^]?\]?[^\]/]*\]|\{|\}|,|\\.|[^*?\[{},\\]+|.", re.S)


@lru_cache(maxsize=512)
def compile_glob(pattern: str) -> "re.Pattern[str]":
    """A pattern for whole relative paths (`fullmatch`). A leading `./` is ignored; an open bracket or brace is itself."""
    out: list[str] = []
    depth = 0
    for token in _TOKEN.findall(pattern.removeprefix("./")):
        if token.startswith("**/"):
            out.append("(?:[^/]+/)*")
        elif token == "/**":
            out.append("/.+")
        elif token.startswith("**"):
            out.append(".*")
        elif token == "*":
            out.append("[^/]*")
        elif token == "?":
            out.append("[^/]")
        elif token == "{" and pattern.count("}") >= pattern.count("{"):
            out.append("(?:")
            depth += 1
        elif token == "}" and depth:
            out.append(")")
            depth -= 1
        elif token == "," and depth:
            out.append("|")
        elif len(token) > 2 and token[0] == "[":
            negated = token[1] in "!^"
            inner = token[2 if negated else 1 : -1].replace("\\", r"\\").replace("[", r"\[").replace("]", r"\]")
            out.append(f"[{'^/' if negated else ''}{inner}]")
        elif len(token) == 2 and token[0] == "\\":
            out.append(re.escape(token[1]))
        else:
            out.append(re.escape(token))
    try:
        return re.compile("".join(out) + ")" * depth, re.S)
    except re.error:
        return re.compile(re.escape(pattern))


def matches(path: str, patterns: tuple[str, ...]) -> bool:
    """Whether any of `patterns` matches the whole of `path`."""
    return any(compile_glob(pattern).fullmatch(path) for pattern in patterns)


def fixed_folder(pattern: str) -> str:
    """The folder below which everything that `pattern` can match lies (`""` for the root)."""
    head = re.split(r"[*?\[{\\]", pattern.removeprefix("./"), maxsplit=1)[0]
    return head.rpartition("/")[0]
