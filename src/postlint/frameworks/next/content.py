"""Where a Next.js site's posts lie, and which library reads them: as their settings and the site's own code say.

Sources: packages contentlayer, nextra, velite, @content-collections/core, fumadocs-mdx, @next/mdx.
"""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from postlint.files.files import Files
from postlint.frameworks._shared import config_files, found_posts, reading_code
from postlint.frameworks.answers import Collection
from postlint.frameworks.next.settings import NextSettings
from postlint.javascript.literals import Call, Function, parse_module

Reader = Literal["nextra", "contentlayer", "velite", "content-collections", "fumadocs", "code"]
HABITS = (
    *(
        "_posts",
        "posts",
        "content",
        "data/blog",
        "data/posts",
        "src/content",
        "src/posts",
        "src/_posts",
        "src/data/blog",
    ),
    *("articles", "blog", "src/blog"),
)
"""Where the posts of Next.js blogs lie by custom."""
_PAGES = "{md,mdx}"
_POSTS = "**/*.{md,mdx,markdown}"
_MOST_VALUES = 20_000


class NextContent(NamedTuple):
    """`reader` is the library that reads the posts (`code`: the site's own code). `folder` is contentlayer's, or nextra's,
    folder of content. `routed`: Markdown is a page by its place. `origin` says where the collections were read."""

    reader: Reader = "code"
    collections: tuple[Collection, ...] = ()
    folder: str = ""
    routed: bool = False
    origin: str = "assumed"


def read(files: Files, site: NextSettings) -> NextContent:
    """The posts of the site at the root of `files`."""
    routed = any(name in site.packages for name in ("@next/mdx", "nextra", "@mdx-js/loader"))
    pages = _pages(files, routed)
    if site.nextra is not None:
        return _nextra(files, site.nextra, pages)
    unread = False
    for reader, stem in (
        ("contentlayer", "contentlayer.config"),
        ("velite", "velite.config"),
        ("content-collections", "content-collections"),
        ("fumadocs", "source.config"),
    ):
        name = config_files.first(files, (f"{stem}.{ending}" for ending in config_files.SCRIPTS))
        if name and (found := _described(files, name, reader)):
            return found._replace(collections=(*found.collections, *pages), routed=routed)
        unread = unread or name is not None
    named = reading_code.folders(files)
    # What the code says in another way than can be read lies where it lies by custom.
    others = [habit for habit in HABITS if unread or not any(_overlap(habit, folder) for folder in named)]
    found_there = [folder for folder in others if reading_code.holds_markdown(files, folder)]
    inner_first = sorted(dict.fromkeys((*named, *found_there)), key=lambda folder: -folder.count("/"))
    # Code in another language than JavaScript may read more.
    elsewhere = found_posts.collections(files, (*inner_first, "pages", "app", "src/pages", "src/app"))
    posts = (*(Collection(folder, (f"{folder}/{_POSTS}",)) for folder in inner_first), *elsewhere)
    return NextContent("code", (*posts, *pages), "", routed, "the site's code" if named else "assumed")


def _overlap(one: str, other: str) -> bool:
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def _pages(files: Files, routed: bool) -> tuple[Collection, ...]:
    """Markdown that is a page by its place, and Markdown among the pages, which only can be shown as one."""
    above = (
        "src/" if files.find_folder("src/app").status == "ok" or files.find_folder("src/pages").status == "ok" else ""
    )
    if not routed and not reading_code.holds_markdown(files, f"{above}pages"):
        return ()
    hidden = (f"{above}app/**/_*/**", f"{above}app/**/[[]*/**", f"{above}pages/**/_*", f"{above}pages/api/**")
    include = (f"{above}app/**/page.{_PAGES}", f"{above}pages/**/*.{_PAGES}")
    return (Collection("pages", include if routed else include[1:], hidden),)


def _nextra(files: Files, major: int, pages: tuple[Collection, ...]) -> NextContent:
    if major < 4:
        return NextContent("nextra", pages, "", True, "package.json")
    folder = "content" if files.find_folder("content").status == "ok" else "src/content"
    hidden = (f"{folder}/**/.*", f"{folder}/**/.*/**")
    content = Collection("content", (f"{folder}/**/*.{_PAGES}",), hidden)
    return NextContent("nextra", (content, *pages), folder, True, "package.json")


def _described(files: Files, name: str, reader: str) -> NextContent | None:
    """What the settings `name` of a library say, None if that cannot be read."""
    module = parse_module(files.read_text(name) or "")
    config = module.config
    if reader == "contentlayer":
        base = config.get("contentDirPath")
        if not isinstance(base, str):
            return None
        types = [
            kind for kind in _mappings(config.get("documentTypes")) if isinstance(kind.get("filePathPattern"), str)
        ]
        named = [(_name(kind), base, kind["filePathPattern"]) for kind in types]
        folder = posixpath.normpath(base)
        return NextContent("contentlayer", _collections(named), folder, origin=name) if named else None
    if reader == "velite":
        root = config.get("root", "content")
        patterns = [kind for kind in _mappings(config.get("collections")) if isinstance(kind.get("pattern"), str)]
        named = [(_name(kind), root, kind["pattern"]) for kind in patterns] if isinstance(root, str) else []
        return NextContent("velite", _collections(named), origin=name) if named else None
    if reader == "content-collections":
        kinds = [kind for kind in _mappings(config.get("collections")) if isinstance(kind.get("directory"), str)]
        named = [
            (_name(kind), kind["directory"], each)
            for kind in kinds
            for each in ([kind["include"]] if isinstance(kind.get("include"), str) else kind.get("include") or [_POSTS])
            if isinstance(each, str)
        ]
        return NextContent("content-collections", _collections(named), origin=name) if named else None
    folders = [
        kind["dir"] for value in module.exports.values() for kind in _mappings(value) if _is_text(kind.get("dir"))
    ]
    named = [(folder, folder, f"**/*.{_PAGES}") for folder in folders or ["content/docs"]]
    return NextContent("fumadocs", _collections(named), origin=name)


def _collections(named: list[tuple[str, str, str]]) -> tuple[Collection, ...]:
    """Collections from names, folders and patterns; what is not Markdown, or lies outside the site, left out."""
    out: dict[str, list[str]] = {}
    for name, folder, pattern in named:
        joined = posixpath.normpath(posixpath.join(folder, pattern))
        if not joined.startswith(("..", "/")) and not joined.endswith((".json", ".yaml", ".yml")):
            whole = joined if "." in posixpath.basename(joined) else f"{joined}.{_PAGES}"
            out.setdefault(name, []).append(whole)
    return tuple(Collection(name, tuple(include)) for name, include in out.items())


def _name(kind: Mapping[str, Any]) -> str:
    name = kind.get("name")
    return name if isinstance(name, str) and name else "posts"


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping that `value` holds or a call in it gets, the outer ones first."""
    pending, seen = [value], 0
    while pending and seen < _MOST_VALUES:
        value = pending.pop()
        seen += 1
        if isinstance(value, dict):
            yield value
            pending += reversed(value.values())
        elif isinstance(value, list):
            pending += reversed(value)
        elif isinstance(value, Call):
            pending += reversed((*value.args, value.of))
        elif isinstance(value, Function):
            pending.append(value.returns)
