"""The characters of a slug."""

import re
from collections.abc import Iterable

from postlint.diagnostics import Fix
from postlint.frameworks.answers import Reason
from postlint.front_matter import Node
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule

_BAD = re.compile(r"[\s?#\\<>\"{}|^`\x00-\x1f\x7f]|%(?![0-9A-Fa-f]{2})")


class SlugFormat(Rule):
    """A slug with characters that an address cannot contain or must escape.

    These are white space, `?`, `#`, `%`, quotes, brackets and the like. A slug that is empty or is not text, such as a
    number or a date, is reported as well.

    ## Why it matters

    Such an address breaks when somebody copies or types it. `?` and `#` cut it short.

    ## How to fix it

    Write the slug with letters, digits and hyphens. The fix turns each run of such characters into one hyphen. It is
    unsafe because the post moves to another address. A slug that is not text gets quotes, which is safe if the address
    stays the same.

    ## What it leaves alone

    Frameworks that turn any text into a slug themselves, such as Hugo, Zola and Jekyll.
    """

    examples = (
        Good("---\nslug: notes/läuft-gut\n---\n", name="letters of any language", show=True),
        Good("---\nslug: My_Post.v2\n---\n", name="capitals and dots"),
        Good("---\ntitle: A\n---\n", name="no slug"),
        Good("---\nslug: 'A  b?'\n---\n", framework="hugo", path="content/a.md", name="Hugo makes a slug of any text"),
        Good("---\nslug: 2024\n---\n", framework="hugo", path="content/a.md", name="a number in Hugo"),
        Good('+++\nslug = ""\n+++\n', framework="hugo", path="content/a.md", name="an empty slug in Hugo"),
        Good("Title: A\nSlug:\n\nText.\n", framework="pelican", path="content/a.md", name="an empty slug in Pelican"),
        Bad(
            "---\nslug: ⟦012⟧\n---\n",
            fixed="---\naliases: [/10/]\nslug: '012'\n---\n",
            framework="hugo",
            path="content/a.md",
            name="an octal number",
            safe=False,
            message="`slug` is not text; put it in quotes",
        ),
        Bad(
            "+++\nslug = ⟦2024⟧\n+++\n",
            fixed='+++\nslug = "2024"\n+++\n',
            framework="zola",
            path="content/a.md",
            name="a number that TOML does not read as text",
            safe=True,
        ),
        Bad(
            "---\nslug: ⟦'A  b'⟧ # kept\n---\n",
            fixed="---\nslug: 'a-b' # kept\n---\n",
            name="spaces",
            show=True,
            safe=False,
            message="`slug` contains white space, which an address cannot contain; write `a-b`",
        ),
        Bad(
            "---\nslug: ⟦what?⟧\n---\n",
            fixed="---\nslug: what\n---\n",
            name="a question mark",
            safe=False,
            message="`slug` contains `?`, which an address cannot contain; write `what`",
        ),
        Bad(
            "---\nslug: ⟦2024⟧\n---\n",
            fixed="---\nslug: '2024'\n---\n",
            name="a number",
            show=True,
            safe=True,
            message="`slug` is not text; put it in quotes",
        ),
        Bad("---\nslug: ⟦''⟧\n---\n", name="an empty slug", message="`slug` is empty; fill it in or remove it"),
        Bad(
            "---\nslug: ⟦'?'⟧\n---\n",
            name="nothing but a question mark",
            message="`slug` contains `?`, which an address cannot contain; choose another slug",
        ),
        Bad(
            "---\nslug: ⟦what?⟧\ndraft: true\n---\n",
            fixed="---\nslug: what\ndraft: true\n---\n",
            name="a draft, which nobody has the address of",
            safe=False,
        ),
        Bad(
            "---\nslug: ⟦Old/My  Post⟧\n---\n",
            fixed="---\nslug: old/my-post\n---\n",
            name="a folder before white space",
            safe=False,
            message="`slug` contains white space, which an address cannot contain; write `old/my-post`",
        ),
        Bad("---\nslug: ⟦'? / ?'⟧\n---\n", name="nothing that could be kept of two parts"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        slug = post.field("slug")
        if slug is None or not slug.node.is_scalar or slug.node.value is None:
            return
        node, text = slug.node, slug.node.text
        if not text.strip() and not post.framework.addressing.empty_slug_counts:
            return
        if text.strip() and post.framework.addressing.cleans_slugs and _is_kept(post, node):
            return
        if not isinstance(node.value, str):
            quoted = post.edit_scalar(node, text)
            message = f"`{slug.name}` is not text; put it in quotes"
            yield Finding(node.span, message, slug.name, Fix(f"Write `{quoted.content}`", (quoted,)))
            return
        found = _BAD.search(text)
        if text.strip() and not found:
            return
        better = "/".join(re.sub(r"-{2,}", "-", _BAD.sub("-", part)).strip("-").lower() for part in text.split("/"))
        if not text.strip() or not found:
            yield Finding(node.span, f"`{slug.name}` is empty; fill it in or remove it", slug.name)
            return
        name = "white space" if found[0].isspace() else f"`{found[0]}`"
        fix = Fix(f"Write `{better}`", (post.edit_scalar(node, better),), "unsafe") if better.strip("/") else None
        remedy = f"write `{better}`" if fix else "choose another slug"
        message = f"`{slug.name}` contains {name}, which an address cannot contain; {remedy}"
        yield Finding(node.span, message, slug.name, fix)


def _is_kept(post: Document, node: Node) -> bool:
    """Whether the framework takes the slug for the text that is written."""
    if isinstance(node.value, str):
        return True
    taken = post.framework.values(post.path, post.data, post.front_matter.language)
    return not isinstance(taken, Reason) and str(node.value) == node.text
