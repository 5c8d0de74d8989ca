"""A hook of MkDocs: two files of the repository become pages, and links to its other files lead to GitHub."""

import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

_REPOSITORY = "https://github.com/postlint/postlint/blob/main"
# Code is matched so that a link in it is not.
_CODE = r"^(?P<fence>`{3,})[^\n]*\n.*?^(?P=fence)$|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
_LINK = re.compile(
    rf"{_CODE}|(?<=\]\()(?!https?:|#|mailto:)(?P<path>[^()\s#]+)(?P<anchor>#[^()\s]*)?(?=\))", re.MULTILINE | re.DOTALL
)
# Path in the repository → path of the page.
_PAGES = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing/index.md"}
_SOURCES = {page: source for source, page in _PAGES.items()}


def on_files(files: Files, *, config: Any) -> Files:
    root = Path(config.docs_dir).parent
    for source, page in _PAGES.items():
        files.append(File.generated(config, page, content=(root / source).read_text("utf-8")))
    return files


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """`markdown` of one page, with links that are right on the site."""
    here: str = page.file.src_uri
    folder = posixpath.dirname(_SOURCES.get(here, f"docs/{here}"))

    def link(found: "re.Match[str]") -> str:
        if not found["path"]:
            return found[0]
        path = posixpath.normpath(posixpath.join(folder, found["path"]))
        target = _PAGES.get(path) or (path.removeprefix("docs/") if path.startswith("docs/") else None)
        to = f"{_REPOSITORY}/{path}" if target is None else posixpath.relpath(target, posixpath.dirname(here) or ".")
        return to + (found["anchor"] or "")

    return _LINK.sub(link, markdown)
