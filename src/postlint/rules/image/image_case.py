"""Images that are there, under a name in other case."""

from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Edit, Fix
from postlint.posts.facts import Use
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.suggest import in_case_of

_PNG = {"public/Hero.PNG": "", "public/ok.png": ""}


class ImageCase(SiteRule):
    """An image whose file is named in other case than the post says.

    macOS and Windows find it all the same, so it looks right on the author's disk; on the server it is a 404. There, the
    name is taken from Git's index, so that every computer says the same. The repair writes the name as the file has it.
    """

    told_of_others = True
    examples = (
        Good({"src/content/blog/post.md": "![a](/ok.png)\n", **_PNG}),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/hero.png⟧)\n", **_PNG},
            fixed="![a](/Hero.PNG)\n",
        ),
        Bad(
            {"src/content/blog/post.md": "---\ncoverImage: ⟦'/hero.png'⟧\n---\n", **_PNG},
            fixed="---\ncoverImage: '/Hero.PNG'\n---\n",
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        for facts, (use, found) in site.lost:
            actual = next(
                ((path, there.path) for path, there in zip(use.leads.paths, found, strict=True) if there.path), None
            )
            if actual:
                message = f"image `{use.target}` is `{actual[1]}` in other case; on a server it is not found"
                yield SiteFinding(facts.path, use.shown, message, use.field, _fix(use, *actual))


def _fix(use: Use, path: str, actual: str) -> Fix | None:
    target = use.target.partition("#")[0].partition("?")[0]
    better = in_case_of(target, path, actual)
    # What is escaped is not rewritten: the parts would not be the same characters.
    if better is None or use.written.count(target) != 1:
        return None
    at = use.span.start + use.written.index(target)
    return Fix(f"Write `{better}`", (Edit(at, at + len(target), better),))
