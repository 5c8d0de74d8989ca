"""Front matter as gray-matter 4 and its successor @11ty/gray-matter find it; sources: these packages."""

import re

from postlint.front_matter import Dialect, Fence


def dialect(yaml: str) -> Dialect:
    """The dialect with the YAML parser `yaml` (`js-yaml-3`, `js-yaml-4`).

    `---` are the first characters, and no fourth hyphen follows; any later line that begins with `---` closes, else
    the end of the file does. What follows the opening `---` names a language.
    """
    closing = re.compile(r"^---|\Z", re.MULTILINE)
    return Dialect(
        (
            Fence("yaml", re.compile(r"(?i)\ufeff?---(?!-)[ \t]*(?:ya?ml)?[ \t]*(?=[\r\n])"), closing),
            Fence("json", re.compile(r"(?i)\ufeff?---[ \t]*json[ \t]*\r?\n\s*(?=\{)"), closing),
        ),
        yaml=yaml,
        refuses_repeats=True,
    )


def trimmed(yaml: str) -> Dialect:
    """`dialect` where white space before the front matter is removed first."""
    plain = dialect(yaml)
    opened = (
        fence._replace(opening=re.compile(rf"(?i)\ufeff?\s*{fence.opening.pattern[4:]}")) for fence in plain.fences
    )
    return plain._replace(fences=tuple(opened))
