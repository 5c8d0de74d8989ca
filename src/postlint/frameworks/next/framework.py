"""Next.js blogs: pages that are Markdown, nextra, contentlayer and the like, and posts that the site's own code reads.

Sources: packages next, nextra, contentlayer, gray-matter, vfile-matter, remark-frontmatter; their functions run.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from postlint.body.syntax import Syntax
from postlint.files import Files
from postlint.frameworks import (
    ABOUT_THE_REPOSITORY,
    Address,
    Framework,
    Moment,
    Setting,
    Target,
    Where,
    _config_files,
    _custom_fields,
    _gray_matter,
    _mdx_setup,
    _own_reader,
)
from postlint.front_matter import Dialect, Fence
from postlint.mdx import Setup

_CONFIGS = tuple(f"next.config.{ending}" for ending in _config_files.SCRIPTS)
_ROUTES = ("app", "pages", "src/app", "src/pages")
_OWN_ID = re.compile(r"\[#([^\]]+)\]\s*$")
_MATH = ("remark-math", "rehype-katex", "rehype-mathjax")


class Next(Framework):
    """One Next.js site."""

    name: ClassVar[str] = "next"
    title: ClassVar[str] = "Next.js"
    addresses_known: ClassVar[bool] = False
    excluded_names: ClassVar[frozenset[str]] = ABOUT_THE_REPOSITORY
    roles: Mapping[str, tuple[str, ...]] = _custom_fields.ROLES

    @classmethod
    def detect(cls, files: Files) -> str | None:
        if name := _config_files.first(files, _CONFIGS):
            return name
        text = files.read_text("package.json")
        if text is None or '"next"' not in text or not any(files.find_folder(f).status == "ok" for f in _ROUTES):
            return None
        from postlint.javascript import package_json

        return "package.json" if "next" in package_json.read(files).ranges else None

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.next import content as next_content
        from postlint.frameworks.next import settings
        from postlint.frameworks.next.pages import NextPages

        site = settings.read(files, _config_files.first(files, _CONFIGS)) if files else settings.NextSettings()
        content = next_content.read(files, site) if files else next_content.NextContent()
        self.dialect = _dialect(content.reader, site.packages)
        self.collections = content.collections
        self.reads_lines = files is not None and content.reader == "code" and _own_reader.is_likely(files)
        self.shared_public = ("public",)
        self._math = any(name in site.packages for name in _MATH)
        self._slugs = content.reader in ("nextra", "fumadocs") or "rehype-slug" in site.packages
        self._pages = NextPages(site, content, files)
        self._mdx = _mdx_setup.read(files)
        self.settings = (
            *site.told,
            Setting("posts read by", content.reader, content.origin),
        )

    def syntax(self, path: str) -> Syntax:
        return Syntax(mdx=path.endswith(".mdx"), shortcodes=(), math=self._math, admonitions=False)

    def mdx(self, path: str, data: Mapping[str, Any]) -> Setup | None:
        return self._mdx if path.endswith(".mdx") else None

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._pages.address(path, data)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return _custom_fields.is_draft(data)

    def moment(self, value: object, text: str) -> Moment:
        from postlint.frameworks import _new_date

        return _new_date.moment(value, text)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.image(path, target, where)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.link(path, target, where)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        """Those of rehype-slug; what the site's own code makes is not known."""
        from postlint.frameworks import _github_anchors

        if not self._slugs:
            return None
        own = (found[1] for text in headings if (found := _OWN_ID.search(text)))
        return _github_anchors.anchors((*headings, *own))


def _dialect(reader: str, packages: Mapping[str, str]) -> Dialect:
    """How the posts' reader finds front matter, and which YAML it speaks."""
    if reader == "nextra":
        return _remark()
    if reader == "fumadocs":
        return _gray_matter.dialect("js-yaml-4")
    if reader != "code":
        return _gray_matter.dialect("yaml-1.2")
    if "gray-matter" not in packages and "front-matter" not in packages:
        if "next-mdx-remote" in packages:
            return _vfile_matter()
        if "remark-frontmatter" in packages:
            return _remark()
    return _gray_matter.dialect("js-yaml-3")


def _vfile_matter() -> Dialect:
    """vfile-matter 5: `---` alone on the first line, at the very beginning, and on a later one."""
    fence = Fence("yaml", re.compile(r"---(?=\r?\n)"), re.compile(r"^---(?=\r?\n|\Z)", re.MULTILINE))
    return Dialect((fence,), yaml="yaml-1.2", refuses_repeats=True, breaks=True)


def _remark() -> Dialect:
    """remark-frontmatter 5: white space may follow the hyphens, and a byte order mark stand before them."""
    closing = re.compile(r"^---[ \t]*(?=[\r\n]|\Z)", re.MULTILINE)
    fence = Fence("yaml", re.compile(r"\ufeff?---[ \t]*(?=[\r\n])"), closing)
    return Dialect((fence,), yaml="yaml-1.2", refuses_repeats=True, breaks=True)
