"""Keys that a TOML table takes in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from postlint.diagnostics import Edit, Fix, Severity
from postlint.front_matter import Entry
from postlint.posts.document import Document
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

_CERTAIN = frozenset(
    ("draft", "date", "aliases", "slug", "url", "path", "publishdate", "expirydate", "lastmod", "updated")
)
_LIKELY = frozenset(("title", "description", "tags", "categories", "weight", "authors", "author", "template"))
# Tables that describe no thing with a date or a slug of its own.
_PLAIN = frozenset(
    ("extra", "params", "cover", "image", "header", "featured_image", "seo", "social", "sitemap", "banner")
)
# Tables whose keys the framework hands on to other pages, or whose every key has a meaning there.
_MEANT = frozenset(("cascade", "taxonomies", "menu", "menus", "resources", "outputs", "build", "_build"))
_USUAL = 3
_MOST_OF = 0.8
_OUTCOMES = {
    "draft": ", and this post is published",
    "date": ", and this post has no date from it",
    "aliases": ", and links to the old addresses are broken",
    "path": ", and the address comes from the file's name",
    "url": ", and the address comes from the file's name",
    "slug": ", and the address comes from the file's name",
}


class FrontMatterMisplacedKey(SiteRule):
    """A key that stands below the header of a TOML table, and that the framework reads only above it.

    In TOML, a header such as `[cover]` takes in all keys that follow, up to the next header. `draft = true` below it is
    `cover.draft`, which means nothing. The rule reports `draft`, `date`, `aliases`, `slug` and other keys that the
    framework itself reads. A key such as `title` or `description`, which a template may read from the table, is a warning,
    and only if most other posts have it above their tables, or if the table is `[extra]`.

    ## Why it matters

    The key does nothing: a draft is published, an alias is missing, a post has no date.

    ## How to fix it

    Move the line above the first header. The fix does that. It is unsafe, because it changes the page.

    ## What it leaves alone

    - A key that stands above the headers, too.
    - A key that three posts or more have in that table: a template reads it there.
    - `tags` and other taxonomies below `[params]`, which Hugo reads.
    - Tables that are meant to hold such keys, such as `[cascade]`.
    """

    severity = Severity.ERROR
    signs = ("+++",)
    examples = (
        Good(
            '+++\ntitle = "A"\ndraft = true\n[cover]\nimage = "a.png"\n+++\n', framework="hugo", name="above the table"
        ),
        Bad(
            '+++\ntitle = "A"\n\n[cover]\nimage = "a.png"\n⟦draft⟧ = true # soon\n+++\n',
            fixed='+++\ntitle = "A"\n\ndraft = true # soon\n[cover]\nimage = "a.png"\n+++\n',
            path="content/a.md",
            framework="hugo",
            name="a draft that is published",
            show=True,
            safe=False,
            message=(
                "`draft` belongs to the table `[cover]`, so Hugo does not read it, and this post is published; "
                "move the line above the first table"
            ),
        ),
        Bad(
            '+++\ntitle = "A"\n[extra]\n[extra.more]\n⟦aliases⟧ = [\n  "/b/",\n]\n+++\n',
            fixed='+++\ntitle = "A"\naliases = [\n  "/b/",\n]\n[extra]\n[extra.more]\n+++\n',
            path="content/a.md",
            framework="zola",
            name="aliases on several lines",
            safe=False,
            message=(
                "`aliases` belongs to the table `[extra.more]`, so Zola does not read it, and links to the "
                "old addresses are broken; move the line above the first table"
            ),
        ),
        Bad(
            '+++\ntitle = "A"\n[extra]\n⟦description⟧ = "B"\n+++\n',
            fixed='+++\ntitle = "A"\ndescription = "B"\n[extra]\n+++\n',
            path="content/a.md",
            framework="zola",
            name="a description that only a template could read",
            show=True,
            severity=Severity.WARNING,
            safe=False,
        ),
        Good(
            '+++\ntitle = "A"\n[params]\ntags = ["a"]\n[event]\ndate = 2024-01-02\n[[resources]]\nslug = "b"\n+++\n',
            path="content/a.md",
            framework="hugo",
            name="keys that mean something in their table",
        ),
        Good(
            {f"content/{n}.md": '+++\ntitle = "A"\n[cover]\nslug = "a"\n+++\n' for n in range(3)},
            framework="hugo",
            name="three posts with the key in that table",
        ),
        Good('+++\ntitle = "A"\n[cover]\ndraft = false\n+++\n', path="content/a.md", framework="hugo", name="no draft"),
        Bad(
            '+++\ntitle = "A"\n[extra]\n⟦date⟧ = 2024-01-02\n⟦slug⟧ = "b"\nTitle = "x"\n⟦weight⟧ = 2\n+++\n',
            fixed='+++\ntitle = "A"\ndate = 2024-01-02\nslug = "b"\nweight = 2\n[extra]\nTitle = "x"\n+++\n',
            path="content/a.md",
            framework="zola",
            name="several keys, and one that is also above",
            severity=(Severity.ERROR, Severity.ERROR, Severity.WARNING),
            safe=False,
            message=(
                (
                    "`date` belongs to the table `[extra]`, so Zola does not read it, and this post has no date from it; "
                    "move the line above the first table"
                ),
                (
                    "`slug` belongs to the table `[extra]`, so Zola does not read it, and the address comes from the "
                    "file's name; move the line above the first table"
                ),
                "`weight` belongs to the table `[extra]`, so Zola does not read it; move the line above the first table",
            ),
        ),
        Bad(
            (
                '+++\n[params]\ntags = ["x"]\ncategories = ["y"]\nauthor = "B"\n[event]\nslug = "b"\n⟦draft⟧ = true\n'
                "[_build]\ndraft = true\n[cascade]\ndraft = true\n+++\n"
            ),
            fixed=(
                '+++\ndraft = true\n[params]\ntags = ["x"]\ncategories = ["y"]\nauthor = "B"\n[event]\nslug = "b"\n'
                "[_build]\ndraft = true\n[cascade]\ndraft = true\n+++\n"
            ),
            path="content/a.md",
            framework="hugo",
            name="one of many tables",
            safe=False,
        ),
        Bad(
            '+++\n[banner]\ndescription = "B"\n⟦expirydate⟧ = 2024-01-02\n[banner.more]\n⟦lastmod⟧ = 2024-01-01\n+++\n',
            fixed='+++\nexpirydate = 2024-01-02\nlastmod = 2024-01-01\n[banner]\ndescription = "B"\n[banner.more]\n+++\n',
            path="content/a.md",
            framework="hugo",
            name="dates of a banner",
            safe=False,
            message=tuple(
                f"`{key}` belongs to the table `[{table}]`, so Hugo does not read it; move the line above the first table"
                for key, table in (("expirydate", "banner"), ("lastmod", "banner.more"))
            ),
        ),
        Good("+++\n[extra]\ndraft = true\n+++\n", path="a.md", framework="none", name="no framework"),
        Bad(
            '+++\n[extra]\n⟦path⟧ = "b"\n+++\n',
            fixed='+++\npath = "b"\n[extra]\n+++\n',
            path="content/a.md",
            framework="zola",
            name="a whole address",
            safe=False,
        ),
        Good(
            '+++\n[params]\npath = "b"\n+++\n', path="content/a.md", framework="hugo", name="a key of another framework"
        ),
        Bad(
            {
                "content/a.md": '+++\n[cover]\n⟦description⟧ = "B"\n+++\n',
                **{f"content/{n}.md": '+++\ndescription = "B"\n+++\n' for n in range(4)},
                "content/z.md": "+++\n+++\n",
            },
            fixed='+++\ndescription = "B"\n[cover]\n+++\n',
            framework="hugo",
            name="a description that four of five others have at the top",
            severity=Severity.WARNING,
            safe=False,
        ),
        Good(
            {
                "content/a.md": '+++\n[cover]\ndescription = "B"\n+++\n',
                **{f"content/{n}.md": '+++\ndescription = "B"\n+++\n' for n in range(3)},
                "content/z.md": "+++\n+++\n",
            },
            framework="hugo",
            name="a description that three of four others have at the top",
        ),
        Bad(
            {f"content/{n}.md": '+++\n[cover]\n⟦slug⟧ = "a"\n+++\n' for n in range(2)},
            fixed=('+++\nslug = "a"\n[cover]\n+++\n',) * 2,
            framework="hugo",
            name="two posts with the key in that table",
            safe=False,
        ),
        Good(
            '+++\ntitle = "A"\n[extra]\nauthor = "Bo"\n+++\n',
            path="content/a.md",
            framework="zola",
            name="a key that the framework ignores above the tables",
        ),
    )

    def note(self, post: Document) -> Any:
        """The keys in tables that may be meant for the top: table, key, span, the edits, how the table is written."""
        found = post.front_matter
        if found.language != "toml" or post.framework.name == "none":
            return None
        tables = [entry for entry in found.root.entries or () if entry.node.entries is not None]
        top = {entry.name.lower() for entry in found.root.entries or ()}
        if not tables:
            return None
        first = post.text.value.rfind("\n", 0, min(entry.key.span.start for entry in tables)) + 1
        noted = []
        for table, entry in _inside(tables, ""):
            key = entry.name.lower()
            if key in top or key not in _CERTAIN | _LIKELY or entry.node.value is False:
                continue
            if entry.name in post.framework.ignored_keys(post.path, {entry.name: entry.node.value}):
                continue
            if edits := _moved(post, entry, first):
                noted.append((table, key, entry.name, entry.key.span, edits))
        return noted or None

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        if not notes:
            return
        uses = Counter((table, key) for noted in notes.values() for table, key, *_ in noted)
        above = Counter(name.lower() for facts in site.facts for name in {field[0] for field in facts.fields})
        title = site.framework.title
        for path, noted in notes.items():
            for table, key, name, span, edits in noted:
                most = above[key] >= max(2, _MOST_OF * (len(site.facts) - 1))
                severity = _severity(site, table, key, uses[table, key], above[key], most)
                if severity is None:
                    continue
                outcome = _OUTCOMES.get(key, "")
                message = f"`{name}` belongs to the table `[{table}]`, so {title} does not read it{outcome}"
                fix = Fix("Move the line above the first table", tuple(Edit(*edit) for edit in edits), "unsafe")
                hint = "move the line above the first table"
                yield SiteFinding(path, Span(*span), f"{message}; {hint}", f"{table}.{name}", fix, severity)


def _severity(site: Site, table: str, key: str, uses: int, above: int, most: bool) -> Severity | None:
    """How bad it is that so many posts (`uses`) have the key in the table, and so many (`above`) at the top; None if it
    may be meant."""
    if uses >= _USUAL:
        return None
    is_plain = table.partition(".")[0] in _PLAIN
    if key in _CERTAIN:
        known = (*site.framework.known_keys, *site.framework.addressing.keys)
        reads = key in ("draft", "aliases", "date", "slug") or key in {name.lower() for name in known}
        certain = key in ("draft", "aliases") or is_plain or above > 0
        return Severity.ERROR if reads and certain else None
    if table == "params" and key in ("tags", "categories"):
        return None
    return Severity.WARNING if uses == 1 and (table == "extra" or most) else None


def _inside(tables: Iterable[Entry], above: str) -> Iterator[tuple[str, Entry]]:
    """Every key of `tables` and of the tables in them, with its table; those that are meant to hold such keys left out."""
    for table in tables:
        name = f"{above}.{table.name}" if above else table.name
        if table.node.style != "block" or table.name.lower() in _MEANT:
            continue
        for entry in table.node.entries or ():
            if entry.node.entries is None:
                yield name, entry
        yield from _inside([entry for entry in table.node.entries or () if entry.node.entries is not None], name)


def _moved(post: Document, entry: Entry, to: int) -> tuple[tuple[int, int, str], ...]:
    """The edits that move the lines of `entry` to the line that begins at `to`; nothing if other things stand there."""
    text = post.text.value
    start = text.rfind("\n", 0, entry.key.span.start) + 1
    end = text.find("\n", entry.node.span.end) + 1
    if text[start : entry.key.span.start].strip() or not end or start < to:
        return ()
    return (to, to, text[start:end].lstrip(" \t")), (start, end, "")
