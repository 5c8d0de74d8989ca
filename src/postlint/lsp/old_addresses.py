"""Keeps the address of a post that moves: as an alias in its front matter, or in the redirects of the site's host."""

import json
import re
from urllib.parse import unquote

from postlint.diagnostics import Edit
from postlint.fixing.fixes import edited
from postlint.front_matter import list_writing
from postlint.lsp.live_site import LiveSite
from postlint.lsp.moved_links import New
from postlint.site import redirects

_TABLE = re.compile(r"^\[\[redirects\]\]", re.MULTILINE)
_LIST = re.compile(r'"redirects"\s*:\s*\[')


def alias(new: New, path: str, address: str) -> list[Edit]:
    """The edits of the post at `path` that make `address` one of its aliases; empty if its framework has none, or they
    cannot be made."""
    post = new.site.document(path)
    key, entries = post.framework.addressing.alias_key, post.front_matter.root.entries or ()
    if key is None or not entries:
        return []
    if not post.framework.front_matter.keys_have_case:
        key = next((name for name in post.entries if name.casefold() == key), key)
    now, old, wanted = new.document(path).address, unquote(address), unquote(address).rstrip("/")
    while old:
        edits = list_writing.add(post.text.value, post.front_matter, key, old, entries[-1])
        after = new.with_text(path, edited(post.text.value, sorted(edits))).address
        aliases = {unquote(each).rstrip("/") for each in after.aliases}
        if edits and after.addresses == now.addresses and wanted in aliases:
            return list(edits)
        # The address may begin with the path that the site is served below.
        old = old[old.find("/", 1) :] if old.find("/", 1) > 0 else ""
    return []


def redirect(site: LiveSite, address: str, now: str) -> tuple[str, Edit] | None:
    """The file of the host's redirects, and the edit that adds one from `address` to `now`; None if there is no such file
    that can be changed with certainty."""
    files = site.project.files
    folders = ("", *site.project.framework.folders.public)
    for path in dict.fromkeys(f"{folder}/_redirects".lstrip("/") for folder in folders):
        if (text := files.read_text(path)) is not None and "\ufffd" not in text and " " not in address + now:
            # The first rule that matches an address counts.
            start = len(text) - len(text.removeprefix("\ufeff"))
            return path, Edit(start, start, f"{address} {now} 301\n")
    if (text := files.read_text("netlify.toml")) is not None and "\ufffd" not in text:
        edit = _table(text, f"from = {json.dumps(address)}\nto = {json.dumps(now)}\nstatus = 301\n")
        return ("netlify.toml", edit) if _covers(site, "netlify.toml", text, edit, address) else None
    if (text := files.read_text("vercel.json")) is not None and (found := _LIST.search(text)):
        rest = text[found.end() :].lstrip()
        rule = json.dumps({"source": address.rstrip("/") or "/", "destination": now, "permanent": True})
        indent = text[found.end() : len(text) - len(rest)]
        added = f"{indent}{rule}" + ("" if rest.startswith("]") else ",")
        edit = Edit(found.end(), found.end(), added)
        return ("vercel.json", edit) if _covers(site, "vercel.json", text, edit, address) else None
    return None


def _table(text: str, values: str) -> Edit:
    """The edit that adds a redirect to `netlify.toml`, before all others: the first one that matches counts."""
    first = _TABLE.search(text)
    if first:
        return Edit(first.start(), first.start(), f"[[redirects]]\n{values}\n")
    before = "" if not text or text.endswith("\n") else "\n"
    return Edit(len(text), len(text), f"{before}\n[[redirects]]\n{values}")


def _covers(site: LiveSite, path: str, text: str, edit: Edit, address: str) -> bool:
    """Whether the settings with `edit` can be read, and redirect `address`."""
    from postlint.files.files import MemoryFiles

    return redirects.read(MemoryFiles({path: edited(text, [edit]).encode()}), ()).cover(address)
