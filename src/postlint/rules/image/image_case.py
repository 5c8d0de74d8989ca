"""Images whose file is named in another case."""

from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Edit, Fix
from postlint.posts.facts import Use
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.remedies import differs_in_form, spelled_as
from postlint.site.site import Site
from postlint.suggest import in_case_of

_PNG = {"public/Hero.PNG": "", "public/ok.png": ""}


class ImageCase(SiteRule):
    """An image whose file name differs from the post's spelling in upper or lower case.

    ## Why it matters

    macOS and Windows find the file all the same, so it looks right on the author's machine. On the server it is not
    found.

    ## How to fix it

    Write the name exactly like the file's. The fix does that and is safe.

    ## What it leaves alone

    Names that are spelled like the file. In a Git repository, names are taken from Git's index, so that every computer
    gives the same result.
    """

    reports_in_unchanged_posts = True
    examples = (
        Good({"src/content/blog/post.md": "![a](/ok.png)\n", **_PNG}, name="the same case", show=True),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/hero.png⟧)\n", **_PNG},
            fixed="![a](/Hero.PNG)\n",
            name="another case in the body",
            show=True,
            safe=True,
            message="image `/hero.png` differs from `public/Hero.PNG` in case; a server will not find it",
        ),
        Bad(
            {"src/content/blog/post.md": "---\ncoverImage: ⟦'/hero.png'⟧\n---\n", **_PNG},
            fixed="---\ncoverImage: '/Hero.PNG'\n---\n",
            name="another case in front matter",
            safe=True,
        ),
        Bad(
            {"content/a.md": "![a](⟦/jardi\u0301n.png⟧)\n", "static/jard\u00edn.png": ""},
            fixed="![a](/jard\u00edn.png)\n",
            framework="hugo",
            name="a letter composed otherwise",
            safe=True,
            message=(
                "image `/jardi\u0301n.png` differs from `static/jard\u00edn.png` in how its letters are composed "
                "(Unicode NFC and NFD); a server will not find it"
            ),
        ),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/hero.png?v=1#top⟧)\n", **_PNG},
            fixed="![a](/Hero.PNG?v=1#top)\n",
            name="a query",
            safe=True,
        ),
        Bad({"src/content/blog/post.md": "![a](⟦/h%65ro.png⟧)\n", **_PNG}, name="an escaped letter"),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        for facts, (use, found) in site.missing_images:
            actual = next(
                ((path, there.path) for path, there in zip(use.leads.paths, found, strict=True) if there.path), None
            )
            if actual:
                how = "in case"
                if differs_in_form(*actual):
                    how = "in how its letters are composed (Unicode NFC and NFD)"
                message = f"image `{use.target}` differs from `{actual[1]}` {how}; a server will not find it"
                yield SiteFinding(facts.path, use.shown, message, use.field, _fix(use, *actual), group=actual[1])


def _fix(use: Use, path: str, actual: str) -> Fix | None:
    target = use.target.partition("#")[0].partition("?")[0]
    better = spelled_as(target, path, actual) if differs_in_form(path, actual) else in_case_of(target, path, actual)
    # What is escaped is not rewritten: the parts would not be the same characters.
    if better is None or use.written.count(target) != 1:
        return None
    start = use.span.start + use.written.index(target)
    return Fix(f"Write `{better}`", (Edit(start, start + len(target), better),))
