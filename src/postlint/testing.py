"""For the tests of rules, postlint's own and those of plugins: runs a rule's examples."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, cast

from postlint.checking.checker import Checker
from postlint.diagnostics import Diagnostic, Severity, order
from postlint.files.endings import is_markdown
from postlint.files.files import MemoryFiles
from postlint.fixing import fixes
from postlint.posts.facts import Facts
from postlint.projects.project import in_memory
from postlint.rule import Bad, Good, Rule, configure
from postlint.settings import CollectionConfig, Config
from postlint.text import Text


class Example(NamedTuple):
    """One example of a rule, ready to run. `str()` of it is a name for a parametrized test."""

    rule: type[Rule]
    example: Good | Bad
    number: int

    def __str__(self) -> str:
        name = self.example.name
        return f"{self.rule.name}: {name}" if name else f"{self.rule.name}-{self.number}"


def examples(*rules: type[Rule]) -> list[Example]:
    """Every example of `rules`, for `pytest.mark.parametrize("example", …, ids=str)`."""
    return [Example(rule, example, number) for rule in rules for number, example in enumerate(rule.examples, 1)]


def run_example(example: Example, strict: bool = False) -> None:
    """Raise AssertionError if the rule does not do what its example shows.

    Exactly the marked spans must be reported, with the severity, the safety of the fix and the message that the example
    states. The fixed text must be as shown, and only what no fix was offered for may be reported in it again.

    `strict` also demands what an example may leave out: a `name`, `safe` beside `fixed`, and the `severity` of findings
    that do not have the rule's own. A finding must then name the field that it points at.
    """
    shown = example.example
    marked = shown.text if isinstance(shown.text, Mapping) else {shown.path: shown.text}
    texts = {path: unmark(text) for path, text in marked.items()}
    posts = {path: text for path, (text, _) in texts.items() if is_markdown(path)}
    others = {path: text.encode() for path, (text, _) in texts.items() if not is_markdown(path)}
    site = _Site(example, posts, others)

    found = site.check(posts)

    assert shown.name or not strict, f"{example}: the example has no name"
    reported = [(d.path, d.start.offset, d.end.offset) for d in found]
    expected = [(path, *span) for path, (_, spans) in sorted(texts.items()) for span in spans]
    assert reported == expected, f"{example}: reported {reported}, expected {expected}"
    if isinstance(shown, Bad):
        assert found, f"{example}: nothing is marked in an example of what is reported"
        _compare(example, shown, found, strict)
        for d in found if strict else ():
            fields = site.fields_at(d, posts)
            assert not fields or d.field in fields, f"{example}: field {d.field}, expected {' or '.join(fields)}"
        after = site.fix(posts)
        changed = tuple(text for path, text in sorted(after.items()) if text != posts[path])
        assert changed == shown.fixed_texts, f"{example}: fixed to {[*changed]}"
        left = [d.message for d in site.check(after)]
        unfixed = [d.message for d in found if not d.fix]
        assert sorted(left) == sorted(unfixed), f"{example}: after the fix, reported {left}, expected {unfixed}"


def _compare(example: Example, shown: Bad, found: Sequence[Diagnostic], strict: bool) -> None:
    """Raise AssertionError if `found` is not as the example states."""
    severity, safe = shown.severity, shown.safe
    if strict:
        severity = example.rule.severity if severity is None else severity
        assert safe is not None or shown.fixed is None, f"{example}: the example does not state `safe`"
    if severity is not None:
        _same(example, "severity", [d.severity for d in found], severity, Severity)
    if isinstance(safe, tuple):
        _same(example, "safe", [_is_safe(d) for d in found], safe, bool)
    elif safe is not None:
        fixable = [_is_safe(d) for d in found if d.fix]
        assert fixable, f"{example}: `safe` is stated, but there is no fix"
        _same(example, "safe", fixable, safe, bool)
    if shown.message is not None:
        _same(example, "message", [d.message for d in found], shown.message, str)


def _same(example: Example, name: str, found: Sequence[object], stated: object, kind: type) -> None:
    expected = [stated] * len(found) if isinstance(stated, kind) else [*cast("Iterable[object]", stated)]
    assert [*found] == expected, f"{example}: {name} {[*found]}, expected {expected}"


def _is_safe(diagnostic: Diagnostic) -> bool | None:
    return None if diagnostic.fix is None else diagnostic.fix.applicability == "safe"


class _Site:
    """The site of one example, and its rule."""

    def __init__(self, example: Example, posts: Iterable[str], others: Mapping[str, bytes]) -> None:
        shown, rule = example.example, example.rule
        collections = (CollectionConfig("example", ("**",), schema=shown.schema),) if shown.schema else ()
        project = in_memory(Config(framework=shown.framework, collections=collections), posts, others)
        self._checker = Checker(project, [configure(rule, shown.options)])
        self._files = MemoryFiles(others) if others else None
        self._before = shown.before

    def check(self, posts: Mapping[str, str]) -> list[Diagnostic]:
        outcomes = [self._checker.check(path, Text(text).to_bytes()) for path, text in posts.items()]
        found = [d for outcome in outcomes for d in outcome.diagnostics]
        earlier = None if self._before is None else self._earlier(sorted(posts))
        return order(found + self._checker.check_site(outcomes, self._files, complete=True, earlier=earlier))

    def fields_at(self, found: Diagnostic, posts: Mapping[str, str]) -> list[str]:
        """The names that the field `found` points at may have; empty if it does not point at a field.

        A finding about the item of a list may name the list, one beside a list may name its item, and one that points at
        a key names its field.
        """
        text = posts.get(found.path, "")
        marked = text[found.start.offset : found.end.offset].strip("\"'")
        post = self._checker.document(found.path, Text(text).to_bytes())
        if value := post.field_at(found.start.offset):
            names = [value, value.partition("[")[0], f"{value}.{marked}"]
            return [*names, found.field] if found.field and found.field.partition("[")[0] == value else names
        return [marked] if found.field and marked in post.entries else []

    def _earlier(self, now: list[str]) -> list[tuple[Facts, str | None]]:
        before = {path: self._checker.check(path, text.encode()).facts for path, text in (self._before or {}).items()}
        new = [path for path in now if path not in before]
        return [(facts, path if path in now else next(iter(new), None)) for path, facts in before.items() if facts]

    def fix(self, posts: Mapping[str, str]) -> dict[str, str]:
        out = dict(posts)
        for _ in range(10):
            found = self.check(out)
            fixed = {
                path: fixes.apply(text, [d for d in found if d.path == path], unsafe=True) for path, text in out.items()
            }
            out = {path: text for path, (text, _) in fixed.items()}
            if not any(done for _, done in fixed.values()):
                break
        return out


def unmark(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without ⟦ and ⟧, and the spans (code points) that they enclosed, in order."""
    spans = []
    while "⟦" in text:
        start, end = text.index("⟦"), text.index("⟧") - 1
        spans.append((start, end))
        text = text.replace("⟦", "", 1).replace("⟧", "", 1)
    return text, spans
