"""Explains common regular expressions of schemas in words."""

import re

_KNOWN = {
    r"[a-z0-9]+(?:-[a-z0-9]+)*": "words of small letters and digits with single hyphens between them",
    r"[a-z0-9]+(-[a-z0-9]+)*": "words of small letters and digits with single hyphens between them",
    r"\d{4}-\d{2}-\d{2}": "a date such as `2024-01-31`",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}": "a date such as `2024-01-31`",
    r"\d{4}-\d{2}": "a year and a month such as `2024-01`",
    r"\d+\.\d+\.\d+": "a version such as `1.2.3`",
    r"#[0-9a-fA-F]{6}": "a colour such as `#1e90ff`",
    r"#[0-9a-f]{6}": "a colour such as `#1e90ff`",
    r"[a-z]{2}-[A-Z]{2}": "a language and country such as `en-GB`",
    r"[a-z]{2}(-[A-Z]{2})?": "a language such as `en` or `en-GB`",
    r"[a-z]{2}(?:-[A-Z]{2})?": "a language such as `en` or `en-GB`",
    r"https?://.*": "an address that begins with `https://`",
    r"https?://.+": "an address that begins with `https://`",
    r"https?://": "an address that begins with `https://`",
    r"[^\s@]+@[^\s@]+": "an e-mail address such as `ann@example.com`",
    r"\S+": "text without spaces",
    r".+": "text on one line",
}
_CLASS = re.compile(r"(?:\[([^\]\[^]+)\]|(\\[dw]))(\+|\*|\{(\d+)(?:,(\d*))?\})")
_CLASS_PARTS = re.compile(r"a-z|A-Z|0-9|\\[dws]|\\?[^\\]", re.DOTALL)
_NAMES = {
    "a-z": "small letters",
    "A-Z": "capital letters",
    "0-9": "digits",
    r"\d": "digits",
    r"\w": "letters, digits, `_`",
    r"\s": "spaces",
    " ": "spaces",
}


def meaning(pattern: str) -> str | None:
    """The text that `pattern` matches, in words that follow "must be"; None if the pattern is not a known one."""
    anchored = pattern.startswith("^") and pattern.endswith("$") and not pattern.endswith(r"\$")
    if pattern == "^[A-Za-z][A-Za-z0-9+.-]*:":
        return "a full web address such as `https://example.com/`"
    core = pattern.removeprefix("^").removesuffix("$")
    if core in _KNOWN and (anchored or core.startswith("http")):
        return _KNOWN[core]
    match = _CLASS.fullmatch(core)
    if not anchored or match is None:
        return None
    parts = _CLASS_PARTS.findall(match[1] or match[2])
    # A range other than the three above, such as `à-ÿ`, is left to the reader.
    if "-" in parts[1:-1]:
        return None
    named = [_NAMES.get(part) or f"`{part.removeprefix(chr(92))}`" for part in parts]
    made_of = " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
    if match[4] is None:
        return f"made of {made_of} only"
    least, most = int(match[4]), match[5]
    if most is None:
        count = f"{least}"
    else:
        count = f"at least {least}" if most == "" else f"{least} to {most}"
    return f"{count} {made_of}" if made_of in _NAMES.values() else f"{count} characters of {made_of}"
