"""Tags that are not among those of the site."""

from collections.abc import Iterable
from typing import Annotated

from postlint.diagnostics import Fix, Severity
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule


class TagUnknown(Rule):
    """A tag that is not in the configured list of known tags.

    Without `known`, nothing is reported.

    ## Why it matters

    A mistyped tag makes a page of its own with one post on it.

    ## How to fix it

    Correct the tag, or add it to `known`. If a known tag is nearly the same, the fix writes that one; it is unsafe,
    because the new tag may be meant.

    ## What it leaves alone

    Posts without tags.
    """

    severity = Severity.WARNING
    default = False
    known: Annotated[tuple[str, ...], "The tags of the site, exactly as they are written."] = ()
    examples = (
        Good("---\ntags: [webb]\n---\n", name="no list of known tags"),
        Good("---\ntags: [web]\n---\n", options={"known": ["web", "css"]}, name="a known tag", show=True),
        Bad(
            "---\ntags: [css, ⟦webb⟧]\n---\n",
            fixed="---\ntags: [css, web]\n---\n",
            options={"known": ["web", "css"]},
            name="a slip in a known tag",
            show=True,
            safe=False,
            message="unknown tag `webb`; did you mean `web`?",
        ),
        Bad(
            "---\ntags: ⟦'cooking'⟧\n---\n",
            options={"known": ["web", "css"]},
            name="another tag",
            message="unknown tag `cooking`",
        ),
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
                yield Finding(item.span, f"unknown tag `{item.text}`{hint}", field, fix)
