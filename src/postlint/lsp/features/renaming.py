"""Moving posts and images: the links to them are changed, and the old address of a post leads to its new one."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

from postlint.diagnostics import Edit
from postlint.lsp import moved_links, old_addresses, uris
from postlint.lsp.desk import Desk
from postlint.lsp.features import Later
from postlint.lsp.features.workspace_diagnostic import all_are_known
from postlint.lsp.live_site import LiveSite
from postlint.lsp.positions import Json, Positions
from postlint.text import Text

_INFORMATION = 3


def answer(desk: Desk, params: Json) -> Any:
    desk.all_sites()
    pairs = [(uris.to_path(each["oldUri"]), uris.to_path(each["newUri"])) for each in params["files"]]
    moved = {os.path.realpath(old): os.path.realpath(new) for old, new in pairs if old and new}
    for old in moved:
        desk.place(old if os.path.splitext(old)[1] else os.path.join(old, "x.md"))
    return Later(all_are_known, lambda desk: _edit(desk, moved))


def _edit(desk: Desk, moved: Mapping[str, str]) -> Json | None:
    desk.catch_up()
    changes: Json = {}
    for site in desk.sites:
        moves = dict(_in_site(site, moved))
        for path, edits in _edits(desk, site, moves).items():
            if edits and (there := _text(desk, site.full(path))):
                uri, positions = there
                changes[uri] = [
                    {"range": positions.range(e.start, e.end), "newText": e.content} for e in sorted(set(edits))
                ]
    return {"changes": changes} if changes else None


def _in_site(site: LiveSite, moved: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The files of the site that are moved within it: their paths, and those that they will have."""
    shown = (path for facts in site.facts.values() for _, paths in facts.image_leads for path in paths)
    for path in dict.fromkeys((*site.paths, *shown)):
        full = site.full(path)
        for old, new in moved.items():
            if full == old or full.startswith(f"{old}{os.sep}"):
                below = os.path.relpath(new + full[len(old) :], site.project.root)
                if not below.startswith(".."):
                    yield path, below.replace(os.sep, "/")


def _edits(desk: Desk, site: LiveSite, moves: Mapping[str, str]) -> dict[str, list[Edit]]:
    if not moves:
        return {}
    new = moved_links.New(site, moves)
    edits = {path: list(moved_links.edits(new, path)) for path in moved_links.concerned(new)}
    for path, address, now in new.changed_addresses():
        added = old_addresses.alias(new, path, address)
        if added:
            edits.setdefault(path, []).extend(added)
        elif (redirect := old_addresses.redirect(site, address, now)) and _fits(redirect[1], edits.get(redirect[0])):
            edits.setdefault(redirect[0], []).append(redirect[1])
        else:
            message = f"nothing leads from `{address}`, the old address of {path}, to `{now}`; add a redirect"
            desk.say("window/showMessage", {"type": _INFORMATION, "message": f"postlint: {message}"})
    return edits


def _fits(edit: Edit, others: list[Edit] | None) -> bool:
    """Whether the redirect of `edit` may stand beside `others`: of several items in an empty list of JSON, all but one
    need a comma."""
    return not others or not edit.content.lstrip().startswith("{") or edit.content.endswith(",")


def _text(desk: Desk, full: str) -> tuple[str, Positions] | None:
    """The URI of a file and the positions in its text."""
    if there := desk.positions(full):
        return there
    try:
        with open(full, "rb") as file:
            text = Text.from_bytes(file.read()).readable
    except OSError:
        return None
    return uris.from_path(full), Positions(text, desk.client.encoding)
