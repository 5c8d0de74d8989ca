"""The shortcodes of a Zola site: its own, its theme's, and those that Zola has or had."""

from functools import cached_property

from postlint.body.templates import Engine
from postlint.files.files import Files
from postlint.frameworks._shared.own_modules import below
from postlint.frameworks.zola.settings import ZolaSettings

_BUILT_IN: dict[str, bool | None] = dict.fromkeys(("youtube", "vimeo", "streamable", "gist"))


class ZolaTemplates:
    """What reads the shortcodes in the posts of one site."""

    def __init__(self, site: ZolaSettings, files: Files | None) -> None:
        self._site, self._files = site, files

    @cached_property
    def engine(self) -> Engine:
        """See `Framework.template_engine`."""
        tags = dict(_BUILT_IN)
        if self._files is None:
            return Engine("zola", "Zola", tags)
        for templates in self._site.templates:
            folder = f"{templates}/shortcodes"
            for path in below(self._files, folder, (".html", ".md")):
                tags[path[len(folder) + 1 :].rpartition(".")[0]] = None
        return Engine("zola", "Zola", tags, not self._site.unseen)
