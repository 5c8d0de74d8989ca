"""The links and images of a site that have to be written differently once some of its files have other paths."""

import posixpath
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import quote, unquote

from postlint.diagnostics import Edit
from postlint.files import reading
from postlint.frameworks import asking
from postlint.frameworks.answers import Where
from postlint.lsp import ways
from postlint.lsp.live_site import LiveSite
from postlint.posts.collecting import collect, pointers
from postlint.posts.document import Document
from postlint.posts.facts import Facts
from postlint.site.pages import Pages
from postlint.text import Span, Text

_SAFE = "/:@!$&'*+,;=~-._%"

Written = tuple[str, str, Span, Where]
"""A reference: its kind, its target, where it is written, and in what."""


class New:
    """A site after `moves`: path → new path of each moved file."""

    def __init__(self, site: LiveSite, moves: Mapping[str, str]) -> None:
        self.site = site
        self.moves = moves
        self.framework = site.project.framework

    def path(self, path: str) -> str:
        """Where the file at `path` will be."""
        return self.moves.get(path, path)

    @cached_property
    def facts(self) -> dict[str, Facts]:
        """The facts of every post, by its new path."""
        out = {}
        for path, facts in self.site.facts.items():
            new = self.path(path)
            out[new] = facts if new == path else collect(self.document(path))
        return out

    @cached_property
    def pages(self) -> Pages:
        site = self.site
        return Pages(self.framework, list(self.facts.values()), site.project.files, site.complete)

    def document(self, path: str) -> Document:
        """The post that is at `path` now, at its new place. Raises reading.Unreadable."""
        data = self.site.document(path).text.to_bytes()
        return self.site.checker.document(self.path(path), data)

    def with_text(self, path: str, text: str) -> Document:
        """The same with another text."""
        return self.site.checker.document(self.path(path), Text(text).to_bytes())

    def changed_addresses(self) -> Iterator[tuple[str, str, str]]:
        """Path, address and new address of each published post whose address changes."""
        for path, new in self.moves.items():
            old = self.site.facts.get(path)
            if old is None or old.draft or not old.address.addresses:
                continue
            now = self.facts[new].address.addresses
            if now and now[0] != old.address.addresses[0]:
                yield path, old.address.addresses[0], now[0]


def concerned(new: New) -> Iterator[str]:
    """The posts that may have to be changed."""
    addresses = {
        address for path in new.moves if (f := new.site.facts.get(path)) for address in f.address.addresses or ()
    }
    addresses = {address.rstrip("/") for address in addresses}
    for path, facts in new.site.facts.items():
        if (
            path in new.moves
            or any(not new.moves.keys().isdisjoint(link.paths) for link in facts.links)
            or any(link.address is not None and link.address.rstrip("/") in addresses for link in facts.links)
            or any(not new.moves.keys().isdisjoint(paths) for _, paths in facts.image_leads)
        ):
            yield path


def edits(new: New, path: str) -> Iterator[Edit]:
    """The edits of the post at `path` that make its references lead where they lead now."""
    try:
        post = new.site.document(path)
    except reading.Unreadable:
        return
    text = post.text.value
    for kind, target, span, where in references(post):
        written = text[span.start : span.end]
        if written != target or not target:
            continue
        old = _leads_to(new.site, post.path, post, kind, target, where, new.site.pages)
        if old is None or old == path or (path not in new.moves and old not in new.moves):
            continue
        wanted = new.path(old)
        after = new.with_text(path, text)
        if _is_led(new, after, kind, target, where, wanted):
            continue
        for candidate in _candidates(new, path, old, target):
            if _is_led(new, after, kind, candidate, where, wanted):
                yield Edit(span.start, span.end, candidate)
                break


def references(post: Document) -> Iterator[Written]:
    """The images and links of the post."""
    for kind, target, span, _, where, _ in pointers(post):
        yield kind, target, span, where
    facts = collect(post)
    for use in facts.images:
        if use.where == "field":
            yield "image", use.target, use.span, use.where
    ways_of_fields = [where for _, where in post.framework.linking.fields]
    for link in facts.links:
        if link.end <= post.front_matter.body and ways_of_fields:
            yield "link", link.target, Span(link.start, link.end), ways_of_fields[0]


def _leads_to(
    site: LiveSite, path: str, post: Document, kind: str, target: str, where: Where, pages: Pages
) -> str | None:
    if kind == "link":
        return ways.leads_to(site, path, post.data, target, where, pages)
    leads = asking.image(post.framework, path, post.data, target, where)
    files = site.project.files
    return next((each for each in leads.paths if files.has_file(each)), None) if leads.status == "files" else None


def _is_led(new: New, post: Document, kind: str, target: str, where: Where, wanted: str) -> bool:
    """Whether the reference `target` of `post`, at its new place, leads to the file that will be at `wanted`."""
    if kind == "link":
        return ways.leads_to(new.site, post.path, post.data, target, where, new.pages) == wanted
    leads = asking.image(post.framework, post.path, post.data, target, where)
    gone, files = new.moves.keys() - set(new.moves.values()), new.site.project.files
    there = (each for each in leads.paths if each == wanted or (each not in gone and files.has_file(each)))
    return leads.status == "files" and next(there, None) == wanted


def _candidates(new: New, path: str, old: str, target: str) -> Iterator[str]:
    """What may be written instead of `target` in the post at `path`, which leads to the file at `old`: most like it
    first."""
    cut = min((at for at in (target.find("?"), target.find("#")) if at >= 0), default=len(target))
    written, tail = target[:cut], target[cut:]
    for candidate in dict.fromkeys(_written_alike(new, path, old, unquote(written))):
        # As it was encoded before, and so that Markdown does not end it at a blank.
        yield (quote(candidate, safe=_SAFE) if "%" in written or " " in candidate else candidate) + tail


def _written_alike(new: New, path: str, old: str, written: str) -> Iterator[str]:
    wanted, here = new.path(old), new.path(path)
    ending = posixpath.splitext(wanted)[1]
    drops_ending = not written.endswith(posixpath.splitext(old)[1])
    if not written.startswith("/"):
        near = ways.relative(wanted, here)
        near = near.removesuffix(ending) if drops_ending else near
        yield f"./{near}" if written.startswith("./") and not near.startswith("../") else near
    yield from _with_its_prefix(old, wanted, written)
    if drops_ending:
        yield from _with_its_prefix(posixpath.splitext(old)[0], posixpath.splitext(wanted)[0], written)
    then, now = new.site.facts.get(old), new.facts.get(wanted)
    if then and now and then.address.addresses and now.address.addresses:
        yield from _by_address(new, here, then.address.addresses[0], now.address.addresses[0], written)
    yield f"/{wanted}"


def _with_its_prefix(old: str, wanted: str, written: str) -> Iterator[str]:
    """`written`, which ends like the path `old`, so that it ends like `wanted`: `/a/b.png` for `public/a/b.png`."""
    common = posixpath.commonprefix((old[::-1], written[::-1]))[::-1]
    while common:
        before = old[: len(old) - len(common)]
        if wanted.startswith(before):
            yield written[: len(written) - len(common)] + wanted[len(before) :]
            return
        # A shorter common end may leave a folder that both are in.
        common = common.partition("/")[2]


def _by_address(new: New, here: str, then: str, now: str, written: str) -> Iterator[str]:
    """The same for a link to the address of a post."""
    bare, slash = written.rstrip("/"), "/" if written.endswith("/") else ""
    if bare.endswith(then.rstrip("/")):
        yield bare.removesuffix(then.rstrip("/")) + now.rstrip("/") + slash
    page = new.facts[here].address.addresses if here in new.facts else None
    if page and not written.startswith("/"):
        yield posixpath.relpath(now.rstrip("/") or "/", page[0].rstrip("/") or "/") + slash
    serving = new.framework.serving
    yield ("" if serving.addresses_have_base else serving.base) + now
