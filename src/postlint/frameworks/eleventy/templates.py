"""What an Eleventy site's templates may answer besides the posts whose addresses are known: lists, tags, pages of pages."""

import posixpath
import re
from collections.abc import Iterator

from postlint.files.files import Files
from postlint.frameworks.answers import ABOUT_THE_REPOSITORY
from postlint.frameworks.eleventy.addresses import EleventyAddresses
from postlint.frameworks.eleventy.settings import EleventySettings
from postlint.front_matter import Dialect, to_data
from postlint.front_matter import read as read_front_matter

_MOST_FILES = 3000
_POSTS = (".md", ".markdown")
_TAG = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}")
_NEVER = frozenset(("node_modules", "vendor", "bower_components"))
# What gives a post another address than its place.
_MOVED = re.compile(r"^[\"']?(?:permalink|pagination|eleventyComputed)\b|^---(?:js|json)", re.MULTILINE)
_HEAD = re.compile(r"\ufeff?---")


def read(
    files: Files, site: EleventySettings, addresses: EleventyAddresses, dialect: Dialect
) -> "re.Pattern[str] | None":
    """The addresses, without a slash at the end, that these may answer; None if that is not known."""
    found = []
    for path in paths(files, site):
        if addresses.unread(path):
            continue
        text = files.read_text(path) or ""
        is_post = path.endswith(_POSTS)
        is_post = is_post and path.rpartition(".")[0].lower() not in ABOUT_THE_REPOSITORY
        if is_post and not _MOVED.search(text) and addresses.address(path, {}).addresses is not None:
            continue
        if not _HEAD.match(text) and path.endswith((".js", ".cjs", ".mjs", ".ts")):
            return None
        data = to_data(read_front_matter(text, dialect).root)
        if not isinstance(data, dict):
            data = {}
        made = addresses.address(path, {key: value for key, value in data.items() if key != "pagination"})
        permalink = data.get("permalink")
        if made.addresses is None and not isinstance(permalink, str):
            return None
        if made.addresses is None:
            assert isinstance(permalink, str)
            fixed = _TAG.split("/" + permalink.strip().lstrip("/").removesuffix("index.html").rstrip("/"))
            if not "".join(fixed).strip("/"):
                return None
            found.append(".*".join(map(re.escape, fixed)))
        else:
            found += [
                f"{re.escape(_bare(each))}{'(?:/.*)?' if 'pagination' in data else ''}" for each in made.addresses
            ]
    return re.compile("|".join(dict.fromkeys(found)) or "(?!)")


def rival(files: Files, site: EleventySettings, addresses: EleventyAddresses, path: str) -> str | None:
    """The template of another language beside the post at `path` that makes the same page; None if there is none. Both
    are served by their names."""
    stem = path.rpartition(".")[0]
    for ending in site.formats:
        other = f"{stem}.{ending}"
        if other == path or not files.is_file(other) or addresses.unread(other):
            continue
        text = files.read_text(other) or ""
        is_code = ending.endswith("js") and not _HEAD.match(text)
        if not is_code and not _MOVED.search(text) and "permalink" not in text:
            return other
    return None


def _bare(address: str) -> str:
    return address.removesuffix("index.html").removesuffix(".html").rstrip("/")


def paths(files: Files, site: EleventySettings) -> Iterator[str]:
    """The templates below the input folder."""
    endings = tuple(f".{each}" for each in site.formats)
    pending = [site.input]
    for _ in range(_MOST_FILES):
        if not pending:
            return
        folder = pending.pop()
        for name, is_folder in files.names(folder).items():
            path = posixpath.join(folder, name)
            if is_folder:
                if name not in _NEVER and not name.startswith(".") and path != site.output:
                    pending.append(path)
            elif name.endswith(endings):
                yield path
