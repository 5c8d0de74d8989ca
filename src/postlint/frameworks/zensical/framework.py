"""Zensical: Python-Markdown in a folder of docs, like MkDocs, but every file is a page and no key moves it.

Sources: package zensical 0.0.60 (config.py, and its answers); builds with it.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import quote

from postlint.body.syntax import Syntax
from postlint.files.files import Files
from postlint.frameworks import own_host, web
from postlint.frameworks._shared import mkdocs_plugins, site_settings, zensical_mark
from postlint.frameworks.answers import (
    EXTERNAL,
    UNKNOWN,
    Address,
    Collection,
    Moment,
    Reason,
    Setting,
    Target,
    Where,
    is_external,
)
from postlint.frameworks.framework import Framework
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits, ServingTraits
from postlint.front_matter import Dialect, Fence, Language

_OLDER = "mkdocs.yml"
_DIALECT = Dialect(
    (
        Fence(
            "yaml",
            re.compile(r"\ufeff?---[ \t]*(?=\r?\n)"),
            re.compile(r"^(?:---|\.\.\.)[ \t]*\r?$", re.MULTILINE),
        ),
    ),
    yaml="saphyr",
)
# zensical/templates/: what a page may name without templates of the site's own.
_TEMPLATES = ("404.html", "base.html", "main.html", "redirect.html")
_NOT_SEEN = "Zensical finds no page there"


class Zensical(Framework):
    """One site of Zensical."""

    name: ClassVar[str] = "zensical"
    title: ClassVar[str] = "Zensical"
    dialect = _DIALECT
    front_matter = FrontMatterTraits(any_line_ends=True, optional=True)
    addressing = AddressTraits(from_names=False)
    linking = LinkTraits(raw_headings_have_ids=False, places_demanded=True)
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description",),
        "image": ("image", "cover"),
        "tags": ("tags",),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        return zensical_mark.mark(files)

    def __init__(self, files: Files | None) -> None:
        name = zensical_mark.CONFIG if files is None or files.is_file(zensical_mark.CONFIG) else _OLDER
        read = site_settings.read(files, name) if files else {}
        config: Mapping[str, Any] = site_settings.table(read, "project") or read if read is not None else {}
        docs = config.get("docs_dir", "docs")
        self._docs = posixpath.normpath(docs) if isinstance(docs, str) and not docs.startswith(("/", "..")) else None
        self._readable = read is not None
        self._folders = config.get("use_directory_urls") is not False
        plugins = dict(mkdocs_plugins.plugins(config.get("plugins")))
        self._tags = plugins.get("tags")
        # Those of other names may be autorefs and mkdocstrings, which define the labels of links.
        extensions = mkdocs_plugins.plugins(config.get("markdown_extensions"))
        snippets = any("snippets" in name or "snippets" in options for name, options in extensions)
        self.linking = self.linking._replace(completed=snippets or not plugins.keys() <= {"search", "tags", "blog"})
        theme = config.get("theme")
        self._templates = () if isinstance(theme, dict) and "custom_dir" in theme else _TEMPLATES
        url = config.get("site_url")
        base = re.match(r"https?://[^/]+(/.*)?$", url) if isinstance(url, str) else None
        self._base = (base[1] or "").rstrip("/") if base else ""
        self.settings = (Setting("docs_dir", docs, name), Setting("use_directory_urls", self._folders, name))
        self.serving = ServingTraits(own_host.home(url, self._base), self._base, self._base)
        if self._tags is not None:
            self.front_matter = self.front_matter._replace(tags_as_text="refused")
        if self._docs is not None:
            self.folders = FolderTraits((self._docs,))
            self.collections = (Collection("pages", (f"{self._docs}/**/*.md",), (f"{self._docs}/**/.*/**",)),)

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=(), blank_targets=True, heading_blank="none")

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        if not self._readable or self._docs is None:
            return Address(None, reason=Reason("postlint cannot read the settings of Zensical"))
        address = quote(self._place(path), safe="/!$&'()*+,;=:@~")
        return Address((address,), address)

    def _place(self, path: str) -> str:
        """The address as a browser shows it: the file's path, in the form that the settings ask for."""
        below = path.removeprefix(f"{self._docs}/").removesuffix(".md")
        folder, _, name = below.rpartition("/")
        at = f"/{folder}/" if folder else "/"
        if name in ("index", "README"):
            return at if self._folders else f"{at}index.html"
        return f"{at}{name}/" if self._folders else f"{at}{name}.html"

    def contested(self, path: str, others: Sequence[str]) -> Address | None:
        if path.endswith("/README.md"):
            return Address((), reason=Reason("Zensical leaves out a README beside an index"))
        return None if any(each.endswith("/README.md") for each in others) else super().contested(path, others)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return False

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        if language is not None and not data:
            return Reason("front matter must not be empty: remove its two lines", stops=True)
        if isinstance(data.get("hide"), (int, float)) and not isinstance(data["hide"], bool):
            return Reason("`hide` must be a list", stops=True, field="hide", kind="value")
        template = data.get("template")
        if isinstance(template, str) and self._templates and template not in self._templates:
            text = f"Zensical has no template `{template[:60]}`, and `custom_dir` gives none"
            return Reason(text, stops=True, field="template", kind="value")
        return (_refused_tags(data["tags"], self._tags) if self._tags is not None and "tags" in data else None) or data

    def non_mapping_values(self, value: object) -> object:
        return Reason("front matter must be `key: value` lines", stops=True, kind="front matter")

    def moment(self, value: object, text: str) -> Moment:
        return Moment(None)  # no date has a meaning

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        if is_external(target):
            return EXTERNAL
        form = web.clean(target)
        if not form or self._docs is None or "{{" in target:
            return UNKNOWN
        if form.startswith("/"):
            if not form.startswith(f"{self._base}/") or form.startswith(f"{self._base}/assets/"):
                return UNKNOWN
            return Target("files", (f"{self._docs}{form[len(self._base) :]}",), where != "field")
        found = web.beside(path, form, certain=where != "field")
        inside = found.status == "files" and found.paths[0].startswith(f"{self._docs}/")
        return found if inside or where == "field" else UNKNOWN

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        if is_external(target):
            return EXTERNAL
        form = web.clean(target)
        if not form or self._docs is None or not self._readable or where not in ("markdown", "reference", "html"):
            return UNKNOWN
        if form.endswith(".md") and "?" not in target:
            found = web.source(path, form, self._docs)
            if found is None or not found.startswith(f"{self._docs}/"):
                return Target("missing", note="it lies outside the folder of the docs")
            return Target("files", (found,), note=_NOT_SEEN)
        if web.leaves(self._place(path), form):
            return UNKNOWN  # Another site, or another version of this one.
        asked = form if form.startswith("/") else web.absolute(self._place(path), form)
        return web.page(asked, (self._docs,), self._base, certain=False)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        from postlint.frameworks._shared.python_slugs import toc

        return toc(headings)


def _refused_tags(tags: object, options: Mapping[str, Any] | None) -> Reason | None:
    if not isinstance(tags, list):
        return Reason("`tags` must be a list", stops=True, field="tags", kind="value")
    allowed = (options or {}).get("tags_allowed")
    for number, tag in enumerate(tags):
        if not isinstance(tag, (str, int, float)):
            return Reason("every tag must be text", stops=True, field=f"tags[{number}]", kind="value")
        if isinstance(allowed, list) and allowed and tag not in allowed:
            text = f"`tags_allowed` in the settings does not have `{str(tag)[:40]}`"
            return Reason(text, stops=True, field=f"tags[{number}]", kind="value")
    return None
