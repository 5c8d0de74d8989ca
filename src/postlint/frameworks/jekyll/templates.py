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

# Plugin → the tags that it registers, if it registers any.
_TAGS = {
    "jekyll-gist": ("gist",),
    "jekyll-seo-tag": ("seo",),
    "jekyll-feed": ("feed_meta",),
    "jekyll-avatar": ("avatar",),
    "jekyll-octicons": ("octicon",),
    "jekyll-include-cache": ("include_cached",),
    "jekyll-last-modified-at": ("last_modified_at",),
    "jekyll-github-metadata": ("github_edit_link",),
    "jekyll-toc": ("toc", "toc_only"),
    "jekyll-figure": ("figure",),
    "jekyll-youtube": ("youtube",),
    "jekyll-assets": ("asset", "asset_path", "img", "image"),
    "jekyll-polyglot": ("I18n_Headers", "static_href"),
    "jekyll-scholar": ("bibliography", "bibliography_count", "cite", "cite_details", "quote", "reference", "nocite"),
}
# What GitHub Pages loads without being asked; a site without a Gemfile may be built there.
_PAGES = frozenset(("jekyll-gist", "jekyll-github-metadata"))
# Plugins that register no tags, or only those above.
_QUIET = QUIET_PLUGINS | {
    *("jekyll-archives", "jekyll-paginate-v2", "jekyll-polyglot", "jekyll-sass-converter", "jekyll-theme-primer"),
    *("jekyll-scholar", "jekyll-paginate", "webrick", "kramdown-parser-gfm", "jekyll-postcss", "jekyll-admin"),
}
# Theme → the plugins that it loads.
_THEMES = {
    "minima": ("jekyll-feed", "jekyll-seo-tag"),
    "jekyll-theme-primer": ("jekyll-github-metadata", "jekyll-seo-tag"),
}
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
            return Engine("liquid", "Jekyll")
        plugins, complete = self._plugins(files)
        tags: dict[str, bool | None] = {name: None for plugin in plugins for name in _TAGS.get(plugin, ())}
        at = f"{self._site.source}/" if self._site.source else ""
        own_code = False
        for path in below(files, f"{at}{self._site.texts.get('plugins_dir', '_plugins')}", (".rb",)):
            own_code = True
            text = files.read_text(path) or ""
            registered = _REGISTERED.findall(text)
            if len(_CHANGES.findall(text)) > len(registered):
                return None
            for name, kind in registered:
                tags[name] = _is_block(text, kind.rpartition(":")[2])
        folder = f"{at}{self._site.texts.get('includes_dir', '_includes')}"
        includes = frozenset(path[len(folder) + 1 :] for path in below(files, folder, ("",)))
        variables = _VARIABLES if complete and not own_code else None
        return Engine(
            "liquid", "Jekyll", tags, complete, None, None if self._themed or not includes else includes, variables
        )

    @property
    def _themed(self) -> bool:
        return "theme" in self._site.texts or "remote_theme" in self._site.texts

    @cached_property
    def layouts(self) -> str | None:
        """The folder of the site's layouts; None if a theme has others."""
        at = f"{self._site.source}/" if self._site.source else ""
        return None if self._themed else f"{at}{self._site.texts.get('layouts_dir', '_layouts')}"

    def layout_names(self, folder: str, files: Files) -> frozenset[str]:
        """What posts may name as a layout (layout_reader.rb, `layout_name`), given the folder of layouts. Empty if
        there are none, so that they may come from elsewhere."""
        names = {path[len(folder) + 1 :].rpartition(".")[0] for path in below(files, folder, ("",))}
        # GitHub Pages takes those of its default theme; `none` asks for no layout (convertible.rb, `invalid_layout?`).
        return frozenset(names | {"none", "default", "home", "page", "post"}) if names else frozenset()

    def _plugins(self, files: Files) -> tuple[frozenset[str], bool]:
        """The gems that Jekyll loads for the site, and whether they are known to register no other tags."""
        text = files.read_text("Gemfile") or ""
        grouped = {name for group in _PLUGIN_GROUP.findall(text) for name in _GEM.findall(group)}
        named = {name for name in _GEM.findall(text) if name.startswith("jekyll-")}
        theme = self._site.texts.get("theme")
        loaded = self._site.plugins | grouped | named | set(_THEMES.get(theme or "", ()))
        if self._site.pages or not text:
            loaded |= _PAGES
        known = (loaded <= _QUIET and (theme is None or theme in _THEMES)) or self._site.pages
        return loaded, known


def _is_block(text: str, name: str) -> bool | None:
    """Whether the class `name` in the Ruby code `text` is a tag that has a closing one."""
    found = re.search(rf"class\s+{re.escape(name)}\s*<\s*([\w:]+)", text)
    if found is None:
        return None
    return True if found[1].endswith("Block") else False if found[1] == "Liquid::Tag" else None
