"""Values that YAML parsers read in different ways."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from postlint.diagnostics import Edit, Fix, Severity
from postlint.front_matter import Node
from postlint.front_matter.yaml_readings import FIRST, FLAGS, described, elsewhere, exists, in_doubt, lossy
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule

_BOOLEANS = frozenset(("draft", "featured", "published", "hidden", "pinned", "comments", "toc", "math"))
_TEXTS = frozenset(("title", "description", "slug", "tags"))
_CODES = frozenset(("lang", "language", "locale", "country"))
_DATES = frozenset(("published", "updated", "expires"))
_VERSION = re.compile(r"(?:^|[-_.])(?:version|release)$|[a-z](?:Version|Release)$|(?:[lL]abel|[tT]itle)$")


class FrontMatterAmbiguousValue(Rule):
    """An unquoted value that YAML parsers read in different ways.

    One parser reads text, another a number, a date, or true or false:

    - `yes` is true in YAML 1.1 and text in YAML 1.2.
    - `012` is ten or twelve.
    - `12:30` may be 750.
    - `version: 1.10` is 1.1 in all of them.

    The message says what the site's own framework reads.

    ## Why it matters

    When the framework or its version changes, the post changes with it.

    ## How to fix it

    Put the value in quotes if it is text. Write `true` or `false` if that is meant. The fix adds quotes if the field or
    the framework shows that text is meant, which is safe. It writes `true` or `false` for fields such as `draft`, which
    is unsafe.

    ## What it leaves alone

    - A `yes` or `no` that the framework reads as true or false, except in fields of text such as titles, tags and
      languages.
    - Dates and times in date fields.
    - TOML and JSON.
    """

    severity = Severity.WARNING
    yields_to = ("schema-invalid-value", "schema-coerced-value", "date-invalid", "flag-misread")
    of_text = True
    examples = (
        Good(
            "---\ndraft: true\nyear: 2024\nversion: '1_000'\ntime: '12:30'\npubDate: 2024-01-02 12:30:00\n---\n",
            name="values that all parsers read alike",
            show=True,
        ),
        Good("+++\nanswer = 1_000\n+++\n", name="TOML"),
        Good(
            "---\nat: 00:30\nprice: 1.10\nanswer: n\nday: 2024-01-02\ncount: 1,000\n---\n",
            name="numbers that all parsers read alike",
        ),
        Bad(
            "---\ntitle: ⟦no⟧\n---\n",
            fixed="---\ntitle: 'no'\n---\n",
            name="a title",
            show=True,
            safe=True,
            message="`no` is text in Astro, but `false` in other YAML parsers",
        ),
        Bad(
            "---\ndraft: ⟦yes⟧ # for now\n---\n",
            fixed="---\ndraft: true # for now\n---\n",
            name="a draft that says yes",
            show=True,
            safe=False,
            message="`yes` is text in Astro, but `true` in other YAML parsers",
        ),
        Good(
            "---\nmath: yes\nnotify: [no]\n---\n",
            path="_posts/2024-01-02-a.md",
            framework="jekyll",
            name="true and false in Jekyll",
        ),
        Bad(
            "---\nlang: ⟦no⟧\ntags: [⟦on⟧]\n---\n",
            fixed="---\nlang: no\ntags: ['on']\n---\n",
            path="_posts/2024-01-02-a.md",
            framework="jekyll",
            name="a language and a tag in Jekyll",
            safe=True,
            message=(
                "`no` is `false` in Jekyll, but text in other YAML parsers",
                "`on` is `true` in Jekyll, but text in other YAML parsers",
            ),
        ),
        Good("---\nseason: 01\nepisode: 07\n---\n", name="small numbers with a zero"),
        Bad(
            "---\nserial: ⟦012⟧\nepisode: ⟦08⟧\n---\n",
            name="an octal number",
            message=(
                "`012` is the number 12 in Astro, but the number 10 or text in other YAML parsers",
                "`08` is the number 8 in Astro, but text or the number 8.0 in other YAML parsers",
            ),
        ),
        Bad(
            "---\ntitle: ⟦12:30⟧\ntags: [⟦off⟧]\n---\n",
            fixed="---\ntitle: '12:30'\ntags: ['off']\n---\n",
            name="a time and a tag",
            safe=True,
            message=(
                "`12:30` is text in Astro, but the number 750 or the number 45000 in other YAML parsers",
                "`off` is text in Astro, but `false` in other YAML parsers",
            ),
        ),
        Bad(
            "---\ncommit: ⟦12e4567⟧\nevent: ⟦2024-02-30⟧\n---\n",
            fixed="---\ncommit: '12e4567'\nevent: 2024-02-30\n---\n",
            name="a number with an exponent and a day that does not exist",
            safe=True,
            message=(
                "`12e4567` is text in Astro, but a number in other YAML parsers",
                "`2024-02-30` is not a day of the calendar; YAML parsers read an error, another day or text",
            ),
        ),
        Bad(
            "---\nversion: ⟦1.10⟧\n---\n",
            fixed="---\nversion: '1.10'\n---\n",
            name="a version",
            safe=True,
            message="`1.10` is read as 1.1; put it in quotes if it is text",
        ),
        Bad(
            "---\nat: ⟦00:30⟧\n---\n",
            path="_posts/2024-01-02-a.md",
            framework="jekyll",
            name="a time in Jekyll",
            message="`00:30` is the number 30 in Jekyll, but text or the number 1800 in other YAML parsers",
        ),
        Bad(
            "---\ntoc: ⟦yes⟧\nanswer: ⟦yes⟧\n---\n",
            fixed="---\ntoc: true\nanswer: 'yes'\n---\n",
            name="a field for true and false, and another",
            safe=(False, True),
        ),
        Bad(
            "---\na: ⟦=⟧\n---\n",
            fixed="---\na: '='\n---\n",
            safe=True,
            name="a sign that some parsers stop at",
            message="some YAML parsers stop at the value `=`; put it in quotes if it is text",
        ),
        Bad(
            "---\ntitle: ⟦no⟧\n---\n",
            fixed="---\ntitle: 'no'\n---\n",
            path="posts/a.md",
            framework="none",
            name="an unknown framework",
            safe=True,
            message="`no` is `false` or text, depending on the YAML parser",
        ),
        Bad(
            "---\na:\n  b: ⟦yes⟧\n  c:\n    - ⟦off⟧\nd: [⟦on⟧]\n---\n",
            fixed="---\na:\n  b: 'yes'\n  c:\n    - 'off'\nd: ['on']\n---\n",
            name="nested values",
            safe=True,
        ),
        Good("---\npubDate: 2024-02-30\nupdatedDate: 2024-02-30\n---\n", name="days of dates that do not exist"),
        Bad("---\npubDate: ⟦12:30⟧\n---\n", fixed="---\npubDate: '12:30'\n---\n", name="a time for a date", safe=True),
        Bad(
            "---\nmin_version: ⟦1.10⟧\napp: {minVersion: 1.10}\nupdate: 1.10\n---\n",
            fixed="---\nmin_version: '1.10'\napp: {minVersion: 1.10}\nupdate: 1.10\n---\n",
            name="a name that ends with version",
            safe=True,
        ),
        Good("---\nversion: 1.5\n---\n", name="a number that loses nothing"),
        Bad(
            "---\ntitle: ⟦2024-01-02⟧\n---\n",
            fixed="---\ntitle: '2024-01-02'\n---\n",
            name="a day as a title",
            safe=True,
            message="`2024-01-02` is read as a date; put it in quotes if it is text",
        ),
        Good("---\ntitle: &no a\nname: *no\n---\n", name="an alias"),
        Bad(
            "---\nversion: ⟦3.10⟧\nrelease: 3.0\n---\n",
            fixed="---\nversion: '3.10'\nrelease: 3.0\n---\n",
            path="_posts/2024-01-02-a.md",
            framework="jekyll",
            name="what Ruby shows as it is written",
            safe=True,
            message="`3.10` is read as 3.1; put it in quotes if it is text",
        ),
        Bad(
            "---\nlinkTitle: ⟦8.0⟧\nsidebar_label: ⟦1.10⟧\nlabelled: 1.10\n---\n",
            fixed="---\nlinkTitle: '8.0'\nsidebar_label: '1.10'\nlabelled: 1.10\n---\n",
            name="labels",
            safe=True,
            message=(
                "`8.0` is read as 8; put it in quotes if it is text",
                "`1.10` is read as 1.1; put it in quotes if it is text",
            ),
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        if post.front_matter.language != "yaml":
            return
        schema = post.dialect.yaml
        for field, node in _suspects(post.front_matter.root):
            if in_doubt(node.text, schema):
                name = _top(field)
                roles = _roles(post, name)
                if not (node.text[4:5] == "-" and roles & _DATES) and not _is_flag(node, name, roles):
                    yield Finding(node.span, _message(post, node), field, _fix(node, name, roles))
            elif field in post.framework.front_matter.texts:
                continue
            elif _loses(node, schema) and (_VERSION.search(name := _top(field)) or _holds_text(post, name)):
                value = f"{node.value:.15g}" if isinstance(node.value, float) else "a date"
                message = f"`{node.text}` is read as {value}; put it in quotes if it is text"
                yield Finding(node.span, message, field, _quoted(node))


def _top(field: str) -> str:
    """The key at the top that leads to `field`."""
    return field.partition(".")[0].partition("[")[0]


def _loses(node: Node, schema: str) -> bool:
    """Whether the reading loses characters that matter if the value is meant as text."""
    return (isinstance(node.value, float) and lossy(node.text, schema)) or isinstance(node.value, date)


def _is_flag(node: Node, name: str, roles: set[str]) -> bool:
    """Whether the framework reads the value as true or false and nothing shows that text is meant."""
    return isinstance(node.value, bool) and node.text in FLAGS and not roles & _TEXTS and name not in _CODES


def _roles(post: Document, name: str) -> set[str]:
    return {role for role, keys in post.roles.items() if name in keys}


def _holds_text(post: Document, name: str) -> bool:
    return any(name in post.roles.get(role, ()) for role in _TEXTS)


def _message(post: Document, node: Node) -> str:
    text = node.text
    if text in ("=", "<<"):
        return f"some YAML parsers stop at the value `{text}`; put it in quotes if it is text"
    if node.text[4:5] == "-" and text[:4].isdigit() and not exists(text):
        return f"`{text}` is not a day of the calendar; YAML parsers read an error, another day or text"
    others = " or ".join(elsewhere(text, node.value)[:2])
    if not others:
        return f"`{text}` is {described(node.value)}; put it in quotes if its zeros count"
    if post.framework.name == "none":
        return f"`{text}` is {described(node.value)} or {others}, depending on the YAML parser"
    return f"`{text}` is {described(node.value)} in {post.framework.title}, but {others} in other YAML parsers"


def _fix(node: Node, name: str, roles: set[str]) -> Fix | None:
    if node.text in FLAGS and (name in _BOOLEANS or "draft" in roles):
        flag = str(FLAGS[node.text]).lower()
        return Fix(f"Write `{flag}`", (Edit(*node.span, flag),), "unsafe")
    # If the site reads text already, or the field holds text, quotes do not change what was meant.
    text = isinstance(node.value, str) and not (node.text[4:5] == "-" and node.text[:4].isdigit())
    return _quoted(node) if text or roles & _TEXTS else None


def _quoted(node: Node) -> Fix:
    quoted = f"'{node.text}'"
    return Fix(f"Write `{quoted}`", (Edit(*node.span, quoted),))


def _suspects(root: Node) -> Iterator[tuple[str, Node]]:
    """The fields that hold a scalar with such a beginning."""
    pending: list[tuple[str, Node]] = [("", root)]
    while pending:
        field, node = pending.pop()
        if node.entries is not None:
            pending += [(f"{field}.{e.name}" if field else e.name, e.node) for e in node.entries if _may_be(e.node)]
        elif node.items is not None:
            pending += [(f"{field}[{n}]", item) for n, item in enumerate(node.items) if _may_be(item)]
        else:
            yield field, node


def _may_be(node: Node) -> bool:
    if node.style == "plain":
        return node.text[:1] in FIRST and not node.alias
    return node.style == "flow" or node.style == "block"
