"""The findings of all posts of the sites in the workspace."""

import os
from typing import Any

from postlint.lsp import findings, uris
from postlint.lsp.desk import Desk
from postlint.lsp.features import Later
from postlint.lsp.positions import Json


def answer(desk: Desk, params: Json) -> Any:
    """They are given when the sites were read and nobody types. Posts whose findings are those of the last time are left
    out."""
    desk.all_sites()
    return Later(lambda desk: desk.is_calm and all_are_known(desk), lambda desk: _report(desk, params))


def all_are_known(desk: Desk) -> bool:
    return not any(site.is_indexing for site in desk.sites)


def _report(desk: Desk, params: Json) -> Json:
    known = {_key(each["uri"]): each["value"] for each in params.get("previousResultIds") or ()}
    gone = {_key(each["uri"]): each["uri"] for each in params.get("previousResultIds") or ()}
    items = []
    for site in desk.sites:
        made = site.remembered("findings", lambda site=site: list(findings.of_site(desk, site)))  # type: ignore[misc]
        for uri, version, found in made:
            key = _key(uri)
            gone.pop(key, None)
            number = findings.result_id(found)
            if known.get(key) == number or (key not in known and not found):
                continue
            items.append({"kind": "full", "uri": uri, "version": version, "resultId": number, "items": found})
    nothing = findings.result_id([])
    open_ = {_key(uri) for uri in desk.open}
    for key, uri in gone.items():
        # The editor shows what it has until it hears otherwise. For an open text, which may belong to no site, it asks.
        if known[key] != nothing and key not in open_:
            items.append({"kind": "full", "uri": uri, "version": None, "resultId": nothing, "items": []})
    return {"items": items}


def _key(uri: str) -> str:
    """The same for the same file: editors differ in what they escape, and in how they write a drive's letter."""
    path = uris.to_path(uri)
    return os.path.normcase(path) if path else uri
