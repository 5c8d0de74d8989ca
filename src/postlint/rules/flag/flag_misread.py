"""Flags that hide a post, and whose value the framework reads otherwise."""

from collections.abc import Iterable

from postlint.diagnostics import Edit, Fix, Severity
from postlint.front_matter import Entry
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule

_YES = frozenset(
    (
        *("true", "yes", "y", "on", "1", "t", "ja", "j", "oui", "si", "sí", "sì", "sim", "tak", "ano", "da", "да"),
        *("evet", "igen", "kyllä", "ναι", "是", "はい", "예", "真", "wahr", "vrai", "vero", "verdadero"),
    )
)
_NO = frozenset(
    (
        *("false", "no", "n", "off", "0", "f", "nein", "non", "não", "nao", "nie", "ne", "nej", "nee", "нет", "hayır"),
        *("nem", "ei", "όχι", "否", "いいえ", "아니요", "假", "falsch", "faux", "falso"),
    )
)
_UNFINISHED = frozenset(
    ("draft", "drafts", "wip", "unpublished", "hidden", "private", "entwurf", "brouillon", "borrador")
)


class FlagMisread(Rule):
    """A flag such as `draft` that is not true or false, so that the framework reads something else than was meant.

    For example, Hugo reads `draft: "yes"` as false, and Jekyll reads `published: "false"` as true. The message says what
    the framework reads.

    ## Why it matters

    A draft is published, or a finished post is hidden. Nothing in the build says so.

    ## How to fix it

    Write `true` or `false`, without quotes. The fix does that. It is unsafe, because it hides or publishes the post.

    ## What it leaves alone

    - Values that the framework reads as they are meant, such as `draft: "false"` in Hugo.
    - Flags that the site's own code reads.
    - Values that stop the build: see `post-refused` and `schema-invalid-value`.
    """

    severity = Severity.ERROR
    examples = (
        Good("---\ndraft: true\n---\n", path="content/a.md", framework="hugo", name="true"),
        Good('---\ndraft: "false"\n---\n', path="content/a.md", framework="hugo", name="text that Hugo reads as false"),
        Bad(
            '---\ndraft: ⟦"yes"⟧\n---\n',
            fixed="---\ndraft: true\n---\n",
            path="content/a.md",
            framework="hugo",
            name="text that Hugo reads as false, though it says yes",
            show=True,
            safe=False,
            message='Hugo reads `draft: "yes"` as false, so this post is published; write `true`',
        ),
        Bad(
            "---\ndraft: ⟦draft⟧\n---\n",
            fixed="---\ndraft: true\n---\n",
            path="content/a.md",
            framework="hugo",
            name="a word for unfinished posts",
            safe=False,
        ),
        Bad(
            "---\nDraft: ⟦someday⟧\n---\n",
            path="content/a.md",
            framework="hugo",
            name="a word that says neither",
            message="Hugo reads `Draft: someday` as false, so this post is published; write `true` or `false`",
        ),
        Bad(
            '+++\ndraft = ⟦"ja"⟧\n+++\n',
            fixed="+++\ndraft = true\n+++\n",
            path="content/a.md",
            framework="hugo",
            name="TOML",
            safe=False,
        ),
        Bad(
            '---\npublished: ⟦"false"⟧\n---\n',
            fixed="---\npublished: false\n---\n",
            path="_posts/2024-01-02-a.md",
            framework="jekyll",
            name="text that Ruby takes for true",
            show=True,
            safe=False,
            message='Jekyll reads `published: "false"` as true, so this post is published; write `false`',
        ),
        Good('---\npublished: "true"\n---\n', path="_posts/2024-01-02-a.md", framework="jekyll", name="a true text"),
        Good("---\npublished: 2024-01-02\n---\n", path="_posts/2024-01-02-a.md", framework="jekyll", name="a date"),
        Bad(
            "---\ntitle: A\npublished: ⟦nein⟧\n---\n",
            fixed="---\ntitle: A\npublished: false\n---\n",
            path="source/_posts/a.md",
            framework="hexo",
            name="text that Hexo takes for true",
            safe=False,
        ),
        Good(
            '---\ntitle: A\npublished: "false"\n---\n',
            path="source/_posts/a.md",
            framework="hexo",
            name="text that Hexo takes for false",
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        flags = post.framework.front_matter.flags
        if not flags:
            return
        for name, entry in post.entries.items():
            key = name if post.framework.front_matter.keys_have_case else name.lower()
            value = entry.node.value
            if key in flags and entry.node.is_scalar and not isinstance(value, bool) and value not in (None, ""):
                finding = _finding(post, entry, flags[key])
                if finding:
                    yield finding


def _finding(post: Document, entry: Entry, hides: bool) -> Finding | None:
    """What is wrong with the flag `entry`; `hides` is the value that hides the post."""
    node, value = entry.node, entry.node.value
    if not isinstance(value, (str, int)):
        return None
    word = str(value).strip().casefold()
    is_hidden = post.framework.draft(post.path, post.data)
    meant_hidden: bool | None = None
    if word in _YES or word in _NO:
        meant_hidden = (word in _YES) == hides
    elif word in _UNFINISHED:
        meant_hidden = True
    if meant_hidden is is_hidden or (meant_hidden is None and (not hides or is_hidden)):
        return None
    read = str(hides if is_hidden else not hides).lower()
    better = None if meant_hidden is None else str(hides if meant_hidden else not hides).lower()
    line = post.text.value[entry.key.span.start : node.span.end]
    written = " ".join(line.split()) if post.front_matter.language == "yaml" else f"{entry.name}: {node.text}"
    outcome = "hidden" if is_hidden else "published"
    hint = f"write `{better}`" if better else "write `true` or `false`"
    message = f"{post.framework.title} reads `{written[:60]}` as {read}, so this post is {outcome}; {hint}"
    fix = Fix(f"Write `{better}`", (Edit(*node.span, better),), "unsafe") if better and not node.alias else None
    return Finding(node.span, message, entry.name, fix)
