"""Runs post rules, in any process, then site rules over the collected facts. Knows no rule by name."""

import os
import posixpath
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from postlint import schema
from postlint.catalog import selection
from postlint.checking import suppression_verdicts
from postlint.diagnostics import FILE_UNREADABLE, Diagnostic, Severity, Skipped, about_file
from postlint.errors import PostlintError
from postlint.files import reading
from postlint.files.endings import SCHEMA_ENDINGS
from postlint.files.files import Files
from postlint.frameworks.answers import is_external
from postlint.posts import suppressions
from postlint.posts.collecting import collect
from postlint.posts.document import Demand, Document
from postlint.posts.facts import Facts, MissingImage
from postlint.posts.suppressions import Suppression
from postlint.projects.project import Project
from postlint.rule import Finding, Rule, SiteFinding, SiteRule
from postlint.rules import is_built_in, names
from postlint.settings import CollectionConfig, PerPath
from postlint.site.site import Site
from postlint.text import Span, Text, pack_lines, place, unpack_lines


class Outcome(NamedTuple):
    """The result of checking a post. Paths in it are relative to the site's root.

    `facts` is None for a file that could not be read. `lines` holds where each line begins (see `text.pack_lines`):
    site rules report offsets, and the text is no longer there by then. `missing_images` depends on other files: the
    images that are not on disk, None if they were not looked up yet. `appearance` is the digest of what site rules know of
    the post; empty if it was not computed.
    """

    path: str
    facts: Facts | None
    diagnostics: tuple[Diagnostic, ...]
    notes: dict[str, Any]
    lines: str
    suppressions: tuple[Suppression, ...] = ()
    missing_images: tuple[MissingImage, ...] | None = None
    appearance: str = ""

    def looks_as(self, other: "Outcome") -> bool:
        """Whether both outcomes of a post are the same for the rules that compare it with other posts."""
        if self.facts is None or other.facts is None:
            return False
        return self.notes == other.notes and self.facts.seen_by_others == other.facts.seen_by_others


class _Selected(NamedTuple):
    """The rules that hold for some posts, and the severity that the configuration gives to their findings, by name.

    `asked` are those that have something to do for every post: whether they check it, the rule again if it notes something,
    its signs, and whether it depends on the text alone."""

    rules: Sequence[Rule]
    severity: Mapping[str, Severity | None]
    asked: Sequence[tuple[Rule, bool, SiteRule | None, tuple[str, ...], bool]]


def _selected(rules: Sequence[Rule], severity: Mapping[str, Severity | None]) -> _Selected:
    asked = [(rule, type(rule).check is not Rule.check, _notes(rule), rule.signs, rule.of_text) for rule in rules]
    return _Selected(rules, severity, [each for each in asked if each[1] or each[2]])


def _notes(rule: Rule) -> SiteRule | None:
    return rule if isinstance(rule, SiteRule) and type(rule).note is not SiteRule.note else None


class _Seen(NamedTuple):
    """A post that was checked, and what holds for every post with its text: its lines, and the results of the
    rules that depend on the text alone: findings and the note."""

    text: str
    post: Document
    lines: str
    results: dict[Rule, tuple[list[Finding], Any]]


_NEAR = 8
"""So many posts are kept to be compared with the next. Those with the same text come one after another (see
`run.outcomes_of_work`)."""
_NO_TEXT = (0,)
"""The lines of a file that is not a post: findings about it are at its beginning."""


NAMES_SCHEMA = b"$schema"
"""The bytes that a post contains if it names its own schema."""


class Checker:
    """Checks the posts of one project. Made once per process: rules and schemas are loaded here.

    `rules` replaces what the project's configuration selects.
    """

    def __init__(self, project: Project, rules: Sequence[Rule] | None = None) -> None:
        self.project = project
        self._is_fixed = rules is not None
        self.rules = selection.active(project.config) if rules is None else rules
        self._whole = _selected(
            self.rules, {rule.name: selection.severity(rule, project.config) for rule in self.rules}
        )
        # By the numbers of the per-path tables that hold for a post.
        self._parts: dict[tuple[int, ...], _Selected] = {(): self._whole}
        self._of_path: dict[str, _Selected] = {}
        self.all_rules = list(self.rules)
        for table in project.config.per_path:
            known = {rule.name for rule in self.all_rules}
            self.all_rules += [rule for rule in self._selected((table,)).rules if rule.name not in known]
        self.skipped: Sequence[Skipped] = ()
        """What the rules decided not to judge when they last looked at the site."""
        self._schemas: dict[str, schema.Schema] = {}
        self._seen: deque[_Seen] = deque(maxlen=_NEAR)
        self._noting = {rule.name for rule in self.all_rules if _notes(rule)}
        sources_of = [collection.schema for collection in project.config.collections]
        self._elsewhere = [s for s in sources_of if isinstance(s, str) and (":" in s or s.endswith(SCHEMA_ENDINGS))]
        self._configured = [s for s in sources_of if s is not None]
        self._families = {rule.name: rule.family for rule in self.all_rules}
        self._yielding = {rule.name: rule.yields_to for rule in self.all_rules if rule.yields_to}
        self._words = {*names(), *names().values(), *self._families, *self._families.values()}

    @property
    def is_built_in(self) -> bool:
        """Whether all rules are postlint's own, and made of nothing but it and the configuration."""
        kinds = [type(rule) for rule in self.all_rules]
        return all(is_built_in(kind) and kind.settle is Rule.settle for kind in kinds)

    @property
    def runs_user_code(self) -> bool:
        """Whether rules or schemas are the users' own code, which may look at anything."""
        return not self.is_built_in or any(":" in source for source in self._elsewhere)

    def looks_elsewhere(self, path: str) -> bool:
        """Whether findings in the post at `path` depend on other files or on user code, through its schema."""
        collection = self.project.collection(path) if self._elsewhere else None
        return collection is not None and (self.project.asks_posts or collection.schema in self._elsewhere)

    def schema_roles(self) -> dict[str, Mapping[str, tuple[str, ...]]]:
        """The roles that the schemas of `looks_elsewhere` give to fields, by the schemas' names."""
        return {source: self._schema(source).roles for source in self._elsewhere}

    def references(self) -> dict[int, Iterable[str]]:
        """The names of the data that the schemas of configured collections refer to, by the collections' numbers."""
        sources = [collection.schema for collection in self.project.config.collections]
        named = {n: source for n, source in enumerate(sources) if isinstance(source, str) and source in self._elsewhere}
        return {n: self._schema(source).references.values() for n, source in named.items()}

    def collection(self, post: Document) -> CollectionConfig | None:
        """The collection that `post` belongs to."""
        return self.project.collection(post.path, post.data if self.project.asks_posts else None)

    def document(self, path: str, data: bytes) -> Document:
        post = Document(path, Text.from_bytes(data), self.project.framework, publish=self.project.config.publish)
        if self.project.framework.sources and (reader := self.project.reader(path)):
            source, kept = reader
            post.dialect = kept.dialect or source.dialect
            post.source = source if source.reads else None
        is_own = False
        if collection := self.collection(post):
            post.collection = collection.name
            post.schema = self._schema(collection.schema) if collection.schema else None
            is_own = collection.schema in self._configured
        if NAMES_SCHEMA in data and (named := self._named_schema(post)):
            post.schema, is_own = named, True
        if self.project.framework.sources and not is_own:
            found = self.project.declared(path, post.data)
            post.declared = [Demand(each.source, source.dialect.yaml, self._schema(each)) for source, each in found]
        return post

    def check(self, path: str, data: bytes) -> Outcome:
        """Run every rule on one post. Raises PostlintError for a broken schema."""
        return self.outcome(self.document(path, data))

    def outcome(self, post: Document) -> Outcome:
        """`check`, for a post that was made before."""
        seen = self._of_same_text(post)
        path, known, has = post.path, seen.results, post.text.has
        found: list[Diagnostic] = []
        notes: dict[str, Any] = {}
        asked = self.selected(path).asked
        if post.text.is_binary:
            asked = [each for each in asked if each[0].reads_binary]
        # Most rules find nothing in most posts: what is done for each of them here is done for nothing.
        for rule, looks, noting, signs, of_text in asked:
            if signs and not any(map(has, signs)):
                continue
            try:
                items: Iterable[Finding] = ()
                note: Any = None
                if of_text and rule in known:
                    items, note = known[rule]
                else:
                    if looks:
                        items = rule.check(post)
                    if noting is not None:
                        note = noting.note(post)
                    if of_text:
                        items, note = known[rule] = list(items), note
                for item in items:
                    if item.field is None and item.span.start < post.front_matter.body:
                        item = item._replace(field=post.field_at(item.span.start))
                    found.append(self._diagnostic(rule, path, item, post.text.line_starts))
                if note is not None:
                    notes[rule.name] = _plain(note)
            except PostlintError:
                raise
            except Exception as error:
                found.append(_failure(rule, path, error))
        if any(d.fix and d.fix.edits[0].start < post.front_matter.body for d in found):
            from postlint.fixing import moves

            found = moves.judge(post, found)
        return Outcome(path, collect(post), tuple(found), notes, seen.lines, suppressions.read(post))

    def _of_same_text(self, post: Document) -> _Seen:
        """What is known of `post` from one that was checked before it and has the same text, most often nothing."""
        text = post.text.value
        for number, seen in enumerate(self._seen):
            if seen.text == text and post.is_alike(seen.post):
                post.share(seen.post)
                del self._seen[number]
                break
        else:
            seen = _Seen(text, post, pack_lines(text), {})
        self._seen.append(seen)
        return seen

    def check_site(
        self,
        outcomes: Sequence[Outcome],
        files: Files | None,
        complete: bool,
        reported: frozenset[str] | None = None,
        earlier: "Sequence[tuple[Facts, str | None]] | None" = None,
    ) -> list[Diagnostic]:
        """The findings of site rules over all posts of the project, without the diagnostics of post rules.

        `reported`: the paths to report on, None for all; `earlier` as in `Site`.
        """
        missing_images = {o.path: o.missing_images for o in outcomes if o.missing_images is not None}
        facts = [o.facts for o in outcomes if o.facts]
        site = Site(self.project.framework, facts, files, complete, missing_images, reported, earlier)
        packed: dict[str, str] = {}
        lines: dict[str, Sequence[int]] = {}
        out = []
        self.skipped = site.skipped
        for rule in self._of_site([o.path for o in outcomes]):
            if not isinstance(rule, SiteRule):
                continue
            name = rule.name
            notes = {o.path: o.notes[name] for o in outcomes if name in o.notes} if name in self._noting else {}
            try:
                for item in rule.check_site(site, notes):
                    path = item.path
                    if reported is not None and path not in reported:
                        continue
                    if not self.project.config.per_path or rule in self.selected(path).rules:
                        if path not in lines:
                            packed = packed or {o.path: o.lines for o in outcomes}
                            known = unpack_lines(packed[path]) if path in packed else None
                            lines[path] = known or _lines(files, path, item.span.start)
                        out.append(self._diagnostic(rule, path, item, lines[path]))
            except PostlintError:
                raise
            except Exception as error:
                first = sorted(facts.path for facts in site.reported)[:1]
                out += [_failure(rule, path, error) for path in first]
        return out

    def drop_restated(self, found: list[Diagnostic]) -> list[Diagnostic]:
        """`found` without findings that another rule explains better for the same field or text (see `Rule.yields_to`)."""
        if not self._yielding:
            return found
        better = {name for rules in self._yielding.values() for name in rules}
        # A schema of a framework whose keys have no case names a field in its own way.
        said: dict[tuple[str, str, str], Severity] = {
            (d.path, d.field.casefold(), d.rule): d.severity for d in found if d.rule in better and d.field
        }

        within: dict[tuple[str, str], list[Diagnostic]] = {}
        for d in found:
            if d.rule in better and not d.field:
                within.setdefault((d.path, d.rule), []).append(d)

        def is_said(d: Diagnostic) -> bool:
            names = self._yielding.get(d.rule, ())
            severities = [said.get((d.path, d.field.casefold(), name)) for name in names if d.field]
            if not d.field:
                others = (other for name in names for other in within.get((d.path, name), ()))
                severities += [o.severity for o in others if d.start.offset <= o.start.offset < d.end.offset]
            return any(severity in (Severity.ERROR, d.severity) for severity in severities)

        return [d for d in found if not is_said(d)] if said or within else found

    def unsuppressed(
        self, found: Iterable[Diagnostic], outcomes: Iterable[Outcome], complete: bool
    ) -> list[Diagnostic]:
        """`found` without suppressed findings, and with the findings about the suppressions themselves.

        `complete`: the whole site was read, so that a suppression of a site rule can be known to be unused.
        """
        given = {o.path: o.suppressions for o in outcomes if o.suppressions}
        if not given:
            return list(found)
        out: list[Diagnostic] = []
        used: set[tuple[str, Span]] = set()
        for d in found:
            hits = [s for s in given.get(d.path, ()) if s.covers(d, self._families.get(d.rule, ""))]
            used.update((d.path, s.comment) for s in hits)
            if not hits:
                out.append(d)
        judged = {w for r in self.all_rules if complete or not isinstance(r, SiteRule) for w in (r.name, r.family)}
        active = {rule.name: rule for rule in self.all_rules}
        for outcome in outcomes:
            for item in outcome.suppressions:
                is_used = (outcome.path, item.comment) in used
                for name, finding in suppression_verdicts.verdicts(item, is_used, self._words, judged, complete):
                    if name in active:
                        out.append(self._diagnostic(active[name], outcome.path, finding, unpack_lines(outcome.lines)))
        return out

    def selected(self, path: str) -> "_Selected":
        """The rules that hold for the post at `path`, and their severities."""
        if not self.project.config.per_path:
            return self._whole
        # Asked for each finding, and the answer takes every pattern of the configuration.
        if path not in self._of_path:
            numbers = self.project.per_path_numbers(path)
            if numbers not in self._parts:
                self._parts[numbers] = self._selected(tuple(self.project.config.per_path[n] for n in numbers))
            self._of_path[path] = self._parts[numbers]
        return self._of_path[path]

    def _selected(self, tables: "Sequence[PerPath]") -> "_Selected":
        config = self.project.config
        if self._is_fixed or not any(
            table.select is not None or table.extend_select or table.rules for table in tables
        ):
            rules: Sequence[Rule] = [rule for rule in self.rules if selection.stays(rule, tables)]
        else:
            # A rule with the same options for these posts remains one object: it compares them with the others.
            same = {rule.name: rule for rule in self.rules}
            changed = {name for table in tables for name in table.rules}
            made = selection.active(config, tables)
            rules = [rule if rule.name in changed else same.get(rule.name, rule) for rule in made]
        return _selected(rules, {rule.name: selection.severity(rule, config, tables) for rule in rules})

    def _of_site(self, paths: Iterable[str]) -> list[Rule]:
        """The site rules that hold for any of the posts at `paths`."""
        if not self.project.config.per_path:
            return list(self.rules)
        found = {id(rule): rule for rule in self.rules}
        found.update((id(rule), rule) for path in paths for rule in self.selected(path).rules)
        return list(found.values())

    def _diagnostic(self, rule: Rule, path: str, finding: Finding | SiteFinding, lines: Sequence[int]) -> Diagnostic:
        begin, finish = finding.span
        start, end = place(lines, begin), place(lines, finish)
        severity = self.selected(path).severity.get(rule.name) or finding.severity or rule.severity
        message, field, fix, group = finding.message, finding.field, finding.fix, finding.group
        return Diagnostic(path, rule.name, severity, message, start, end, field, fix, rule.url, group=group)

    def _schema(self, source: "str | schema.Stated") -> "schema.Schema":
        name = schema.name_of(source)
        if name not in self._schemas:
            config = self.project.config
            files = self.project.files.at(config.root or os.getcwd())
            self._schemas[name] = schema.load(source, config.root or ".", isolated=config.isolated, files=files)
        return self._schemas[name]

    def _named_schema(self, post: Document) -> "schema.Schema | None":
        """The JSON Schema file that the post's own key `$schema` names; None if that is not a path of the site."""
        named = post.data.get("$schema")
        if not isinstance(named, str) or is_external(named) or not self.project.root:
            return None
        if not named.endswith(SCHEMA_ENDINGS):
            return None
        path = posixpath.normpath(posixpath.join("/", posixpath.dirname(post.path), named).lstrip("/"))
        # remark-lint-frontmatter-schema looks for `./schema.yaml` from the root.
        if not self.project.files.is_file(path) and self.project.files.is_file(posixpath.normpath(named)):
            path = posixpath.normpath(named)
        if any(part == "node_modules" or (part[:1] == "." and part != "..") for part in path.split("/")):
            # Made by an installation or a build: not there yet, or, for Astro's, not to be taken by its word.
            return None
        name = f"$schema {path}"
        if name not in self._schemas:
            try:
                self._schemas[name] = schema.load_json(path, self.project.files)
            except PostlintError as error:
                self._schemas[name] = schema.Unusable(str(error))
        return self._schemas[name]


def check_some(checker: Checker, posts: Iterable[tuple[str, bytes | None]]) -> list[Outcome]:
    """Check (path, content) pairs; if the content is None, the file is read."""
    out = []
    for path, data in posts:
        try:
            out.append(checker.check(path, checker.project.files.read(path) if data is None else data))
        except reading.Unreadable as error:
            out.append(unreadable(path, error))
    return out


def unreadable(path: str, error: reading.Unreadable) -> Outcome:
    """The outcome of a file that cannot be read: a finding that says so."""
    return Outcome(path, None, (about_file(path, FILE_UNREADABLE, str(error)),), {}, pack_lines(""))


def _lines(files: Files | None, path: str, offset: int) -> Sequence[int]:
    """The lines of a file that is not a post, if a finding is at an offset in it."""
    text = files.read_text(path) if files and offset else None
    return Text(text).line_starts if text else _NO_TEXT


def _failure(rule: Rule, path: str, error: Exception) -> Diagnostic:
    """The finding that `rule` raised `error` instead of judging the post at `path`."""
    said = " ".join(f"{type(error).__name__}: {error}".split())
    message = f"the rule {rule.name} failed on this post: {said.removesuffix(':')}; report it to the rule's author"
    return about_file(path, rule.name, message)._replace(url=rule.url, rule_failed=True)


_PLAIN = frozenset((str, int, float, bool))


def _plain(value: Any) -> Any:
    """A note as it comes back from another process: tuples as lists. Raises TypeError for other than plain data."""
    if value is None or type(value) in _PLAIN:
        return value
    # Subclasses of plain types, such as members of an enumeration, become the plain value.
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, float):
        return float.__float__(value)
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {str.__str__(key): _plain(item) for key, item in value.items()}
    raise TypeError(f"a note must be plain data, not {type(value).__name__}")
