"""The folders of posts that a site's own code reads: `fs.readdirSync(path.join(process.cwd(), "posts"))` and the like.

Only what stands literally in a call that reads files, or in a constant named after a folder, counts; and of that only
folders that are there and hold Markdown.
"""

import posixpath
import re
from collections.abc import Iterator

from postlint.files.files import Files

_PLACES = (
    *("", "lib", "utils", "util", "helpers", "server", "services", "data", "api", "app", "pages", "components"),
    *("features", "modules", "scripts", "config"),
)
_SOURCES = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".mts")
_OTHER = (".d.ts", ".test.ts", ".test.js", ".config.ts", ".config.js", ".config.mjs")
_MARKDOWN = (".md", ".mdx", ".markdown")
_TOO_MUCH = frozenset((".", *_PLACES, "src", *(f"src/{name}" for name in _PLACES))) - {"data", "src/data"}
_MOST_FILES, _MOST_NAMES, _LONGEST = 400, 4000, 100_000
_READS = ("readdir", "readFile", "glob", "import(", "require.context")
_LITERAL = r"""['"`]([^'"`\n${}]{1,200})"""
_JOINED = re.compile(r"\b(?:join|resolve)\(((?:[^()'\"`]|\(\)|['\"`][^'\"`\n]*['\"`]){1,400})\)")
_NAMED = (
    re.compile(rf"\b(?:readdir|readFile|glob|sync|context)(?:Sync|Stream)?\(\s*{_LITERAL}"),
    re.compile(rf"\bcwd\(\)\s*\+\s*{_LITERAL}"),
    re.compile(r"`\$\{process\.cwd\(\)\}([^`\n${}]{1,200})"),
    re.compile(rf"\b\w{{0,40}}(?:dir|path|folder|directory|root)s?\b\s*[:=]\s*{_LITERAL}", re.IGNORECASE),
)
_IMPORTED = re.compile(r"\bimport\(\s*[`'\"]([@~./][^`'\"\n${}]{1,200})\$\{")
_STRING = re.compile(r"""['"`]([^'"`\n]*)['"`]""")


def folders(files: Files) -> list[str]:
    """The folders, relative to the root of `files`, in the order in which the code names them."""
    out: dict[str, bool] = {}
    for path in _sources(files):
        text = files.read_text(path) or ""
        if len(text) <= _LONGEST and any(sign in text for sign in _READS):
            for folder in _named(text, path):
                if folder not in out:
                    out[folder] = _holds_posts(files, folder)
    return [folder for folder, counts in out.items() if counts]


def _sources(files: Files) -> Iterator[str]:
    """The site's own modules; of the root and of `src` themselves only those right there."""
    pending = [f"{above}{name}".rstrip("/") for name in reversed(_PLACES) for above in ("src/", "")]
    seen = 0
    while pending and seen < _MOST_FILES:
        folder = pending.pop()
        for name, is_folder in sorted(files.names(folder).items()):
            path = f"{folder}/{name}" if folder else name
            if is_folder:
                if folder not in ("", "src") and name != "node_modules" and not name.startswith("."):
                    pending.append(path)
            elif name.endswith(_SOURCES) and not name.endswith(_OTHER):
                seen += 1
                yield path


def _named(text: str, path: str) -> Iterator[str]:
    """What may be folders of posts in the module at `path`, relative to the site's root."""
    for call in _JOINED.finditer(text):
        arguments = call[1]
        parts, end = [], None
        for string in _STRING.finditer(arguments):
            if end is not None and arguments[end : string.start()].strip(" \t\r\n") != ",":
                break
            if "${" in string[1]:
                break
            parts.append(string[1].strip("/"))
            end = string.end()
        if parts:
            beside = "__dirname" in arguments or "import.meta" in arguments
            yield _normal(posixpath.dirname(path) if beside else "", "/".join(parts))
    for place in _NAMED:
        for found in place.finditer(text):
            yield _normal("", found[1])
    for found in _IMPORTED.finditer(text):
        written = found[1]
        if written.startswith(("@/", "~/")):
            yield _normal("", written[2:])
            yield _normal("src", written[2:])
        else:
            yield _normal(posixpath.dirname(path), written)


def _normal(root: str, written: str) -> str:
    """The folder that `written`, which may be a pattern, names as seen from `root`."""
    fixed = re.split(r"[*?\[{]", written, maxsplit=1)[0]
    if fixed != written:
        fixed = fixed.rpartition("/")[0]
    return posixpath.normpath(posixpath.join(root, fixed.lstrip("/")))


def _holds_posts(files: Files, folder: str) -> bool:
    if folder in _TOO_MUCH or folder.startswith("..") or "node_modules" in folder:
        return False
    return files.find_folder(folder).status == "ok" and holds_markdown(files, folder)


def holds_markdown(files: Files, folder: str) -> bool:
    """Whether any Markdown file lies in the folder or at most three levels below it."""
    pending, seen = [(folder, 0)], 0
    while pending and seen < _MOST_NAMES:
        at, depth = pending.pop()
        for name, is_folder in files.names(at).items():
            seen += 1
            if not is_folder and name.lower().endswith(_MARKDOWN):
                return True
            if is_folder and depth < 3 and name != "node_modules" and not name.startswith("."):
                pending.append((f"{at}/{name}", depth + 1))
    return False
