"""What Hexo's Nunjucks knows besides its own tags: Hexo's, and those that the theme and the site's scripts register."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from postlint.body.templates import Engine
from postlint.body.templates.nunjucks import FILTERS
from postlint.files.files import Files
from postlint.frameworks._shared.own_modules import below
from postlint.frameworks.hexo.settings import HexoSettings
from postlint.javascript import package_json

# Hexo 8, lib/plugins/tag/index.js.
_TAGS: dict[str, bool | None] = {
    **dict.fromkeys(("quote", "blockquote", "code", "codeblock", "pullquote"), True),
    **dict.fromkeys(("iframe", "img", "image", "include_code", "include-code", "a", "link", "anchor"), False),
    **dict.fromkeys(("post_path", "post_link", "asset_path", "asset_link", "asset_img", "asset_image"), False),
    **dict.fromkeys(("url_for", "full_url_for"), False),
}
# A package of their own since Hexo 7, hexo-tag-embed.
_EMBEDDED: dict[str, bool | None] = dict.fromkeys(("gist", "jsfiddle", "vimeo", "youtube"), False)
# Plugins that register no tags and leave the text of posts alone before Nunjucks reads it.
_QUIET = re.compile(
    r"hexo-(?:renderer-(?:marked|ejs|stylus|pug|less|sass|dart-sass|nunjucks|swig|jade|kramed|markdown-it)|server|cli|util"
    r"|fs|log|i18n|front-matter|pagination|deployer-.*|generator-.*|wordcount|word-counter|abbrlink|html-minifier|neat"
    r"|browsersync|symbols-count-time|related-.*|theme-landscape|all-minifier|autonofollow|filter-nofollow)"
)
_REGISTERED = re.compile(
    r"""tag\.register\(\s*["'`]([\w-]+)["'`]\s*,\s*([^;]{0,4000}?)(\{\s*ends\s*:\s*true|,\s*true\s*\)|\);?\s*$|\Z)""",
    re.MULTILINE,
)
# What a site's own tag may get ids from: its HTML, or another template.
_GIVES_IDS = re.compile(
    r"""\bid\s*[=:]|["']id["']|<h[1-6]\b|partial|getView|readFile|render(?:Sync|File)?\(\s*\{\s*path"""
)
_NAME = re.compile(r"\{%-?\s*(?:end)?([\w-]+)")
_CHANGES = re.compile(r"tag\.register|before_post_render|tag\.unregister|tag\.env")


class HexoTemplates:
    """What reads the tags in the posts of one site."""

    def __init__(self, site: HexoSettings, files: Files | None) -> None:
        self._site, self._files = site, files

    def gives_ids(self, tag: str) -> bool:
        """Whether what `tag` shows may have ids. Hexo's own tags have none (hexo 8.1.2, hexo-tag-embed 1.0.0),
        nor do those of the site's scripts in which nothing looks like one. Headings within a pair are the post's."""
        match = _NAME.match(tag)
        if match is None or self._engine is None:
            return True
        own = self._own.get(match[1])
        if own is not None:
            return _GIVES_IDS.search(own) is not None
        return match[1] not in _TAGS and match[1] not in _EMBEDDED and match[1] != "raw"

    @cached_property
    def _own(self) -> Mapping[str, str]:
        """The scripts of the site and its theme by the names of the tags that they register."""
        files = self._files
        texts = [files.read_text(path) or "" for path in self._scripts(files)] if files else []
        return {name: text for text in texts for name, _, _ in _REGISTERED.findall(text)}

    def _scripts(self, files: Files) -> Iterator[str]:
        theme = self._site.themes[0].removesuffix("/source") if self._site.themes else ""
        for folder in ("scripts", *([f"{theme}/scripts"] if theme else ())):
            yield from below(files, folder, (".js", ".cjs"))

    def engine(self, path: str, data: Mapping[str, Any]) -> Engine | None:
        """See `Framework.template_engine`."""
        own = data.get("disableNunjucks")
        if own is True or (own is not False and not self._site.nunjucks):
            return None
        return self._engine

    @cached_property
    def _engine(self) -> Engine | None:
        files, tags = self._files, _TAGS | (_EMBEDDED if self._site.major < 7 else {})
        if files is None:
            return Engine("hexo", "Hexo", tags)
        packages = package_json.read(files)
        plugins = [name for name in packages.ranges if name.startswith("hexo-")]
        theme_is_known = self._site.theme_is_here or self._site.themes == ("themes/landscape/source",)
        complete = packages.readable and all(map(_QUIET.fullmatch, plugins)) and theme_is_known
        filters: frozenset[str] | None = FILTERS if complete else None
        for path in self._scripts(files):
            text = files.read_text(path) or ""
            registered = _REGISTERED.findall(text)
            for name, _, end in registered:
                tags[name] = True if "true" in end else None
            changes = _CHANGES.findall(text)
            complete = complete and len(registered) >= len(changes)
            if "before_post_render" in changes or "tag.env" in changes:
                return None
        return Engine("hexo", "Hexo", tags, complete, filters, swallows=self._site.major < 8)
