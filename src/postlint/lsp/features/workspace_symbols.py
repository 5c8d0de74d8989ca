"""The posts of the sites in the workspace, by their titles."""

from collections.abc import Iterator
from typing import Any

from postlint.lsp.desk import Desk
from postlint.lsp.features import Later
from postlint.lsp.features.workspace_diagnostic import all_are_known
from postlint.lsp.positions import Json

_FILE = 1
_MOST = 500


def answer(desk: Desk, params: Json) -> Any:
    desk.all_sites()
    words = params["query"].casefold().split()
    return Later(all_are_known, lambda desk: list(_symbols(desk, words)))


def _symbols(desk: Desk, words: list[str]) -> Iterator[Json]:
    desk.catch_up()
    found = [
        (title.text.strip() or path, path, title.span, site)
        for site in desk.sites
        for path, facts in site.facts.items()
        if path in site.own and (title := facts.title) and all(word in title.text.casefold() for word in words)
    ]
    found.sort(key=lambda each: each[:2])
    for name, path, span, site in found[:_MOST]:
        if there := desk.positions(site.full(path)):
            location = {"uri": there[0], "range": there[1].range(*span)}
            yield {"name": name, "kind": _FILE, "location": location, "containerName": path}
