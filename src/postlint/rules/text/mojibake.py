"""Text that was saved in one encoding and read in another."""

from collections.abc import Iterable, Iterator

from postlint.diagnostics import Edit, Fix, Severity
from postlint.document import Document
from postlint.front_matter import Node
from postlint.mojibake import Mojibake as Damage
from postlint.mojibake import explain, find_mojibake, in_escapes
from postlint.rule import Bad, Finding, Good, Rule
from postlint.text import Span


class Mojibake(Rule):
    """Text that was written in one encoding and read in another: `â€”` where `—` was meant, `ðŸš€` where 🚀 was.

    Where it comes from, and how to stop it at the source:

    - Windows PowerShell 5.1 (`Get-Content`, `Set-Content`, `>`) takes files for the system's old encoding. Use
      PowerShell 7, or say `-Encoding utf8` to both.
    - An export was imported as Windows-1252 although it was UTF-8. Say UTF-8 where the import or the database asks.
    - A text was converted to UTF-8 that was UTF-8 already: each round makes it longer. Convert once.

    The repair is safe where one reading explains every character; where bytes were lost, or several readings make
    sense, the finding says what it may have been and leaves it to you. Code, comments and addresses are left alone, and
    so are pages that speak about such damage.
    """

    examples = (
        Good("Café — fine.\n"),
        Good("`â€”` is quoted.\n"),
        Good("```\nâ€”\n```\n"),
        Bad("Now ⟦â€”⟧ then.\n", fixed="Now — then.\n"),
        Bad("---\ntitle: 🚀 ⟦ðŸš€⟧\n---\nBody\n", fixed="---\ntitle: 🚀 🚀\n---\nBody\n"),
        Bad('---\ntitle: "It⟦\\u00e2\\u20ac\\u2122⟧s"\n---\n', fixed='---\ntitle: "It’s"\n---\n'),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        yield from map(_finding, find_mojibake(post.text.readable, lambda: post.quiet))
        front_matter = post.front_matter
        if "\\" in post.text.value[front_matter.span.start : front_matter.span.end]:
            for span in dict.fromkeys(node.span for node in _quoted(front_matter.root)):
                for found in in_escapes(post.text.readable[span.start : span.end]):
                    yield _finding(found._replace(start=span.start + found.start, end=span.start + found.end))


def _finding(found: Damage) -> Finding:
    fix = None
    if found.replacement is not None:
        edit = Edit(found.start, found.end, found.replacement)
        fix = Fix(f"Write `{found.replacement}`", (edit,), "safe" if found.certain else "unsafe")
    severity = Severity.ERROR if found.certain else Severity.WARNING
    return Finding(Span(found.start, found.end), explain(found), fix=fix, severity=severity)


def _quoted(root: Node) -> Iterator[Node]:
    """The keys and values in which a backslash begins an escape."""
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if node.style == "double":
            yield node
        for entry in node.entries or ():
            nodes += (entry.key, entry.node)
        nodes += node.items or ()
