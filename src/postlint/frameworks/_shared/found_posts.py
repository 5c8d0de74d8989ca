"""Where posts lie in a site whose settings and code do not say it: folders of Markdown with a title or a date above it."""

import posixpath
import re
from collections.abc import Collection as Names
from collections.abc import Iterator

from postlint.files.files import NO_SOURCES, Files
from postlint.frameworks.answers import ABOUT_THE_REPOSITORY, Collection

_MARKDOWN = (".md", ".mdx", ".markdown", ".svx")
_ANY = "*.{md,markdown,mdx,svx,MD,Markdown,MARKDOWN,MDX}"
_NO_POSTS = NO_SOURCES | {
    *("build", "out", "public", "test", "tests", "__tests__", "spec", "e2e", "fixtures", "__fixtures__"),
    *("example", "examples", "template", "templates", "_templates", "archetypes", "layouts", "_layouts", "blueprints"),
    *("draft", "drafts", "_drafts"),
}
_FRONT_MATTER = re.compile(r"\ufeff?\s{0,20}(---|\+\+\+)[ \t]*\r?\n")
_KEY = re.compile(r"^[\"']?(?:title|\w{0,20}date|pub\w{0,20}|created\w{0,10})[\"']?[ \t]*[:=]", re.MULTILINE | re.I)
# What a program fills in when it makes a post: `%date%`, `{{title}}`, `<% tp.file.title %>`.
_PLACEHOLDER = re.compile(r"[:=][ \t]*[\"']?(?:%\w{1,40}%|\{\{|<%)")
_LEAST = 3
_MOST_KINDS = 8
_SAMPLE, _MOST_READ, _MOST_NAMES, _DEPTH = 20, 600, 20_000, 6
_HEAD = 2048


def collections(files: Files, known: Names[str] = ()) -> tuple[Collection, ...]:
    """The folders outside those `known` in which at least half of the Markdown is posts: of each the nearest folder
    around the posts, and of the root only what lies right there; files whose names begin with `_` left out. None if
    fewer than three posts are seen."""
    search = _Search(files, known)
    found = dict(search.folders(""))
    root = search.posts([path for path in search.markdown[""] if _may_be_post(path)])
    if len(root) + sum(found.values()) < _LEAST:
        return ()
    inner_first = sorted(found, key=lambda folder: -folder.count("/"))
    there = (Collection("", (_ANY,), ("_*",), guessed=True),) if root else ()
    posts = (Collection(each, (f"{each}/**/{_ANY}",), (f"{each}/**/_*.*",), guessed=True) for each in inner_first)
    return (*posts, *there)


class _Search:
    """What was listed of a site, and what may still be read."""

    def __init__(self, files: Files, known: Names[str]) -> None:
        self._files, self._known = files, known
        self._left = _MOST_READ
        # Folder → the Markdown right in it, and its folders.
        self.markdown: dict[str, list[str]] = {}
        self._inner: dict[str, list[str]] = {}
        self._list()

    def _list(self) -> None:
        pending, seen = [("", 0)], 0
        while pending and seen < _MOST_NAMES:
            folder, depth = pending.pop()
            entries = self._files.entries(folder)
            seen += len(entries)
            self.markdown[folder], self._inner[folder] = [], []
            for name, is_folder in entries:
                path = f"{folder}/{name}" if folder else name
                if not is_folder and name.lower().endswith(_MARKDOWN):
                    self.markdown[folder].append(path)
                elif is_folder and depth < _DEPTH and self._may_hold(name, path):
                    self._inner[folder].append(path)
                    pending.append((path, depth + 1))

    def _may_hold(self, name: str, path: str) -> bool:
        return not name.startswith(".") and name not in _NO_POSTS and path not in self._known

    def folders(self, folder: str) -> Iterator[tuple[str, int]]:
        """The folders of posts below `folder`, each with how many of them were seen."""
        for inner in self._inner.get(folder, ()):
            if posts := self.posts([path for path in self._below(inner) if _may_be_post(path)]):
                around = posixpath.commonpath([posixpath.dirname(path) for path in posts])
                yield from ((folder, len(posts)) for folder in self.kinds(around))
            else:
                yield from self.folders(inner)

    def kinds(self, folder: str) -> list[str]:
        """`folder`, after those in it that seem to hold one kind of posts each, such as `articles` and `podcasts`."""
        inner = [each for each in self._inner.get(folder, ()) if next(self._below(each), None)]
        are_kinds = not self.markdown.get(folder) and 1 < len(inner) <= _MOST_KINDS
        several = all(len(list(self._below(each))) >= _LEAST for each in inner)
        by_year = any(posixpath.basename(each).isdigit() for each in inner)
        return [*inner, folder] if are_kinds and several and not by_year else [folder]

    def _below(self, folder: str) -> Iterator[str]:
        yield from self.markdown.get(folder, ())
        for inner in self._inner.get(folder, ()):
            yield from self._below(inner)

    def posts(self, paths: list[str]) -> list[str]:
        """Those of a sample of `paths` that are posts; none if they are fewer than half of it."""
        step = max(1, len(paths) / _SAMPLE)
        sample = [paths[int(n * step)] for n in range(min(_SAMPLE, len(paths)))]
        sample = sample[: self._left]
        self._left -= len(sample)
        posts = [path for path in sample if _is_post(self._files.head(path, _HEAD))]
        return posts if 2 * len(posts) >= len(sample) else []


def _is_post(head: bytes) -> bool:
    text = head.decode("utf-8", "replace")
    opening = _FRONT_MATTER.match(text)
    if opening is None:
        return False
    block = text[opening.end() :].partition(f"\n{opening[1]}")[0]
    return _KEY.search(block) is not None and _PLACEHOLDER.search(block) is None


def _may_be_post(path: str) -> bool:
    return posixpath.basename(path).partition(".")[0].lower() not in ABOUT_THE_REPOSITORY
