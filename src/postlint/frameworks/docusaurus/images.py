"""Where a Docusaurus site's images are looked for.

Sources: packages @docusaurus/mdx-loader and @docusaurus/utils (3.10).
"""

import posixpath
from collections.abc import Mapping
from typing import Any

from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Target, Where, is_external
from postlint.frameworks.docusaurus.addresses import DocusaurusAddresses
from postlint.frameworks.docusaurus.settings import DocusaurusSettings
from postlint.frameworks.web import EXTENSION, absolute, clean

_PATHNAME = "pathname://"
_TEMPLATE = ("{", "${")


class DocusaurusImages:
    """The images of one site's posts."""

    def __init__(self, site: DocusaurusSettings, addresses: DocusaurusAddresses) -> None:
        self._site = site
        self._addresses = addresses

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where) -> Target:
        if target.startswith(_PATHNAME):
            return self._served(target[len(_PATHNAME) :], certain=False)
        if is_external(target):
            return EXTERNAL
        form = clean(target)
        if not form or any(mark in target for mark in _TEMPLATE):
            return UNKNOWN
        if where == "field":
            return self._field(path, target, form)
        if where == "import":
            return self._imported(path, form)
        if where == "jsx":
            return self._served(form, certain=False) if form.startswith("/") else UNKNOWN
        if where == "html":
            if form.startswith("/"):
                return self._served(form)
            note = "HTML is left as it is: the browser asks for this next to the page; write `![…](…)` or `require`"
            return self._beside_page(path, data, form, note)
        if where == "reference":
            if form.startswith("/"):
                return self._served(form)
            note = "Docusaurus leaves an image whose path stands in a definition as it is; write `![…](path)`"
            return self._beside_page(path, data, form, note)
        return self._asset(path, form)

    def _asset(self, path: str, form: str) -> Target:
        """An image that the build takes along: missing, it stops the build."""
        site = self._site
        if form.startswith("@site/"):
            return self._inside(site.at + form[len("@site/") :])
        if not form.startswith("/"):
            return self._inside(posixpath.join(posixpath.dirname(path), form))
        if not site.static:
            return UNKNOWN
        note = None
        for folder in site.static:
            shown = folder.removeprefix(site.at)
            if form.startswith(f"/{shown}/"):
                note = f"what lies in `{shown}/` is served from the root; write `{form[len(shown) + 1 :]}`"
        return self._inside(*(folder + form for folder in site.static), note=note)

    def _imported(self, path: str, form: str) -> Target:
        """`import` and `require()`, as webpack resolves them."""
        if form.startswith("@site/"):
            return self._inside(self._site.at + form[len("@site/") :])
        if not form.startswith(("./", "../")):
            return UNKNOWN
        return self._inside(posixpath.join(posixpath.dirname(path), form))

    def _served(self, form: str, certain: bool = True) -> Target:
        """What a browser asks for by its address: a file of a static folder. Code may answer, too."""
        site = self._site
        if not site.static or not form.startswith("/"):
            return UNKNOWN
        certain = certain and EXTENSION.search(form) is not None
        if site.base is None:
            forms, certain = [form, "/" + form[1:].partition("/")[2]], False
        elif form.startswith(site.base):
            forms = [form[len(site.base) - 1 :]]
        else:
            # Another site of the same host may serve it.
            forms, certain = [form], False
        if form.startswith(f"{site.base or '/'}assets/"):
            certain = False
        return self._inside(*(folder + each for folder in site.static for each in forms), certain=certain)

    def _beside_page(self, path: str, data: Mapping[str, Any], form: str, note: str) -> Target:
        site = self._site
        address = self._addresses.address(path, data)
        if not site.static or not address.addresses or site.base is None:
            return UNKNOWN
        # Hosts serve an address without a slash at its end also with one.
        pages = {page for each in address.addresses for page in (each, f"{each.rstrip('/')}/")}
        asked = sorted({absolute(page, form) for page in pages})
        paths = tuple(
            folder + each[len(site.base) - 1 :]
            for folder in site.static
            for each in asked
            if each.startswith(site.base)
        )
        found = self._inside(*paths, note=note)
        return found if found.status == "files" else Target("missing", note=note)

    def _field(self, path: str, target: str, form: str) -> Target:
        """An image of the front matter: only `./…` is taken along, all else is an address below the site's own."""
        if not EXTENSION.search(form):
            return UNKNOWN
        if form.startswith("./") and " " in target:
            return Target("missing", note="Docusaurus refuses an image with a blank in its name here", stops=True)
        if form.startswith("./"):
            return self._inside(posixpath.join(posixpath.dirname(path), form))
        base = self._site.base
        if not self._site.static or base is None:
            return UNKNOWN
        address = form[len(base) - 1 :] if form.startswith(base) else f"/{form}"
        note = None
        if not form.startswith("/"):
            note = "Docusaurus takes only what begins with `./` as a file beside the post"
        asked = absolute("/", address.replace("//", "/"))
        relative = form.startswith("..")
        return self._inside(
            *(folder + asked for folder in self._site.static), certain=form.startswith("/") or relative, note=note
        )

    def _inside(self, *paths: str, certain: bool = True, note: str | None = None) -> Target:
        """Those of `paths` that do not lead out of the root; not to be judged where one does."""
        found = tuple(dict.fromkeys(posixpath.normpath(path) for path in paths))
        if not found or any(path.startswith("..") for path in found):
            return UNKNOWN
        return Target("files", found, certain, note)
