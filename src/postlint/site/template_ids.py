"""The ids that a site's own templates write into pages, such as that of the comments below a post."""

import re

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


def read(files: Files) -> frozenset[str]:
    """The ids in the templates of the site at `files.root`, as far as they stand there literally.

    Reads no more than 400 files, and of each the first 100,000 characters.
    """
    out: set[str] = set()
    pending = [folder for folder in reversed(_FOLDERS) if files.find_folder(folder).status == "ok"]
    left = _MOST_FILES
    while pending and left:
        folder = pending.pop()
        for name, is_folder in files.names(folder).items():
            path = f"{folder}/{name}"
            if is_folder:
                if name not in NO_SOURCES and not name.startswith("."):
                    pending.append(path)
            elif left and name.endswith(_ENDINGS):
                left -= 1
                text = (files.read_text(path) or "")[:_MOST_CHARACTERS]
                out.update(found[1] or found[2] or found[3] for found in _ID.finditer(text))
    return frozenset(out)
