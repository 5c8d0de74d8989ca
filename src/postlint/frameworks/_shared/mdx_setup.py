"""How a JavaScript project compiles MDX, told from the packages it asks for."""

import re
from collections.abc import Iterable

from postlint.body.mdx_syntax import Setup
from postlint.files.files import Files
from postlint.javascript import package_json

# The first version of each package that compiles MDX as @mdx-js/mdx 2 does. MDX 1 took HTML comments and much more.
_FIRST = {
    "@mdx-js/mdx": 2,
    "@mdx-js/loader": 2,
    "@mdx-js/rollup": 2,
    "@mdx-js/react": 2,
    "gatsby-plugin-mdx": 4,
    "next-mdx-remote": 4,
    "mdx-bundler": 7,
    "nextra": 2,
}
PLUGINS = re.compile(r"[rR](?:emark|ecma)Plugins")
"""Signs, in the settings of a site, of plugins that may define names in posts."""
# Other compilers, and packages that change a post before it is compiled.
_OTHERS = frozenset(("@mdx-js/runtime", "mdx-deck", "@storybook/addon-docs", "mintlify", "mint"))


def read(files: Files | None, compiler: str | None = None) -> Setup | None:
    """The setup of the project at `files.root`; None where MDX 1 or something unknown compiles the posts.

    `compiler` is the only package that compiles MDX in such projects. A theme may bring it along.
    """
    if files is None:
        return Setup()
    packages = package_json.read(files)
    names = packages.ranges.keys()
    if names & _OTHERS:
        return None
    if compiler and compiler not in names and packages.readable and not package_json.major(files, packages, compiler):
        return None
    for name in (names | {compiler or ""}) & _FIRST.keys():
        version = package_json.major(files, packages, name)
        if version is not None and version[0] < _FIRST[name]:
            return None
    return Setup(
        gfm="remark-gfm" in names,
        math=None if not packages.readable or _has(names, "math", "katex", "nextra") else False,
        comments=_has(names, "comment"),
        directives=None if not packages.readable or _has(names, "directive", "admonition") else False,
        react=not names.isdisjoint(("next", "gatsby", "react", "@mdx-js/react")) and "preact" not in names,
    )


def _has(names: Iterable[str], *words: str) -> bool:
    return any(word in name for name in names for word in words)
