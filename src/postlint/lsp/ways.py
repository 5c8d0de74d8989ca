"""How one post can write the address of another, or of an image."""

import os
import posixpath
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from urllib.parse import quote

from postlint.files.endings import is_image, is_markdown
from postlint.files.files import NO_SOURCES, Files
from postlint.frameworks import asking
from postlint.frameworks.answers import Target, Where
from postlint.lsp.live_site import LiveSite
from postlint.posts.facts import Facts, Link
from postlint.site.pages import Pages

_TRIED = 5
_MOST_LINKS = 2_000
_MOST_FILES = 5_000
_SAFE = "/:@!$&'*+,;=~-._?#%"

Form = Callable[[Facts], str | None]


def leads_to(
    site: LiveSite,
    path: str,
    data: Mapping[str, Any],
    target: str,
    where: Where = "markdown",
    pages: Pages | None = None,
) -> str | None:
    """The path in the site of the file to which the link `target` of the post at `path` leads; None if it leads to none, or
    that is not known."""
    leads = asking.link(site.project.framework, path, data, target, where)
    if leads.status == "external":
        return None
    found = (pages or site.pages).find(_link(target, leads))
    return found.path if found and found.status == "ok" else None


def _link(target: str, leads: Target) -> Link:
    is_judged = leads.status != "unknown"
    return Link(target, 0, 0, is_judged, leads.paths, leads.address, leads.certain, leads.why, None, None, leads.lacks)


def forms(site: LiveSite, path: str, data: Mapping[str, Any]) -> list[Form]:
    """The ways in which the post at `path` can link to other posts, as its framework reads links: those that lead to the
    right post for some of them."""
    tried = [facts for facts in site.facts.values() if facts.path != path][:_TRIED]
    kept = []
    for form in _all_forms(site, path):
        written = [(text, facts.path) for facts in tried if (text := form(facts)) is not None]
        if written and all(leads_to(site, path, data, text) == there for text, there in written):
            kept.append(form)
    return kept


def _links_addresses(site: LiveSite) -> bool:
    """Whether the posts link to addresses more often than to files."""
    targets = (link.target.partition("#")[0] for facts in site.facts.values() for link in facts.links)
    kinds = Counter("file" if is_markdown(target) else target[:1] for target in islice(targets, _MOST_LINKS))
    return kinds["/"] > kinds["file"]


def _all_forms(site: LiveSite, path: str) -> Sequence[Form]:
    """By address or by path; the way that the site's posts use comes first."""
    serving = site.project.framework.serving
    base = "" if serving.addresses_have_base else serving.base

    def by_address(facts: Facts) -> str | None:
        return base + facts.address.addresses[0] if facts.address.addresses else None

    def by_file(facts: Facts) -> str | None:
        return quote(relative(facts.path, path), safe=_SAFE)

    def by_named_file(facts: Facts) -> str | None:
        written = relative(facts.path, path)
        return quote(written if written.startswith("../") else f"./{written}", safe=_SAFE)

    by_path = (by_file, by_named_file)
    is_by_address = site.remembered("links addresses", lambda: _links_addresses(site))
    return (by_address, *by_path) if is_by_address else (*by_path, by_address)


def relative(path: str, post: str) -> str:
    """`path` as seen from the folder of `post`; both are relative to the site's root."""
    return posixpath.relpath(path, posixpath.dirname(post) or ".")


def images(site: LiveSite, path: str, data: Mapping[str, Any], where: Where, typed: str) -> Iterator[tuple[str, str]]:
    """The images that the post at `path` can show: what to write for each, and its file. Only those in whose path `typed`
    may be."""
    framework, files = site.project.framework, site.project.files
    wanted = typed.rpartition("/")[2].casefold()
    public = [folder for folder in framework.folders.public if folder]
    folders = list(dict.fromkeys((*public, posixpath.dirname(path), "src/assets", "assets", "static", "images")))
    seen: set[str] = set()
    for folder in folders:
        for file in _images_in(files, folder):
            if file in seen:
                continue
            seen.add(file)
            is_named = wanted in posixpath.basename(file).casefold()
            for written in _ways_to(file, path, public, framework.serving.base):
                if not is_named and not (typed and written.startswith(typed)):
                    continue
                leads = asking.image(framework, path, data, written, where)
                if leads.status == "files" and next((p for p in leads.paths if files.has_file(p)), None) == file:
                    yield quote(written, safe=_SAFE) if where != "field" else written, file
                    break


def _ways_to(file: str, post: str, public: Sequence[str], base: str) -> Iterator[str]:
    near = relative(file, post)
    if not near.startswith("../"):
        yield f"./{near}"
        yield near
    for folder in public:
        if file.startswith(f"{folder}/"):
            yield base + file[len(folder) :]
    yield f"/{file}"
    yield near


def _images_in(files: Files, folder: str) -> Iterator[str]:
    pending, seen = [folder], 0
    while pending and seen < _MOST_FILES:
        at = pending.pop()
        for name, is_folder in sorted(files.names(at).items()):
            below = f"{at}/{name}" if at else name
            seen += 1
            if is_folder and name not in NO_SOURCES and not name.startswith("."):
                pending.append(below)
            elif is_image(name):
                yield below


def title_of(site: LiveSite, path: str) -> str:
    """The title of the post at `path`, or the name of its file."""
    facts = site.facts.get(path)
    return (facts.title_text if facts else "") or os.path.basename(path)
