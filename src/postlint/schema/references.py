"""What a schema's `references` name: the entries of a data set, or files."""

_FILE = "file:"
"""Begins the name of a set of files: what is named is the path of one below the folder that follows."""


def file_named(to: str, text: str) -> str | None:
    """The path of the file that `text` names in a field that refers `to` files; None if that is a set of entries."""
    if not to.startswith(_FILE):
        return None
    folder = to.removeprefix(_FILE).strip("/")
    return "/".join(filter(None, (folder, text.lstrip("/"))))
