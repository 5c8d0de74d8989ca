"""The findings of one document, for editors that ask for them."""

import time
from typing import Any

from postlint.lsp import findings, uris
from postlint.lsp.desk import Desk, Open
from postlint.lsp.features import Later
from postlint.lsp.positions import Json


def answer(desk: Desk, params: Json) -> Any:
    """They are given when the text was not changed for a moment."""
    uri = params["textDocument"]["uri"]
    document = desk.open.get(uri)
    if document is None:
        return _report(_of_file(desk, uri), params)
    if document.seen == document.text:
        return _of_open(desk, document, params)

    def is_ready(desk: Desk) -> bool:
        return document.due <= time.monotonic() or document.seen == document.text

    return Later(is_ready, lambda desk: _of_open(desk, document, params))


def _of_open(desk: Desk, document: Open, params: Json) -> Json:
    return _report(findings.shown(desk, document, desk.current(document)), params)


def _of_file(desk: Desk, uri: str) -> list[Json]:
    """The findings of a post that is not open, as far as its site is known."""
    full = uris.to_path(uri)
    place = desk.place(full) if full else None
    there = desk.positions(full) if full and place else None
    if place is None or there is None or place.path not in place.site.paths:
        return []
    found = place.site.diagnostics(frozenset((place.path,)))
    return [findings.one(desk, d, there[1], place.site) for d in found]


def _report(items: list[Json], params: Json) -> Json:
    number = findings.result_id(items)
    if number == params.get("previousResultId"):
        return {"kind": "unchanged", "resultId": number}
    return {"kind": "full", "resultId": number, "items": items}
