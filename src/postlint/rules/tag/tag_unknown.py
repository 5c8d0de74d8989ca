"""Tags that are not among those of the site."""

from collections.abc import Iterable
from typing import Annotated

from postlint.diagnostics import Fix, Severity
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule


class TagUnknown(Rule):
    """A tag that is not in the list of tags which the configuration says the site has.

    A mistyped tag makes a page of its own with one post on it. Without `known` nothing is reported.
    """

    severity = Severity.WARNING
    default = False
    known: Annotated[tuple[str, ...], "The tags there are, as they are written."] = ()
    examples = (
        Good("---\ntags: [webb]\n---\n"),
        Good("---\ntags: [web]\n---\n", options={"known": ["web", "css"]}),
        Bad(
            "---\ntags: [css, ⟦webb⟧]\n---\n",
            fixed="---\ntags: [css, web]\n---\n",
            options={"known": ["web", "css"]},
        ),
        Bad("---\ntags: ⟦'cooking'⟧\n---\n", options={"known": ["web", "css"]}),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        if not self.known:
            return
        from postlint.suggest import closest

        for entry in post.fields("tags"):
            items = [(f"{entry.name}[{number}]", item) for number, item in enumerate(entry.node.items or ())]
            for field, item in items or [(entry.name, entry.node)]:
                if not item.is_scalar or item.value is None or item.text in self.known:
                    continue
                meant = closest(item.text, self.known)
                hint = f"; did you mean `{meant}`?" if meant else ""
                fix = None
                if meant and not item.alias:
                    fix = Fix(f"Write `{meant}`", (post.edit_scalar(item, meant),), "unsafe")
                yield Finding(item.span, f"`{item.text}` is no tag of this site{hint}", field, fix)
