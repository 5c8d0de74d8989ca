"""Findings in the protocol's form."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from zlib import crc32

from postlint.diagnostics import SUPPRESSION_UNUSED, Diagnostic, Severity
from postlint.lsp.desk import Desk, Open
from postlint.lsp.live_site import LiveSite
from postlint.lsp.positions import Json, Positions

_SEVERITY = {Severity.ERROR: 1, Severity.WARNING: 2}
_UNNECESSARY = 1
_WORD = re.compile(r"[^\s`,;]+")


def shown(desk: Desk, document: Open, found: Sequence[Diagnostic]) -> list[Json]:
    """`found` in an open document, with one finding for a text that is damaged throughout."""
    from postlint.reporters._damage import gathered

    place = desk.of(document) if found else None
    positions = Positions(document.text, desk.client.encoding)
    site = place.site if place else None
    return [one(desk, d, positions, site) for d in gathered(found)]


def one(desk: Desk, d: Diagnostic, positions: Positions, site: LiveSite | None) -> Json:
    out: Json = {
        "range": positions.range(d.start.offset, d.end.offset),
        "message": d.message,
        "severity": _SEVERITY[d.severity],
        "code": d.rule,
        "source": "postlint",
        "data": {"rule": d.rule, "field": d.field, "fixable": d.fix is not None},
    }
    if d.url:
        out["codeDescription"] = {"href": d.url}
    if d.rule == SUPPRESSION_UNUSED:
        out["tags"] = [_UNNECESSARY]
    if desk.client.relates and site and (related := list(_related(desk, d, site))):
        out["relatedInformation"] = related
    return out


def _related(desk: Desk, d: Diagnostic, site: LiveSite) -> Iterator[Json]:
    """The other posts that the finding names."""
    facts = site.facts
    for path in dict.fromkeys(_WORD.findall(d.message)):
        path = path.rstrip(".:")
        other = facts.get(path)
        if other is None or path == d.path:
            continue
        there = desk.positions(site.full(path))
        if there is None:
            continue
        uri, positions = there
        value = other.slug or other.title
        span = value.span if value else (0, 0)
        message = f"the other post{f': {other.title_text}' if other.title_text else ''}"
        yield {"location": {"uri": uri, "range": positions.range(*span)}, "message": message}


def result_id(items: Sequence[Json]) -> str:
    """The same for the same findings."""
    return f"{crc32(json.dumps(items, sort_keys=True).encode()):08x}"


def publish(desk: Desk, document: Open) -> None:
    """Send the findings of the document to an editor that does not ask for them."""
    params: Json = {"uri": document.uri, "diagnostics": shown(desk, document, document.found)}
    published = document.version, result_id(params["diagnostics"])
    if document.published == published:
        return
    document.published = published
    if document.version is not None:
        params["version"] = document.version
    desk.say("textDocument/publishDiagnostics", params)


def of_site(desk: Desk, site: LiveSite) -> Iterable[tuple[str, int | None, list[Json]]]:
    """URI, version and findings of every post of the site, and of other files that a finding is about."""
    by_path: dict[str, list[Diagnostic]] = {path: [] for path in sorted(site.own)}
    known = frozenset(site.paths)
    for d in site.diagnostics(None):
        # Another configuration judges the posts that are known and not listed.
        if d.path in by_path or d.path not in known:
            by_path.setdefault(d.path, []).append(d)
    open_ = {document.full: document for document in desk.open.values()}
    from postlint.reporters._damage import gathered

    for path, found in by_path.items():
        full = os.path.join(site.project.root, path)
        document = open_.get(full)
        items = []
        if found and (there := desk.positions(full)):
            items = [one(desk, d, there[1], site) for d in gathered(found)]
        yield desk.uri(full), document.version if document else None, items
