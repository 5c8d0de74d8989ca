"""Two posts, one address."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from postlint.diagnostics import Severity
from postlint.front_matter import Node
from postlint.posts.collecting import START
from postlint.posts.document import Document
from postlint.posts.facts import Facts
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.frameworks.made import MadePage

_ALIASES = ("aliases", "redirect_from", "alias")


class SlugDuplicate(SiteRule):
    """Two posts with the same address or the same id, or a post at the address of a page that the framework makes.

    Pages that the framework makes are lists of posts, pages of tags, categories and authors, archives, and the pages
    after the first one of a list, as far as they are certain.

    Every post that takes part is reported, because only the author knows which one should move. It is only a warning
    if:

    - all posts but one are drafts;
    - the addresses differ only in case, so that one hides the other on macOS, on Windows, and on hosts that ignore
      case;
    - one of the two is an alias of another post, and the site is built all the same.

    ## Why it matters

    The site shows only one of the posts, and chance decides which one. Some frameworks stop the build.

    ## How to fix it

    Give one of the posts another slug or file name, or remove the alias that is taken.

    ## What it leaves alone

    Translations of a post into several languages may share an address.
    """

    reports_in_unchanged_posts = True
    needs_other_posts = True
    examples = (
        Good({"src/content/blog/a.md": "A\n", "src/content/blog/b.md": "B\n"}, name="two names"),
        Good({"src/content/blog/a.md": "A\n", "src/content/notes/a.md": "A\n"}, name="two folders", show=True),
        Bad(
            {"src/content/blog/a.md": "⟦⟧A\n", "src/content/blog/b.md": "---\nslug: ⟦a⟧\n---\n"},
            name="a slug that is another file's name",
            show=True,
            message=(
                "`blog/a` is also the address of src/content/blog/b.md",
                "`blog/a` is also the address of src/content/blog/a.md",
            ),
        ),
        Bad(
            {"src/content/blog/a.md": "⟦⟧A\n", "src/content/blog/a/index.md": "⟦⟧A\n"},
            name="a file and a folder",
            message=(
                "`blog/a` is also the address of src/content/blog/a/index.md",
                "`blog/a` is also the address of src/content/blog/a.md",
            ),
        ),
        Bad(
            {"a.md": "---\n⟦permalink⟧: /A/\n---\n", "b.md": "---\n⟦permalink⟧: /a/\n---\n"},
            framework="jekyll",
            name="permalinks that differ in case",
            show=True,
            severity=Severity.WARNING,
            message=("`/A/` and `/a/` of b.md differ only in case", "`/a/` and `/A/` of a.md differ only in case"),
        ),
        Bad(
            {"content/posts/a.md": "---\n⟦url⟧: /posts/\n---\n", "content/posts/b.md": "---\ntitle: B\n---\n"},
            framework="hugo",
            name="the address of a list of posts",
            message="`/posts/` is also the address of the list of the posts in `posts/`, which Hugo makes",
        ),
        Good(
            {"content/posts/_index.md": "---\nurl: /posts/\n---\n", "content/posts/b.md": "---\ntitle: B\n---\n"},
            framework="hugo",
            name="the section's own page",
        ),
        Bad(
            {
                "content/a.md": "+++\naliases = [⟦'/old/'⟧, ⟦'/b/'⟧]\n+++\n",
                "content/b.md": "+++\naliases = [⟦'old'⟧]\n+++\n",
            },
            framework="hugo",
            name="aliases that are taken",
            severity=Severity.WARNING,
            message=(
                "alias `/old/` is also an alias of content/b.md",
                "alias `/b/` is the address of content/b.md",
                "alias `/old/` is also an alias of content/a.md",
            ),
        ),
        Bad(
            {"src/content/blog/a.md": "⟦⟧A\n", "src/content/blog/b.md": "---\nslug: ⟦a⟧\ndraft: true\n---\n"},
            name="a draft",
            severity=Severity.WARNING,
            message=(
                "`blog/a` is also the address of the draft src/content/blog/b.md",
                "`blog/a` is also the address of src/content/blog/a.md",
            ),
        ),
        Bad(
            {
                "config.toml": "base_url = 'https://example.com'\n",
                "content/a.md": "+++\naliases = [⟦'/b'⟧]\n+++\n",
                "content/b.md": "+++\n+++\n",
            },
            framework="zola",
            name="an alias that stops the build",
            message="alias `/b/` is the address of content/b.md; the build stops",
        ),
        Bad(
            {
                "src/content/blog/a.md": "---\nslug: ⟦same⟧\n---\n",
                "src/content/blog/b.md": "---\nslug: ⟦same⟧\n---\n",
                "src/content/blog/c.md": "---\nslug: ⟦same⟧\n---\n",
            },
            name="three posts",
            message=(
                "`blog/same` is also the address of src/content/blog/b.md and 1 more",
                "`blog/same` is also the address of src/content/blog/a.md and 1 more",
                "`blog/same` is also the address of src/content/blog/a.md and 1 more",
            ),
        ),
        Bad(
            {
                "_config.yml": "plugins: [jekyll-redirect-from]\n",
                "a.md": "---\nredirect_from: ⟦/b.html⟧\n---\n",
                "b.md": "---\n---\n",
            },
            framework="jekyll",
            name="an alias that is one text",
            severity=Severity.WARNING,
            message="alias `/b.html` is the address of b.md",
        ),
        Bad(
            {
                "content/a.md": "+++\naliases = [⟦'/old'⟧]\n+++\n",
                "content/b.md": "+++\naliases = [⟦'/old'⟧]\n+++\n",
                "content/c.md": "+++\naliases = [⟦'/old'⟧]\n+++\n",
            },
            framework="hugo",
            name="an alias of three posts",
            severity=Severity.WARNING,
            message=(
                "alias `/old/` is also an alias of content/b.md",
                "alias `/old/` is also an alias of content/a.md",
                "alias `/old/` is also an alias of content/a.md",
            ),
        ),
        Bad(
            {
                "content/posts/a.md": "---\ntags: [x]\naliases: [⟦/tags/index.html⟧, /old]\n---\n",
                "content/posts/b.md": "---\n⟦url⟧: /tags/\ndraft: true\n---\n",
                "content/posts/c.md": "---\nslug: c\n---\n",
                "content/posts/tags.md": "Text.\n",
            },
            framework="hugo",
            name="an alias and a draft at the address of a page that the framework makes",
            severity=Severity.WARNING,
            message=(
                "alias `/tags/index.html` is the address of the list of `tags`, which Hugo makes",
                "`/tags/` is also the address of the list of `tags`, which Hugo makes",
            ),
        ),
        Bad(
            {
                "content/posts/a.md": "---\ntags: [x]\n---\n",
                "content/posts/b.md": "Text.\n",
                "content/posts/c.md": "---\n⟦url⟧: /tags\n---\n",
            },
            framework="hugo",
            name="the address of a page that the framework makes, without a slash",
            severity=Severity.ERROR,
        ),
    )

    def note(self, post: Document) -> list[tuple[str, str, int, int]] | None:
        """The aliases: the field, the text, where it begins and ends."""
        named = [alias for key in _ALIASES if key in post.entries for alias in _aliases(key, post.entries[key].node)]
        return [(field, node.text, *node.span) for field, node in named if isinstance(node.value, str)] or None

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        by_address: dict[str, list[Facts]] = defaultdict(list)
        by_case: dict[str, list[Facts]] = defaultdict(list)
        by_alias: dict[str, list[Facts]] = defaultdict(list)
        for facts in site.facts:
            address = facts.address
            for name in filter(None, dict.fromkeys((address.key, _main(facts)))):
                by_address[name].append(facts)
            if main := _main(facts):
                by_case[main.casefold()].append(facts)
            for alias in dict.fromkeys(address.aliases):
                by_alias[alias].append(facts)
        reported: set[str] = set()
        for facts, page in _on_made_pages(site):
            reported.add(facts.path)
            severity = Severity.WARNING if facts.draft else None
            effect = "; the build stops" if page.stops else ""
            message = f"`{_main(facts)}` is also the address of {page.by(site.framework.title)}{effect}"
            yield _at_slug(site, facts, message, severity)
        for name, rivals in by_address.items():
            for facts, other, more in _pairs(rivals):
                if facts.path not in reported:
                    reported.add(facts.path)
                    yield _finding(site, facts, other, more, _main(facts) or name.rpartition(":")[2])
        for rivals in by_case.values():
            for facts, other, more in _pairs(rivals):
                if facts.path not in reported:
                    message = f"`{_main(facts)}` and `{_main(other)}` of {other.path}{more} differ only in case"
                    yield _at_slug(site, facts, message, Severity.WARNING)
        for alias, holders in by_alias.items():
            pages = by_address.get(alias, [])
            for facts in holders:
                for kind, others in (("the address", pages[:2]), ("also an alias", holders[:2])):
                    if rival := next((each for each in others if _is_rival(facts, each)), None):
                        message = f"alias `{alias}` is {kind} of {rival.path}"
                        contested = site.framework.contested(facts.path, (rival.path,))
                        stops = bool(contested and contested.reason and contested.reason.stops)
                        effect = "; the build stops" if stops else ""
                        yield _at_alias(facts, alias, message + effect, stops, notes)
                        break
                else:
                    if facts.address.addresses and (page_there := site.pages.is_made(alias)):
                        message = f"alias `{alias}` is the address of {page_there.by(site.framework.title)}"
                        yield _at_alias(facts, alias, message, False, notes)


def _on_made_pages(site: Site) -> Iterator[tuple[Facts, "MadePage"]]:
    """The posts that have the address of a page that the framework makes, because their front matter says so, or
    whatever gives it to them."""
    keys = site.framework.addressing.keys
    for facts in site.facts:
        main = _main(facts)
        page = site.pages.is_made(main) if main is not None else None
        if page is None:
            continue
        names = {name.lower() for name, *_ in facts.fields}
        if (page.by_name or facts.slug or not names.isdisjoint(keys)) and names.isdisjoint(page.yields_to):
            yield facts, page


def _aliases(key: str, node: Node) -> list[tuple[str, Node]]:
    """The values of the field `key`, each with its path."""
    if node.items is None:
        return [(key, node)]
    return [(f"{key}[{number}]", item) for number, item in enumerate(node.items)]


def _main(facts: Facts) -> str | None:
    return facts.address.addresses[0] if facts.address.addresses else None


def _is_rival(one: Facts, other: Facts) -> bool:
    """Whether both are posts that the site shows in one language."""
    published = one.address.addresses != () and other.address.addresses != ()
    return one is not other and published and one.address.language == other.address.language


def _pairs(rivals: list[Facts]) -> Iterator[tuple[Facts, Facts, str]]:
    """Each of `rivals`, the first of the others in its language, and how many more there are, in words."""
    if len(rivals) < 2:
        return
    by_language: dict[str | None, list[Facts]] = defaultdict(list)
    for facts in rivals:
        by_language[facts.address.language].append(facts)
    for group in by_language.values():
        more = f" and {len(group) - 2} more" if len(group) > 2 else ""
        for facts in group if len(group) > 1 else ():
            yield facts, group[1] if facts is group[0] else group[0], more


def _finding(site: Site, facts: Facts, other: Facts, more: str, address: str) -> SiteFinding:
    severity = Severity.WARNING if facts.draft or other.draft else None
    draft = "the draft " if other.draft else ""
    return _at_slug(site, facts, f"`{address}` is also the address of {draft}{other.path}{more}", severity)


def _at_slug(site: Site, facts: Facts, message: str, severity: Severity | None) -> SiteFinding:
    """A finding at what gives the post its address: a field that says all of it, the slug, or nothing in the post."""
    for name, _, start, end in facts.fields:
        if name in site.framework.addressing.keys:
            return SiteFinding(facts.path, Span(start, end), message, name, severity=severity)
    slug = facts.slug
    return SiteFinding(
        facts.path, slug.span if slug else START, message, slug.field if slug else None, severity=severity
    )


def _at_alias(facts: Facts, alias: str, message: str, stops: bool, notes: Mapping[str, Any]) -> SiteFinding:
    severity = None if stops else Severity.WARNING
    for field, text, start, end in notes.get(facts.path, ()):
        if alias.strip("/").endswith(text.strip("/")):
            return SiteFinding(facts.path, Span(start, end), message, field, severity=severity)
    return SiteFinding(facts.path, START, message, severity=severity)
