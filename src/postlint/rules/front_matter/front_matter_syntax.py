"""Front matter that no parser takes."""

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
# So many posts with such values are too many to be broken, where the site's own code is likely to read them, and else.
_SEVERAL, _MANY = 2, 10


class FrontMatterSyntax(SiteRule):
    """Front matter that cannot be parsed.

    The message says where the parser stopped and, where that is known, how to mend it. Until then the site fails to
    build, or shows the post without title and date, and nothing else of its front matter can be checked. Where no package
    that reads YAML is there and several posts have values that no YAML parser takes, or ten and more do and no framework
    was found, the site's own code reads front matter line by line, and values are not judged.
    """

    examples = (
        Good("---\ntitle: 'a: b'\n---\n"),
        Good("No front matter.\n"),
        Bad("---\ntitle: a⟦:⟧ b\n---\n", fixed="---\ntitle: 'a: b'\n---\n"),
        Bad("---\nby: ⟦@⟧ann\n---\n", fixed="---\nby: '@ann'\n---\n"),
        Bad("---\ntitle: A date⟦:⟧ 2024-01-02\n---\n"),
        Bad("⟦----⟧\ntitle: A\n----\n"),
        Bad("⟦—--⟧\ntitle: A\n---\n"),
        Bad("⟦# A⟧\n\n---\ntitle: A\n---\n"),
        Good({"package.json": "{}", "posts/a.md": _LINES, "posts/b.md": _LINES}, framework="none"),
        Bad(
            {"package.json": "{}", "posts/a.md": "---\ntitle: a⟦:⟧ b\n---\n"},
            fixed="---\ntitle: 'a: b'\n---\n",
            framework="none",
        ),
        Good({**{f"{n}.md": _LINES for n in range(10)}, "a.md": _CUT}, framework="none"),
        Good("A quote.\n\n---\nNote: it goes on\n---\n"),
        Good({"a.md": "title: A\ndate: 2024-01-02\n---\nText.\n"}, framework="none"),
        Bad("⟦---⟧\ntitle: never closed\n\nText.\n"),
        Bad("---\ntitle: A\n---\n\n⟦---⟧\ntitle: B\ndate: 2024-01-02\n---\n"),
        Bad("---\n---\n⟦title: B⟧\ndate: 2024-01-02\n---\n"),
        Good("---\ntitle: A\n---\n\n---\n\nText: more\n\n---\n"),
        Bad('---\ntitle: ⟦“A post"⟧\nmood: “fine”\n---\n'),
        Bad('---\ntags: ["a", ⟦”b"⟧]\n---\n'),
        Bad('---\ntags: [⟦a"⟧, "b", 5"]\n---\n'),
        Bad("---\ntitle: My post ⟦#5⟧\n---\n"),
        Good("---\ntitle: My post # the first\ndraft: true #5\n---\n"),
        Bad("---\n⟦- a\n- list⟧\n---\n"),
        Bad("---\n⟦just text⟧\n---\n"),
        Bad('+++\ntitle = ⟦"⟧never closed\n+++\n'),
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
            yield Finding(found.root.span, "front matter must be `key: value` lines, not text")
        elif found.root.items is not None:
            yield Finding(found.root.span, "front matter must be `key: value` lines, not a list")
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
        """What is wrong with values that the site's own code may take all the same: what stops the parser, with its
        repair, and where a value is cut."""
        if not _may_read_lines(post) or post.front_matter.language != "yaml":
            return None
        broken = (*_broken(post), _quoted(post)) if _may_be_meant(post) else None
        slips = list(_slips(post))
        return (broken, slips) if broken or slips else None

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        several = sum(broken is not None for broken, _ in notes.values())
        if several >= (_SEVERAL if site.framework.reads_lines else _MANY):
            return
        for path, (broken, slips) in notes.items():
            if broken:
                span, message, quoted = broken
                yield SiteFinding(path, Span(*span), message, None, _fix(quoted))
            for span, message in slips:
                yield SiteFinding(path, Span(*span), message, severity=Severity.WARNING)


def _may_read_lines(post: Document) -> bool:
    """Whether the site's own code may read front matter, and not as YAML."""
    return post.framework.reads_lines or not post.framework.reader_known


def _may_be_meant(post: Document) -> bool:
    """Whether a value that no YAML parser takes is what stops it, and the site's code may not use any."""
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
    """The value and its quoted form, where quotes mend it."""
    from postlint.front_matter.yaml_repairs import quote

    return quote(post.text.readable, post.front_matter, post.framework.dialect)


def _fix(quoted: Any) -> Fix | None:
    if not quoted:
        return None
    (start, end), text = quoted
    return Fix(f"Write `{text}`", (Edit(start, end, text),))
