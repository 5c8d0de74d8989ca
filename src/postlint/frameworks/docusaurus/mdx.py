"""How Docusaurus has MDX compiled.

Sources: package @docusaurus/mdx-loader (3.10), `processor`, `preprocessor` and `remark/admonitions`; the settings'
defaults in @docusaurus/core, `configValidation`.
"""

import re
from typing import Any

from postlint.body.mdx_syntax import Setup
from postlint.frameworks._shared import mdx_setup

_ADMONITIONS = ("secondary", "info", "success", "danger", "note", "tip", "warning", "important", "caution")
_KEYWORDS = re.compile(r"\bkeywords\s*:\s*\[([^\]]*)\]")
_STRING = re.compile(r"['\"`]([\w-]+)['\"`]")
DEFAULT = Setup(
    gfm=True,
    math=False,
    comments=True,
    heading_ids=True,
    directives=True,
    admonitions=_ADMONITIONS,
    unwraps_code=True,
    react=True,
    names=frozenset(("frontMatter", "contentTitle", "toc", "assets", "metadata", "components")),
)


def setup(config: dict[str, Any], text: str, version: tuple[int, int, int]) -> Setup | None:
    """As the settings `config`, read from `text`, have it. None where they change posts before they are compiled, and
    before version 3, which compiled MDX 1."""
    if version < (3, 0, 0) or "preprocessor" in text:
        return None
    markdown = config.get("markdown")
    compatible = markdown.get("mdx1Compat") if isinstance(markdown, dict) else None
    if not isinstance(compatible, dict):
        compatible = {}
    named = [name for found in _KEYWORDS.findall(text) for name in _STRING.findall(found)]
    return DEFAULT._replace(
        math=True if "remark-math" in text else None if "katex" in text else False,
        comments=compatible.get("comments") is not False,
        heading_ids=compatible.get("headingIds") is not False,
        names=None if mdx_setup.PLUGINS.search(text) else DEFAULT.names,
        admonitions=() if compatible.get("admonitions") is False else (*_ADMONITIONS, *named),
    )
