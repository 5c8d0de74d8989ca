"""Keys that are set twice."""

from collections.abc import Iterable

from postlint.document import Document
from postlint.front_matter import Node
from postlint.rule import Bad, Finding, Good, Rule


class FrontMatterDuplicateKey(Rule):
    """A key that is set twice in one mapping.

    Some parsers stop the build here; the others silently keep the last value, and the first one is lost.
    """

    examples = (
        Good("---\ntitle: A\ncover:\n  title: B\n---\n"),
        Bad("---\ntitle: A\n⟦title⟧: B\n---\n"),
        Bad("---\ncover:\n  src: a.png\n  ⟦src⟧: b.png\n---\n"),
        Bad('+++\ntitle = "A"\n⟦title⟧ = "B"\n+++\n'),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        pending: list[tuple[str, Node]] = [("", post.front_matter.root)]
        while pending:
            prefix, node = pending.pop()
            pending += [(f"{prefix}[{n}]", item) for n, item in enumerate(node.items or ()) if not item.alias]
            seen: dict[str, int] = {}
            for entry in node.entries or ():
                field = f"{prefix}.{entry.name}" if prefix else entry.name
                if not entry.node.alias:
                    pending.append((field, entry.node))
                if entry.name in seen and entry.name != "<<":
                    line = post.text.place(seen[entry.name]).line
                    yield Finding(entry.key.span, f"`{entry.name}` is already set on line {line}", field)
                else:
                    seen[entry.name] = entry.key.span.start
