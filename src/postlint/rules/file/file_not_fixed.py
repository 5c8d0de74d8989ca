"""Files that a repair could not be written to."""

from postlint.rule import Rule


class FileNotFixed(Rule):
    """A repair that was not made, and why.

    With `--fix`, a file is left as it is when it is read-only, when it has several names (hard links, of which a
    replaced file would lose all but one), when it is a link that leads out of the repository, and when it was changed
    while it was checked. So it is, too, when the post would get the address of another one; and when a repair would do
    more than it says, or two rules' repairs undo each other: those are mistakes in a rule, worth a report.

    It is found while repairing, so there is nothing to look for in a post.
    """
