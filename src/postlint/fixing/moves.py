"""Fixes that change a post's address: never safe, and the old address becomes an alias if the framework has aliases."""

from collections.abc import Iterator, Sequence

from postlint.diagnostics import Diagnostic, Edit, Fix
from postlint.fixing import fixes
from postlint.front_matter import Entry
from postlint.posts.document import Document
from postlint.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from postlint.frameworks.answers import Address


_MOST_READ = 400_000
"""How many characters of front matter are read to judge the fixes of one post one by one. Each fix takes one reading, so
front matter of 1,000 characters may have 400 fixes. Without a limit, thousands of fixes would take minutes."""


def judge(post: Document, found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """`found` in `post`, with every fix of the front matter as `judged` leaves it.

    If there are too many fixes, the last ones are judged together: they stay safe if the post keeps its address when all of
    them are made."""
    out = [*found]
    body = post.front_matter.body
    about = [number for number, d in enumerate(found) if d.fix and d.fix.edits[0].start < body]
    most = _MOST_READ // max(1, body)
    for number in about[:most]:
        if fix := found[number].fix:
            out[number] = found[number]._replace(fix=judged(post, fix))
    together = [found[number] for number in about[most:]]
    if together and not _is_free(post):
        text, done = fixes.apply(post.text.value, together)
        stay = {id(d) for d in done} if _stays(post.address, post.with_text(Text(text)).address) else set[int]()
        for number in about[most:]:
            fix = found[number].fix
            if fix and id(found[number]) not in stay:
                out[number] = found[number]._replace(fix=fix._replace(applicability="unsafe"))
    return out


def judged(post: Document, fix: Fix) -> Fix:
    """`fix` of a finding in `post`. If it changes the post's address, it becomes unsafe and, if possible, also adds the old
    address to the post's aliases."""
    if fix.edits[0].start >= post.front_matter.body or _is_free(post):
        return fix
    before, after = post.address, _edited(post, fix.edits).address
    if _stays(before, after):
        return fix
    from urllib.parse import unquote

    fix = fix._replace(applicability="unsafe")
    wanted = {unquote(address) for address in (*(before.addresses or ()), *after.aliases)}
    if wanted <= {*map(unquote, after.aliases)}:
        return fix  # it is among them already
    for edits in _with_alias(post, fix, before):
        now = _edited(post, edits).address
        if now.addresses == after.addresses and wanted <= {*map(unquote, now.aliases)}:
            return Fix(f"{fix.message}, and add the old address as an alias", edits, "unsafe")
    return fix


def _is_free(post: Document) -> bool:
    """Whether any fix may move the post: nobody has the address of a draft yet."""
    return bool(post.front_matter.problem or post.framework.draft(post.path, post.data))


def _stays(before: "Address", after: "Address") -> bool:
    return before.addresses == () or (before.addresses, before.key) == (after.addresses, after.key)


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
        return  # the alias would contain what the fix removes
    while old:
        if added := list_writing.add(post.text.value, post.front_matter, key, old, changed):
            yield tuple(sorted([*fix.edits, *added]))
        # The old address may begin with the path of the site's own address.
        old = old[old.find("/", 1) :] if old.find("/", 1) > 0 else ""


def _entry(post: Document, fix: Fix) -> Entry | None:
    """The top-level entry that all of `fix` is about."""
    start, end = fix.edits[0].start, fix.edits[-1].end
    entries = post.front_matter.root.entries or ()
    return next((e for e in entries if e.key.span.start <= start and end <= max(e.key.span.end, e.node.span.end)), None)


def _edited(post: Document, edits: tuple[Edit, ...]) -> Document:
    text = Text(fixes.edited(post.text.value, edits))
    return post.with_text(text)
