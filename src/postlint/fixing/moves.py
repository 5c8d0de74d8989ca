"""Repairs that move a post to another address: never safe, and the old address stays as an alias where there are such."""

from collections.abc import Iterator

from postlint.diagnostics import Edit, Fix
from postlint.fixing import fixes
from postlint.front_matter import Entry
from postlint.posts.document import Document
from postlint.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from postlint.frameworks.answers import Address


def judged(post: Document, fix: Fix) -> Fix:
    """`fix` of a finding in `post`; where the post gets another address by it, as an unsafe one that, if possible, also
    lists the old address among the post's aliases."""
    if fix.edits[0].start >= post.front_matter.body or post.front_matter.problem:
        return fix
    if post.framework.draft(post.path, post.data):
        return fix  # nobody has its address yet
    before, after = post.address, _edited(post, fix.edits).address
    if before.addresses == () or (before.addresses, before.key) == (after.addresses, after.key):
        return fix
    from urllib.parse import unquote

    fix = fix._replace(applicability="unsafe")
    wanted = {unquote(address) for address in (*(before.addresses or ()), *after.aliases)}
    if wanted <= {*map(unquote, after.aliases)}:
        return fix  # it is among them already
    for edits in _with_alias(post, fix, before):
        now = _edited(post, edits).address
        if now.addresses == after.addresses and wanted <= {*map(unquote, now.aliases)}:
            return Fix(f"{fix.message}, and keep the old address as an alias", edits, "unsafe")
    return fix


def _with_alias(post: Document, fix: Fix, before: "Address") -> Iterator[tuple[Edit, ...]]:
    """The edits of `fix` and those that may add the old address; whether they do, the framework has to tell."""
    key, changed = post.framework.addressing.alias_key, _entry(post, fix)
    if key is None or changed is None or not before.addresses or len(before.addresses) > 1:
        return
    from urllib.parse import unquote

    from postlint.front_matter import list_writing

    if not post.framework.front_matter.keys_have_case:
        key = next((name for name in post.entries if name.casefold() == key), key)
    old = unquote(before.addresses[0])
    if any(not gone.isascii() and gone in old for gone in (post.text.value[e.start : e.end] for e in fix.edits)):
        return  # the alias would hold what the repair takes out
    while old:
        if added := list_writing.add(post.text.value, post.front_matter, key, old, changed):
            yield tuple(sorted([*fix.edits, *added]))
        # The path of the site's own address may stand before it.
        old = old[old.find("/", 1) :] if old.find("/", 1) > 0 else ""


def _entry(post: Document, fix: Fix) -> Entry | None:
    """The top-level entry that all of `fix` is about."""
    start, end = fix.edits[0].start, fix.edits[-1].end
    entries = post.front_matter.root.entries or ()
    return next((e for e in entries if e.key.span.start <= start and end <= max(e.key.span.end, e.node.span.end)), None)


def _edited(post: Document, edits: tuple[Edit, ...]) -> Document:
    text = Text(fixes.edited(post.text.value, edits))
    return Document(post.path, text, post.framework, post.collection, post.schema)
