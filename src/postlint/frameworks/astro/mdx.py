"""How Astro has MDX compiled.

Sources: packages @astrojs/mdx (8), @astrojs/markdown-satteri and @astrojs/markdown-remark (7.3), @astrojs/starlight.
"""

from postlint.body.mdx_syntax import Setup
from postlint.files.files import Files
from postlint.frameworks._shared import mdx_setup

# The first version that compiles with Sätteri; a site may choose @mdx-js/mdx still.
_SATTERI = 7
# What the compiled post exports (`vite-plugin-mdx-postprocess`, and the plugin of remark for front matter).
_NAMES = frozenset(("frontmatter", "file", "url", "getHeadings", "Content", "components"))


def setup(files: Files, text: str, major: int, has_starlight: bool) -> Setup | None:
    """As the packages of the site at `files.root` and `text`, which are its settings, have it."""
    found = mdx_setup.read(files)
    if found is None:
        return None
    return found._replace(
        gfm="gfm" not in text,
        math=found.math if "math" not in text else None,
        directives=found.directives if "directive" not in text and not has_starlight else None,
        satteri=major >= _SATTERI,
        react=False,
        names=None if mdx_setup.PLUGINS.search(text) else _NAMES,
    )
