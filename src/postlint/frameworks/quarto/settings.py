"""A Quarto project's own settings: `_quarto.yml`, the listings in its pages, and `_metadata.yml` beside the posts.

Sources: quarto-cli (1.11), src/project/project-context.ts, src/core/path.ts (resolvePathGlobs), src/resources/schema.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.frameworks import own_host
from postlint.frameworks._shared import site_settings
from postlint.frameworks.answers import Setting
from postlint.front_matter import Dialect, to_data
from postlint.front_matter import read as read_front_matter

SITES = ("website", "blog", "book", "manuscript")
_TYPE = re.compile(rf"^[ \t]+type:[ \t]*[\"']?(?:{'|'.join(SITES)})[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_OTHERS = ("default", "hugo", "docusaurus", "confluence")
_ENDINGS = "{qmd,md,markdown,Rmd,rmd}"
_EVERYTHING = (f"**/*.{_ENDINGS}",)
_HIDDEN = (
    *("**/_*", "**/_*/**", "**/.*", "**/.*/**", "**/*.llms.md"),
    *(f"**/{name}" for name in ("README.md", "README.qmd", "README.Rmd", "CLAUDE.md", "CLAUDE.local.md", "AGENTS.md")),
    *(f"**/{folder}/**" for folder in ("renv", "venv", "env", "node_modules", "packrat")),
)
_MOST_PAGES = 60


class QuartoSettings(NamedTuple):
    """`kind` is the project's type. `posts`: patterns of the posts that listings show, by the folder of the first.
    `pages` and `hidden`: patterns of all sources, and of what is none. `drafts`: patterns of posts that settings make
    drafts. `made`: the folder that quartodoc fills. `scripted`: a script runs before pages are made, which may make
    others. Folders and patterns are relative to the project."""

    kind: str = "website"
    posts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pages: tuple[str, ...] = _EVERYTHING
    hidden: tuple[str, ...] = _HIDDEN
    drafts: tuple[str, ...] = ()
    made: str | None = None
    scripted: bool = False
    reported: tuple[Setting, ...] = ()
    home: own_host.Home | None = None


def is_site(files: Files, name: str) -> bool:
    """Whether the project whose settings are in the file `name` makes pages; one that feeds another generator, or only
    renders single documents, does not. Types of extensions are told by the settings of a website."""
    if _TYPE.search(files.read_text(name) or ""):
        return True
    data = site_settings.read(files, name) or {}
    kind = site_settings.table(data, "project").get("type")
    return kind in SITES or (kind not in _OTHERS and any(key in data for key in ("website", "book")))


def read(files: Files, name: str | None, dialect: Dialect) -> QuartoSettings:
    """The settings in the file `name`; the defaults for what is not set. `dialect` is that of pages."""
    data = (site_settings.read(files, name) if name else None) or {}
    project, website = site_settings.table(data, "project"), site_settings.table(data, "website")
    kind = str(project.get("type") or "website")
    output = posixpath.normpath(str(project.get("output-dir") or ("_book" if kind == "book" else "_site")))
    rendered = site_settings.texts(project.get("render"))
    wanted = tuple(_pattern(each) for each in rendered if not each.startswith("!"))
    unwanted = tuple(_pattern(each[1:]) for each in rendered if each.startswith("!"))
    listings: dict[str, tuple[str, ...]] = {}
    for folder, patterns in _listings(files, dialect):
        if not any(f"{folder}/".startswith(f"{known}/") for known in listings):
            listings[folder] = patterns
    drafts = [posixpath.normpath(each.lstrip("/")) for each in site_settings.texts(website.get("drafts"))]
    drafts += [f"{folder}/**" for folder in listings if _made_drafts(files, folder)]
    return QuartoSettings(
        kind,
        tuple(listings.items()),
        tuple(f"{each}.{_ENDINGS}" if each.endswith("*") and "." not in each else each for each in wanted)
        or _EVERYTHING,
        (*_HIDDEN, f"{output}/**", *unwanted),
        tuple(drafts),
        str(site_settings.table(data, "quartodoc").get("dir") or "reference") if "quartodoc" in data else None,
        "pre-render" in project,
        (
            Setting("project.type", kind, name or "assumed"),
            Setting("project.output-dir", output, name or "" if "output-dir" in project else "assumed"),
            Setting("project.render", rendered or "everything", name or "" if rendered else "assumed"),
        ),
        _home(website, site_settings.table(data, "book")),
    )


def _home(*sites: dict[str, Any]) -> own_host.Home | None:
    """Where `site-url` says that the site is served: from its root, which documents name with `/`."""
    url = next((site["site-url"] for site in sites if isinstance(site.get("site-url"), str)), "")
    path = re.match(r"https?://[^/]+(/.*)", url)
    return own_host.home(url, path[1] if path else "", adds_base=True)


def _pattern(written: str) -> str:
    """A glob of Quarto's: without a slash at its beginning it holds in every folder; a folder is all that is in it."""
    glob = written.removeprefix("./")
    if glob.endswith("/"):
        glob += "**/*"
    elif "*" not in glob and not posixpath.splitext(glob)[1]:
        glob += "/**/*"
    return glob[1:] if glob.startswith("/") else f"**/{glob}" if not glob.startswith("**/") else glob


def _listings(files: Files, dialect: Dialect) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each page with a listing: the folder of what it lists, and its patterns."""
    for path in _list_pages(files):
        text = files.read_text(path) or ""
        if "listing" not in text:
            continue
        data = to_data(read_front_matter(text, dialect).root)
        here = posixpath.dirname(path)
        for listing in _tables(data.get("listing") if isinstance(data, dict) else None):
            contents = [each for each in site_settings.texts(listing.get("contents")) if each[:1] != "!"] or ["."]
            patterns = [_listed(here, each) for each in contents if not each.endswith((".yml", ".yaml", ".csv"))]
            # A listing of the whole site has no folder of its own.
            patterns = [each for each in patterns if each and not each.startswith(("..", "**/*."))]
            if patterns:
                yield posixpath.dirname(patterns[0].partition("*")[0]) or "posts", tuple(patterns)


def _list_pages(files: Files) -> list[str]:
    """The pages that may have listings: those at the root, and the index of each folder of the two levels below."""
    names = files.names("")
    pages = [name for name, is_folder in names.items() if not is_folder and name.endswith((".qmd", "index.md"))]
    folders = [name for name, is_folder in names.items() if is_folder and not name.startswith(("_", "."))]
    folders += [
        f"{a}/{b}" for a in folders for b, is_folder in files.names(a).items() if is_folder and b[0] not in "_."
    ]
    pages += [f"{folder}/index.qmd" for folder in folders if "index.qmd" in files.names(folder)]
    return pages[:_MOST_PAGES]


def _tables(listing: Any) -> list[dict[str, Any]]:
    if isinstance(listing, str) or listing is True:
        return [{}]
    return [each for each in (listing if isinstance(listing, list) else [listing]) if isinstance(each, dict)]


def _listed(here: str, contents: str) -> str:
    """The pattern of one entry of `contents`: a glob, a folder, or a file; from the page, or from the root."""
    joined = posixpath.normpath(posixpath.join(here, contents) if not contents.startswith("/") else contents[1:])
    joined = "" if joined == "." else joined
    if "*" in joined or posixpath.splitext(joined)[1]:
        return joined
    return f"{joined}/**/*.{_ENDINGS}".lstrip("/")


def _made_drafts(files: Files, folder: str) -> bool:
    data = site_settings.read(files, f"{folder}/_metadata.yml") or {}
    return data.get("draft") is True
