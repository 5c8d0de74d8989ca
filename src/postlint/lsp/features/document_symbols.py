"""The title and the headings of a post."""

from postlint.lsp.desk import Desk
from postlint.lsp.positions import Json
from postlint.lsp.post_at import asked
from postlint.text import Span

_FILE, _STRING = 1, 15


def answer(desk: Desk, params: Json) -> list[Json]:
    """A tree: the post by its title, with its headings below, each with those of lower levels."""
    here = asked(desk, params)
    if here is None:
        return []
    post, positions = here.post, here.positions
    end = len(post.text.value)
    title = post.field("title")
    out: list[Json] = []
    # Of each open heading, and of the post itself: its level and its children.
    levels: list[tuple[int, list[Json]]] = [(0, out)]
    if title and title.node.text.strip():
        span = title.node.span
        root: Json = {
            "name": title.node.text.strip(),
            "kind": _FILE,
            "range": positions.range(0, end),
            "selectionRange": positions.range(*span),
            "children": [],
        }
        out.append(root)
        levels = [(0, root["children"])]
    headings = post.body.headings
    for number, heading in enumerate(headings):
        after = next((other.span.start for other in headings[number + 1 :] if other.level <= heading.level), end)
        whole = Span(heading.span.start, max(after, heading.span.end))
        symbol: Json = {
            "name": heading.text.strip() or "#" * heading.level,
            "kind": _STRING,
            "range": positions.range(*whole),
            "selectionRange": positions.range(*heading.span),
            "children": [],
        }
        while levels[-1][0] >= heading.level:
            levels.pop()
        levels[-1][1].append(symbol)
        levels.append((heading.level, symbol["children"]))
    return out
