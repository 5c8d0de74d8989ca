"""What shows that Zensical builds a site, which may have the settings of MkDocs only."""

import re

from postlint.files.files import Files

CONFIG = "zensical.toml"
_OLDER = ("mkdocs.yml", "mkdocs.yaml")
_ASKED = ("requirements.txt", "docs/requirements.txt", "requirements-docs.txt", "pyproject.toml")
_NAMED = re.compile(r"(?m)^[\s\"'-]*zensical\b")
_OTHER = re.compile(r"(?m)^[\s\"'-]*mkdocs\b")


def mark(files: Files) -> str | None:
    """The name of the file that shows it: Zensical's own settings, or a list of packages that has Zensical and not
    MkDocs. None if nothing does."""
    if files.is_file(CONFIG):
        return CONFIG
    if not any(files.is_file(name) for name in _OLDER):
        return None
    for name in _ASKED:
        text = files.read_text(name) or ""
        if _NAMED.search(text) and not _OTHER.search(text):
            return name
    return None
