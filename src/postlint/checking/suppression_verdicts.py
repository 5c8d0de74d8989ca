"""Findings about the suppressions themselves."""

from collections.abc import Container, Iterator

from postlint.diagnostics import SUPPRESSION_UNKNOWN_RULE, SUPPRESSION_UNUSED, Edit, Fix
from postlint.posts.suppressions import Suppression
from postlint.rule import Finding


def verdicts(
    item: Suppression, used: bool, known: Container[str], judged: Container[str], complete: bool
) -> Iterator[tuple[str, Finding]]:
    """What is to be said of a suppression itself: (rule, finding).

    `known` holds all names of rules and families, `judged` those that ran and saw all they need; `complete` tells that
    every rule did.
    """
    for name, span in zip(item.rules, item.names, strict=True):
        if name not in known:
            yield SUPPRESSION_UNKNOWN_RULE, Finding(span, f"there is no rule `{name}`; `postlint rule` lists them")
            used = True
    if not used and (all(name in judged for name in item.rules) if item.rules else complete):
        named = " ".join(item.rules) or "any rule"
        fix = Fix("Take the comment out", (Edit(*item.waste, ""),))
        yield SUPPRESSION_UNUSED, Finding(item.comment, f"nothing is left here for {named} to report", fix=fix)
