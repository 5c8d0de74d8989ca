"""HTML entities in titles."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Edit, Fix, Severity
from postlint.front_matter import Node
from postlint.posts.document import Document
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ABOUT_THEM = re.compile(r"\b(?:html|xml|entit|escap|encod)", re.IGNORECASE)
# So many posts with entities are shown by templates that decode them.
_MANY = 10


class TitleEntity(SiteRule):
    """An HTML entity, such as `&#8217;` or `&amp;`, in a title, a description or a tag.

    Front matter is text, not HTML. The templates of Hugo, Zola, Astro, Docusaurus, Next.js, Gatsby and VitePress escape
    it, so readers see the entity itself.

    ## Why it matters

    The page shows `It&#8217;s` in place of `It’s`, and so do search results.

    ## How to fix it

    Write the character. The fix does that. It is unsafe, because the site's own template may decode entities.

    ## What it leaves alone

    - Frameworks whose templates print front matter as it is, such as Jekyll.
    - Texts that are about HTML or entities.
    - Sites with ten posts or more that have entities there.
    """

    severity = Severity.WARNING
    signs = ("&",)
    examples = (
        Good("---\ntitle: It’s A & B\n---\n", path="content/a.md", framework="hugo", name="characters", show=True),
        Bad(
            "---\ntitle: ⟦It&#8217;s A &amp; B⟧\ntags: [⟦R&amp;D⟧]\n---\n",
            fixed="---\ntitle: It’s A & B\ntags: [R&D]\n---\n",
            path="content/a.md",
            framework="hugo",
            name="entities",
            show=True,
            safe=False,
            message=(
                "`&#8217;` is shown as it is, because Hugo escapes `title`; write `’`",
                "`&amp;` is shown as it is, because Hugo escapes `tags[0]`; write `&`",
            ),
        ),
        Good("---\ntitle: It&#8217;s\n---\n", path="_posts/2024-01-02-a.md", framework="jekyll", name="Jekyll"),
        Good("---\ntitle: When to write &nbsp; in HTML\n---\n", framework="hugo", name="a text about entities"),
        Good("---\ntitle: AT&T; Q&A;\n---\n", path="content/a.md", framework="hugo", name="no entities"),
        Good(
            {f"content/{n}.md": "---\ntitle: A &amp; B\n---\n" for n in range(10)},
            framework="hugo",
            name="ten posts with entities",
        ),
    )

    def note(self, post: Document) -> Any:
        """Each text with an entity: field, span, the first entity, the edit."""
        if not post.framework.front_matter.escaped or "&" not in post.text.value[: post.front_matter.body]:
            return None
        noted = []
        for role in ("title", "description", "tags"):
            for entry in post.fields(role):
                for field, node in _texts(entry.name, entry.node):
                    found = next((m for m in _ENTITY.finditer(node.text) if _unescaped(m[0]) != m[0]), None)
                    if found and not _ABOUT_THEM.search(_ENTITY.sub("", node.text)):
                        noted.append((field, node.span, found[0], post.edit_scalar(node, _decoded(node.text))))
        return noted or None

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        if len(notes) >= _MANY:
            return
        for path, noted in notes.items():
            for field, span, entity, edit in noted:
                shown = f"`{entity}` is shown as it is, because {site.framework.title} escapes `{field}`"
                fix = Fix("Write the character", (Edit(*edit),), "unsafe")
                yield SiteFinding(path, Span(*span), f"{shown}; write {_named(_unescaped(entity))}", field, fix)


def _unescaped(text: str) -> str:
    from html import unescape  # a table of 2,000 names

    return unescape(text)


def _decoded(text: str) -> str:
    return _ENTITY.sub(lambda entity: _unescaped(entity[0]), text)


def _texts(name: str, node: Node) -> Iterable[tuple[str, Node]]:
    """The texts of a field: itself, or the items of a list."""
    nodes = [(f"{name}[{n}]", item) for n, item in enumerate(node.items)] if node.items is not None else [(name, node)]
    return [(field, each) for field, each in nodes if isinstance(each.value, str) and not each.alias]


def _named(character: str) -> str:
    """The character as a message shows it."""
    return f"`{character}`" if character.isprintable() and character.strip() else f"U+{ord(character[0]):04X}"
