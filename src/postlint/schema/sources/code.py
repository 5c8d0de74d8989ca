"""What a site's own code uses of a content tool."""

import re

from postlint.files.files import Files

_SCRIPTS = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".astro", ".vue", ".svelte")
_PLACES = ("src", "app", "lib", "pages", "components", "utils", "server", "reader", "keystatic")
_SKIPPED = frozenset(("content", "node_modules", "posts", "public"))
_MOST = 400


def contains(files: Files, pattern: "re.Pattern[str]") -> bool:
    """Whether `pattern` is found in one of the first some hundred modules of the site."""
    pending, seen = [name for name in _PLACES if files.names("").get(name)], 0
    while pending and seen < _MOST:
        folder = pending.pop()
        for name, is_folder in sorted(files.names(folder).items()):
            if is_folder and name not in _SKIPPED and name[0] not in "._":
                pending.append(f"{folder}/{name}")
            elif name.endswith(_SCRIPTS):
                seen += 1
                if pattern.search(files.read_text(f"{folder}/{name}") or ""):
                    return True
    return False
