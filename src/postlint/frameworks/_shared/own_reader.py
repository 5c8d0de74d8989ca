"""Whether a site's own code reads front matter line by line, for want of a package that reads YAML."""

import re

from postlint.files.files import NO_SOURCES, Files

_READS_YAML = re.compile(
    r"ya?ml|matter|mdx|mdsvex|nuxt|contentlayer|content-collections|velite|fumadocs|markdoc|nextra|gatsby|gridsome"
    r"|zenn|metalsmith|wintersmith|docpad|cryogen|perun|stasis",
    re.IGNORECASE,
)
_CLOJURE = ("deps.edn", "project.clj")
_DEPTH = 2


def is_likely(files: Files) -> bool:
    """Whether there is a project in Clojure whose settings name nothing that reads YAML, or a Node.js project at the root of
    `files`, and neither it nor one at most two folders below names a package that can read YAML. One that lies only below
    may be a mere tool of a site that something else makes."""
    if written := next((name for name in _CLOJURE if files.is_file(name)), None):
        return not _READS_YAML.search(files.read_text(written) or "")
    if not files.is_file("package.json"):
        return False
    pending = [("", 0)]
    while pending:
        folder, depth = pending.pop()
        above = f"{folder}/" if folder else ""
        for name, is_folder in files.entries(folder):
            if name == "package.json":
                if _READS_YAML.search(files.read_text(above + name) or ""):
                    return False
            elif is_folder and depth < _DEPTH and name not in NO_SOURCES and not name.startswith("."):
                pending.append((above + name, depth + 1))
    return True
