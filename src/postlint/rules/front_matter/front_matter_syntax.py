"""Front matter that cannot be parsed."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from postlint.diagnostics import Edit, Fix, Severity
from postlint.posts.document import Document, goes_on, meant_to_begin
from postlint.rule import Bad, Finding, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.front_matter.yaml_slips import Kind, Slip

# A key at the margin, and its value.
_VALUE = re.compile(r"[\w-]+[ \t]*:[ \t]*[^\s#]")
# In TOML no text begins so; in YAML it may be a rule.
_SECOND = re.compile(r"(\+\+\+)[ \t]*(?:\r?\n|\Z)")
_LINES = "---\ntitle: a: b\nby: @ann\n---\n"
_CUT = "---\ntitle: a #5\n---\n"
# More posts with such values than that are not broken: if the site's own code is likely to read them, and otherwise.
_SEVERAL, _MANY = 2, 10


# Without one of these signs there is no slip, and `yaml_slips` need not be loaded.
_SIGNS = re.compile('["#&!“”„«‘’‚]')
_KINDS: "tuple[tuple[str, Kind], ...]" = (
    ("slug", "name"),
    ("image", "name"),
    ("title", "text"),
    ("description", "text"),
    ("tags", "tags"),
)
_NAMES = ("layout", "lang", "language", "locale", "permalink", "aliases", "redirect_from", "type", "template")


class FrontMatterSyntax(SiteRule):
    """Front matter that cannot be parsed.

    The message says where the parser stopped and, if that is known, how to fix it. A value that YAML
    reads as something else is a warning: one that a `#` cuts off, a first word that begins with `&` or `!`, and curly
    quotes around a tag, a slug or a path.

    ## Why it matters

    The site fails to build, or shows the post without title and date. Nothing else in the front matter can be checked.

    ## How to fix it

    Do what the message says. If quotes around the value are enough, the fix adds them and is safe.

    ## What it leaves alone

    Sites whose own code reads front matter line by line, not as YAML. That is assumed if no package that reads YAML is
    installed and at least two posts have values that YAML does not allow, or if no framework was found and at least ten
    posts have them.
    """

    of_text = True
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
            fixed="---\ntitle: 'My post #5'\n---\n",
            name="a number that begins a comment",
            safe=False,
            severity=Severity.WARNING,
            message="`title` ends here, because the rest is a comment; put the value in quotes",
        ),
        Good("---\ntitle: My post # the first\ndraft: true #5\nimage: #/a.png\nweight: 5 #6\n---\n", name="comments"),
        Bad(
            "---\ntitle: ⟦#GardenWithUs⟧\ntags: ⟦#soil #water⟧\ncolor: ⟦#ff0000⟧\nseries: Part ⟦#2⟧\n---\n",
            fixed="---\ntitle: '#GardenWithUs'\ntags: [soil, water]\ncolor: '#ff0000'\nseries: 'Part #2'\n---\n",
            path="content/a.md",
            framework="hugo",
            name="comments that eat values",
            safe=False,
            severity=Severity.WARNING,
            message=(
                "`#GardenWithUs` is a comment, so Hugo reads `title` as empty; write `'#GardenWithUs'`",
                "`#soil #water` is a comment, so Hugo reads `tags` as empty; write `[soil, water]`",
                "`#ff0000` is a comment, so Hugo reads `color` as empty; write `'#ff0000'`",
                "`series` ends here, because the rest is a comment; put the value in quotes",
            ),
        ),
        Bad(
            "---\ntags:\n  - ⟦#soil⟧\n  - water\n---\n",
            fixed="---\ntags:\n  - soil\n  - water\n---\n",
            name="a comment in place of a tag",
            safe=False,
            severity=Severity.WARNING,
            message="`#soil` is a comment, so Astro reads `tags[0]` as empty; write `soil`",
        ),
        Bad(
            "---\ntitle: “A quote”\nslug: ⟦‘a’⟧\ntags: [⟦“soil”⟧, ⟦«no»⟧]\n---\n",
            fixed="---\ntitle: “A quote”\nslug: a\ntags: [soil, 'no']\n---\n",
            name="curly quotes around tags and names",
            safe=(False, True, True),
            severity=Severity.WARNING,
            message=(
                "curly quotes do not quote, so Astro reads `‘a’` with its quotes; write `a`",
                "curly quotes do not quote, so Astro reads `“soil”` with its quotes; write `soil`",
                "curly quotes do not quote, so Astro reads `«no»` with its quotes; write `'no'`",
            ),
        ),
        Bad(
            "---\ntitle: ⟦&more⟧ beds\nsubtitle: ⟦!important⟧ beds\ntags: [a, ⟦&b⟧ c]\nseries: ⟦&none⟧\n---\n",
            fixed="---\ntitle: '&more beds'\nsubtitle: '!important beds'\ntags: [a, '&b c']\nseries: '&none'\n---\n",
            path="content/a.md",
            framework="hugo",
            name="words that YAML takes for anchors and tags",
            safe=True,
            severity=Severity.WARNING,
            message=(
                "YAML takes `&more` for an anchor, so Hugo reads `beds`; put the value in quotes",
                "YAML takes `!important` for a tag, so Hugo reads `beds`; put the value in quotes",
                "YAML takes `&b` for an anchor, so Hugo reads `c`; put the value in quotes",
                "YAML takes `&none` for an anchor, so Hugo reads nothing; put the value in quotes",
            ),
        ),
        Bad(
            "---\nslug: ⟦&more⟧ beds\n---\n",
            path="content/a.md",
            framework="hugo",
            name="a slug with a sign that no slug has",
            severity=Severity.WARNING,
        ),
        Good(
            "---\ntitle: &t A post\nseo: *t\nweight: !!int '5'\nbase: &b\n  a: 1\nmore:\n  <<: *b\nnote: |\n  &a b\n---\n",
            path="content/a.md",
            framework="hugo",
            name="anchors that an alias uses",
        ),
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
            "---\ntitle:⟦\u00a0⟧A\nby:\u00a0B\n---\n",
            name="no-break spaces",
            message=(
                "`title:` is followed by U+00A0 (no-break space), not by a space, so all of this is read as one text; "
                "write `title: ` with a space"
            ),
        ),
        Bad(
            "---\ntitle:⟦\u3000⟧A\nby: B\n---\n",
            name="a wide space",
            message=(
                "`title:` is followed by U+3000 (ideographic space), not by a space; write `title: ` with a space"
            ),
        ),
        Bad(
            '---\ntitle ⟦=⟧ "A"\ntags = ["a"]\n---\n',
            path="content/a.md",
            framework="hugo",
            name="TOML between hyphens",
            message=(
                "`title =` is TOML, and front matter between lines `---` is YAML; put `+++` in place of each `---`"
            ),
        ),
        Bad(
            '⟦++++++⟧\ntitle = "A"\n++++++\n',
            path="content/a.md",
            framework="hugo",
            name="six plus signs",
            message="front matter must begin with `+++`, not with `++++++`; make it three plus signs",
        ),
        Bad(
            "+++\ntitle = ⟦“A”⟧\n+++\n",
            path="content/a.md",
            framework="hugo",
            name="curly quotes in TOML",
            message="`“` does not quote in TOML; write straight quotes around the value",
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
        Bad(
            "---\ntitle: My post\n⟦<<<<<<< HEAD⟧\ndraft: true\n=======\ndraft: false\n>>>>>>> main\n---\n",
            name="a merge conflict",
            message="a merge conflict is not resolved here; keep one of the two versions and remove the markers",
        ),
        Bad(
            "+++\n⟦<<<<<<< HEAD⟧\na = 1\n=======\na = 2\n>>>>>>> main\n+++\n",
            name="a merge conflict in TOML",
            framework="hugo",
            path="content/a.md",
        ),
        Bad(
            '{\n"a": 1,\n⟦<<<<<<< HEAD⟧\n"b": 1\n=======\n"b": 2\n>>>>>>> main\n}\n',
            name="a merge conflict in JSON",
            framework="hugo",
            path="content/a.md",
        ),
        Bad(
            "---\ntags:\n  - ⟦rust: the book⟧\n  - 'a: b'\n  - name: c\n  - {d: e}\n---\n",
            fixed="---\ntags:\n  - 'rust: the book'\n  - 'a: b'\n  - name: c\n  - {d: e}\n---\n",
            path="content/a.md",
            framework="hugo",
            name="a colon in a tag",
            severity=Severity.WARNING,
            safe=True,
            message="Hugo reads `rust: the book` as a mapping, not as a tag; put it in quotes",
        ),
        Bad(
            "---\ntitle: A\ntags: [a, ⟦#b]⟧\n---\n",
            name="a comment that takes the end of a list",
            message="`#b]` is a comment, so the `[` before it is never closed; put the value with the `#` in quotes",
        ),
        Bad(
            "---\ntags: [⟦#a, #b]⟧\ntitle: A\n---\n",
            name="a comment that takes a whole list",
        ),
        Bad(
            "⟦---⟧\rtitle: A\rdate: 2024-01-02\r---\r\rText.\r",
            name="carriage returns alone",
            message="the lines of this file end with carriage returns alone, so Astro sees no front matter; save it with"
            " the line ends of Unix or Windows",
        ),
        Good("---\rtitle: A\r---\rText.\r", path="content/a.md", framework="hugo", name="carriage returns in Hugo"),
        Good("---\rtitle: A\r---\rText.\r", path="docs/a.md", framework="mkdocs", name="carriage returns in MkDocs"),
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
        if found.language == "toml" and not found.problem and (second := _SECOND.match(post.text.value, found.body)):
            fix = Fix("Delete it", (Edit(*second.span(), ""),))
            message = "the front matter is already closed, so the page shows this line; delete it"
            yield Finding(Span(*second.span(1)), message, None, fix, Severity.WARNING)
        if found.language == "yaml" and not _may_read_lines(post):
            for slip in _slips(post):
                yield Finding(slip.span, slip.message, slip.field, _mended(slip), Severity.WARNING)

    def note(self, post: Document) -> Any:
        """The problems of values that the site's own code may read all the same: what stops the parser, with its fix, and
        where a value is cut off."""
        if not _may_read_lines(post) or post.front_matter.language != "yaml":
            return None
        broken = (*_broken(post), _quoted(post)) if _may_be_meant(post) else None
        slipped = list(_slips(post))
        return (broken, slipped) if broken or slipped else None

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        several = sum(broken is not None for broken, _ in notes.values())
        if several >= (_SEVERAL if site.framework.front_matter.line_based else _MANY):
            return
        from postlint.front_matter import yaml_slips

        for path, (broken, slipped) in notes.items():
            if broken:
                span, message, quoted = broken
                yield SiteFinding(path, Span(*span), message, None, _fix(quoted))
            for each in slipped:
                slip = yaml_slips.Slip(*each)
                yield SiteFinding(path, Span(*slip.span), slip.message, slip.field, _mended(slip), Severity.WARNING)


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


def _slips(post: Document) -> "Iterable[Slip]":
    from postlint.front_matter import yaml_slips

    start, end = post.front_matter.span
    framework = post.framework
    reader = "YAML" if framework.name == "none" else framework.title
    if _SIGNS.search(post.text.readable, start, end):
        yield from yaml_slips.slips(post.text.readable, post.front_matter, lambda: _kinds(post), reader)
    # A schema, and a framework that wants texts, say it.
    if post.schema is None and framework.front_matter.tags_as_text != "refused":
        for entry in post.fields("tags"):
            if entry.node.items:
                yield from yaml_slips.pairs(post.text.readable, entry.name, entry.node, reader)


def _kinds(post: Document) -> "dict[str, Kind]":
    """What the known keys at the top hold."""
    framework = post.framework
    kinds: dict[str, Kind] = dict.fromkeys(
        (*_NAMES, *framework.addressing.keys, framework.addressing.alias_key or "aliases"), "name"
    )
    for role, kind in _KINDS:
        kinds |= dict.fromkeys(post.roles.get(role, ()), kind)
    kinds |= dict.fromkeys(framework.front_matter.mixed_keys & {"tag", "category"}, "tags")
    return kinds


def _mended(slip: "Slip") -> Fix | None:
    if slip.edit is None:
        return None
    (start, end), written = slip.edit
    return Fix(f"Write `{written}`", (Edit(start, end, written),), "safe" if slip.certain else "unsafe")


def _quoted(post: Document) -> Any:
    """The value and its quoted form, if quotes fix it."""
    from postlint.front_matter.yaml_repairs import quote

    return quote(post.text.readable, post.front_matter, post.dialect)


def _fix(quoted: Any) -> Fix | None:
    if not quoted:
        return None
    (start, end), text = quoted
    return Fix(f"Write `{text}`", (Edit(start, end, text),))
