"""Next.js blogs: pages that are Markdown, nextra, contentlayer and the like, and posts that the site's own code reads.

Sources: packages next, nextra, contentlayer, gray-matter, vfile-matter, remark-frontmatter; their functions run.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from postlint.body.mdx_syntax import Setup
from postlint.body.syntax import Syntax
from postlint.files.files import Files
from postlint.frameworks._shared import config_files, custom_fields, mdx_setup, own_reader
from postlint.frameworks.answers import ABOUT_THE_REPOSITORY, Address, Moment, Setting, Target, Where
from postlint.frameworks.framework import Framework
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, ServingTraits
from postlint.front_matter import Dialect, Fence, gray_matter

_CONFIGS = tuple(f"next.config.{ending}" for ending in config_files.SCRIPTS)
_ROUTES = ("app", "pages", "src/app", "src/pages")
_OWN_ID = re.compile(r"\[#([^\]]+)\]\s*$")
_MDX = ("next-mdx-remote", "next-mdx-remote-client", "mdx-bundler", "@mdx-js/mdx")
_MARKDOWN = (
    *("remark-html", "remark-rehype", "rehype-stringify", "marked", "markdown-it", "react-markdown", "showdown"),
    *("markdown-to-jsx", "@markdoc/markdoc", "micromark", "snarkdown", "@next/mdx"),
)
_MATH = ("remark-math", "rehype-katex", "rehype-mathjax")


class Next(Framework):
    """One Next.js site."""

    name: ClassVar[str] = "next"
    title: ClassVar[str] = "Next.js"
    addressing = AddressTraits(from_names=False)
    excluded_names: ClassVar[frozenset[str]] = ABOUT_THE_REPOSITORY
    roles: Mapping[str, tuple[str, ...]] = custom_fields.ROLES

    @classmethod
    def detect(cls, files: Files) -> str | None:
        if name := config_files.first(files, _CONFIGS):
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

        site = settings.read(files, config_files.first(files, _CONFIGS)) if files else settings.NextSettings()
        content = next_content.read(files, site) if files else next_content.NextContent()
        self.dialect = _dialect(content.reader, site.packages)
        self.collections = content.collections
        line_based = files is not None and content.reader == "code" and own_reader.is_likely(files)
        self.front_matter = FrontMatterTraits(escaped=True, line_based=line_based)
        self.folders = FolderTraits(("public",))
        self.serving = ServingTraits(site.home)
        self._math = any(name in site.packages for name in _MATH)
        # The site's own code gives all posts to MDX where it has nothing else to render Markdown with.
        self._reads_mdx = (
            content.reader == "code"
            and any(name in site.packages for name in _MDX)
            and not any(name in site.packages for name in _MARKDOWN)
        )
        self._slugs = content.reader in ("nextra", "fumadocs") or "rehype-slug" in site.packages
        self._pages = NextPages(site, content, files)
        self._mdx = mdx_setup.read(files)
        self.settings = (
            *site.reported,
            Setting("posts read by", content.reader, content.origin),
        )

    def syntax(self, path: str) -> Syntax:
        is_mdx = path.endswith(".mdx") or (self._reads_mdx and not path.startswith(("pages/", "src/pages/")))
        return Syntax(mdx=is_mdx, shortcodes=(), math=self._math, admonitions=False)

    def mdx(self, path: str, data: Mapping[str, Any]) -> Setup | None:
        return self._mdx if path.endswith(".mdx") else None

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._pages.address(path, data)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return custom_fields.is_draft(data)

    def moment(self, value: object, text: str) -> Moment:
        from postlint.frameworks._shared import new_date

        return new_date.moment(value, text)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.image(path, target, where)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.link(path, target, where)

    def could_answer(self, address: str) -> bool:
        return self._pages.could_answer(address)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        """Those of rehype-slug; what the site's own code makes is not known."""
        from postlint.frameworks._shared import github_anchors

        if not self._slugs:
            return None
        own = (found[1] for text in headings if (found := _OWN_ID.search(text)))
        return github_anchors.anchors((*headings, *own))


def _dialect(reader: str, packages: Mapping[str, str]) -> Dialect:
    """How the posts' reader finds front matter, and which YAML it speaks."""
    if reader == "nextra":
        return _remark()
    if reader == "fumadocs":
        return gray_matter.dialect("js-yaml-4")
    if reader != "code":
        return gray_matter.dialect("yaml-1.2")
    if "gray-matter" not in packages and "front-matter" not in packages:
        if "next-mdx-remote" in packages:
            return _vfile_matter()
        if "remark-frontmatter" in packages:
            return _remark()
    return gray_matter.dialect("js-yaml-3")


def _vfile_matter() -> Dialect:
    """vfile-matter 5: `---` alone on the first line, at the very beginning, and on a later one."""
    fence = Fence("yaml", re.compile(r"---(?=\r?\n)"), re.compile(r"^---(?=\r?\n|\Z)", re.MULTILINE))
    return Dialect((fence,), yaml="yaml-1.2", refuses_repeats=True, breaks=True)


def _remark() -> Dialect:
    """remark-frontmatter 5: white space may follow the hyphens, and a byte order mark stand before them."""
    closing = re.compile(r"^---[ \t]*(?=[\r\n]|\Z)", re.MULTILINE)
    fence = Fence("yaml", re.compile(r"\ufeff?---[ \t]*(?=[\r\n])"), closing)
    return Dialect((fence,), yaml="yaml-1.2", refuses_repeats=True, breaks=True)
