"""Keys that are set twice."""

from collections.abc import Iterable

from postlint.posts.document import Document, dotted
from postlint.rule import Bad, Finding, Good, Rule


class FrontMatterDuplicateKey(Rule):
    """A key that is set twice in one mapping.

    ## Why it matters

    Some parsers stop the build. The others keep only one of the values and drop the other without a warning.

    ## How to fix it

    Delete one of the two.

    ## What it leaves alone

    The same key in two mappings.
    """

    examples = (
        Good("---\ntitle: A\ncover:\n  title: B\n---\n", name="the same key in two mappings", show=True),
        Bad(
            "---\ntitle: A\n⟦title⟧: B\n---\n",
            name="a key at the top",
            show=True,
            message="`title` is already set on line 2; Astro does not allow that",
        ),
        Bad(
            "---\ncover:\n  src: a.png\n  ⟦src⟧: b.png\n---\n",
            name="a key in a mapping",
            message="`src` is already set on line 3; Astro does not allow that",
        ),
        Bad('+++\ntitle = "A"\n⟦title⟧ = "B"\n+++\n', name="a key in TOML"),
        Bad(
            "Title: A\n⟦Title⟧: B\n\nText.\n",
            path="content/a.md",
            framework="pelican",
            name="a title that is set twice in Pelican",
            message="`title` is already set on line 1; both are kept, as a list",
        ),
        Bad(
            "Title: A\nSlug: a\n⟦Slug⟧: b\n\nText.\n",
            path="content/a.md",
            framework="pelican",
            name="a slug that is set twice in Pelican",
            message="`slug` is already set on line 2; the first one counts",
        ),
        Bad(
            "---\ntitle: A\n⟦title⟧: B\n---\n",
            path="_posts/2024-01-02-a.md",
            framework="jekyll",
            name="a key in Jekyll",
            message="`title` is already set on line 2; the last one counts",
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for repeat in post.repeats:
            path, entry, first = repeat
            line = post.text.place(first.key.span.start).line
            refuses = post.refuses_repeat(repeat)
            counts = f"{post.framework.title} does not allow that" if refuses else "the last one counts"
            if post.front_matter.language == "metadata":
                counts = "the first one counts" if post.entries[entry.name] is first else "both are kept, as a list"
            message = f"`{entry.name}` is already set on line {line}; {counts}"
            yield Finding(entry.key.span, message, dotted(path))
