"""Where the links, embeds and images of a Quartz site lead: all are looked for in the same way.

Sources: jackyzha0/quartz 4.5, quartz/plugins/transformers/{ofm,links}.ts and quartz/util/path.ts; builds with it.
"""

import posixpath
import re
from collections.abc import Sequence

from postlint.frameworks._shared import wikilinks
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Embedded, Target, Where, is_external
from postlint.frameworks.quartz import notes
from postlint.frameworks.quartz.settings import CONTENT, QuartzSettings
from postlint.frameworks.web import decoded

_STATIC = "/static/"
_MADE = ("/tags", "/404", "/index.xml", "/sitemap.xml", _STATIC)
_UNRELATED = "Quartz looks for it from the root of the notes; write the whole path, or a name that only one file has"


def embedded(tag: str) -> Sequence[Embedded]:
    """The target of `[[…]]` and `![[…]]`."""
    found = wikilinks.embedded(tag, wikilinks.MEDIA, chains=False)
    return [each for each in found if not each.target.startswith("#")]


class QuartzLinks:
    """The links of one site's notes."""

    def __init__(self, site: QuartzSettings, names: notes.Names) -> None:
        self._site = site
        self._names = names

    def lead(self, path: str, target: str, where: Where, image: bool) -> Target:
        if is_external(target):
            return EXTERNAL
        site = self._site
        written = target.partition("#")[0] if where == "shortcode" else decoded(re.sub(r"[?#].*", "", target))
        if not written or not site.readable or where not in ("markdown", "reference", "html", "shortcode"):
            return UNKNOWN
        if where == "shortcode" and not site.wikilinks:
            return UNKNOWN
        if written.startswith(_STATIC):
            return Target("files", (f"quartz{written}",))
        form = written.removesuffix(".md")
        if site.resolution == "relative":
            asked = posixpath.normpath(
                posixpath.join("/", posixpath.dirname(path[len(CONTENT) + 1 :]), form.lstrip("/"))
            )
        elif site.resolution == "shortest" and (found := self._unique(form.removeprefix("./").strip("/"))):
            return found
        else:
            asked = posixpath.normpath(f"/{form.lstrip('/')}")
        found = self._at(asked, image, "/" not in form.strip("./"))
        # Notes are linked before they are written, and one host may serve several such sites.
        is_doubtful = not image and (where == "shortcode" or written.startswith("/"))
        return found._replace(certain=False) if found.status == "files" and is_doubtful else found

    def _unique(self, form: str) -> Target | None:
        """What `form` names, if only one note or file is called so; in version 5 its last parts are enough."""
        if "/" in form and self._site.version < 5:
            return None
        name = notes.slug(posixpath.basename(form.rstrip("/")), self._site.version)
        name = name.lower() if self._site.version >= 5 and "." not in name else name
        found = self._names.named(name)
        if self._site.version >= 5 and "/" in form:
            tail = "/" + notes.slug(form.strip("/"), self._site.version).lower()
            found = [each for each in found if each[0].rstrip("/").endswith(tail)]
        return self._target(*found[0]) if len(found) == 1 and name not in ("", "index") else None

    def _target(self, address: str, below: str) -> Target:
        if below.endswith(".md"):
            return Target("files", (), address=self._site.base + address)
        return self._file(below)

    def _file(self, below: str) -> Target:
        if not self._site.assets:
            return Target("missing", note="without the Assets emitter Quartz copies no file")
        return Target("files", (f"{CONTENT}/{below}",))

    def _at(self, asked: str, image: bool, is_bare: bool) -> Target:
        """What lies at `asked`, a path from the root of the notes."""
        site, below = self._site, asked[1:]
        if image or posixpath.splitext(below)[1].lower() in wikilinks.MEDIA:
            near = {file for _, file in self._names.named(notes.slug(posixpath.basename(below), site.version))}
            if below in near:
                return self._file(below)
            return Target("missing", note=_UNRELATED) if near else Target("files", (f"{CONTENT}/{below}",))
        made = notes.address(below, site.version)
        if made.startswith(_MADE):
            return Target("unknown", address=site.base + made)
        note = _UNRELATED if self._names.named(posixpath.basename(made)) and not is_bare else None
        paths = (f"{CONTENT}{asked}",) if posixpath.splitext(asked)[1] else ()
        return Target("files", (*paths, f"{CONTENT}{asked}.html"), address=site.base + made, note=note)
