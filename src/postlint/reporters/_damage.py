"""One finding for a post that is damaged throughout, in place of hundreds: for people and editors."""

from collections import Counter
from collections.abc import Sequence

from postlint.diagnostics import Diagnostic, Fix, Severity
from postlint.mojibake.explain import cause

RULE = "mojibake"
# A post with more damaged places than this is damaged throughout.
_MANY = 20
_PLACES = 3


def gathered(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """`diagnostics`, with one for all mojibake of a post that has more than twenty such places.

    It stands where the first one stood. Its message says how many there are, what their cause is, and what the first three
    mean; its fix makes all safe fixes.
    """
    numbers = Counter(d.path for d in diagnostics if d.rule == RULE)
    many = {path for path, number in numbers.items() if number > _MANY}
    if not many:
        return list(diagnostics)
    groups: dict[str, list[Diagnostic]] = {path: [] for path in many}
    for d in diagnostics:
        if d.rule == RULE and d.path in many:
            groups[d.path].append(d)
    first = {id(group[0]) for group in groups.values()}
    return [
        _one(groups[d.path]) if id(d) in first else d
        for d in diagnostics
        if d.rule != RULE or d.path not in many or id(d) in first
    ]


def _one(group: list[Diagnostic]) -> Diagnostic:
    """One diagnostic for all of a post."""
    number = len(group)
    causes = Counter(cause(d.message) for d in group).most_common()
    main, share = next(((how, count) for how, count in causes if how), ("read in a wrong encoding", number))
    whole = "The post" if share == number else "Most of it" if 2 * share > number else "Some of it"
    places = "; ".join(f"line {d.start.line}: {_meaning(d.message)}" for d in group[:_PLACES])
    message = f"This post is damaged in {number:,} places. {whole} was {main}. The first places are {places}"
    safe = [d.fix for d in group if d.fix and d.fix.applicability == "safe"]
    fix = None
    if safe:
        edits = tuple(sorted(edit for one in safe for edit in one.edits))
        wording = f"Fix all {number:,} places" if len(safe) == number else f"Fix {len(safe):,} of the {number:,} places"
        fix = Fix(wording, edits)
    severity = Severity.ERROR if any(d.severity is Severity.ERROR for d in group) else Severity.WARNING
    return group[0]._replace(message=message, fix=fix, severity=severity, field=None)


def _meaning(message: str) -> str:
    """What a message says that a run means, without its cause."""
    how = cause(message)
    return message.split(f", {how}")[0].split(f" {how}")[0] if how else message
