"""The shortcodes of a Hugo site: its own, its themes', and Hugo's."""

import re
from functools import cached_property

from postlint.body.templates import Engine
from postlint.files.files import Files
from postlint.frameworks._shared.own_modules import below
from postlint.frameworks.hugo.settings import HugoSettings

# tpl/tplimpl/embedded/templates/_shortcodes, and those of older versions.
_EMBEDDED: dict[str, bool | None] = {
    **dict.fromkeys(("figure", "gist", "instagram", "param", "ref", "relref", "tweet", "twitter", "vimeo"), False),
    **dict.fromkeys(("x", "youtube", "speakerdeck", "instagram_simple", "twitter_simple", "vimeo_simple"), False),
    **dict.fromkeys(("details", "highlight", "qr"), True),
    "comment": None,
}
_FOLDERS = ("_shortcodes", "shortcodes")
_COMMENT = re.compile(r"\{\{-?\s*/\*[\s\S]*?\*/\s*-?\}\}")
_INNER = re.compile(r"\.Inner(?:Deindent)?\b")


class HugoTemplates:
    """What reads the shortcodes in the posts of one site."""

    def __init__(self, site: HugoSettings, files: Files | None) -> None:
        self._site, self._files = site, files

    @cached_property
    def engine(self) -> Engine:
        """See `Framework.template_engine`."""
        tags = dict(_EMBEDDED)
        if self._files is None:
            return Engine("hugo", "Hugo", tags)
        for layouts in reversed(self._site.layouts):
            own: dict[str, bool | None] = {}
            for folder in (f"{layouts}/{name}" for name in _FOLDERS):
                for path in below(self._files, folder, ("",)):
                    name = path[len(folder) + 1 :]
                    stem = name[: name.index(".", name.rfind("/") + 1)] if "." in name.rpartition("/")[2] else name
                    uses = _INNER.search(_COMMENT.sub("", self._files.read_text(path) or "")) is not None
                    # Of several templates, for languages and formats, any one may be asked.
                    own[stem] = uses if own.get(stem, uses) is uses else None
            tags.update(own)
        return Engine("hugo", "Hugo", tags, not self._site.unseen and not self._site.mounts_layouts)
