"""Front matter as gray-matter 4 and its successor @11ty/gray-matter find it; sources: these packages."""

import re

from postlint.front_matter import Dialect, Fence, Language

_WORDS: dict[Language, str] = {"yaml": r"(?:ya?ml)", "toml": "(?:toml)"}
_JSON = r"(?i)\ufeff?---[ \t]*json[ \t]*\r?\n\s*(?=\{)"


def dialect(yaml: str) -> Dialect:
    """The dialect with the YAML parser `yaml` (`js-yaml-3`, `js-yaml-4`).

    `---` are the first characters, and no fourth hyphen follows; any later line that begins with `---` closes, else
    the end of the file does. What follows the opening `---` names a language.
    """
    return Dialect(
        (_fence("yaml", "---", "?"), Fence("json", re.compile(_JSON), _closing("---"))),
        yaml=yaml,
        refuses_repeats=True,
    )


def trimmed(yaml: str, marks: str = "---", language: Language = "yaml") -> Dialect:
    """`dialect` where white space before the front matter is removed first, and an engine for TOML is there (`---toml`).
    `marks` and `language` are the options `delimiters` and `language`: what is between marks without a word."""
    plain = dialect(yaml)
    other: Language = "toml" if language == "yaml" else "yaml"
    fences = [_fence(language, marks, "?"), _fence(other, marks, "")]
    if marks == "---":
        fences.append(plain.fences[1])
    opened = (each._replace(opening=re.compile(rf"(?i)\ufeff?\s*{each.opening.pattern[4:]}")) for each in fences)
    return plain._replace(fences=tuple(opened))


def _fence(language: Language, marks: str, is_optional: str) -> Fence:
    """Front matter between lines of `marks`, with the word for `language` behind the first one; `?`: it may be missing."""
    written, last = re.escape(marks), re.escape(marks[-1])
    opening = rf"(?i)\ufeff?{written}(?!{last})[ \t]*{_WORDS[language]}{is_optional}[ \t]*(?=[\r\n])"
    return Fence(language, re.compile(opening), _closing(marks))


def _closing(marks: str) -> "re.Pattern[str]":
    return re.compile(rf"^{re.escape(marks)}|\Z", re.MULTILINE)
