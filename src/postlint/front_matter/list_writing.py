"""Adding an item to a list of front matter, or the list with it, so that it looks like its neighbours."""

from collections.abc import Iterator

from postlint import front_matter
from postlint.diagnostics import Edit
from postlint.front_matter import EMPTY, Entry, FrontMatter, Node
from postlint.text import Span


def add(text: str, found: FrontMatter, key: str, value: str, before: Entry) -> tuple[Edit, ...]:
    """The edits that put `value` into the top-level list `key` of the front matter `found` in `text`; if there is no
    such list, it is made in front of the top-level entry `before`. Empty if that cannot be done."""
    if found.language is None or found.language == "metadata":
        return ()
    entry = next((e for e in found.root.entries or () if e.name == key), None)
    if entry is None:
        return _new(text, found, key, value, before)
    node = entry.node
    start, end = node.span
    if node.alias or node.entries is not None:
        return ()
    if node.items is None:
        # One text, where a list would also be allowed.
        if not isinstance(node.value, str) or node.style not in ("plain", "single", "double"):
            return ()
        return Edit(start, start, "["), Edit(end, end, f", {_item(text, found, value, node)}]")
    if not node.items:
        return (Edit(start + 1, start + 1, _item(text, found, value, None)),)
    last = node.items[-1]
    if last.alias or not last.is_scalar:
        return ()
    # In front of the last item, so that a comment behind that stays with it.
    at = last.span.start
    item = _item(text, found, value, last)
    if node.style == "block":
        margin = text[text.rfind("\n", 0, at) + 1 : at]
        return (Edit(at, at, f"{item}{_line_end(text, at)}{margin}"),) if margin.strip() == "-" else ()
    between = text[node.items[-2].span.end : at] if len(node.items) > 1 else ""
    return (Edit(at, at, item + (between if between.strip() == "," else ", ")),)


def _new(text: str, found: FrontMatter, key: str, value: str, before: Entry) -> tuple[Edit, ...]:
    at = before.key.span.start
    margin = text[text.rfind("\n", 0, at) + 1 : at]
    near = next(_lists(found), EMPTY)
    items = near.items or ()
    written = front_matter.write_key(key, text[slice(*before.key.span)], found.language or "yaml")
    item = _item(text, found, value, items[-1] if items else before.node)
    end = _line_end(text, at) + margin
    if margin.strip():
        # The mapping stands on one line, or begins on this one.
        if found.language == "toml" or not before.key.flow:
            return ()
        end = " "
    if found.language == "toml":
        return (Edit(at, at, f"{written} = [{item}]{end}"),)
    if before.key.flow:
        return (Edit(at, at, f"{written}: [{item}],{end}"),)
    if near.style == "block" and items and not margin:
        first = items[0].span.start
        dash = text[text.rfind("\n", 0, first) + 1 : first]
        return (Edit(at, at, f"{written}:{_line_end(text, at)}{dash}{item}{end}"),) if dash.strip() == "-" else ()
    return (Edit(at, at, f"{written}: [{item}]{end}"),)


def _lists(found: FrontMatter) -> Iterator[Node]:
    """The lists of texts that there are at the top level."""
    for entry in found.root.entries or ():
        if entry.node.items and not entry.node.alias and all(isinstance(item.value, str) for item in entry.node.items):
            yield entry.node


def _item(text: str, found: FrontMatter, value: str, like: Node | None) -> str:
    assert found.language is not None
    if like is None or like.style not in ("single", "double"):
        like = Node(Span(found.root.span.start, found.root.span.start))
    return front_matter.write_scalar(value, like._replace(flow=True), text, found.language).strip()


def _line_end(text: str, at: int) -> str:
    """How the line before that of `at` ends."""
    return "\r\n" if text[: text.rfind("\n", 0, at) + 1].endswith("\r\n") else "\n"
