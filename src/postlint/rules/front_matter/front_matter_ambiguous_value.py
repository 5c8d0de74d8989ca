"""Values that YAML's versions read differently."""

import re
from collections.abc import Iterable, Iterator

from postlint.diagnostics import Edit, Fix, Severity
from postlint.document import Document
from postlint.front_matter import Node
from postlint.rule import Bad, Finding, Good, Rule

_WORDS = {
    word: word.lower() in ("yes", "on")
    for base in ("yes", "no", "on", "off")
    for word in (base, base.title(), base.upper())
}
# Numbers that every parser reads alike are none of these.
_FORMS = (
    (re.compile(r"[-+]?0[0-9_]*[0-9]|0o[0-7]+|0b[01_]+"), "octal or decimal, or text"),
    (re.compile(r"[-+]?[0-9][0-9]*_[0-9_]*"), "a number or text"),
    (re.compile(r"[-+]?[0-9]{1,9}(?::[0-5]?[0-9]){1,9}(?:\.[0-9]*)?"), "a number counted in sixties, or text"),
    (re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]+"), "a number with an exponent, or text"),
)
_FLAGS = frozenset(("draft", "featured", "published", "hidden", "pinned", "comments", "toc", "math"))
_FIRST = frozenset("0123456789+-yYnNoO")


class FrontMatterAmbiguousValue(Rule):
    """An unquoted value that one YAML parser reads as text and another as a number or as true or false.

    `yes` is true in YAML 1.1 and text in YAML 1.2, `012` is ten or twelve, `12:30` may be 750. A change of the site's
    framework, or of its version, then changes the post. Quotes say that text is meant; `true` and `false` are the same
    everywhere.
    """

    severity = Severity.WARNING
    examples = (
        Good("---\ndraft: true\nyear: 2024\nversion: '1_000'\ntime: '12:30'\npubDate: 2024-01-02 12:30:00\n---\n"),
        Good("+++\nanswer = 1_000\n+++\n"),
        Bad("---\ntitle: ⟦no⟧\n---\n", fixed="---\ntitle: 'no'\n---\n"),
        Bad("---\ndraft: ⟦yes⟧ # for now\n---\n", fixed="---\ndraft: true # for now\n---\n"),
        Bad("---\nserial: ⟦012⟧\n---\n"),
        Bad("---\ntitle: ⟦12:30⟧\ntags: [⟦off⟧]\n---\n", fixed="---\ntitle: '12:30'\ntags: ['off']\n---\n"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        if post.front_matter.language != "yaml":
            return
        for field, node in _suspects(post.front_matter.root):
            if node.text in _WORDS:
                meaning = f"`{str(_WORDS[node.text]).lower()}` or text"
            else:
                found = next((text for form, text in _FORMS if form.fullmatch(node.text)), None)
                if found is None:
                    continue
                meaning = found
            message = f"`{node.text}` is {meaning}, by the version of YAML"
            yield Finding(node.span, message, field, self._fix(post, field, node))

    def _fix(self, post: Document, field: str, node: Node) -> Fix | None:
        name = re.split(r"[.\[]", field, maxsplit=1)[0]
        roles = {role for role, keys in post.roles.items() if name in keys}
        if node.text in _WORDS and (name in _FLAGS or "draft" in roles):
            flag = str(_WORDS[node.text]).lower()
            return Fix(f"Write `{flag}`", (Edit(*node.span, flag),), "unsafe")
        # Where the site reads text already, or the field is one for text, quotes change nothing that was meant.
        if isinstance(node.value, str) or roles & {"title", "description", "slug", "tags"}:
            quoted = f"'{node.text}'"
            return Fix(f"Write `{quoted}`", (Edit(*node.span, quoted),))
        return None


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
        return node.text[:1] in _FIRST and not node.alias
    return node.style == "flow" or node.style == "block"
