"""What Jekyll's Liquid knows besides its own tags: what plugins register, and the files that `include` finds."""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from postlint.body.templates import Engine
from postlint.files.files import Files
from postlint.frameworks._shared.own_modules import below
from postlint.frameworks.jekyll.addresses import JekyllAddresses
from postlint.frameworks.jekyll.settings import QUIET_PLUGINS, JekyllSettings

# Tags of plugins that are widely used, taken for known in every site: a plugin may come with a theme.
_TAGS: dict[str, bool | None] = {
    **dict.fromkeys(("gist", "seo", "feed_meta", "avatar", "octicon", "include_cached", "last_modified_at"), False),
    **dict.fromkeys(
        ("github_edit_link", "helptext", "toc", "toc_only", "figure", "youtube", "cite", "reference"), None
    ),
    **dict.fromkeys(("bibliography", "quote", "asset", "asset_path", "picture", "responsive_image", "t", "tf"), None),
}
# Plugins that register no tags, or only those above.
_QUIET = QUIET_PLUGINS | {
    *("jekyll-archives", "jekyll-paginate-v2", "jekyll-polyglot", "jekyll-sass-converter", "jekyll-theme-primer"),
    *("jekyll-scholar", "jekyll-paginate", "webrick", "kramdown-parser-gfm", "jekyll-postcss", "jekyll-admin"),
}
_QUIET_THEMES = frozenset(("minima", "jekyll-theme-primer"))
_PLUGIN_GROUP = re.compile(r"group\s*\(?\s*:jekyll_plugins\b[^\n]*\n([\s\S]*?)^\s*end\b", re.MULTILINE)
_GEM = re.compile(r"""^[^#\n]*\bgem\s*\(?\s*["']([\w-]+)["']""", re.MULTILINE)
_REGISTERED = re.compile(r"""register_tag\s*\(?\s*["'](\w+)["'](?:\.freeze)?\s*,\s*([\w:]+)""")
# Code that may change what Liquid gets to read.
_CHANGES = re.compile(
    r"register_tag|:pre_render|:post_init|:post_read|\.content\s*=|Liquid::\w+\.(?:prepend|class_eval)"
)
_VARIABLES = frozenset(("site", "page", "layout", "content", "paginator", "jekyll", "theme", "include"))


class JekyllTemplates:
    """What reads the tags in the posts of one site."""

    def __init__(self, site: JekyllSettings, addresses: JekyllAddresses, files: Files | None) -> None:
        self._site, self._addresses, self._files = site, addresses, files

    def engine(self, path: str, data: Mapping[str, Any]) -> Engine | None:
        """See `Framework.template_engine`."""
        place = self._addresses.place(path)
        if place.kind == "unread":
            return None
        if self._site.version >= (4, 0) and self._addresses.values(place, data).get("render_with_liquid") is False:
            return None
        return self._engine

    @cached_property
    def _engine(self) -> Engine | None:
        files = self._files
        if files is None:
            return Engine("liquid", "Jekyll", _TAGS)
        tags: dict[str, bool | None] = dict(_TAGS)
        at = f"{self._site.source}/" if self._site.source else ""
        complete = self._knows_plugins(files)
        own_code = False
        for path in below(files, f"{at}{self._site.texts.get('plugins_dir', '_plugins')}", (".rb",)):
            own_code = True
            text = files.read_text(path) or ""
            registered = _REGISTERED.findall(text)
            if len(_CHANGES.findall(text)) > len(registered):
                return None
            for name, kind in registered:
                tags[name] = _is_block(text, kind.rpartition(":")[2])
        themed = "theme" in self._site.texts or "remote_theme" in self._site.texts
        folder = f"{at}{self._site.texts.get('includes_dir', '_includes')}"
        includes = frozenset(path[len(folder) + 1 :] for path in below(files, folder, ("",)))
        variables = _VARIABLES if complete and not own_code else None
        return Engine("liquid", "Jekyll", tags, complete, None, None if themed or not includes else includes, variables)

    def _knows_plugins(self, files: Files) -> bool:
        """Whether all gems that Jekyll loads for the site are known to register no other tags."""
        if self._site.pages:
            return True  # GitHub Pages loads no others.
        text = files.read_text("Gemfile") or ""
        grouped = {name for group in _PLUGIN_GROUP.findall(text) for name in _GEM.findall(group)}
        named = {name for name in _GEM.findall(text) if name.startswith("jekyll-")}
        theme = self._site.texts.get("theme")
        return (self._site.plugins | grouped | named) <= _QUIET and (theme is None or theme in _QUIET_THEMES)


def _is_block(text: str, name: str) -> bool | None:
    """Whether the class `name` in the Ruby code `text` is a tag that has a closing one."""
    found = re.search(rf"class\s+{re.escape(name)}\s*<\s*([\w:]+)", text)
    if found is None:
        return None
    return True if found[1].endswith("Block") else False if found[1] == "Liquid::Tag" else None
