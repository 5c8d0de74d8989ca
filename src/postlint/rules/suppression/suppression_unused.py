"""Suppressions that suppress nothing."""

from postlint.diagnostics import Severity
from postlint.rule import Rule


class SuppressionUnused(Rule):
    """A comment that silences rules where they have nothing to say any more.

    Left in place, it would hide the next mistake. The repair takes the comment out. Only those are reported that the
    run can judge: all of the rules they name ran, and for rules about the whole site, the whole site was read.
    """

    severity = Severity.WARNING
