"""For the tests of rules, postlint's own and those of plugins: runs a rule's examples."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from postlint import engine, fixes
from postlint.config import CollectionConfig, Config
from postlint.diagnostics import Diagnostic, order
from postlint.facts import Facts
from postlint.files import MemoryFiles
from postlint.project import in_memory
from postlint.rule import Bad, Good, Rule, configure
from postlint.text import Text

_POSTS = (".md", ".mdx", ".markdown")


class Example(NamedTuple):
    """One example of a rule, ready to run. `str()` of it is a name for a parametrized test."""

    rule: type[Rule]
    example: Good | Bad
    number: int

    def __str__(self) -> str:
        return f"{self.rule.name}-{self.number}"


def examples(*rules: type[Rule]) -> list[Example]:
    """Every example of `rules`, for `pytest.mark.parametrize("example", …, ids=str)`."""
    return [Example(rule, example, number) for rule in rules for number, example in enumerate(rule.examples, 1)]


def run_example(example: Example) -> None:
    """Raise AssertionError if the rule does not do what its example shows.

    The rule must report exactly the marked spans, the fixed text must be as shown, and the fixed text must have no
    finding with a fix.
    """
    shown = example.example
    texts = shown.text if isinstance(shown.text, Mapping) else {shown.path: shown.text}
    posts = {path: unmark(text) for path, text in texts.items() if path.endswith(_POSTS)}
    others = {path: text.encode() for path, text in texts.items() if not path.endswith(_POSTS)}
    site = _Site(example, posts, others)

    found = site.check({path: text for path, (text, _) in posts.items()})

    reported = [(d.path, d.start.offset, d.end.offset) for d in found]
    expected = [(path, *span) for path, (_, spans) in sorted(posts.items()) for span in spans]
    assert reported == expected, f"{example}: reported {reported}, expected {expected}"
    if isinstance(shown, Bad):
        assert found, f"{example}: nothing is marked in an example of a finding"
        before = {path: text for path, (text, _) in posts.items()}
        after = site.fix(before)
        changed = [text for path, text in after.items() if text != before[path]]
        assert changed == ([] if shown.fixed is None else [shown.fixed]), f"{example}: fixed to {changed}"
        assert not any(d.fix for d in site.check(after)), f"{example}: a fixed post has a finding with a fix"


class _Site:
    """The site of one example, and its rule."""

    def __init__(self, example: Example, posts: Iterable[str], others: Mapping[str, bytes]) -> None:
        shown, rule = example.example, example.rule
        collections = (CollectionConfig("example", ("**",), schema=shown.schema),) if shown.schema else ()
        project = in_memory(Config(framework=shown.framework, collections=collections), posts, others)
        self._checker = engine.Checker(project, [configure(rule, shown.options)])
        self._files = MemoryFiles(others) if others else None
        self._before = shown.before

    def check(self, posts: Mapping[str, str]) -> list[Diagnostic]:
        outcomes = [self._checker.check(path, Text(text).to_bytes()) for path, text in posts.items()]
        found = [d for outcome in outcomes for d in outcome.diagnostics]
        earlier = None if self._before is None else self._earlier(sorted(posts))
        return order(found + self._checker.check_site(outcomes, self._files, complete=True, earlier=earlier))

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
