"""Text that was saved in one encoding and read in another."""

from collections.abc import Iterable

from postlint.diagnostics import Edit, Fix, Severity
from postlint.document import Document
from postlint.mojibake import explain, find_mojibake
from postlint.rule import Bad, Finding, Good, Rule
from postlint.text import Span


class Mojibake(Rule):
    """Text that was written in one encoding and read in another: `â€”` where `—` was meant, `ðŸš€` where 🚀 was.

    Where it comes from: Windows PowerShell 5.1 (`Set-Content`, `>`) reads and writes files in the system's old
    encoding; an export was imported as Windows-1252 although it was UTF-8; a text was converted to UTF-8 that was UTF-8
    already. To stop it, write files with `-Encoding utf8`, say UTF-8 where a program asks, and convert once.

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
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for found in find_mojibake(post.text.readable, lambda: post.quiet):
            fix = None
            if found.replacement is not None:
                edit = Edit(found.start, found.end, found.replacement)
                fix = Fix(f"Write `{found.replacement}`", (edit,), "safe" if found.certain else "unsafe")
            severity = Severity.ERROR if found.certain else Severity.WARNING
            yield Finding(Span(found.start, found.end), explain(found), fix=fix, severity=severity)
