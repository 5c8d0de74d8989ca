"""Text that was saved in one encoding and read in another."""

import re
from collections.abc import Iterable, Iterator

from postlint.body import is_code_span
from postlint.diagnostics import Edit, Fix, Severity
from postlint.front_matter import Node
from postlint.mojibake import Mojibake as Damage
from postlint.mojibake import explain, find_mojibake, in_escapes
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule
from postlint.text import Span

# What a program reads has one of these in it; names and words have none, but for an address behind them.
_SIGNS = re.compile(r"[(){}\[\]=;:\\$|\"/#+%*_<>\d]")
_ADDRESS = re.compile(r"<[^<>\s@]+@[^<>\s@]+>$")
# A value that is the address of another site, or the path of a file.
_ADDRESS_ALONE = re.compile(r"(?:[A-Za-z][A-Za-z\d+.-]*:)?//\S+|\S+\.(?:avif|gif|jpe?g|mp[34]|pdf|png|svg|webp)")


class Mojibake(Rule):
    """Text that was written in one encoding and read in another: `â€”` where `—` was meant, `ðŸš€` where 🚀 was.

    Where it comes from, and how to stop it at the source:

    - Windows PowerShell 5.1 (`Get-Content`, `Set-Content`, `>`) takes files for the system's old encoding. Use
      PowerShell 7, or say `-Encoding utf8` to both.
    - An export was imported as Windows-1252 although it was UTF-8. Say UTF-8 where the import or the database asks.
    - A text was converted to UTF-8 that was UTF-8 already: each round makes it longer. Convert once.

    The repair is safe where one reading explains every character; where bytes were lost, or several readings make
    sense, the finding says what it may have been and leaves it to you. Code, comments and addresses are left alone, and
    so are pages that speak about such damage. Within the words of a code span, as in the names of people that some
    write so, damage is told of but not repaired.
    """

    examples = (
        Good("Café — fine.\n"),
        Good("ﾂﾑｷﾞﾁｬﾝｶﾜｲｲﾔｯﾀｰ!\n"),
        Good("`â€”` is quoted.\n"),
        Good("```\nâ€”\n```\n"),
        Good("`cafÃ©` is UTF-8 read as Latin-1, and `cafÃ© noir`, too.\n"),
        Bad("* `Zo⟦Ã«⟧ Smith <zoe@example.org>`\n* `print('BjÃ¶rn Borg')`\n"),
        Good("---\nimage: https://example.com/cafÃ©.png\nthumbnail: img/cafÃ©.png\n---\n"),
        Bad("Now ⟦â€”⟧ then.\n", fixed="Now — then.\n"),
        Bad("---\ntitle: 🚀 ⟦ðŸš€⟧\n---\nBody\n", fixed="---\ntitle: 🚀 🚀\n---\nBody\n"),
        Bad('---\ntitle: "It⟦\\u00e2\\u20ac\\u2122⟧s"\n---\n', fixed='---\ntitle: "It’s"\n---\n'),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for found in find_mojibake(post.text.readable, lambda: _left_alone(post)):
            in_code = any(span.start < found.end and found.start < span.end for span in post.body.code)
            yield _told_only(found) if in_code else _finding(found)
        front_matter = post.front_matter
        if "\\" in post.text.value[front_matter.span.start : front_matter.span.end]:
            quoted = [node for node in _nodes(front_matter.root) if node.style == "double"]
            for span in dict.fromkeys(node.span for node in quoted):
                for found in in_escapes(post.text.readable[span.start : span.end]):
                    yield _finding(found._replace(start=span.start + found.start, end=span.start + found.end))


def _left_alone(post: Document) -> list[Span]:
    """What is code, a comment or an address, but for the words that some write as code."""
    from postlint.mojibake.mentions import speaks_of_encodings

    text = post.text.readable
    # To mend an address is to change it: what it names may well be called so.
    addresses = sorted(node.span for node in _nodes(post.front_matter.root) if _ADDRESS_ALONE.fullmatch(node.text))
    words = {span for span in post.body.code if is_code_span(text, span) and _are_words(text[span.start : span.end])}
    if not words or speaks_of_encodings(text):
        return addresses + post.quiet
    return addresses + [span for span in post.quiet if span not in words]


def _are_words(code: str) -> bool:
    """Whether a code span shows several words, or a name with its address."""
    said = code.strip("` ")
    return " " in said and _SIGNS.search(_ADDRESS.sub("", said)) is None


def _told_only(found: Damage) -> Finding:
    return Finding(Span(found.start, found.end), explain(found), severity=Severity.WARNING)


def _finding(found: Damage) -> Finding:
    fix = None
    if found.replacement is not None:
        edit = Edit(found.start, found.end, found.replacement)
        fix = Fix(f"Write `{found.replacement}`", (edit,), "safe" if found.certain else "unsafe")
    severity = Severity.ERROR if found.certain else Severity.WARNING
    return Finding(Span(found.start, found.end), explain(found), fix=fix, severity=severity)


def _nodes(root: Node) -> Iterator[Node]:
    """The keys and values of front matter, in no order."""
    nodes = [root]
    while nodes:
        node = nodes.pop()
        yield node
        for entry in node.entries or ():
            nodes += (entry.key, entry.node)
        nodes += node.items or ()
