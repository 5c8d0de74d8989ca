"""Findings about the suppressions themselves."""

from collections.abc import Container, Iterator

from postlint.diagnostics import SUPPRESSION_UNKNOWN_RULE, SUPPRESSION_UNUSED, Edit, Fix
from postlint.posts.suppressions import Suppression
from postlint.rule import Finding


def verdicts(
    item: Suppression, used: bool, known: Container[str], judged: Container[str], complete: bool
) -> Iterator[tuple[str, Finding]]:
    """Findings about the suppression `item`, each with the name of its rule.

    `used`: it hid a finding. `known` holds all names of rules and families, `judged` those that ran and saw everything
    they need; `complete`: every rule did.
    """
    unknown = [(name, span) for name, span in zip(item.rules, item.names, strict=True) if name not in known]
    for name, span in unknown:
        yield SUPPRESSION_UNKNOWN_RULE, Finding(span, f"there is no rule `{name}`; `postlint rule` lists all rules")
    if not used and not unknown and (all(name in judged for name in item.rules) if item.rules else complete):
        named = " or ".join(item.rules) or "any rule"
        fix = Fix("Remove the comment", (Edit(*item.waste, ""),))
        yield (
            SUPPRESSION_UNUSED,
            Finding(item.comment, f"no finding of {named} is left here; remove this comment", fix=fix),
        )
