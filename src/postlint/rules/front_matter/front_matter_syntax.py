"""Front matter that cannot be parsed."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Edit, Fix, Severity
from postlint.posts.document import Document, goes_on, meant_to_begin
from postlint.rule import Bad, Finding, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

# A key at the margin, and its value.
_VALUE = re.compile(r"[\w-]+[ \t]*:[ \t]*[^\s#]")
# In TOML no text begins so; in YAML it may be a rule.
_SECOND = re.compile(r"(\+\+\+)[ \t]*(?:\r?\n|\Z)")
_LINES = "---\ntitle: a: b\nby: @ann\n---\n"
_CUT = "---\ntitle: a #5\n---\n"
# More posts with such values than that are not broken: if the site's own code is likely to read them, and otherwise.
_SEVERAL, _MANY = 2, 10


class FrontMatterSyntax(SiteRule):
    """Front matter that cannot be parsed.

    The message says where the parser stopped and, if that is known, how to fix it. A value that is cut off, for example
    by a `#`, is a warning.

    ## Why it matters

    The site fails to build, or shows the post without title and date. Nothing else in the front matter can be checked.

    ## How to fix it

    Do what the message says. If quotes around the value are enough, the fix adds them and is safe.

    ## What it leaves alone

    Sites whose own code reads front matter line by line, not as YAML. That is assumed if no package that reads YAML is
    installed and at least two posts have values that YAML does not allow, or if no framework was found and at least ten
    posts have them.
    """

    examples = (
        Good("---\ntitle: 'a: b'\n---\n", name="a colon in quotes", show=True),
        Good("No front matter.\n", name="no front matter"),
        Bad(
            "---\ntitle: a⟦:⟧ b\n---\n",
            fixed="---\ntitle: 'a: b'\n---\n",
            name="a colon in a value",
            show=True,
            safe=True,
            message="`title: a: b` has a second `: ` in an unquoted value; put the value in quotes",
        ),
        Bad(
            "---\nby: ⟦@⟧ann\n---\n",
            fixed="---\nby: '@ann'\n---\n",
            name="an at sign",
            safe=True,
            message="a value cannot begin with `@` unless it is in quotes; put the value in quotes",
        ),
        Bad(
            "---\ntitle: A date⟦:⟧ 2024-01-02\n---\n",
            name="a colon and a date",
            message="`title: A date: 2024-01-02` has a second `: ` in an unquoted value; put the value in quotes",
        ),
        Bad(
            "⟦----⟧\ntitle: A\n----\n",
            name="four hyphens",
            message="front matter must begin with `---`, not with `----`; make it three hyphens",
        ),
        Bad(
            "⟦—--⟧\ntitle: A\n---\n",
            name="a dash for two hyphens",
            message=(
                "front matter must begin with a line `---`, not with `—--`; make it `---`, at the start of the file"
            ),
        ),
        Bad(
            "⟦# A⟧\n\n---\ntitle: A\n---\n",
            name="a heading above",
            message=(
                "front matter must be the first thing in the file; `# A` comes before it; move it "
                "below the front matter"
            ),
        ),
        Good(
            {"package.json": "{}", "posts/a.md": _LINES, "posts/b.md": _LINES},
            framework="none",
            name="two posts that the site's own code reads",
        ),
        Bad(
            {"package.json": "{}", "posts/a.md": "---\ntitle: a⟦:⟧ b\n---\n"},
            fixed="---\ntitle: 'a: b'\n---\n",
            framework="none",
            name="one post that the site's own code would read",
            safe=True,
        ),
        Good(
            {**{f"{n}.md": _LINES for n in range(10)}, "a.md": _CUT},
            framework="none",
            name="ten posts without a framework",
        ),
        Good("A quote.\n\n---\nNote: it goes on\n---\n", name="a quote between lines"),
        Good({"a.md": "title: A\ndate: 2024-01-02\n---\nText.\n"}, framework="none", name="no line above"),
        Bad(
            "⟦---⟧\ntitle: never closed\n\nText.\n",
            name="never closed",
            show=True,
            message="front matter is never closed; put a line `---` after the last field",
        ),
        Bad(
            "---\ntitle: A\n---\n\n⟦---⟧\ntitle: B\ndate: 2024-01-02\n---\n",
            name="a second front matter",
            message=(
                "front matter ends before this line, and the rest is shown as text; keep one "
                "`---` before all fields and one after them"
            ),
        ),
        Bad("---\n---\n⟦title: B⟧\ndate: 2024-01-02\n---\n", name="fields below empty front matter"),
        Good("---\ntitle: A\n---\n\n---\n\nText: more\n\n---\n", name="lines in the body"),
        Bad(
            '---\ntitle: ⟦“A post"⟧\nmood: “fine”\n---\n',
            name="curly quotes",
            severity=Severity.WARNING,
            message='`“` and `"` are not a pair of quotes; write two straight quotes',
        ),
        Bad(
            '---\ntags: ["a", ⟦”b"⟧]\n---\n',
            name="a curly quote in a list",
            severity=Severity.WARNING,
            message='`”` and `"` are not a pair of quotes; write two straight quotes',
        ),
        Bad(
            '---\ntags: [⟦a"⟧, "b", 5"]\n---\n',
            name="a quote at one end only",
            severity=Severity.WARNING,
            message='`a"` ends with a quote but does not begin with one',
        ),
        Bad(
            "---\ntitle: My post ⟦#5⟧\n---\n",
            name="a number that begins a comment",
            severity=Severity.WARNING,
            message="`title` ends here, because the rest is a comment; put the value in quotes",
        ),
        Good("---\ntitle: My post # the first\ndraft: true #5\n---\n", name="comments"),
        Bad(
            "---\n⟦- a\n- list⟧\n---\n",
            name="a list",
            message="front matter must consist of `key: value` lines, not of a list",
        ),
        Bad(
            "---\n⟦just text⟧\n---\n",
            name="text",
            message="front matter must consist of `key: value` lines, not of text",
        ),
        Bad(
            '+++\ntitle = ⟦"⟧never closed\n+++\n',
            name="a quote that is never closed in TOML",
            message='the quote " that opens here is never closed; add the closing "',
        ),
        Bad(
            '+++\ntitle = "A"\n+++\n⟦+++⟧\n\nText.\n',
            fixed='+++\ntitle = "A"\n+++\n\nText.\n',
            path="content/a.md",
            framework="hugo",
            name="a second closing delimiter",
            severity=Severity.WARNING,
            safe=True,
            message="the front matter is already closed, so the page shows this line; delete it",
        ),
        Good(
            '+++\ntitle = "A"\n+++\n---\n\nA rule.\n\n+++\n',
            path="content/a.md",
            framework="hugo",
            name="a rule below the front matter",
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        found = post.front_matter
        if found.problem:
            if not _may_be_meant(post):
                yield Finding(*_broken(post), None, _fix(_quoted(post)))
        elif found.language and not found.root.entries and found.root.text:
            yield Finding(found.root.span, "front matter must consist of `key: value` lines, not of text")
        elif found.root.items is not None:
            yield Finding(found.root.span, "front matter must consist of `key: value` lines, not of a list")
        elif (meant := meant_to_begin(post) or goes_on(post)) is not None:
            yield Finding(meant.span, f"{meant.message}; {meant.hint}")
        if found.language == "toml" and (second := _SECOND.match(post.text.value, found.body)):
            fix = Fix("Delete it", (Edit(*second.span(), ""),))
            message = "the front matter is already closed, so the page shows this line; delete it"
            yield Finding(Span(*second.span(1)), message, None, fix, Severity.WARNING)
        if found.language == "yaml" and not _may_read_lines(post):
            for span, message in _slips(post):
                yield Finding(span, message, severity=Severity.WARNING)

    def note(self, post: Document) -> Any:
        """The problems of values that the site's own code may read all the same: what stops the parser, with its fix, and
        where a value is cut off."""
        if not _may_read_lines(post) or post.front_matter.language != "yaml":
            return None
        broken = (*_broken(post), _quoted(post)) if _may_be_meant(post) else None
        slips = list(_slips(post))
        return (broken, slips) if broken or slips else None

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        several = sum(broken is not None for broken, _ in notes.values())
        if several >= (_SEVERAL if site.framework.front_matter.line_based else _MANY):
            return
        for path, (broken, slips) in notes.items():
            if broken:
                span, message, quoted = broken
                yield SiteFinding(path, Span(*span), message, None, _fix(quoted))
            for span, message in slips:
                yield SiteFinding(path, Span(*span), message, severity=Severity.WARNING)


def _may_read_lines(post: Document) -> bool:
    """Whether the site's own code may read front matter, and not as YAML."""
    return post.framework.front_matter.line_based or not post.framework.front_matter.reader_known


def _may_be_meant(post: Document) -> bool:
    """Whether a value stops the YAML parser, and the site's code may not use one."""
    problem = post.front_matter.problem
    if problem is None or not _may_read_lines(post):
        return False
    line = post.text.value.rfind("\n", 0, problem.span.start) + 1
    return _VALUE.match(post.text.value, line) is not None


def _broken(post: Document) -> tuple[Span, str]:
    """What stops the parser, and where."""
    problem = post.front_matter.problem
    assert problem is not None
    return problem.span, problem.message + (f"; {problem.hint}" if problem.hint else "")


def _slips(post: Document) -> Iterable[tuple[Span, str]]:
    from postlint.front_matter.yaml_slips import slips

    return slips(post.text.readable, post.front_matter.root)


def _quoted(post: Document) -> Any:
    """The value and its quoted form, if quotes fix it."""
    from postlint.front_matter.yaml_repairs import quote

    return quote(post.text.readable, post.front_matter, post.framework.dialect)


def _fix(quoted: Any) -> Fix | None:
    if not quoted:
        return None
    (start, end), text = quoted
    return Fix(f"Write `{text}`", (Edit(start, end, text),))
