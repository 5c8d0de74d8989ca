"""Names of authors, series and other entries of the site's data."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from postlint.frameworks.data_sets import DataSet
from postlint.front_matter import Node
from postlint.posts.document import Document
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.schema.references import file_named
from postlint.site.site import Site
from postlint.suggest import closest
from postlint.text import Span

_Named = list[Any]
"""A name in a post: the text, its field, its span, and the data set that must contain it."""

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
    """An author, or another entry of the site's data, that does not exist.

    Only these fields are checked:

    - fields that a schema marks: `postlint.Reference("authors")`, Astro's `reference("authors")`;
    - the authors of a blog of Docusaurus or of Material for MkDocs;
    - the layout of a post of Jekyll, if the site has no theme.

    ## Why it matters

    The build stops, or the page is shown without the entry.

    ## How to fix it

    Correct the name, or add the entry to the site's data.

    ## What it leaves alone

    Data that cannot be read without running code.
    """

    examples = (
        Good(
            {**_DOCUSAURUS, "blog/a.md": "---\nauthors: [ana, {name: Guest}]\n---\n"},
            framework="docusaurus",
            name="an author and a guest",
        ),
        Good(
            {"docusaurus.config.js": "", "blog/a.md": "---\nauthors: ana\n---\n"},
            framework="docusaurus",
            name="no data",
        ),
        Bad(
            {**_DOCUSAURUS, "blog/a.md": "---\nauthors: ⟦anna⟧\n---\n"},
            framework="docusaurus",
            name="an author in Docusaurus",
            show=True,
            message="there is no `anna` in blog/authors.yml; did you mean `ana`?",
        ),
        Bad(
            {**_DOCUSAURUS, "blog/a.md": "---\nauthors:\n  - bo\n  - key: ⟦cy⟧\n---\n"},
            framework="docusaurus",
            name="a key in a list",
            message="there is no `cy` in blog/authors.yml",
        ),
        Bad(
            {**_MATERIAL, "docs/blog/posts/a.md": "---\nauthors:\n  - ⟦bo⟧\n---\n"},
            framework="mkdocs",
            name="an author in Material for MkDocs",
            message="there is no `bo` in docs/blog/.authors.yml",
        ),
        Bad(
            {
                "mkdocs.yml": "site_name: A\nplugins:\n  - blog\n",
                "docs/blog/.authors.yml": "ana:\n  name: Ana\n",
                "docs/blog/posts/a.md": "---\nauthors:\n  - ⟦ana⟧\n---\n",
            },
            framework="mkdocs",
            name="a file of authors without its first key",
            message="there is no `ana`: docs/blog/.authors.yml has no key `authors`, below which authors must be",
        ),
        Good({**_ASTRO, "src/content/blog/a.md": "---\nauthor: ana\n---\n"}, name="an author in Astro", show=True),
        Bad(
            {**_ASTRO, "src/content/blog/a.md": "---\nauthor: ⟦b⟧\n---\n"},
            name="an unknown author in Astro",
            show=True,
            message="there is no `b` in src/data/authors.json",
        ),
        Bad(
            {
                "_config.yml": "title: A\n",
                "_layouts/blog/wide.html": "{{ content }}",
                "_layouts/single.html": "{{ content }}",
                "_posts/2024-01-02-a.md": "---\nlayout: ⟦wide⟧\n---\n",
                "_posts/2024-01-03-b.md": "---\nlayout: blog/wide\n---\n",
                "_posts/2024-01-04-c.md": "---\nlayout: none\n---\n",
            },
            framework="jekyll",
            name="a layout of Jekyll",
            message="there is no `wide` in _layouts",
        ),
        Good(
            {
                "_config.yml": "theme: minima\n",
                "_layouts/single.html": "{{ content }}",
                "_posts/2024-01-02-a.md": "---\nlayout: wide\n---\n",
            },
            framework="jekyll",
            name="a layout that a theme may have",
        ),
        Good(
            {"_config.yml": "title: A\n", "_posts/2024-01-02-a.md": "---\nlayout: wide\n---\n"},
            framework="jekyll",
            name="a site without layouts",
        ),
    )

    def note(self, post: Document) -> list[_Named] | None:
        """All names in the post."""
        referring = dict(post.framework.referring(post.path))
        for schema in (*(demand.schema for demand in post.declared), post.schema):
            if schema is not None:
                referring.update(schema.references)
        out: list[_Named] = []
        for place, to in referring.items() if not post.front_matter.problem else ():
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
                if (asked := file_named(to, text)) is not None:
                    if files.find_file(asked).status != "ok":
                        yield SiteFinding(path, Span(*span), f"there is no file `{asked}`", field)
                    continue
                if to not in sets:
                    sets[to] = site.framework.data_set(to, files)
                known = sets[to]
                if known is None or text in known.names or not (known.names or known.problem):
                    continue
                if known.problem:
                    yield SiteFinding(path, Span(*span), f"there is no `{text}`: {known.problem}", field)
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
