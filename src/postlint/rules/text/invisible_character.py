"""Invisible characters."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from postlint.body import is_inside
from postlint.diagnostics import Edit, Fix, Severity
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

# Compiled when a post has what cannot be printed: that takes longer than to check one which has not.
_INVISIBLE = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u2064\u2066-\u2069\ufeff\U000e0000-\U000e007f]+"
)
# Blanks that only some parsers take for one between `#` and a title.
_ODD_BLANK = "^ {0,3}#{1,6}([\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000])[ \t]*[^\\s#]"
# Blanks and signs of quotes before the text of a line are no more than this.
_MARGIN = 40
_TABLE = 3
_JOINERS = frozenset("\u200c\u200d")
_MARKS = frozenset("\u200e\u200f")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DIRECTIONS = _MARKS | _BIDI
_FORMATS = _JOINERS | _MARKS | frozenset("\u200b\u2060\u2061\u2062\u2063\u2064\ufeff")
_ENCLOSED = {">": "<", "|": "|"}
_SOFT_HYPHEN = "\u00ad"
_BREAKS = 3
# Programs that copy text put one after each letter; whoever breaks a word leaves more letters together.
_PIECE = 3
# No more of a word than this is looked at on either side.
_WORD = 100
_EMPHASIS = frozenset("*_~`")
# R marks shortened names in its output so.
_SUPERSCRIPT = frozenset("¹²³⁰⁴⁵⁶⁷⁸⁹")
# What would be a comment, a template's tag or an element of HTML without it; and what KaTeX makes.
_TAKEN_APART = r">\u200b<|<!--\u200b|<\u200b[A-Za-z/!]|\u200b-->|\{\u200b[{%#]|[}%#]\u200b\}"
_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_SPACES_WORDS = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff]"


class InvisibleCharacter(SiteRule):
    """An invisible character that breaks searches, links and screen readers.

    These characters are reported. They come from copied web pages, translating and chat programs.

    - zero-width spaces and joiners between Latin letters, and pairs of such spaces anywhere;
    - byte order marks in the middle of a text;
    - control characters;
    - characters that change the direction of text;
    - a no-break space, or another blank that Markdown does not know, between `#` and the title of a heading.

    The same character several times in one line is reported once, at its first place. A byte order mark at the start of
    a file is reported if no more than one in twenty posts begins with one.

    ## Why it matters

    A word with such a character in it is not found by a search. A tag with one gets a page of its own. A heading with
    such a blank is shown as text that begins with `#`.

    ## How to fix it

    Remove the character. The fix does that. It is unsafe next to a mark of emphasis or at the start of a line, because
    Markdown could then read the text in another way.

    ## What it leaves alone

    Characters that a script or an emoji needs, and zero-width spaces that were set on purpose:

    - between a mark of emphasis and a letter, so that Markdown sees the mark;
    - before text that would begin a list or a block of code;
    - between `]` and `(`, so that Markdown does not see a link;
    - in `@name`, so that nobody is notified;
    - in `<!--`, `{{` and the like, so that they are read as text;
    - as all that an element or the cell of a table holds;
    - where a long word may break: three or more in it, or soft hyphens in the line.
    """

    severity = Severity.WARNING
    of_text = True
    examples = (
        Good("\ufeffA mark at the start of a file is fine.\n", name="a mark that begins a file"),
        Bad(
            {
                **{f"src/content/blog/{n}.md": "Text.\n" for n in range(19)},
                "src/content/blog/a.md": "⟦\ufeff⟧Text.\n",
            },
            fixed="Text.\n",
            name="a mark that begins one of twenty files",
            safe=True,
            message="this file begins with an invisible byte order mark, unlike 19 other posts",
        ),
        Good("👩\u200d💻 and می\u200cخواهم\n", name="an emoji and Persian", show=True),
        Good("שלום\u200f!\n", name="Hebrew"),
        Good("A tab\tis fine.\r\n", name="a tab"),
        Bad(
            "ASP.⟦\u200b⟧NET\n",
            fixed="ASP.NET\n",
            name="between Latin letters",
            show=True,
            safe=True,
            message="invisible U+200B (zero width space)",
        ),
        Bad("---\ntags: ['ASP.⟦\u200b⟧NET']\n---\n", fixed="---\ntags: ['ASP.NET']\n---\n", name="in a tag", safe=True),
        Good("    x = 'a\u2028b'\n\n```ansi\n\x1b[31mRed\x1b[0m\n```\n", name="code and the colours of a terminal"),
        Bad(
            "Middle ⟦\ufeff⟧mark\n",
            fixed="Middle mark\n",
            name="a mark in the middle",
            safe=True,
            message="invisible U+FEFF (byte order mark)",
        ),
        Bad("a⟦\x08⟧b\n", fixed="ab\n", name="a backspace", safe=True, message="invisible U+0008 (backspace)"),
        Good("– ‖ \u2060 \u2061 \u2062 \u2063\n", name="signs of mathematics"),
        Good("ភាសា\u200bខ្មែរ と\u200b東京\n", name="Khmer and Japanese"),
        Bad("公開⟦\u200b\u200b⟧東京\n", fixed="公開東京\n", name="a pair in Japanese", safe=True),
        Bad(
            "---\ntitle: 東京⟦\u200b⟧\n---\n東京⟦\u200b⟧\n",
            fixed="---\ntitle: 東京\n---\n東京\n",
            name="at the end of a title and of a line",
            safe=True,
        ),
        Bad(
            "—⟦\u200b⟧—\u200b—\n—⟦\u200b⟧—\n",
            fixed="———\n——\n",
            name="several times in a line",
            safe=True,
            message=(
                "invisible U+200B (zero width space), 2 times in this line",
                "invisible U+200B (zero width space)",
            ),
        ),
        Bad(
            "a ⟦\u202e⟧turned\n",
            fixed="a turned\n",
            name="a change of direction",
            safe=True,
            message="invisible U+202E (right-to-left override)",
        ),
        Good("\u200b- no list\n\n> \u200b1. nor here\n\n\u200b\n", name="before a list and in an empty line"),
        Good("**강조**\u200b는 `;z` | `\u200b` | @\u200bfont-face\n", name="beside emphasis and in code"),
        Good(
            "`<!--\u200bmore\u200b-->` {\u200b{ name }\u200b} <\u200bdiv> <b>\u200b</b>\n",
            name="comments and template tags taken apart",
        ),
        Good("Write `[text]\u200b(address)`.\n\n```js\njoin('\u200d')\n```\n", name="a link taken apart and code"),
        Bad(
            "**⟦\u200b⟧[a](b.md)**\n",
            fixed="**[a](b.md)**\n",
            name="beside a mark of emphasis",
            show=True,
            safe=False,
            message="invisible U+200B (zero width space)",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "Text.\n" for n in range(18)},
                "src/content/blog/a.md": "\ufeffText.\n",
            },
            name="a mark that begins one of nineteen files",
        ),
        Bad(
            "\ufeffa⟦\u200b⟧b\n",
            fixed="\ufeffab\n",
            name="in the first line, after a mark that begins the file",
            safe=True,
        ),
        Bad("⟦\u200b⟧a\n\n⟦\u200b⟧b\n", fixed="a\n\nb\n", name="before the first letter of a line", safe=True),
        Bad(
            "⟦\u200b⟧[a](b.md)\n\n⟦\u200b⟧[a](b.md)\n",
            fixed="[a](b.md)\n\n[a](b.md)\n",
            name="before a link that begins a line",
            safe=False,
        ),
        Bad("⟦\x08⟧", fixed="", name="nothing else in the file", safe=True),
        Bad(
            "a⟦\u200d⟧b\n\né⟦\u200d⟧é\n\n—⟦\u200d⟧—\n\n@⟦\u200d⟧1\n",
            fixed="ab\n\néé\n\n——\n\n@1\n",
            name="joiners that join nothing",
            safe=True,
        ),
        Good("@\u200dname #\u200cname €\u200d€ a\u200d\u0915\n", name="joiners before a name, and in a script"),
        Bad("a⟦\u200e⟧b\n", fixed="ab\n", name="a direction that no letter needs", safe=True),
        Good("abc שלום\u200f, \u200eabc, \u202aabc\u202c!\n", name="directions beside Hebrew"),
        Good(f"a\n{' ' * 40}\u200b- b\n", name="before what would be a list, far to the right"),
        Bad(f"a\n{' ' * 41}⟦\u200b⟧- b\n", fixed=f"a\n{' ' * 41}- b\n", name="farther to the right", safe=True),
        Bad("'⟦\u200b⟧'\n", fixed="''\n", name="between quotes", safe=True),
        Bad("`a⟦\u200b⟧a`\n\n`a⟦\x1b⟧b`\n", name="in code, where only the author knows"),
        Bad(
            "**⟦\u200b⟧[a](b.md)** x⟦\u200b⟧y\n",
            fixed="**[a](b.md)** xy\n",
            name="one place of two where it may matter",
            safe=(False, True),
        ),
        Bad(
            "a⟦\u200b⟧b⟦\u2060⟧c⟦\ufeff⟧d\n",
            fixed="abcd\n",
            name="three different ones in a line",
            safe=True,
        ),
        Good("a\u200bb\u2060c\ufeffd\u200ee\n", name="four different ones in a line, as in a table"),
        Good("ภาษา\u2060ไทย ខ្មែរ\u200babc\n", name="other breaks of scripts without spaces"),
        Good("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f\n", name="the flag of England"),
        Bad(
            "a⟦\U000e0067\U000e0062⟧b\n\n🏴⟦\U000e0067\x08⟧\n\n🏴⟦\U000e0001⟧\n",
            fixed="ab\n\n🏴\n\n🏴\n",
            name="tag characters that are not a flag",
            safe=True,
        ),
        Good(
            '<i class="icon">\u200c</i> <mo>\u2062</mo>\n\n| Sign | Name |\n|---|---|\n| \u200b | zws |\n| \u2060 | wj |\n',
            name="all that an element or a cell holds",
        ),
        Bad("<i>a⟦\u200c⟧</i>\n", fixed="<i>a</i>\n", name="not all that an element holds", safe=True),
        Good(
            "10,\u200b715,\u200b086,\u200b071 and `set\u00ad_cookie(\u200bcallback)`\n",
            name="places where a long word may break",
        ),
        Bad(
            "https://a.example/⟦\u200b⟧b,\u200bc,\u200bd\n",
            fixed="https://a.example/b,c,d\n",
            name="in an address",
            safe=True,
        ),
        Bad(
            "A⟦\u200b⟧c\u200bt\u200bi\u200bv\u200be\n",
            fixed="Active\n",
            name="after each letter",
            safe=True,
            message="invisible U+200B (zero width space), 5 times in this line",
        ),
        Good("`…\u200b.name` and .\u200b./a\n", name="signs kept apart"),
        Good("-\u200b-name -\u2060-\u2060unit `Arc`\ufeff`<T>`\n", name="hyphens kept apart, and code joined"),
        Good("#\u200bname\n\n!\u200b[a](b.png) [a]\u200b[b] a¹\u200bb\n", name="links and numbers taken apart"),
        Bad("a⟦\u200b⟧(b)\n\na¹⟦\u200b⟧ b\n", fixed="a(b)\n\na¹ b\n", name="nothing to take apart", safe=True),
        Bad("`x`⟦\u200b⟧1\n", fixed="`x`1\n", name="at the end of code", safe=False),
        Bad(
            "a⟦\u2028⟧b\n\na⟦\u2029⟧b\n\na⟦\x0c⟧b\n\na⟦\x0b⟧b\n",
            name="characters that may stand for the end of a line",
            message=(
                "invisible U+2028 (line separator)",
                "invisible U+2029 (paragraph separator)",
                "invisible U+000C (form feed)",
                "invisible U+000B (vertical tab)",
            ),
        ),
        Bad("a⟦\x80⟧b\n\na⟦\x9f⟧b\n", name="characters of another encoding"),
        Bad("a⟦\x80\x08⟧b\n", fixed="ab\n", name="one character of another encoding", safe=True),
        Bad("⟦\x00\x00\x00⟧\n", name="a file whose text was lost"),
        Bad(
            "a⟦\x01\x02\x03\x7f\x04⟧b\n\na⟦\x01\x02\x03\x7f⟧b\n",
            fixed="ab\n\nab\n",
            name="five and four in a row",
            safe=True,
            message=tuple(
                f"invisible U+0001 (control character), U+0002 (control character), U+0003 (control character), {last}"
                for last in ("U+007F (delete) …", "U+007F (delete)")
            ),
        ),
        Bad(
            "##⟦\u00a0⟧The oven\n\n#⟦\u3000⟧ 東京\n",
            fixed="## The oven\n\n#  東京\n",
            name="behind the signs of a heading",
            safe=False,
            message=(
                "this heading is shown as text, because U+00A0 (no-break space) stands before its title; write a space",
                "this heading is shown as text, because U+3000 (ideographic space) stands before its title; write a space",
            ),
        ),
        Good("a #\u00a0b\n\n```\n#\u00a0a\n```\n\n## a\u00a0b\n\n#\u00a0\n", name="no-break spaces elsewhere"),
        Good(
            {"docs/a.md": "#\u00a0a\n", "mkdocs.yml": "site_name: a\n"},
            framework="mkdocs",
            name="a parser that knows all blanks",
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        text = post.text.value
        turned: bool | None = None
        code: list[Span] | None = None
        for offset, line in post.text.unprintable_lines:
            alike: dict[tuple[str, str | None], list[Finding]] = {}
            for found in re.finditer(_INVISIBLE, line):
                span = Span(offset + found.start(), offset + found.end())
                if span.start == 0 and text[0] == "\ufeff":
                    span = Span(1, span.end)  # the mark that begins a file is fine
                if turned is None and not _DIRECTIONS.isdisjoint(found[0]):
                    turned = re.search(_RIGHT_TO_LEFT, text) is not None
                begins_line = found.start() <= _MARGIN and not line[: found.start()].strip("> \t")
                if span.start == span.end or _needed(text, span, begins_line, turned or False):
                    continue
                if _FORMATS.issuperset(found[0]) and (_is_all(line, found.span()) or _may_break(line, found.span())):
                    continue
                code = _merged(post.body.code) if code is None else code
                in_code = is_inside(span.start, code)
                if not (in_code and _is_example(text, found[0], span)):
                    is_kept = in_code or not _removable(found[0]) or _is_lost(text, span)
                    fix = None if is_kept else _removal(text, span)
                    message = _message(found[0])
                    alike.setdefault((message, fix and fix.applicability), []).append(
                        Finding(span, message, fix=fix, group=message)
                    )
            # So many different ones are a table of characters.
            if len(alike) <= _TABLE:
                yield from map(_as_one, alike.values())
            if line.lstrip(" ").startswith("#") and (odd := re.match(_ODD_BLANK, line)):
                yield from _no_heading(post, Span(offset + odd.start(1), offset + odd.end(1)))

    def note(self, post: Document) -> bool | None:
        """True if it begins with a byte order mark."""
        return post.text.value.startswith("\ufeff") or None

    def check_site(self, site: Site, notes: Mapping[str, bool]) -> Iterable[SiteFinding]:
        number = len(site.facts)
        for path in notes if 20 * len(notes) <= number else ():
            message = f"this file begins with an invisible byte order mark, unlike {number - len(notes)} other posts"
            yield SiteFinding(path, Span(0, 1), message, fix=Fix("Remove it", (Edit(0, 1, ""),)))


def _no_heading(post: Document, blank: Span) -> Iterable[Finding]:
    """What to say of an odd `blank` behind the signs of a heading."""
    if post.framework.syntax(post.path).heading_blank != "space" or blank.start < post.front_matter.body:
        return
    if is_inside(blank.start, _merged(sorted((*post.body.code, *post.body.comments)))):
        return
    sign = post.text.value[blank.start]
    name = unicodedata.name(sign).lower()
    message = f"this heading is shown as text, because U+{ord(sign):04X} ({name}) stands before its title"
    yield Finding(blank, f"{message}; write a space", fix=Fix("Write a space", (Edit(*blank, " "),), "unsafe"))


def _as_one(findings: Sequence[Finding]) -> Finding:
    """The findings of one character in one line as one, at the first place, with the edits of all."""
    first, number = findings[0], len(findings)
    if number == 1:
        return first
    message = f"{first.message}, {number} times in this line"
    edits = tuple(edit for found in findings if found.fix for edit in found.fix.edits)
    return first._replace(message=message, fix=first.fix and first.fix._replace(edits=edits))


def _is_lost(text: str, span: Span) -> bool:
    """Whether the file has nothing but null characters, as after a machine lost power: removing them does not help."""
    return text[span.start] == "\x00" and not text.strip("\x00\n")


def _needed(text: str, span: Span, begins_line: bool, right_to_left: bool) -> bool:
    """Whether the script around it, or an emoji, gives the run a meaning; `right_to_left`: the post has such letters."""
    run = set(text[span.start : span.end])
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    if run <= _JOINERS:
        joined = any(char > "\u02ff" and char.strip() and not "\u2000" <= char <= "\u206f" for char in (before, after))
        return joined or (before in ("@", "#") and after.isalpha())
    if run <= _DIRECTIONS:
        return right_to_left
    if run == {"\u2060"} and "-" in (before, after):
        return True
    if run == {"\ufeff"} and before == after == "`":
        return True
    if run <= {"\u200b", "\u2060"}:
        # One is a place where a line may break; a second has no use, and translating programs leave such pairs behind.
        is_break = span.end - span.start == 1 and any(re.match(_SPACES_WORDS, char) for char in (before, after))
        if (is_break and before.strip() and after.strip()) or _on_purpose(before, after, begins_line):
            return True
        return re.search(_TAKEN_APART, text[max(span.start - 4, 0) : span.end + 3]) is not None
    # Flags such as 🏴󠁧󠁢󠁥󠁮󠁧󠁿 are spelt in tag characters.
    return all("\U000e0020" <= char <= "\U000e007f" for char in run) and before == "\U0001f3f4"


def _on_purpose(before: str, after: str, begins_line: bool) -> bool:
    """Whether a zero-width space between two characters does what its author wants."""
    if begins_line:
        return not (after.isalpha() or after == "[")
    if before in _EMPHASIS or after in _EMPHASIS:
        other = after if before in _EMPHASIS else before
        return other.isalpha() or (before == after == "`")
    if before in ("@", "#"):
        return after.isalpha()
    if before in ("]", "!") and after in ("(", "["):
        return True  # so that Markdown sees neither link nor image
    if before in _SUPERSCRIPT:
        return bool(after.strip())
    # So that no program makes a dash or an ellipsis of them.
    return before + after in ("--", "….", "..")


def _is_all(line: str, span: tuple[int, int]) -> bool:
    """Whether the run is all that an element or the cell of a table holds: for an icon, or in a list of characters."""
    before, after = line[: span[0]].rstrip(" \t")[-1:], line[span[1] :].lstrip(" \t")[:1]
    return after != "" and _ENCLOSED.get(before) == after


def _may_break(line: str, span: tuple[int, int]) -> bool:
    """Whether the run is one of several places at which a long word may break."""
    if line[slice(*span)] != "\u200b":
        return False
    if _SOFT_HYPHEN in line:
        return True
    start, end = span
    first, last = max(start - _WORD, 0), min(end + _WORD, len(line))
    while start > first and ("!" <= line[start - 1] <= "~" or line[start - 1] == "\u200b"):
        start -= 1
    while end < last and ("!" <= line[end] <= "~" or line[end] == "\u200b"):
        end += 1
    breaks = line.count("\u200b", start, end)
    return breaks >= _BREAKS and end - start >= breaks * (_PIECE + 1) and "://" not in line[start:end]


def _is_example(text: str, run: str, span: Span) -> bool:
    """Whether code is about it: a separator that is spoken of, a colour of a terminal, or text that is nothing else."""
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    return (
        not run.strip("\u2028\u2029") or (run == "\x1b" and after == "[") or (before == after != "" and before in "'\"")
    )


def _merged(spans: Iterable[Span]) -> list[Span]:
    """`spans`, which are in order, with those in one that meet."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def _removal(text: str, span: Span) -> Fix:
    before, after = text[span.start - 1 : span.start], text[span.end : span.end + 1]
    line_begins = before in ("", "\n", "\r")
    matters = before in _EMPHASIS or after in _EMPHASIS or (line_begins and not after.isalpha())
    return Fix("Remove it", (Edit(*span, ""),), "unsafe" if matters and (before or after) else "safe")


def _removable(run: str) -> bool:
    if "\u2028" in run or "\u2029" in run or "\x0c" in run or "\x0b" in run:
        return False  # they may stand for a line's end
    # What is all of the second control block is a character of another encoding, not an invisible one.
    return not all("\x80" <= char <= "\x9f" for char in run)


def _message(run: str) -> str:
    names = ", ".join(f"U+{ord(char):04X}{_name(char)}" for char in dict.fromkeys(run[:4]))
    return f"invisible {names}" + (" …" if len(run) > 4 else "")


_CONTROLS = {
    "\x00": "null",
    "\x08": "backspace",
    "\x0b": "vertical tab",
    "\x0c": "form feed",
    "\x1b": "escape",
    "\x7f": "delete",
}


def _name(char: str) -> str:
    if char == "\ufeff":
        return " (byte order mark)"
    name = _CONTROLS.get(char) or unicodedata.name(char, "control character").lower()
    return f" ({name})"
