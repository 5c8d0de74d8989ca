"""The findings of all posts of the sites in the workspace."""

from typing import Any

from postlint.lsp import findings
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
    known = {each["uri"]: each["value"] for each in params.get("previousResultIds") or ()}
    gone = dict(known)
    items = []
    for site in desk.sites:
        made = site.remembered("findings", lambda site=site: list(findings.of_site(desk, site)))  # type: ignore[misc]
        for uri, version, found in made:
            gone.pop(uri, None)
            number = findings.result_id(found)
            if known.get(uri) == number or (uri not in known and not found):
                continue
            items.append({"kind": "full", "uri": uri, "version": version, "resultId": number, "items": found})
    nothing = findings.result_id([])
    for uri, number in gone.items():
        # The editor shows what it has until it hears otherwise.
        if number != nothing:
            items.append({"kind": "full", "uri": uri, "version": None, "resultId": nothing, "items": []})
    return {"items": items}
