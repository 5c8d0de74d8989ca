"""Formatting the body of a post by mdformat, if the page stays the same."""

from postlint.formatting import edits, formatted
from postlint.formatting.options import options
from postlint.lsp.desk import Desk
from postlint.lsp.positions import Json
from postlint.lsp.post_at import asked

_INFORMATION = 3


def answer(desk: Desk, params: Json) -> list[Json]:
    """Why a post is left as it is, the user reads in a message."""
    here = asked(desk, params)
    if here is None:
        return []
    text, start = here.post.text.value, here.post.front_matter.body
    made = formatted(here.post, options(here.place.site.project.config))
    if made.body is None:
        if made.reason:
            message = f"postlint did not format this post: {made.reason}"
            desk.say("window/showMessage", {"type": _INFORMATION, "message": message})
        return []
    return [
        {"range": here.positions.range(edit.start, edit.end), "newText": edit.content}
        for edit in edits(text[start:], made.body, start)
    ]
