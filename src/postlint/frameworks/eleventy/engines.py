"""What Eleventy's engines know besides their own tags and filters: what its configuration and plugins add."""

import posixpath
import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from postlint.body.templates import Engine
from postlint.body.templates.liquid import FILTERS as LIQUID_FILTERS
from postlint.body.templates.nunjucks import FILTERS as NUNJUCKS_FILTERS
from postlint.files.files import Files
from postlint.frameworks._shared import own_modules
from postlint.frameworks.eleventy.data import Data
from postlint.frameworks.eleventy.settings import EleventySettings, config_file

_FILTERS = frozenset(
    (
        *("slug", "slugify", "url", "log", "inputPathToUrl", "renderTransforms", "serverlessUrl", "renderContent"),
        *("getCollectionItem", "getPreviousCollectionItem", "getNextCollectionItem", "getCollectionItemIndex"),
        *("htmlBaseUrl", "transformWithHtmlBase", "addPathPrefixToFullUrl", "locale_url", "locale_links"),
        *(
            "eleventyNavigation",
            "eleventyNavigationBreadcrumb",
            "eleventyNavigationToHtml",
            "eleventyNavigationToMarkdown",
        ),
        *("dateToRfc3339", "dateToRfc822", "rssLastUpdatedDate", "rssDate", "absoluteUrl", "htmlToAbsoluteUrls"),
        *("convertHtmlToAbsoluteUrls", "getNewestCollectionItemDate"),
    )
)
_TAGS: dict[str, bool | None] = {
    **dict.fromkeys(("getBundle", "getBundleFileUrl", "renderFile"), False),
    **dict.fromkeys(("css", "js", "html", "svg", "highlight", "renderTemplate", "image"), None),
}
# The site's own modules, and packages whose plugins add nothing but that.
_KNOWN_PLUGIN = re.compile(
    r"\.{1,2}/.*|@11ty/eleventy(?:-plugin-(?:rss|syntaxhighlight|bundle|directory-output)|-navigation|-img|-fetch|-upgrade-help)?"
)
_PLUGIN = re.compile(r"""\.addPlugin\(\s*(?:(?:await\s+import|require)\(\s*["']([^"'\n]+)|([\w$]+)|)""")
_ADDED = re.compile(
    r"\.add(?P<what>(?:Async|Liquid|Nunjucks|NunjucksAsync|JavaScript|Paired|PairedAsync|PairedLiquid|PairedNunjucks"
    r"|PairedNunjucksAsync)?(?:Filter|Shortcode|Tag))\(\s*(?:[\"'`](?P<name>[\w-]+)[\"'`])?"
)
# Code that may change what the engines read, or how; the preprocessor `drafts`, by custom, only leaves drafts out.
_CHANGES = re.compile(
    r"\baddPreprocessor\((?!\s*[\"']drafts[\"'])|\bsetLibrary\(|\baddExtension\(\s*\[?\s*[\"']md\b|templateEngineOverride"
)
_OPTIONS = re.compile(r"\bset(?:Liquid|NunjucksEnvironment)Options\(")
_UNKNOWN = object()


class EleventyTemplates:
    """What reads the tags in the posts of one site."""

    def __init__(self, site: EleventySettings, data: Data, files: Files | None) -> None:
        self._site, self._data, self._files = site, data, files

    def engine(self, path: str, data: Mapping[str, Any]) -> Engine | None:
        """See `Framework.template_engine`."""
        if not path.lower().endswith(".md") or not self._site.readable or self._site.major < 2:
            return None
        wanted = self._override(path, data)
        if wanted is _UNKNOWN:
            return None
        engine = self._site.engine
        if wanted is not None:
            names = [each.strip() for each in wanted.split(",")] if isinstance(wanted, str) else []
            engine = next((name for name in names if name in ("njk", "liquid")), "")
            if any(name not in ("njk", "liquid", "md") for name in names):
                return None
        return self._liquid if engine == "liquid" else self._nunjucks if engine == "njk" else None

    def _override(self, path: str, data: Mapping[str, Any]) -> object:
        """The engines that the post, or data beside it, asks for; None if nothing does."""
        key = "templateEngineOverride"
        if key in data:
            return data[key]
        folder = posixpath.dirname(path)
        sources = [self._data.posts.get(posixpath.splitext(path)[0])]
        while True:
            sources.append(self._data.folders.get(folder))
            if not folder:
                break
            folder = posixpath.dirname(folder)
        found = next((source[key] for source in sources if source and key in source), None)
        return found if found is None or isinstance(found, (str, bool)) else _UNKNOWN

    @cached_property
    def _liquid(self) -> Engine | None:
        return self._made("liquidjs", "Nunjucks", LIQUID_FILTERS)

    @cached_property
    def _nunjucks(self) -> Engine | None:
        return self._made("nunjucks", "Liquid", NUNJUCKS_FILTERS)

    def _made(self, kind: Any, other: str, builtin: frozenset[str]) -> Engine | None:
        tags, filters, complete = dict(_TAGS), set(builtin | _FILTERS), True
        name = config_file(self._files) if self._files else None
        for text in own_modules.texts(self._files, (name,)) if self._files and name else ():
            if text is None:
                complete = False
                continue
            if _CHANGES.search(text):
                return None
            complete = complete and not _OPTIONS.search(text) and _knows_plugins(text)
            for found in _ADDED.finditer(text):
                what, added = found["what"], found["name"]
                if other in what:
                    continue
                if added is None:
                    complete = False
                elif what.endswith("Filter"):
                    filters.add(added)
                else:
                    tags[added] = True if what.startswith("Paired") else None if what.endswith("Tag") else False
        if self._files is None:
            complete = False
        return Engine(kind, "Eleventy", tags, complete, frozenset(filters) if complete else None)


def _knows_plugins(text: str) -> bool:
    """Whether all plugins that the code `text` adds are the site's own, or known."""
    for package, name in _PLUGIN.findall(text):
        source = package
        if name:
            escaped = re.escape(name)
            imported = re.search(
                rf"""(?:\bimport|\bconst|\blet|\bvar)\b[^;"'=]{{0,400}}(?<![\w$]){escaped}(?![\w$])[^;"']{{0,400}}["']([^"'\n]+)""",
                text,
            )
            if imported is None and re.search(rf"\b(?:function|const|let|var)\s+{escaped}(?![\w$])", text):
                continue
            source = imported[1] if imported else ""
        if not _KNOWN_PLUGIN.fullmatch(source):
            return False
    return True
