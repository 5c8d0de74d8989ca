"""What shows that Zensical builds a site, which may have the settings of MkDocs only."""

import re

from postlint.files.files import Files

CONFIG = "zensical.toml"
_OLDER = ("mkdocs.yml", "mkdocs.yaml")
_ASKED = ("requirements.txt", "docs/requirements.txt", "requirements-docs.txt", "pyproject.toml")
_NAMED = re.compile(r"(?m)^[\s\"'-]*zensical\b")
_OTHER = re.compile(r"(?m)^[\s\"'-]*mkdocs\b")
# Material's plugins have these names only for sites with its theme, which Zensical has without being told.
_PLUGINS = re.compile(r"(?m)^plugins:.*(?:\n(?:[ \t#-].*)?)*")
_OF_MATERIAL = re.compile(r"(?m)(?:^[ \t]*-[ \t]*|[\[,][ \t]*)(?:blog|tags|social|privacy|typeset|projects)\b(?![/-])")
_HAS_THEME = re.compile(r"(?m)^(?:theme|INHERIT)[ \t]*:")


def mark(files: Files) -> str | None:
    """The name of the file that shows it: Zensical's own settings, a list of packages that has Zensical and not MkDocs, or
    settings that MkDocs refuses, if no list of packages has it. None if nothing does."""
    if files.is_file(CONFIG):
        return CONFIG
    older = next((name for name in _OLDER if files.is_file(name)), None)
    if older is None:
        return None
    lists = {name: files.read_text(name) or "" for name in _ASKED}
    for name, text in lists.items():
        if _NAMED.search(text) and not _OTHER.search(text):
            return name
    settings = files.read_text(older) or ""
    if any(map(_OTHER.search, lists.values())) or _HAS_THEME.search(settings):
        return None
    plugins = _PLUGINS.search(settings)
    return older if plugins and _OF_MATERIAL.search(plugins[0]) else None
