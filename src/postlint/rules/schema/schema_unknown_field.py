"""Fields that nobody reads."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from postlint import front_matter
from postlint.diagnostics import Edit, Fix, Severity
from postlint.fixing import moves
from postlint.posts.document import Document, dotted
from postlint.posts.facts import by_shape, kinds_of
from postlint.rule import Bad, Finding, Good, SiteFinding, SiteRule
from postlint.schema import Schema, Violation
from postlint.site import demands
from postlint.site.site import Site
from postlint.text import Span

_HABIT = 3
"""So few posts may have a field that the framework ignores, however small the site is."""
_DECLARED = {
    "astro.config.mjs": "export default {}",
    "src/content.config.ts": """import { defineCollection, z } from 'astro:content';
import { glob } from 'astro/loaders';
const blog = defineCollection({
  loader: glob({ pattern: '**/*.md', base: './src/content/blog' }),
  schema: z.object({ title: z.string(), description: z.string().optional() }),
});
export const collections = { blog };
""",
}
_OWN = {f"content/posts/{n}.md": "---\ntitle: A\nsummry: B\n---\n" for n in range(3)}


class SchemaUnknownField(SiteRule):
    """A field that the schema does not know, or whose name is nearly that of a known field.

    It is an error if the schema forbids other fields, or if the site's framework stops the build at the field. Otherwise
    it is a warning, and only a name that is nearly that of
    a known field which the post lacks is reported.

    ## Why it matters

    Sites ignore such a field without a warning: `descripton` leaves the page without a description.

    ## How to fix it

    Rename the field. The fix does that if only one name can be meant. It is unsafe, because the field may be meant as
    it is.

    ## What it leaves alone

    - Without a schema, a name that at least three posts have, if more posts have it than the name it resembles. With a
      schema, such a name if the site's own templates have it, too.
    - If no framework was found, a name that differs only in case and signs from one that no post has.
    - Fields whose names resemble nothing known, unless the framework certainly ignores them.
    - A field that the framework ignores, if a tenth of the posts have it.
    """

    examples = (
        Good("---\ntitle: A\nmood: fine\n---\n", name="another name"),
        Good("---\ndescription: A\ndescripton: B\n---\n", name="a misspelled name beside the right one"),
        Bad(
            "---\n⟦descripton⟧: A # kept\n---\n",
            fixed="---\ndescription: A # kept\n---\n",
            name="a slip in a name",
            show=True,
            severity=Severity.WARNING,
            safe=False,
            message="`descripton` is not a known field; did you mean `description`?",
        ),
        Bad(
            "---\n⟦descripton⟧: A\n⟦decription⟧: B\n---\n",
            name="two slips in one name",
            severity=Severity.WARNING,
            message=(
                "`descripton` is not a known field; did you mean `description`?",
                "`decription` is not a known field; did you mean `description`?",
            ),
        ),
        Good(
            {
                **_DECLARED,
                **{f"src/content/blog/{n}.md": "---\ntitle: A\ndescripton: B\n---\n" for n in range(3)},
                "src/components/Card.astro": "<p>{post.frontmatter.descripton}</p>\n",
            },
            name="a name that the site's own components read",
        ),
        Bad(
            {
                **_DECLARED,
                **{f"src/content/blog/{n}.md": "---\ntitle: A\n⟦descripton⟧: B\n---\n" for n in range(3)},
                "src/components/Card.astro": "<p>{post.frontmatter.descriptons}</p>\n",
            },
            fixed=("---\ntitle: A\ndescription: B\n---\n",) * 3,
            name="a name that three posts have, and nothing reads",
            severity=Severity.WARNING,
            safe=False,
        ),
        Good("---\nThumbnail: a.png\n---\n", path="content/posts/a.md", framework="hugo", name="another case in Hugo"),
        Good("---\ntitle: A\nimage2: b.png\n---\n", name="the second of its kind"),
        Good(_OWN, framework="hugo", name="a name that the site uses", show=True),
        Good("---\nhero_image: a.png\n---\n", path="a.md", framework="none", name="another sign without a framework"),
        Bad(
            {
                "config.toml": 'base_url = "https://example.org"\ntaxonomies = [{name = "tags"}]\n',
                "content/a.md": "+++\ntitle = 'A'\n⟦tags⟧ = ['a']\n+++\n",
            },
            framework="zola",
            name="a key in the wrong place",
            severity=Severity.WARNING,
            message="Zola ignores `tags` here; move it below `[taxonomies]`",
        ),
        Bad(
            "+++\ntitle = 'A'\n⟦date⟧ = 2024-01-02\n+++\n",
            path="content/posts/_index.md",
            framework="zola",
            name="a key of pages in a section of Zola",
            severity=Severity.ERROR,
            message="Zola does not know the key `date` in a section; the build stops",
        ),
        Bad(
            '+++\n⟦descripton⟧ = "A"\n+++\n',
            fixed='+++\ndescription = "A"\n+++\n',
            name="a slip in TOML",
            severity=Severity.WARNING,
            safe=False,
        ),
        Good(
            {
                **{f"content/posts/{n}.md": "---\nsummry: B\n---\n" for n in range(3)},
                **{f"content/posts/{n}.md": "---\nsummary: B\n---\n" for n in range(3, 5)},
            },
            framework="hugo",
            name="a name that more posts have than the known one",
        ),
        Bad(
            {
                **{f"content/posts/{n}.md": "---\n⟦summry⟧: B\n---\n" for n in range(3)},
                **{f"content/posts/{n}.md": "---\nsummary: B\n---\n" for n in range(3, 6)},
            },
            fixed=("---\nsummary: B\n---\n",) * 3,
            framework="hugo",
            name="a name that no more posts have than the known one",
            severity=Severity.WARNING,
            safe=False,
        ),
        Bad(
            {f"content/posts/{n}.md": "---\n⟦summry⟧: B\n---\n" for n in range(2)},
            fixed=("---\nsummary: B\n---\n",) * 2,
            framework="hugo",
            name="a name that two posts have",
            severity=Severity.WARNING,
            safe=False,
        ),
        Good("---\ntitle: A\nimage1: A\nimage2: B\n---\n", framework="none", name="names of a series"),
        Good("---\ntitle: 'A\ndescripton: B\n---\n", name="unreadable front matter"),
        Bad(
            "---\ntitle: A\n⟦alias⟧:\n  - /old/\n---\n",
            path="content/a.md",
            framework="hugo",
            name="a key of another framework for old addresses",
            severity=Severity.WARNING,
            message="Hugo ignores `alias` here; write `aliases`",
        ),
        Good("---\naliases: [/old/]\nalias: Bo\n---\n", path="content/a.md", framework="hugo", name="another alias"),
        Bad(
            {
                "_config.yml": "title: A\n",
                "Gemfile": "gem 'jekyll'\n",
                "_posts/2024-01-02-a.md": "---\ntitle: A\n⟦redirect_from⟧: /old/\n---\n",
            },
            framework="jekyll",
            name="a key of a plugin that the site does not have",
            severity=Severity.WARNING,
            message="Jekyll ignores `redirect_from` here; add `jekyll-redirect-from` to `plugins` in the settings",
        ),
        Good(
            {
                "_config.yml": "plugins: [jekyll-redirect-from]\n",
                "Gemfile": "gem 'jekyll'\n",
                "_posts/2024-01-02-a.md": "---\ntitle: A\nredirect_from: /old/\n---\n",
            },
            framework="jekyll",
            name="a key of a plugin",
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        if not _is_read(post):
            return
        yield from _refused(post)
        if post.schema is None:
            return
        for violation, span, fix in _slips(post, [v for v in post.violations if v.kind == "unknown"]):
            severity = violation.consequence.severity if violation.consequence else Severity.ERROR
            yield Finding(span, violation.message, dotted(violation.location), fix, severity)

    def note(self, post: Document) -> Any:
        """What editors of the posts refuse; and for each slip that no schema forbids: span, message, name, the known name,
        the fix, and whether the post has a schema."""
        if not _is_read(post):
            return None
        refused = demands.note(post, ("unknown",), _extra)
        slips = self._slips(post) if post.schema is None else _allowed(post, post.schema)
        return [slips, refused] if slips or refused else None

    def _slips(self, post: Document) -> list[list[Any]] | None:
        out = []
        refused = {finding.span for finding in _refused(post)}
        for violation, span, fix in _slips(post, _near(post, post.framework.known_keys)):
            if span in refused:
                continue
            fix = fix and moves.judged(post, fix)
            out.append([*span, violation.message, violation.location[0], violation.suggestion, fix, False])
        declared = {key for demand in post.declared for key in demand.schema.fields}
        out = [slip for slip in out if slip[3] not in declared]
        reported = {slip[3] for slip in out}
        for name, remedy in post.framework.ignored_keys(post.path, post.data).items():
            if name in post.entries and name not in reported:
                message = f"{post.framework.title} ignores `{name}` here; {remedy}"
                out.append([*post.entries[name].key.span, message, name, None, None, False])
        return out or None

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        refusals = {path: refused for path, (_, refused) in notes.items() if refused}
        yield from (SiteFinding(*told) for told in demands.findings(site, refusals))
        have: Counter[str] = Counter()
        for shape, posts in by_shape(site.facts if notes else ()).items():
            have.update(dict.fromkeys(dict(kinds_of(shape)), len(posts)))
        used: dict[str, bool] = {}
        for path, (slips, _) in notes.items():
            for start, end, message, name, other, fix_data, has_schema in slips or ():
                if has_schema:
                    if name not in used:
                        used[name] = have[name] > max(have[other], _HABIT - 1) and site.is_read_by_templates(name)
                    if not used[name]:
                        fix = fix_data and Fix(fix_data[0], tuple(Edit(*edit) for edit in fix_data[1]), fix_data[2])
                        yield SiteFinding(path, Span(start, end), message, name, fix, Severity.WARNING)
                    continue
                if not site.framework.front_matter.reader_known and not have[other] and _same(name, other):
                    continue
                # What the framework ignores has no other name, and a site may have it for its own use.
                few = have[name] < (3 if other else max(_HABIT, len(site.facts) // 10))
                if few or (other and have[name] <= have[other]):
                    fix = fix_data and Fix(fix_data[0], tuple(Edit(*edit) for edit in fix_data[1]), fix_data[2])
                    yield SiteFinding(path, Span(start, end), message, dotted((name,)), fix, Severity.WARNING)


def _allowed(post: Document, schema: Schema) -> list[list[Any]]:
    """Names that nearly are those of fields of the schema, which allows others."""
    near = () if schema.forbids_extra else _near(post, schema.fields)
    return [
        [*span, v.message, dotted(v.location), v.suggestion, fix and moves.judged(post, fix), True]
        for v, span, fix in _slips(post, near)
    ]


def _extra(post: Document, violation: Violation) -> demands.Place | None:
    """The key that an editor refuses."""
    slip = next(_slips(post, [violation]), None)
    return demands.Place(slip[1], dotted(violation.location), slip[2]) if slip else None


def _refused(post: Document) -> Iterable[Finding]:
    """The keys that the framework refuses, with the names that may be meant."""
    for reason in post.refusals:
        entry = post.entries.get(reason.field or "") if reason.kind == "unknown" else None
        if entry is None or any(v.location == (entry.name,) for v in post.violations):
            continue
        near = [v for v in _near(post, post.framework.known_keys) if v.location == (entry.name,)]
        fix = next((fix for _, _, fix in _slips(post, near)), None)
        hint = f"; did you mean `{near[0].suggestion}`?" if near else ""
        yield Finding(entry.key.span, reason.sentence + hint, entry.name, fix, Severity.ERROR)


def _same(one: str, other: str) -> bool:
    from postlint.schema.words import names

    return names.same(one, other)


def _is_read(post: Document) -> bool:
    found = post.front_matter
    return not found.problem and found.root.entries is not None and found.language is not None


def _near(post: Document, known: Collection[str]) -> Collection[Violation]:
    from postlint.schema.words import names

    near = names.near_misses(post.data, known)
    if post.framework.front_matter.keys_have_case:
        return near
    return [v for v in near if v.suggestion and v.suggestion.casefold() != str(v.location[0]).casefold()]


def _slips(post: Document, violations: Collection[Violation]) -> Iterator[tuple[Violation, Span, Fix | None]]:
    """Where each name stands, and the fix that writes the suggested one."""
    found = post.front_matter
    # Only one of two names for one field can be right.
    meant = Counter((violation.location[:-1], violation.suggestion) for violation in violations)
    for violation in violations:
        entry = front_matter.find(found.root, violation.location)
        if entry is None or found.language is None:
            continue
        span, name, fix = entry[0] or entry[1].span, violation.suggestion, None
        if name and meant[violation.location[:-1], name] == 1:
            written = front_matter.write_key(name, post.text.value[span.start : span.end], found.language)
            fix = Fix(f"Rename it to `{name}`", (Edit(*span, written),), "unsafe")
        yield violation, span, fix
