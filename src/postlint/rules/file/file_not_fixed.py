"""Files that could not be fixed."""

from postlint.rule import Rule


class FileNotFixed(Rule):
    """A fix that was not made, and why.

    With `--fix`, a file is left as it is if:

    - it is read-only;
    - it has several names (hard links), because a replaced file would lose all but one;
    - it is a link that leads out of the site;
    - it was changed while it was checked;
    - the fix would give the post an address that is already in use;
    - the fix would change more than it says, or the fixes of two rules undo each other.

    ## Why it matters

    The problem that the fix was for is still there.

    ## How to fix it

    Remove the obstacle that the message names and run `--fix` again, or make the change by hand. The last case above is
    a mistake in a rule; please report it.

    ## What it leaves alone

    It is found while fixing, so it does not look for anything in a post.

    ## How to silence it

    It cannot be silenced. Without `--fix`, it does not occur.
    """
