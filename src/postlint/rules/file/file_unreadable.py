"""Files that cannot be read."""

from postlint.rule import Rule


class FileUnreadable(Rule):
    """A file that cannot be read.

    There may be no permission to read it, it may not be a regular file, it may be a link to a file that does not exist,
    or it may be far too large. A folder of posts that may not be listed is such a file, too.

    ## Why it matters

    Nothing in the file or the folder can be checked.

    ## How to fix it

    Remove the obstacle that the message names.

    ## What it leaves alone

    It is found before any rule runs, so it does not look for anything in a post.

    ## How to silence it

    It cannot be silenced by a comment. Leave the file out of the check in the configuration:

    ```toml
    exclude = ["path/of/the/file.md"]
    ```
    """
