"""Mistakes against what the editors of a site's posts declare, weighed over the site: if more than a third of the posts of
one kind make the same mistake, the configuration is at odds with the posts, which is one finding."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import Any, NamedTuple

from postlint.diagnostics import Edit, Fix, Severity
from postlint.posts.document import Document, dotted
from postlint.posts.facts import kinds_of
from postlint.schema import Violation
from postlint.schema.sources import Kept
from postlint.site.site import Site
from postlint.text import Span

ENOUGH = 10
"""A kind of fewer posts is judged post by post."""
# Patterns that only a finding needs, compiled on first use.
_INDEX = r"\[\d+\]"
_PLACE = r" \([^()]+\)$"


class Place(NamedTuple):
    """Where a mistake is in a post, which field it is about, and the fix."""

    span: Span
    field: str | None
    fix: Fix | None = None


class Told(NamedTuple):
    """What is reported: the fields of a `SiteFinding`."""

    path: str
    span: Span
    message: str
    field: str | None
    fix: Fix | None
    severity: Severity


def note(
    post: Document, kinds: Iterable[str], place: Callable[[Document, Violation], Place | None]
) -> list[Any] | None:
    """The mistakes of the `kinds` (see `Violation`) in `post` that `place` finds a place for; None without any."""
    if not post.declared or not post.editor_violations:
        return None
    out = []
    # What the site's own schema says, too, needs no second finding.
    said = {(each.kind, each.location) for each in post.violations}
    for name, violation in post.editor_violations:
        is_news = violation.kind in kinds and (violation.kind, violation.location) not in said
        found = place(post, violation) if is_news else None
        consequence = violation.consequence
        if found is None or consequence is None:
            continue
        fix = found.fix and [found.fix.message, [[*edit] for edit in found.fix.edits], found.fix.applicability]
        key = f"{violation.kind} {re.sub(_INDEX, '', dotted(violation.location))}"
        severity = str(consequence.severity)
        rest = (consequence.only_if_rare, violation.declared, fix)
        out.append([name, key, *found.span, violation.message, found.field, severity, *rest])
    return out or None


def findings(site: Site, notes: Mapping[str, list[Any]]) -> Iterator[Told]:
    """The findings of what `note` gave, by path."""
    having: dict[tuple[str, str], dict[str, None]] = {}
    for path, mistakes in notes.items():
        for name, key, *_ in mistakes:
            having.setdefault((name, key), {})[path] = None
    posts = _posts(site, {name for name, _ in having}) if having else Counter[str]()
    with_field: dict[tuple[str, str], int] = {}
    told: set[tuple[str, str]] = set()
    for path, mistakes in notes.items():
        for name, key, start, end, message, field, severity, only_if_rare, declared, fix in mistakes:
            number, total = len(having[name, key]), posts[name]
            which = ""
            if key.startswith("invalid ") and number >= ENOUGH:
                # Whether the value is wrong can be asked only of posts that have one.
                top = key.partition(" ")[2].partition(".")[0]
                if (name, top) not in with_field:
                    with_field[name, top] = _with_field(site, name, top)
                total, which = with_field[name, top], f" with `{top}`"
            if total >= ENOUGH and only_if_rare and number * 10 >= total:
                continue
            if total >= ENOUGH and number * 3 > total:
                if (name, key) not in told:
                    told.add((name, key))
                    yield _disagreement(site, message, declared, field, f"{number} of {total} posts{which}")
                continue
            made = fix and Fix(fix[0], tuple(Edit(*edit) for edit in fix[1]), fix[2])
            yield Told(path, Span(start, end), message, field, made, Severity(severity))


def _posts(site: Site, names: Set[str]) -> Counter[str]:
    """The number of posts of each kind, by the name of the schema, of those `names`. A kind that depends on front matter is
    not counted, so that its posts are judged one by one."""
    kinds = [(name, kept) for name, kept in _kinds(site) if name in names]
    counts: Counter[str] = Counter()
    for facts in site.facts:
        counts.update(name for name, kept in kinds if kept.takes(facts.path))
    return counts


def _with_field(site: Site, name: str, field: str) -> int:
    """The number of posts of the kind `name` that have the top-level `field`."""
    having = [facts.path for facts in site.facts if field in dict(kinds_of(facts.shape))]
    return sum(kept.takes(path) for kind, kept in _kinds(site) if kind == name for path in having)


def _kinds(site: Site) -> Iterator[tuple[str, Kept]]:
    """The kinds of posts that editors declare, whatever front matter a post has, by the names of their schemas."""
    for source in site.framework.sources:
        for kept in () if source.reads else source.kept:
            if kept.schema is not None and not kept.where:
                yield kept.schema.source, kept


def _disagreement(site: Site, message: str, declared: str | None, field: str | None, posts: str) -> Told:
    path, _, line = (declared or "").rpartition(":")
    said = f"{posts} disagree with this line: {re.sub(_PLACE, '', message)}"
    start = _offset(site, path, int(line) if line.isdecimal() else 1)
    return Told(path, Span(start, start), said, field, None, Severity.WARNING)


def _offset(site: Site, path: str, line: int) -> int:
    """The offset at which a line of a file of the site begins."""
    text = (site.files.read_text(path) if site.files else None) or ""
    at = 0
    for _ in range(line - 1):
        at = text.find("\n", at) + 1
        if not at:
            return 0
    return at


def place_in(site: Site, path: str, line: int) -> Span:
    """The beginning of a line of a file of the site."""
    start = _offset(site, path, line)
    return Span(start, start)
