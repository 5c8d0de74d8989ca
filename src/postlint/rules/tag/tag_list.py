"""Several tags that became one."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from postlint.diagnostics import Applicability, Edit, Fix, Severity
from postlint.frameworks.framework import Framework
from postlint.front_matter import Entry
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

# Those that Chinese and Japanese authors write, too.
_COMMAS = re.compile(r"\s*[,，、،]\s*")
_PLAIN = re.compile(r"[^\W\d_][\w.+-]*(?: [\w.+-]+)*")
_NO_TEXT = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false", "null"))
_LONGEST = 40
_LONGEST_WIDE = 20
_WIDE = re.compile("[，、،]")
_SENTENCE = re.compile("[。！？；：!?]")


class _Unsplit(NamedTuple):
    """Tags that are one text, or the only item of a list.

    `parts` are the tags that seem to be meant, `problem` says what the framework makes of the text. `evidence` says what
    the finding depends on: nothing (`certain`), the other tags of the `site`, or the site's `habit` of writing tags.
    """

    field: str
    span: Span
    parts: tuple[str, ...]
    problem: str
    evidence: Literal["certain", "site", "habit"]
    edit: Edit | None
    severity: Severity | None = None


class TagList(SiteRule):
    """Several tags in one text, which the framework reads as one tag.

    For example `[a b c]` without commas, or `tags: a, b, c` without brackets. The message says what the framework does
    with such a text. It is an error if the framework stops the build.

    - A text in place of a list is reported unless most posts of the site have their tags like that.
    - The only item of a list is reported if it contains at least two commas, if each of its parts is a tag of another
      post, if most of three or more parts are, or if a part is there twice.
    - A tag with `，`, `、` or `،` between two words is reported.
    - An empty tag beside others is reported.

    ## Why it matters

    The post is missing on the pages of its tags. Instead there is a page for a tag that nobody else has.

    ## How to fix it

    Write a list with one tag for each item. The fix does that. It is safe only if the framework stops the build at the
    text.

    ## What it leaves alone

    Frameworks that split such a text themselves.
    """

    severity = Severity.WARNING
    yields_to = ("front-matter-syntax",)
    examples = (
        Good("---\ntags: [machine learning]\n---\n", name="a tag of two words in a list", show=True),
        Good(
            "---\ntags: web, css\n---\n",
            path="content/posts/a.md",
            framework="pelican",
            name="Pelican splits at commas",
        ),
        Good(
            "---\ntags: web css\n---\n",
            path="_posts/2024-01-02-a.md",
            framework="jekyll",
            name="Jekyll splits at white space",
        ),
        Bad(
            "---\ntags: ⟦web, C#, css⟧\n---\n",
            fixed="---\ntags: [web, 'C#', css]\n---\n",
            path="_posts/2024-01-02-a.md",
            framework="jekyll",
            name="commas in Jekyll",
            show=True,
            safe=False,
            message=(
                "Jekyll splits this at white space, so the commas become part of the tags; write a "
                "list of tags: web, C#, css"
            ),
        ),
        Bad(
            '+++\ntags = ⟦"web, css"⟧\n+++\n',
            fixed='+++\ntags = ["web", "css"]\n+++\n',
            framework="hugo",
            name="one text in TOML",
            safe=False,
            message="Hugo reads this as one tag; write a list of tags: web, css",
        ),
        Bad(
            "Tags: ⟦[web, css]⟧\n\nText\n",
            fixed="Tags: web, css\n\nText\n",
            path="content/a.md",
            framework="pelican",
            name="brackets that do not make a list",
            safe=False,
            message="Pelican has no lists in brackets, so the brackets become part of the tags; write: web, css",
        ),
        Bad(
            "---\ntags: ⟦web⟧\n---\n",
            fixed="---\ntags: [web]\n---\n",
            path="docs/a.md",
            framework="docusaurus",
            name="a text that stops the build",
            severity=Severity.ERROR,
            safe=True,
            message="Docusaurus stops the build if tags are not a list; write a list of tags: web",
        ),
        Bad(
            "---\ntags: [⟦'web, css, html'⟧]\n---\n",
            fixed="---\ntags: [web, css, html]\n---\n",
            name="commas inside an item",
            show=True,
            safe=False,
            message="the only tag in this list contains commas; write 3 tags: web, css, html",
        ),
        Bad(
            '+++\ntags = ["web", ⟦""⟧]\n+++\n',
            path="content/a.md",
            framework="hugo",
            name="an empty tag beside another",
            message="this tag is empty; remove it",
        ),
        Bad(
            '+++\ntags = ["web", ⟦""⟧, "", ""]\n+++\n',
            path="content/a.md",
            framework="hugo",
            name="several empty tags",
            message="3 tags in this list are empty; remove them",
        ),
        Good('+++\ntags = [""]\n+++\n', path="content/a.md", framework="hugo", name="nothing but an empty tag"),
        Bad(
            "---\ntags: [⟦前端，后端，数据库⟧]\n---\n",
            fixed="---\ntags: [前端, 后端, 数据库]\n---\n",
            name="Chinese commas inside an item",
            safe=False,
            message="Astro does not split tags at `，`, so this is one tag; write 3 tags: 前端, 后端, 数据库",
        ),
        Bad(
            "---\ntags: ⟦前端、后端⟧\n---\n",
            fixed="---\ntags: [前端, 后端]\n---\n",
            framework="hugo",
            path="content/a.md",
            name="Chinese commas in one text",
            safe=False,
            message="Hugo reads this as one tag; write a list of tags: 前端, 后端",
        ),
        Bad(
            "---\ntags: [web, ⟦前端、后端⟧]\ncategories:\n  - ⟦أ، ب⟧\n---\n",
            fixed="---\ntags: [web, 前端, 后端]\ncategories:\n  - أ\n  - ب\n---\n",
            name="wide commas between two tags",
            framework="hugo",
            path="content/a.md",
            safe=False,
        ),
        Bad(
            "Title: A\nTags: web, ⟦前端，后端⟧\n\nText\n",
            fixed="Title: A\nTags: web, 前端, 后端\n\nText\n",
            path="content/a.md",
            framework="pelican",
            name="a wide comma between words in Pelican",
            safe=False,
        ),
        Good("---\ntags: [你好，世界！]\n---\n", name="a sentence as a tag"),
        Bad(
            "---\ntags:\n  - ⟦web, css, html⟧ # c\n---\n",
            fixed="---\ntags:\n  - web\n  - css\n  - html # c\n---\n",
            name="an item of a list with dashes",
            safe=False,
        ),
        Bad(
            {
                "src/content/blog/a.md": "---\ntags: [web, css]\n---\n",
                "src/content/blog/b.md": "---\ntags: [⟦css web⟧]\n---\n",
            },
            fixed="---\ntags: [css, web]\n---\n",
            name="words that are tags of another post",
            safe=False,
            message="the only tag in this list has 2 words; write 2 tags: css, web",
        ),
        Good(
            {
                "src/content/blog/a.md": "---\ntags: [apple, watch, open source]\n---\n",
                "src/content/blog/b.md": "---\ntags: [apple watch]\n---\n",
            },
            name="two words on a site with tags of several words",
        ),
        Good(
            {f"src/content/blog/{name}.md": "---\ntags: web, css\n---\n" for name in "abc"},
            name="a habit of the site",
        ),
        Bad(
            {
                "src/content/blog/a.md": "---\ntags: [web, css]\n---\n",
                "src/content/blog/b.md": "---\ntags: [⟦css web sass⟧]\n---\n",
                "src/content/blog/c.md": "---\ntags: [web developer tools]\n---\n",
            },
            fixed="---\ntags: [css, web, sass]\n---\n",
            name="words of which most are tags of another post",
            safe=False,
        ),
        Bad(
            "---\ntags: [⟦css css grid⟧]\n---\n",
            fixed="---\ntags: [css, css, grid]\n---\n",
            name="a word twice",
            safe=False,
        ),
        Good(
            {
                **{f"content/{name}.md": "---\ntags: web, css\n---\n" for name in "abc"},
                **{f"content/{name}.md": "---\ntags: [web]\n---\n" for name in "de"},
            },
            framework="hugo",
            name="a habit of most posts",
        ),
        Bad(
            "---\ntags: ⟦web, css⟧\ncategories: ⟦X, go,⟧\n---\n",
            fixed="---\ntags: [web, css]\ncategories: [X, go]\n---\n",
            path="content/a.md",
            framework="hugo",
            name="two texts are not a habit",
            safe=False,
        ),
        Bad(
            "---\ntags: ⟦web, css⟧\n---\n",
            fixed="---\ntags: [web, css]\n---\n",
            framework="eleventy",
            name="spaces after commas in Eleventy",
            safe=False,
            message=(
                "Eleventy splits this only at commas, so the white space becomes part of the tags; write a list of tags: "
                "web, css"
            ),
        ),
        Good("---\ntags: web,css\ncategories: web, css\n---\n", framework="eleventy", name="Eleventy splits at commas"),
        Bad(
            {
                "content/a.md": "---\ntags: [web, css]\n---\n",
                "content/b.md": "---\ntags: ⟦web css⟧\n---\n",
            },
            framework="hugo",
            fixed="---\ntags: [web, css]\n---\n",
            name="two words that are tags of another post, as a text",
            safe=False,
            message="Hugo reads this as one tag; write a list of tags: web, css",
        ),
        Bad(
            "---\ntags: ⟦web, css, go, rust⟧\n---\n",
            fixed="---\ntags: [web, css, go, rust]\n---\n",
            path="content/a.md",
            framework="hugo",
            name="four tags in one text",
            safe=False,
            message="Hugo reads this as one tag; write a list of tags: web, css, go, …",
        ),
        Good(
            "---\ntags: |\n  web, css\n  go, rust\n---\n", path="content/a.md", framework="hugo", name="several lines"
        ),
        Bad(
            f"---\ntags: ⟦web, {'a' * 40}⟧\ncategories: web, {'a' * 41}\n---\n",
            fixed=f"---\ntags: [web, {'a' * 40}]\ncategories: web, {'a' * 41}\n---\n",
            path="content/a.md",
            framework="hugo",
            name="a tag is not a sentence",
            safe=False,
        ),
        Good(
            "---\ntags: ['web, css']\ncategories: [big red fox]\n---\n", name="words that are not tags of another post"
        ),
        Good(
            {
                "src/content/blog/a.md": "---\ntags: [web, css]\n---\n",
                "src/content/blog/b.md": "---\ntags: [web rust]\n---\n",
            },
            name="words, and only one of them is a tag of another post",
        ),
        Good(
            {
                "src/content/blog/a.md": "---\ntags: [web, css]\n---\n",
                **{f"src/content/blog/{name}.md": "---\ntags: [css web]\n---\n" for name in "bc"},
            },
            name="two words that are a tag of two posts",
        ),
        Bad(
            "---\ntags: [big fox]\ncategories: [ ⟦'web, css, html'⟧ ]\n---\n",
            fixed="---\ntags: [big fox]\ncategories: [ web, css, html ]\n---\n",
            name="two fields, and one of them is right",
            safe=False,
        ),
        Good("Tags: web\n\nText\n", path="content/a.md", framework="pelican", name="one tag in Pelican"),
        Good("Tags: [web], css\n\nText\n", path="content/a.md", framework="pelican", name="brackets around one tag"),
        Good("---\ntags:\n---\n", path="docs/a.md", framework="docusaurus", name="no tags"),
        Bad(
            "---\r\ntags:\r\n  - ⟦web, css, html⟧\r\n---\r\n",
            fixed="---\r\ntags:\r\n  - web\r\n  - css\r\n  - html\r\n---\r\n",
            name="line ends of Windows",
            safe=False,
        ),
        Bad(
            "+++\ntags = ⟦'a\"b, c\\d'⟧\n+++\n",
            fixed='+++\ntags = ["a\\"b", "c\\\\d"]\n+++\n',
            path="content/a.md",
            framework="hugo",
            name="characters that TOML escapes",
            safe=False,
        ),
        Bad(
            "---\ntags: ⟦it's, Yes, Null⟧\n---\n",
            fixed="---\ntags: ['it''s', 'Yes', 'Null']\n---\n",
            path="content/a.md",
            framework="hugo",
            name="tags that need quotes",
            safe=False,
        ),
        Bad(
            {
                "src/content/blog/a.md": "---\ntags: [web, css]\n---\n",
                "src/content/blog/b.md": "---\ntags: [⟦web css rust⟧]\n---\n",
                "src/content/blog/c.md": "---\ntags: [web css go zig]\n---\n",
            },
            fixed="---\ntags: [web, css, rust]\n---\n",
            name="three words of which two are tags of another post",
            safe=False,
        ),
        Bad(
            "---\ntags: [⟦'前端，后端'⟧]\n---\n",
            fixed="---\ntags: [前端, 后端]\n---\n",
            framework="none",
            path="posts/a.md",
            name="Chinese commas without a framework",
            safe=False,
            message="no site generator splits tags at `，`, so this is one tag; write 2 tags: 前端, 后端",
        ),
        Bad(
            f"---\ntags: [⟦'{'a' * 20}，b'⟧]\ncategories: ['{'a' * 21}，b']\n---\n",
            fixed=f"---\ntags: [{'a' * 20}, b]\ncategories: ['{'a' * 21}，b']\n---\n",
            name="a part of a sentence between Chinese commas",
            safe=False,
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for entry in post.fields("tags"):
            items = entry.node.items or ()
            empty = [
                n for n, item in enumerate(items) if item.is_scalar and item.value in (None, "") and not item.alias
            ]
            if empty and len(empty) < len(items):
                many = f"{len(empty)} tags in this list are empty; remove them"
                message = many if len(empty) > 1 else "this tag is empty; remove it"
                yield Finding(items[empty[0]].span, message, f"{entry.name}[{empty[0]}]")

    def note(self, post: Document) -> tuple[_Unsplit, ...] | None:
        return tuple(one for entry in post.fields("tags") for one in _all_unsplit(post, entry)) or None

    def check_site(self, site: Site, notes: Mapping[str, list[Any]]) -> Iterable[SiteFinding]:
        if not notes:
            return
        lists = sum(any("[" in field for field, _ in facts.tag_words) for facts in site.facts)
        unsplit = {path: [_from_note(*one) for one in note] for path, note in notes.items()}
        texts = sum(one.evidence == "habit" for found in unsplit.values() for one in found)
        known = Counter(text.casefold() for facts in site.facts for _, text in facts.tag_words)
        for path, found in unsplit.items():
            for one in found:
                if (one.evidence == "habit" and texts > max(lists, 2)) or (
                    one.evidence == "site" and not _are_tags(one.parts, known)
                ):
                    continue
                tags = ", ".join(one.parts[:3]) + (", …" if len(one.parts) > 3 else "")
                applicability: Applicability = "safe" if one.severity else "unsafe"
                fix = Fix("Write a list", (one.edit,), applicability) if one.edit else None
                yield SiteFinding(path, one.span, f"{one.problem}: {tags}", one.field, fix, one.severity)


def _from_note(
    field: str, span: Any, parts: Any, problem: str, evidence: Any, edit: Any, severity: str | None
) -> _Unsplit:
    level = Severity(severity) if severity else None
    return _Unsplit(field, Span(*span), tuple(parts), problem, evidence, Edit(*edit) if edit else None, level)


def _all_unsplit(post: Document, entry: Entry) -> Iterable[_Unsplit]:
    wide = [_wide(post, entry, number) for number in range(len(entry.node.items or ()))]
    if any(wide):
        return [one for one in wide if one]
    one = _unsplit(post, entry)
    return [one] if one else []


def _wide(post: Document, entry: Entry, number: int) -> _Unsplit | None:
    """Tags in the item `number` with a comma between them that no parser splits at."""
    item = (entry.node.items or ())[number]
    if item.text.isascii() or not isinstance(item.value, str) or item.alias or "\n" in item.text:
        return None
    if not _WIDE.search(item.text):
        return None
    parts = tuple(part for part in _COMMAS.split(item.text.strip().strip(",，、،")) if part)
    if len(parts) < 2 or any(len(part) > _LONGEST_WIDE or _SENTENCE.search(part) for part in parts):
        return None
    comma = _WIDE.findall(item.text)[0]
    several = len(entry.node.items or ()) > 1
    reader = "no site generator splits" if post.framework.name == "none" else f"{post.framework.title} does not split"
    problem = f"{reader} tags at `{comma}`, so this is one tag; write {len(parts)} tags"
    edit = _edit(post, item.span, parts, inside=True)
    field = f"{entry.name}[{number}]" if several else entry.name
    return _Unsplit(field, item.span, parts, problem, "certain", edit)


def _unsplit(post: Document, entry: Entry) -> _Unsplit | None:
    items = entry.node.items
    if post.framework.front_matter.tags_as_text == "commas":
        return _in_brackets(post, entry)
    if items is not None and len(items) != 1:
        return None
    item = items[0] if items else entry.node
    if not isinstance(item.value, str) or not item.value.strip() or "\n" in item.text or item.alias:
        return None
    parts = tuple(part for part in _COMMAS.split(item.text.strip().strip(",，、")) if part)
    commas = len(parts) > 1
    if items and not commas:
        parts = tuple(item.text.split())
    if any(len(part) > _LONGEST for part in parts):
        return None
    if items:
        if len(parts) < 2:
            return None
        reason = "contains commas" if commas else f"has {len(parts)} words"
        problem = f"the only tag in this list {reason}; write {len(parts)} tags"
        edit = _edit(post, item.span, parts, inside=True)
        return _Unsplit(entry.name, item.span, parts, problem, "certain" if len(parts) > 2 and commas else "site", edit)
    words = tuple(item.text.split())
    if not commas and len(words) > 1 and post.framework.front_matter.tags_as_text == "whole":
        edit = _edit(post, item.span, words, inside=False)
        problem = f"{post.framework.title} reads this as one tag; write a list of tags"
        return _Unsplit(entry.name, item.span, words, problem, "site", edit)
    effect = _as_text(post.framework, entry.name, commas, ", " in item.text)
    if effect is None:
        return None
    refused = post.framework.front_matter.tags_as_text == "refused"
    edit = _edit(post, item.span, parts, inside=False)
    problem = f"{effect}; write a list of tags"
    evidence: Literal["certain", "habit"] = "certain" if refused else "habit"
    return _Unsplit(entry.name, item.span, parts, problem, evidence, edit, Severity.ERROR if refused else None)


def _as_text(framework: Framework, field: str, commas: bool, spaced: bool) -> str | None:
    """What the framework makes of tags that are one text; None if nothing is wrong with it."""
    how, title = framework.front_matter.tags_as_text, framework.title
    if how == "refused":
        return f"{title} stops the build if tags are not a list"
    if how == "words" and commas:
        return f"{title} splits this at white space, so the commas become part of the tags"
    if how == "untrimmed" and spaced and field == "tags":
        return f"{title} splits this only at commas, so the white space becomes part of the tags"
    return f"{title} reads this as one tag" if how == "whole" and commas else None


def _in_brackets(post: Document, entry: Entry) -> _Unsplit | None:
    """Brackets around tags, in a language that has no lists."""
    items = entry.node.items
    if not items or post.front_matter.language != "metadata":
        return None
    span = Span(items[0].span.start, items[-1].span.end)
    text = post.text.value[span.start : span.end]
    if not (text.startswith("[") and text.endswith("]")):
        return None
    parts = tuple(_COMMAS.split(text[1:-1].strip()))
    problem = f"{post.framework.title} has no lists in brackets, so the brackets become part of the tags; write"
    return _Unsplit(entry.name, span, parts, problem, "certain", Edit(*span, ", ".join(parts)))


def _edit(post: Document, span: Span, parts: Sequence[str], inside: bool) -> Edit | None:
    """A list in the place of the text, or several items in that of one, an item a line where the list has that."""
    if post.front_matter.language == "metadata":
        return Edit(*span, ", ".join(parts))
    written = [_written(part, post.front_matter.language == "yaml") for part in parts]
    if not inside:
        return Edit(*span, f"[{', '.join(written)}]")
    text = post.text.value
    line = text.rfind("\n", 0, span.start) + 1
    margin = text[line : span.start]
    if margin.strip() == "-":
        end = "\r\n" if text[:line].endswith("\r\n") else "\n"
        return Edit(*span, f"{end}{margin}".join(written))
    return Edit(*span, ", ".join(written)) if text[line : span.start].rstrip().endswith(("[", ",")) else None


def _written(part: str, yaml: bool) -> str:
    if not yaml:
        return '"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if _PLAIN.fullmatch(part) and part.lower() not in _NO_TEXT:
        return part
    return "'" + part.replace("'", "''") + "'"


def _are_tags(parts: Sequence[str], known: Counter[str]) -> bool:
    """Whether `parts` are tags, as the other posts show, and the whole is in none of these."""
    words = [part.casefold() for part in parts]
    whole = " ".join(words)
    # Who writes tags of several words means them.
    if len(words) == 2 and any(" " in tag and tag != whole for tag in known):
        return False
    number = sum(word in known for word in words)
    are_known = number == len(words) or (len(words) > 2 and number > len(words) / 2)
    return (are_known or len({*words}) < len(words)) and known[whole] < 2
