"""Suppressions of rules that do not exist."""

from postlint.rule import Rule


class SuppressionUnknownRule(Rule):
    """A comment that silences a rule that does not exist.

    ## Why it matters

    The comment silences nothing. Either the name is misspelled, or the rule has a new name.

    ## How to fix it

    Correct the name. `postlint rule` lists all rules and families.

    ## What it leaves alone

    Comments without a name, which silence all rules.
    """
