"""A hook of MkDocs: what the docs link to outside their folder is on GitHub."""

import posixpath
import re
from typing import Any

_REPOSITORY = "https://github.com/postlint/postlint/blob/main"
_LINK = re.compile(r"(?<=\]\()(?!https?:|#|mailto:)([^()\s#]+)(#[^()\s]*)?(?=\))")


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """`markdown` of one page, with links out of `docs/` as addresses."""
    folder = posixpath.join("docs", posixpath.dirname(page.file.src_uri))

    def outside(found: "re.Match[str]") -> str:
        path = posixpath.normpath(posixpath.join(folder, found[1]))
        return found[0] if path.startswith("docs/") else f"{_REPOSITORY}/{path}{found[2] or ''}"

    return _LINK.sub(outside, markdown)
