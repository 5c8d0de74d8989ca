"""What must be at the root of a site for its framework to be detected, known without importing any framework.

A framework is imported to be asked only if one of its marks is there. Its `detect` has the last word.
"""

from collections.abc import Set

from postlint.files.files import Files

_PACKAGE = "package.json"
_SCRIPTS = ("ts", "mts", "js", "mjs", "cts", "cjs")
_DATA = ("toml", "yaml", "yml", "json")


def _configs(name: str, endings: tuple[str, ...] = _SCRIPTS) -> tuple[str, ...]:
    return tuple(f"{name}.{ending}" for ending in endings)


# Framework → names of files and folders, and the word that package.json must have if it is the only mark.
_MARKS: dict[str, tuple[tuple[str, ...], str | None]] = {
    "ablog": (("conf.py",), None),
    "astro": (_configs("astro.config"), '"astro"'),
    "docusaurus": ((*_configs("docusaurus.config"), "website"), None),
    "eleventy": ((".eleventy.js", *_configs("eleventy.config")), '"@11ty/eleventy"'),
    "fumadocs": ((), '"fumadocs-mdx"'),
    "gatsby": (_configs("gatsby-config"), None),
    "hexo": (_configs("_config", _DATA), None),
    "hugo": ((*_configs("hugo", _DATA), *_configs("config", _DATA), "config"), None),
    "jekyll": ((*_configs("_config", _DATA), "Gemfile"), None),
    "mdbook": (("book.toml",), None),
    "mkdocs": (_configs("mkdocs", _DATA), None),
    "mystmd": (("myst.yml",), None),
    "next": (_configs("next.config"), '"next"'),
    "nikola": (("conf.py",), None),
    "nuxt": (_configs("nuxt.config"), None),
    "obsidian": ((".obsidian",), None),
    "pelican": (("pelicanconf.py",), None),
    "quarto": (_configs("_quarto", _DATA), None),
    "quartz": (("quartz.config.ts", "quartz.config.yaml"), None),
    "sveltekit": (_configs("svelte.config"), None),
    "vitepress": ((".vitepress",), None),
    "vuepress": ((".vuepress",), None),
    "zensical": (("zensical.toml", *_configs("mkdocs", _DATA)), None),
    "zola": (("zola.toml", "config.toml"), None),
}


# All of them, in lower case.
_ANY = frozenset((_PACKAGE, *(name.lower() for names, _ in _MARKS.values() for name in names)))


def of(name: str) -> tuple[tuple[str, ...], str | None]:
    """The names of files and folders that may show a site of the framework `name`, and the word in `package.json` that may
    show it as well."""
    return _MARKS[name]


def none_may_be(names: Set[str], files: Files) -> bool:
    """Whether it is known that no site of the frameworks `names` begins at the root of `files`."""
    return files.has_none(_ANY) and names <= _MARKS.keys()


def may_be(name: str, files: Files) -> bool:
    """Whether a site of the framework `name` may begin at the root of `files`."""
    if name not in _MARKS:
        return True
    marks, word = _MARKS[name]
    if any(files.may_have(mark) for mark in marks):
        return True
    return word is not None and files.may_have(_PACKAGE) and word in (files.read_text(_PACKAGE) or "")
