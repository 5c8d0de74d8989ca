"""What a site's own templates tell of its posts: the ids that they write into pages, and the fields that they read.

At most 400 files are read, and of each the first 100,000 characters.
"""

import re
from collections.abc import Iterator

from postlint.files.files import NO_SOURCES, Files

# Where generators look for layouts, parts of pages and themes.
_FOLDERS = (
    *("_layouts", "_includes", "layouts", "includes", "layout", "templates", "overrides", "theme", "themes"),
    *("src/_layouts", "src/_includes", "src/layouts", "src/includes", "src/components", "src/templates", "src/theme"),
    *("components", ".vitepress/theme", "docs/.vitepress/theme"),
)
_ENDINGS = (
    *(".html", ".htm", ".njk", ".nunjucks", ".liquid", ".ejs", ".hbs", ".webc", ".swig", ".j2", ".jinja2"),
    *(".astro", ".vue", ".svelte", ".tsx", ".jsx"),
)
_ID = re.compile(r"""\bid\s*=\s*(?:"([^"{}<>\s]+)"|'([^'{}<>\s]+)'|([^\s"'{}<>=`]+))""")
_MOST_FILES = 400
_MOST_CHARACTERS = 100_000


def ids(files: Files) -> frozenset[str]:
    """The ids in the templates of the site at `files.root`, as far as they stand there literally."""
    return frozenset(found[1] or found[2] or found[3] for text in _texts(files) for found in _ID.finditer(text))


def read_field(files: Files, name: str) -> bool:
    """Whether a template has the word `name`."""
    word = re.compile(rf"\b{re.escape(name)}\b")
    return any(name in text and word.search(text) for text in _texts(files))


def _texts(files: Files) -> Iterator[str]:
    pending = [folder for folder in reversed(_FOLDERS) if files.find_folder(folder).status == "ok"]
    left = _MOST_FILES
    while pending:
        folder = pending.pop()
        for name, is_folder in files.names(folder).items():
            path = f"{folder}/{name}"
            if is_folder:
                if name not in NO_SOURCES and not name.startswith("."):
                    pending.append(path)
            elif name.endswith(_ENDINGS):
                yield (files.read_text(path) or "")[:_MOST_CHARACTERS]
                left -= 1
                if not left:
                    return
