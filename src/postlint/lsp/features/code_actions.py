"""Fixes, suppressions and explanations of the findings in a range."""

from collections.abc import Iterator, Sequence
from typing import Any

from postlint.diagnostics import Diagnostic, Edit
from postlint.errors import PostlintError
from postlint.fixing import fixes, guard, suppressing
from postlint.formatting import edits as edits_between
from postlint.lsp import findings
from postlint.lsp.desk import Desk, Open, Place
from postlint.lsp.positions import Json, Positions
from postlint.posts.document import Document
from postlint.text import Text

FIX_ALL = "source.fixAll.postlint"
QUICK_FIX = "quickfix"
OPEN_RULE = "postlint.openRule"
_REASON = "TODO"


def answer(desk: Desk, params: Json) -> Any:
    document = desk.open.get(params["textDocument"]["uri"])
    if document is None:
        return []
    only = params["context"].get("only")
    found = desk.current(document)
    if not found:
        return []
    positions = Positions(document.text, desk.client.encoding)
    start, end = positions.span(params["range"])
    out: list[Json] = []
    if _wanted(QUICK_FIX, only):
        out += _quick(desk, document, positions, start, end)
    if _wanted(FIX_ALL, only) and (every := _every(desk, document, positions)):
        out.append(every)
    return out


def _wanted(kind: str, only: Sequence[str] | None) -> bool:
    return not only or any(kind == each or kind.startswith(f"{each}.") for each in only)


def _quick(desk: Desk, document: Open, positions: Positions, start: int, end: int) -> Iterator[Json]:
    """The actions for the findings that meet the range: fixes first, then what silences or explains them."""
    from postlint.reporters._damage import gathered

    post = desk.post(document)
    place = post[0] if post else None
    here = [d for d in gathered(document.found) if d.start.offset <= end and start <= d.end.offset]
    shown = {id(d): findings.one(desk, d, positions, place.site if place else None) for d in here}
    for d in here:
        if d.fix:
            safe = d.fix.applicability == "safe"
            action = _action(d.fix.message if safe else f"{d.fix.message} (unsafe)", document, positions, d.fix.edits)
            yield {**action, "diagnostics": [shown[id(d)]], **({"isPreferred": True} if safe else {})}
    rules = list(dict.fromkeys(d.rule for d in here))
    if place:
        yield from _of_rules(place, document, positions, rules)
    if post:
        for d in here:
            yield from _suppressions(document, positions, post[1], d, shown[id(d)])
    for rule in rules:
        url = next((d.url for d in here if d.rule == rule and d.url), None)
        if url and desk.client.shows_documents:
            title = f"Explain {rule}"
            command = {"title": title, "command": OPEN_RULE, "arguments": [url]}
            yield {"title": title, "kind": QUICK_FIX, "command": command}


def _of_rules(place: Place, document: Open, positions: Positions, rules: Sequence[str]) -> Iterator[Json]:
    """One action for each rule that has several certain fixes in the document, if they do no harm together."""
    for rule in rules:
        text, done = fixes.apply(document.text, [d for d in document.found if d.rule == rule])
        if len(done) > 1 and text != document.text and not place.site.harm(place.path, text, done):
            title = f"Fix all findings of {rule} that are certain ({len(done)})"
            yield _action(title, document, positions, _between(document.text, text))


def _suppressions(document: Open, positions: Positions, post: Document, d: Diagnostic, shown: Json) -> Iterator[Json]:
    """Comments that suppress the finding where it is, or its rule in the whole post, as far as they leave the page alone."""
    whole = [suppressing.whole_file(post, {d.rule}, _REASON)]
    near = suppressing.edits(post, [d], _REASON)
    wanted = [(f"Suppress {d.rule} here", near)] if near != whole else []
    for title, edits in (*wanted, (f"Suppress {d.rule} in this post", whole)):
        changed = Document(post.path, Text(fixes.edited(post.text.value, edits)), post.framework)
        if suppressing.keeps_page(post, changed) and not guard.harm(post, changed, (), (), ()):
            yield {**_action(title, document, positions, edits), "diagnostics": [shown]}


def _every(desk: Desk, document: Open, positions: Positions) -> Json | None:
    """The action that applies all certain fixes, each of which is judged as by `--fix`."""
    place = desk.of(document)
    if place is None or not any(d.fix and d.fix.applicability == "safe" for d in document.found):
        return None
    text = _fixed(desk, place, document)
    if text is None or text == document.text:
        return None
    action = _action("Apply all postlint fixes that are certain", document, positions, _between(document.text, text))
    return {**action, "kind": FIX_ALL}


def _fixed(desk: Desk, place: Place, document: Open) -> str | None:
    desk.hold(document, place)
    try:
        return place.site.fixed(place.path)
    except PostlintError:
        return None


def _between(old: str, new: str) -> list[Edit]:
    """Small edits that turn `old` into `new`: an editor keeps its cursor and marks outside of them."""
    from postlint.fixing.differences import differences

    return [
        Edit(edit.start + i, edit.start + j, edit.content[k:m])
        for edit in edits_between(old, new, 0)
        for i, j, k, m in differences(old[edit.start : edit.end], edit.content)
    ]


def _action(title: str, document: Open, positions: Positions, edits: Sequence[Edit]) -> Json:
    changes = [{"range": positions.range(e.start, e.end), "newText": e.content} for e in edits]
    return {"title": title, "kind": QUICK_FIX, "edit": {"changes": {document.uri: changes}}}
