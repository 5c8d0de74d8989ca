"""Reads mistakes/*.toml: each mistake as two sites, one with it and one without, and where it is."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

HERE = Path(__file__).parent
# The post that a mistake changes, unless it names another file.
POSTS = {
    "astro": "src/content/blog/bread.md",
    "docusaurus": "blog/2024-01-31-bread.md",
    "eleventy": "posts/bread.md",
    "hugo": "content/posts/bread.md",
    "jekyll": "_posts/2024-01-31-bread.md",
    "mkdocs": "docs/bread.md",
}
FAMILIES = (
    "front-matter dates slugs images links tags titles text mdx templates schema markdown".split()
)  # in the order of the page
GONE = b""  # in place of a file's bytes: the site has no such file
_MARK = re.compile("⟦([^⟦⟧⇒]*)(?:⇒([^⟦⟧⇒]*))?⟧")
# A line that holds nothing but a mark with one empty side is not there on that side.
_WHOLE_LINE = re.compile("^⟦([^⟦⟧⇒\n]*)⇒([^⟦⟧⇒\n]*)⟧$", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---\n(.*?^)---\n(.*)\Z", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """Lines and columns count from 1; a column range is `[start, end)`. None for both: the whole of these lines."""

    path: str
    first: int
    last: int
    start: int | None = None
    end: int | None = None

    def holds_line(self, path: str, line: int, last: int | None = None) -> bool:
        return path == self.path and self.first <= (last or line) and line <= self.last

    def holds(self, path: str, line: int, column: int | None, last: int | None = None, end: int | None = None) -> bool:
        """Whether the columns overlap, too. A place of several lines has no columns."""
        if not self.holds_line(path, line, last):
            return False
        if self.start is None or self.end is None or column is None or (last or line) != line:
            return True
        return column <= max(self.end - 1, self.start) and max(end or 0, column + 1) > self.start


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake. `wrong` and `clean` are {path: bytes} over the files of the site's folder in sites/."""

    name: str
    family: str
    what: str
    site: str
    wrong: dict[str, bytes]
    clean: dict[str, bytes]
    places: tuple[Place, ...]
    breaks: str
    seen: tuple[str, ...]
    unrelated: tuple[str, ...]
    shown: str

    def __str__(self) -> str:
        return f"{self.family}/{self.name}"


def read_all() -> list[Mistake]:
    """All mistakes, family by family."""
    found = []
    for family in FAMILIES:
        stated = tomllib.loads((HERE / "mistakes" / f"{family}.toml").read_text(encoding="utf-8"))
        defaults = {key: value for key, value in stated.items() if key != "mistake"}
        found += [_mistake(family, {**defaults, **one}) for one in stated["mistake"]]
    return found


def site_files(site: str) -> dict[str, bytes]:
    """The files of a site that has no mistake, by path."""
    root = HERE / "sites" / site
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def _mistake(family: str, stated: dict[str, Any]) -> Mistake:
    site = stated["site"]
    marked: dict[str, str] = dict(stated.get("files", {}))
    default = POSTS[site]
    post = stated.get("post") or _changed(site, stated)
    if post is not None:
        marked[stated.get("file", default)] = post
    wrong: dict[str, bytes] = {}
    clean: dict[str, bytes] = {}
    places: list[Place] = []
    for path, text in marked.items():
        text = _WHOLE_LINE.sub(_with_line_break, text.removeprefix("\n"))
        text = text.replace("⟧\0\n", "⟧")
        wrong[_side(path, 0)] = _side(text, 0).encode(stated.get("encoding", "utf-8"))
        clean[_side(path, 1)] = _side(text, 1).encode()
        if _MARK.search(path):
            places.append(Place(_side(path, 0), 1, 1_000_000))
        places += _places(_side(path, 0), text)
    for path, name in stated.get("copies", {}).items():
        for files, side in ((wrong, 0), (clean, 1)):
            files[_side(path, side)] = (HERE / "samples" / _side(name, side)).read_bytes()
        if _MARK.search(path):
            places.append(Place(_side(path, 0), 1, 1_000_000))
    if default not in wrong and any(PurePosixPath(path).with_suffix(".md").as_posix() == default for path in wrong):
        wrong[default] = clean[default] = GONE  # its place is taken by a file with the ending .mdx
    return Mistake(
        name=stated["name"],
        family=family,
        what=stated["what"],
        site=site,
        wrong=wrong,
        clean=clean,
        places=tuple(places),
        breaks=stated["breaks"],
        seen=tuple(stated.get("seen", ())),
        unrelated=tuple(stated.get("unrelated", ())),
        shown=stated.get("line", ""),
    )


def _changed(site: str, stated: dict[str, Any]) -> str | None:
    """The site's own post with the stated lines in its front matter, or with the stated body."""
    if "line" not in stated and "body" not in stated:
        return None
    text = (HERE / "sites" / site / POSTS[site]).read_text(encoding="utf-8")
    match = _FRONT_MATTER.match(text)
    assert match, POSTS[site]
    lines, body = match[1].splitlines(), match[2]
    if "line" in stated:
        line: str = stated["line"]
        keys = {_key(_side(line, side)) for side in (0, 1)}
        at = min((number for number, old in enumerate(lines) if _key(old) in keys), default=len(lines))
        lines = [old for old in lines if _key(old) not in keys]
        lines.insert(at, line)
    if "body" in stated:
        body = "\n" + stated["body"].removeprefix("\n")
    return "---\n" + "\n".join(lines) + "\n---\n" + body


def _key(line: str) -> str:
    return line.partition(":")[0]


def _with_line_break(match: re.Match[str]) -> str:
    if match[1] and match[2]:
        return match[0]
    wrong, clean = (f"{side}\n" if side else "" for side in match.groups())
    return f"⟦{wrong}⇒{clean}⟧\0"


def _side(text: str, side: int) -> str:
    """The text with the mistake (0) or without it (1)."""
    return _MARK.sub(lambda match: match[1] if side == 0 or match[2] is None else match[2], text)


def _places(path: str, text: str) -> list[Place]:
    """Where the marks are in the text with the mistake. What is missing may be reported anywhere in its block."""
    found = []
    wrong = _side(text, 0)
    shift = 0
    for match in _MARK.finditer(text):
        start = match.start() - shift
        end = start + len(match[1])
        shift += len(match[0]) - len(match[1])
        first = wrong.count("\n", 0, start) + 1
        column = start - (wrong.rfind("\n", 0, start) + 1) + 1
        last = wrong.count("\n", 0, max(start, end - 1)) + 1
        if match[1].strip("\n"):
            one_line = first == last
            found.append(
                Place(path, first, last, column if one_line else None, column + end - start if one_line else None)
            )
        elif match[2] is not None and match[2].endswith("\n"):
            found.append(_block(path, wrong, first))
        else:
            found.append(
                Place(
                    path,
                    max(first - 1, 1) if match[1] else first,
                    last,
                    *(() if match[1] else (column - 1, column + 1)),
                )
            )
    return found


def _block(path: str, text: str, line: int) -> Place:
    """The front matter if the line is in it; otherwise that line and its neighbours."""
    match = _FRONT_MATTER.match(text)
    fence = match[1].count("\n") + 2 if match else 0
    return Place(path, 1, fence) if line <= fence else Place(path, max(line - 2, 1), line + 1)
