"""Suppressions of rules that do not exist."""

from postlint.rule import Rule


class SuppressionUnknownRule(Rule):
    """A comment that is to silence a rule that does not exist: a slip of the pen, or a rule that was renamed."""
