"""Files that cannot be read."""

from postlint.rule import Rule


class FileUnreadable(Rule):
    """A file that cannot be read: no permission, no regular file, a link that leads nowhere, or far too large.

    Nothing else is said of such a file. It is found before any rule runs, so this one has nothing to look for.
    """
