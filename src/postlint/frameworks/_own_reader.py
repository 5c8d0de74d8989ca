"""Whether a site's own code reads front matter line by line, for want of a package that reads YAML."""

import re

from postlint.files import NO_SOURCES, Files

_READS_YAML = re.compile(
    r"ya?ml|matter|mdx|mdsvex|nuxt|contentlayer|content-collections|velite|fumadocs|markdoc", re.IGNORECASE
)
_DEPTH = 2


def is_likely(files: Files) -> bool:
    """Whether there are Node.js projects at the root of `files` or at most two folders below, and none of them names a
    package that can read YAML."""
    found = False
    pending = [("", 0)]
    while pending:
        folder, depth = pending.pop()
        above = f"{folder}/" if folder else ""
        for name, is_folder in files.entries(folder):
            if name == "package.json":
                found = True
                if _READS_YAML.search(files.read_text(above + name) or ""):
                    return False
            elif is_folder and depth < _DEPTH and name not in NO_SOURCES and not name.startswith("."):
                pending.append((above + name, depth + 1))
    return found
