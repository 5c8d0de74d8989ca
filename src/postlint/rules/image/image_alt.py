"""Images without a text for those who can't see them."""

from collections.abc import Iterable

from postlint.diagnostics import Severity
from postlint.document import Document
from postlint.rule import Bad, Finding, Good, Rule


class ImageAlt(Rule):
    """An image without alternative text.

    Readers with a screen reader, feed readers and search engines get the file's name instead. An image that is mere
    decoration says so with an empty `alt=""` in HTML, which is fine.
    """

    severity = Severity.WARNING
    examples = (
        Good('![A cat](cat.png)\n\n<img src="line.png" alt="">\n'),
        Good("`![](cat.png)`\n"),
        Bad("⟦![](cat.png)⟧\n"),
        Bad('<p>⟦<img src="cat.png">⟧</p>\n'),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for reference in post.body.references:
            if reference.kind != "image":
                continue
            if reference.form in ("inline", "reference"):
                if not (reference.text or "").strip():
                    yield Finding(reference.whole, f"image `{reference.target}` has no alternative text")
            elif reference.form == "html" and reference.text is None:
                yield Finding(reference.whole, f"image `{reference.target}` has no `alt`")
