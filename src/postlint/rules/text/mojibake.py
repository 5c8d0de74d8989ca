"""Text that was saved in one encoding and read in another."""

import re
from collections.abc import Iterable

from postlint.body import is_code_span
from postlint.diagnostics import Edit, Fix, Severity
from postlint.mojibake import Mojibake as Damage
from postlint.mojibake import explain, find_mojibake, in_escapes
from postlint.posts.document import Document
from postlint.rule import NOT_ASCII, Bad, Finding, Good, Rule
from postlint.text import Span

# What a program reads contains one of these. Names and words contain none, except in an address behind them.
_SIGNS = re.compile(r"[(){}\[\]=;:\\$|\"/#+%*_<>\d]")
_ADDRESS = re.compile(r"<[^<>\s@]+@[^<>\s@]+>$")
# A value that is the address of another site, or the path of a file.
_ADDRESS_ALONE = re.compile(r"(?:[A-Za-z][A-Za-z\d+.-]*:)?//\S+|\S+\.(?:avif|gif|jpe?g|mp[34]|pdf|png|svg|webp)")


class Mojibake(Rule):
    """Text that was written in one encoding and read in another: `â€”` where `—` was meant, `ðŸš€` where 🚀 was.

    If bytes were lost, or several readings make sense, the finding is a warning that says what the text may have been. A
    finding names the cause, such as "saved as UTF-8 and read as Windows-1252, twice".

    ## Why it matters

    Readers see the damaged characters on the page, in search results and in feeds. A search does not find a damaged word,
    and each further round of the same mistake makes the damage longer: `’` becomes `â€™`, then `Ã¢â‚¬â„¢`.

    ## How to fix it

    The fix writes the text that was meant. It is safe if one reading explains every character. Then stop the damage at its
    source, or it comes back:

    - An editor opens a UTF-8 file as Windows-1252 and saves what it shows. In VS Code, set `"files.encoding": "utf8"` and
      `"files.autoGuessEncoding": false`. In Notepad++, choose "UTF-8" as the encoding of new documents. In Vim, set
      `encoding` and `fileencoding` to `utf-8`.
    - Windows PowerShell 5.1 (`Get-Content`, `Set-Content`, `>`) reads and writes the system's legacy encoding. Use
      PowerShell 7, or add `-Encoding utf8` to both commands. In Python on Windows, pass `encoding="utf-8"` to `open`.
    - A database connection says Latin-1 although the table holds UTF-8. In MySQL, use `utf8mb4` for the table and for the
      connection (`SET NAMES utf8mb4`, or `--default-character-set=utf8mb4` for `mysqldump`). Then export again.
    - An export or import guesses the encoding. Choose UTF-8 in the dialog of the blog system or spreadsheet, and send
      `Content-Type: text/html; charset=utf-8` with pages that a script downloads.
    - A conversion script runs on text that is already UTF-8. Convert each file once, and check the bytes before.

    ## What it leaves alone

    - Code, comments and addresses.
    - `�` by itself, which `replacement-character` reports.
    - Pages that are about such damage, and words that a line contrasts with their right forms.

    Damage inside inline code that holds words, such as names of people, is reported but not fixed.
    """

    of_text = True
    signs = (NOT_ASCII, ";&", "\\")
    examples = (
        Good("Café — fine.\n", name="text without damage"),
        Good("ﾂﾑｷﾞﾁｬﾝｶﾜｲｲﾔｯﾀｰ!\n", name="narrow kana"),
        Good("`â€”` is quoted.\n", name="a quoted example"),
        Good("```\nâ€”\n```\n", name="a block of code"),
        Good("`cafÃ©` is UTF-8 read as Latin-1, and `cafÃ© noir`, too.\n", name="text about encodings", show=True),
        Bad(
            "* `Zo⟦Ã«⟧ Smith <zoe@example.org>`\n* `print('BjÃ¶rn Borg')`\n",
            name="a name in a code span",
            severity=Severity.WARNING,
            message="`Ã«` is `ë` (U+00EB), saved as UTF-8 and read as Windows-1252",
        ),
        Good(
            "---\nimage: https://example.com/cafÃ©.png\nthumbnail: img/cafÃ©.png\n---\n",
            name="addresses in front matter",
        ),
        Bad(
            "Now ⟦â€”⟧ then.\n",
            fixed="Now — then.\n",
            name="one sign",
            show=True,
            safe=True,
            message="`â€”` is `—` (U+2014), saved as UTF-8 and read as Windows-1252",
        ),
        Bad(
            "---\ntitle: 🚀 ⟦ðŸš€⟧\n---\nBody\n",
            fixed="---\ntitle: 🚀 🚀\n---\nBody\n",
            name="an emoji in a title",
            show=True,
            safe=True,
            message="`ðŸš€` is `🚀` (U+1F680), saved as UTF-8 and read as Windows-1252",
        ),
        Bad(
            '---\ntitle: "It⟦\\u00e2\\u20ac\\u2122⟧s"\n---\n',
            fixed='---\ntitle: "It’s"\n---\n',
            name="an escape in a title",
            safe=True,
            message=(
                "`\\u00e2\\u20ac\\u2122` is `’` (U+2019), saved as UTF-8 and read as Windows-1252, then "
                "written in escapes"
            ),
        ),
        Bad(
            "Co⟦ï¿½⟧perate.\n",
            name="a character that was lost before",
            severity=Severity.ERROR,
            message=(
                "`ï¿½` is `�` (U+FFFD), saved as UTF-8 and read as Windows-1252; its meaning is lost; look it up in an "
                "older version"
            ),
        ),
        Bad(
            "na⟦Ã¯⟧ve Ã\n",
            name="what may be meant",
            severity=Severity.WARNING,
            message="`Ã¯` may be `ï` (U+00EF), saved as UTF-8 and read as Windows-1252",
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        everything = find_mojibake(post.text.readable, lambda: _left_alone(post))
        # What is nothing but U+FFFD is another rule's.
        everything = [found for found in everything if found.text.strip("�")]
        code = sorted(post.body.code) if everything else []
        passed = 0
        for found in everything:
            while passed < len(code) and code[passed].end <= found.start:
                passed += 1
            in_code = passed < len(code) and code[passed].start < found.end
            yield _reported_only(found) if in_code else _finding(found)
        front_matter = post.front_matter
        if "\\" in post.text.value[front_matter.span.start : front_matter.span.end]:
            quoted = [node for node in front_matter.root.walk(keys=True) if node.style == "double"]
            for span in dict.fromkeys(node.span for node in quoted):
                for found in in_escapes(post.text.readable[span.start : span.end]):
                    yield _finding(found._replace(start=span.start + found.start, end=span.start + found.end))


def _left_alone(post: Document) -> list[Span]:
    """What is code, a comment or an address, except for words that are written as code."""
    from postlint.mojibake.mentions import speaks_of_encodings

    text = post.text.readable
    # A fix would change an address, and what it names may have the damaged name.
    addresses = sorted(
        node.span for node in post.front_matter.root.walk(keys=True) if _ADDRESS_ALONE.fullmatch(node.text)
    )
    words = {span for span in post.body.code if is_code_span(text, span) and _are_words(text[span.start : span.end])}
    if not words or speaks_of_encodings(text):
        return addresses + post.quiet
    return addresses + [span for span in post.quiet if span not in words]


def _are_words(code: str) -> bool:
    """Whether a code span shows several words, or a name with its address."""
    said = code.strip("` ")
    return " " in said and _SIGNS.search(_ADDRESS.sub("", said)) is None


def _reported_only(found: Damage) -> Finding:
    return Finding(Span(found.start, found.end), explain(found), severity=Severity.WARNING)


def _finding(found: Damage) -> Finding:
    fix = None
    # Nobody wants a `�` instead, which is an error of its own.
    if found.replacement is not None and "�" not in found.replacement:
        edit = Edit(found.start, found.end, found.replacement)
        fix = Fix(f"Write `{found.replacement}`", (edit,), "safe" if found.certain else "unsafe")
    severity = Severity.ERROR if found.certain else Severity.WARNING
    return Finding(Span(found.start, found.end), explain(found), fix=fix, severity=severity)
