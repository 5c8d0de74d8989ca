"""Functions that give Eleventy's permalinks, as far as they only put parts of the post together.

    permalink: (data) => `/blog/${data.page.date.getUTCFullYear()}/${data.page.fileSlug}/`

They become templates, as `Permalinks` reads them: `/blog/{{ page.date | utc: '%Y' }}/{{ page.fileSlug }}/`.
"""

import re

_FUNCTION = re.compile(
    r"\bpermalink\b\s*(?:\(\s*(?P<method>\{[^{}]*\}|\w*)\s*\)\s*(?=\{)"
    r"|:\s*(?:async\s+)?(?:function\b\s*\w*\s*\(\s*(?P<function>\{[^{}]*\}|\w*)\s*\)\s*(?=\{)"
    r"|\(?\s*(?P<arrow>\{[^{}]*\}|\w*)\s*\)?\s*=>\s*))"
)
_CONSTANT = re.compile(r"\b(?:const|let)\s+(\w+)\s*=\s*+([^;\n]++)[;\n]")
_RETURN = re.compile(r"\breturn\b\s*")
_BRANCHES = re.compile(r"\b(?:if|switch|for|while|try|throw)\b|\?|\|\||&&")
_PART = re.compile(r"\$\{([^{}`]*)\}")
_STRING = re.compile(r"`((?:[^`\\$]|\$(?!\{)|\$\{[^{}`]*\})*)`|'([^'\\\n]*)'|\"([^\"\\\n]*)\"")
_DAY = r"(?:new Date\()?page\.date\)?\.get(UTC)?"
_NUMBERS = (
    (re.compile(rf"{_DAY}FullYear\(\)"), "%Y", "%Y"),
    (re.compile(rf"\(?{_DAY}Month\(\)\+1\)?"), "%-m", "%m"),
    (re.compile(rf"{_DAY}Date\(\)"), "%-d", "%d"),
)
_PADDED = re.compile(
    r"(?:String\((.*)\)|\(?(.*?)\)?\.toString\(\))\.padStart\(2,['\"]0['\"]\)|`\$\{(.*)\}`\.padStart\(2,['\"]0['\"]\)"
)
_SLUGIFIED = re.compile(r"this\.(slugify|slug)\((.*)\)")
_NAME = re.compile(r"(?:page\.(?:fileSlug|filePathStem)|[A-Za-z_]\w*)")
_LONGEST = 20_000
_MOST_NAMES = 20


def template(text: str) -> str | None:
    """The template that the function `permalink` in the module `text` stands for; None if it does more."""
    found = _FUNCTION.search(text) if len(text) < _LONGEST else None
    if found is None:
        return None
    given = next((each for each in found.groupdict().values() if each is not None), "")
    constants: dict[str, str] = {}
    rest = text[found.end() :]
    if rest.startswith("{"):
        body = rest[1 : _end(rest)]
        returned = list(_RETURN.finditer(body))
        if len(returned) != 1 or _BRANCHES.search(body):
            return None
        named = _CONSTANT.findall(body[: returned[0].start()])[:_MOST_NAMES]
        constants = {name: value.rstrip() for name, value in named}
        rest = body[returned[0].end() :]
    value = _STRING.match(rest)
    if value is None or rest[value.end() :].lstrip()[:1] not in ("", ",", ";", "}", ")"):
        return None
    if value[1] is None:
        return value[2] or value[3]
    printed = [(_printed(part[1], given, constants), part.span()) for part in _PART.finditer(value[1])]
    out, last = "", 0
    for made, (start, end) in printed:
        if made is None:
            return None
        out += value[1][last:start] + made
        last = end
    return out + value[1][last:]


def _end(text: str) -> int:
    """Where the block that `text` begins with ends."""
    depth = 0
    for found in re.finditer(r"[{}]", text):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return found.start()
    return len(text)


def _printed(expression: str, given: str, constants: dict[str, str]) -> str | None:
    """The output of a template that prints `expression`."""
    for _ in range(3):
        expression = re.sub(r"(?<![\w.'\"])\w+\b", lambda word: constants.get(word[0], word[0]), expression)
        if len(expression) > 500:
            return None
    plain = re.sub(r"\s+", "", expression.replace("new Date(", "new\0Date(")).replace("\0", " ")
    if not given.startswith("{") and given:
        names = re.findall(r"(?<![\w.'\"])[a-z_]\w*(?=\.)", plain)
        if any(name not in (given, "this") for name in names):
            return None
        plain = re.sub(rf"(?<![\w.]){re.escape(given)}\.", "", plain)
    padded = _PADDED.fullmatch(plain)
    inner = next(each for each in padded.groups() if each is not None) if padded else plain
    for pattern, bare, two in _NUMBERS:
        if day := pattern.fullmatch(inner):
            return f"{{{{ page.date | {'utc' if day[1] else 'local'}: '{two if padded else bare}' }}}}"
    if padded:
        return None
    if made := _SLUGIFIED.fullmatch(plain):
        return f"{{{{ {made[2]} | {made[1]} }}}}" if _NAME.fullmatch(made[2]) else None
    return f"{{{{ {plain} }}}}" if _NAME.fullmatch(plain) else None
