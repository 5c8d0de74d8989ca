"""Suppressions that suppress nothing."""

from postlint.diagnostics import Severity
from postlint.rule import Rule


class SuppressionUnused(Rule):
    """A comment that silences rules that have nothing to report there.

    ## Why it matters

    The comment would hide the next mistake in its place.

    ## How to fix it

    Remove the comment. The fix does that and is safe.

    ## What it leaves alone

    Comments that the run cannot judge: those that name a rule that did not run, or a rule about the whole site when
    only a part of the site was read.
    """

    severity = Severity.WARNING
