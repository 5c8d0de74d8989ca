"""Images that are not there."""

from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Severity
from postlint.facts import Use
from postlint.files import Files
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site import Site

_PNG = {"public/a.png": "", "src/content/blog/b.png": ""}


class ImageMissing(SiteRule):
    """An image that is not where the site would look for it.

    It shows on its author's disk, perhaps, and nowhere else. Looked for as the site's framework serves files; what a
    template may build, and what lies on other hosts, is not judged. A warning only, where the framework leaves it to
    the site's own templates where an image of the front matter lies.
    """

    examples = (
        Good({"src/content/blog/post.md": "![a](/a.png) ![b](b.png) ![c](https://example.com/c.png)\n", **_PNG}),
        Good({"src/content/blog/post.md": "`![a](/none.png)`\n", **_PNG}),
        Good("![a](/no-file-system-to-ask.png)\n"),
        Bad({"src/content/blog/post.md": "![a](⟦/c.png⟧)\n", **_PNG}),
        Bad({"src/content/blog/post.md": "![a](⟦./sub/b.png⟧ 'Title')\n", **_PNG}),
        Bad({"src/content/blog/post.md": "![a](⟦/public/a.png⟧)\n", **_PNG}),
        Bad({"src/content/blog/post.md": "🚀 ![a](⟦/c.png⟧) ![b](⟦/d.png⟧)\n", **_PNG}),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        if site.files is None:
            return
        for facts, (use, found) in site.lost:
            if use.leads.status == "missing":
                note = f": {use.leads.note}" if use.leads.note else ""
                yield SiteFinding(facts.path, use.shown, f"image `{use.target}` is never served{note}", use.field)
            elif all(there.status == "missing" for there in found):
                if use.leads.certain:
                    yield SiteFinding(facts.path, use.shown, _message(use, site.files), use.field)
                elif not site.files.has_name(use.leads.paths[0].rpartition("/")[2]):
                    message = _message(use, site.files)
                    yield SiteFinding(facts.path, use.shown, message, use.field, severity=Severity.WARNING)


def _message(use: Use, files: Files) -> str:
    paths = use.leads.paths
    near = next((found for path in paths if (found := files.near(path))), None)
    hint = f"; there is `{near}`" if near else ""
    places = " or ".join(f"`{path}`" for path in paths[:2]) + (" …" if len(paths) > 2 else "")
    note = f"; {use.leads.note}" if use.leads.note and not near else ""
    return f"image `{use.target}` does not exist: no {places}{hint}{note}"
