"""Which changes of files matter to a site, and how much."""

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from postlint.files.endings import is_markdown
from postlint.files.files import NO_SOURCES, Files
from postlint.lsp import uris

_CHANGED = 2
_MADE = frozenset(
    (
        *(".git", ".hg", ".svn", ".postlint_cache", ".cache", ".temp", ".tmp", ".venv", ".tox", ".idea", ".vscode"),
        *(".astro", ".docusaurus", ".next", ".nuxt", ".output", ".svelte-kit", ".vercel", ".netlify", ".quarto"),
        *(".jekyll-cache", ".sass-cache", ".hugo_cache", ".pytest_cache", ".mypy_cache", ".ruff_cache"),
    )
)
"""Names of hidden folders that programs write for themselves. Others may hold settings or posts."""


class Events:
    """What happened to files since it was last asked."""

    def __init__(self) -> None:
        self.posts: set[str] = set()
        """Posts whose contents changed."""
        self.others = False
        """Whether files were made or deleted, or settings changed."""
        self.code = False
        """Whether Python code changed, which is loaded once."""

    def add(self, changes: Iterable[Mapping[str, Any]], root_of: Callable[[str], str | None]) -> None:
        """Take in the `changes` of a notification; `root_of` names the root of the site that a path is in."""
        for change in changes:
            path = uris.to_path(change["uri"])
            if path is None or _is_idle(path, root_of(path)):
                continue
            if path.endswith(".py"):
                self.code = True
                continue
            if is_markdown(path):
                self.posts.add(path)
            if change["type"] != _CHANGED or not is_markdown(path):
                self.others = True

    def __bool__(self) -> bool:
        return bool(self.posts) or self.others or self.code


def _is_idle(path: str, root: str | None) -> bool:
    """Whether no site reads the file at `path`: a program made it, or Git ignores it."""
    if root is None:
        return False
    from postlint.files.gitignore import Ignore

    below = os.path.relpath(path, root)
    folders = below.split(os.sep)[:-1]
    # Astro's schemas of collections may be named in the settings.
    if any(folder in NO_SOURCES or folder in _MADE for folder in folders) and not path.endswith(".schema.json"):
        return True
    return Ignore(Files(root), root).holds(below.replace(os.sep, "/"))
