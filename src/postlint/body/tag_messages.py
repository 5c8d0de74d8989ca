"""What a compiler that reads tags in Markdown says of those that have no other end, in words, with the remedy."""

AS_TEXT = "so the build stops; write `&lt;` for a `<` that is text, or put it in backticks"
COMMENT = "this comment never ends, so the build stops; write `-->` behind it"


def unclosed(name: str, block: str) -> str:
    """The tag `<name>` has no end in the `block` it is in (such as `paragraph`), or nowhere if that is empty."""
    if block:
        return f"`<{name}>` is not closed in its {block}, {AS_TEXT}"
    return f"`<{name}>` is not closed, so the build stops; write `</{name}>` behind its content"


def unopened(name: str) -> str:
    """The tag `</name>` ends nothing."""
    return (
        f"`</{name}>` closes a tag that was never opened, so the build stops; remove it or write `<{name}>` before it"
    )
