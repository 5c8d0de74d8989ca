"""Names of authors, series and other entries of the site's data."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from postlint.frameworks.data_sets import DataSet
from postlint.front_matter import Node
from postlint.posts.document import Document
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.suggest import closest
from postlint.text import Span

_Named = list[Any]
"""What a post names: the text, its field, the span, and the set of data it must be in."""

_DOCUSAURUS = {
    "docusaurus.config.js": "module.exports = {};\n",
    "blog/authors.yml": "ana:\n  name: Ana\nbo:\n  name: Bo\n",
}
_MATERIAL = {
    "mkdocs.yml": "site_name: A\nplugins:\n  - blog\n",
    "docs/blog/.authors.yml": "authors:\n  ana:\n    name: Ana\n",
}
_ASTRO = {
    "package.json": '{"dependencies": {"astro": "5.0.0"}}',
    "src/data/authors.json": '[{"id": "ana"}, {"id": "bo"}]',
    "src/content.config.ts": (
        'import { defineCollection, reference, z } from "astro:content";\n'
        'import { file, glob } from "astro/loaders";\n'
        'const authors = defineCollection({ loader: file("src/data/authors.json") });\n'
        "const blog = defineCollection({\n"
        '  loader: glob({ pattern: "**/*.md", base: "src/content/blog" }),\n'
        '  schema: z.object({ author: reference("authors") }),\n'
        "});\n"
        "export const collections = { authors, blog };\n"
    ),
}


class ReferenceMissing(SiteRule):
    """An author, or another entry of the site's data, that is not there.

    The build stops, or the page is shown without it. Looked at are the fields that a schema marks
    (`postlint.Reference("authors")`, Astro's `reference("authors")`), and the authors of a blog of Docusaurus and of
    Material for MkDocs. Where the data cannot be read without running code, nothing is said.
    """

    examples = (
        Good({**_DOCUSAURUS, "blog/a.md": "---\nauthors: [ana, {name: Guest}]\n---\n"}, framework="docusaurus"),
        Good({"docusaurus.config.js": "", "blog/a.md": "---\nauthors: ana\n---\n"}, framework="docusaurus"),
        Bad({**_DOCUSAURUS, "blog/a.md": "---\nauthors: ⟦anna⟧\n---\n"}, framework="docusaurus"),
        Bad({**_DOCUSAURUS, "blog/a.md": "---\nauthors:\n  - bo\n  - key: ⟦cy⟧\n---\n"}, framework="docusaurus"),
        Bad({**_MATERIAL, "docs/blog/posts/a.md": "---\nauthors:\n  - ⟦bo⟧\n---\n"}, framework="mkdocs"),
        Good({**_ASTRO, "src/content/blog/a.md": "---\nauthor: ana\n---\n"}),
        Bad({**_ASTRO, "src/content/blog/a.md": "---\nauthor: ⟦b⟧\n---\n"}),
    )  # fmt: skip

    def note(self, post: Document) -> list[_Named] | None:
        """All that the post names."""
        wanted = dict(post.framework.referring(post.path))
        if post.schema is not None:
            wanted.update(post.schema.references)
        out: list[_Named] = []
        for place, to in wanted.items() if not post.front_matter.problem else ():
            first, *rest = place.split(".")
            entry = post.entries.get(first)
            if entry:
                out += ([node.text, field, node.span, to] for field, node in _named(entry.node, rest, first))
        return out or None

    def check_site(self, site: Site, notes: Mapping[str, list[_Named]]) -> Iterable[SiteFinding]:
        files = site.files
        if files is None:
            return
        sets: dict[str, DataSet | None] = {}
        for path, named in notes.items():
            for text, field, span, to in named:
                if to not in sets:
                    sets[to] = site.framework.data_set(to, files)
                known = sets[to]
                if known is None or not known.names or text in known.names:
                    continue
                meant = closest(text, sorted(known.names))
                hint = f"; did you mean `{meant}`?" if meant else ""
                yield SiteFinding(path, Span(*span), f"there is no `{text}` in {known.origin}{hint}", field)


def _named(node: Node, rest: list[str], field: str) -> Iterator[tuple[str, Node]]:
    """The texts at `node`, or below it at the keys `rest`, each with its path; in a mapping at their end, its `key`."""
    if node.items is not None:
        for number, item in enumerate(node.items):
            yield from _named(item, rest, f"{field}[{number}]")
    elif node.entries is not None:
        name, *below = rest or ["key"]
        for entry in node.entries:
            if entry.name == name:
                yield from _named(entry.node, below, f"{field}.{name}")
    elif not rest and isinstance(node.value, str) and node.value:
        yield field, node
