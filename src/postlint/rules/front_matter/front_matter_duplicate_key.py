"""Keys that are set twice."""

from collections.abc import Iterable

from postlint import front_matter
from postlint.posts.document import Document, dotted
from postlint.rule import Bad, Finding, Good, Rule


class FrontMatterDuplicateKey(Rule):
    """A key that is set twice in one mapping.

    Some parsers stop the build here; the others silently keep the last value, and the first one is lost.
    """

    examples = (
        Good("---\ntitle: A\ncover:\n  title: B\n---\n"),
        Bad("---\ntitle: A\n⟦title⟧: B\n---\n"),
        Bad("---\ncover:\n  src: a.png\n  ⟦src⟧: b.png\n---\n"),
        Bad('+++\ntitle = "A"\n⟦title⟧ = "B"\n+++\n'),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        what = (
            f"{post.framework.title} refuses that" if post.framework.dialect.refuses_repeats else "the last one counts"
        )
        for path, entry, first in front_matter.repeated(post.front_matter.root):
            line = post.text.place(first.key.span.start).line
            counts = what
            if post.front_matter.language == "metadata":
                counts = "the first one counts" if post.entries[entry.name] is first else "both are kept, as a list"
            message = f"`{entry.name}` is already set on line {line}; {counts}"
            yield Finding(entry.key.span, message, dotted(path))
