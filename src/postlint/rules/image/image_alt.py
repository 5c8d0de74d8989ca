"""Images without alternative text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from postlint.body import Reference
from postlint.diagnostics import Severity
from postlint.posts.document import Document
from postlint.posts.facts import Use
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

_HIDDEN = re.compile(r"\baria-(?:hidden|label|labelledby)\b|\brole\s*=\s*[\"']?(?:presentation|none)\b", re.IGNORECASE)
_BADGE = re.compile(r"^(?:https?:)?//[^?#]*(?:badge|shields\.io)", re.IGNORECASE)
# Pages that are embedded in the syntax of an image; the help pages of Obsidian (Embed web pages) show videos and tweets.
_PAGE = re.compile(r"^(?:https?:)?//(?:(?:www|m)\.)?(?:youtube\.com|youtu\.be|twitter\.com|x\.com)/", re.IGNORECASE)
# Pandoc's, kramdown's and Nuxt's attributes: `{width=50% fig-alt="A cat"}`, `{: alt="A cat"}`, `{.icon}`.
_IN_ATTRIBUTES = re.compile(r"\{[^{}]{0,2000}(?:\balt=|\.icon\b)")
_FEW = 20
_ONE_OF = 10
_IMAGE = "![a](a.png)\n"


class ImageAlt(SiteRule):
    """An image without alternative text.

    ## Why it matters

    Readers with a screen reader, feed readers and search engines get the name of the file instead.

    ## How to fix it

    Describe the image: `![A cat on a sofa](cat.png)`. If it is only decoration, write HTML with an empty `alt=""`.

    ## What it leaves alone

    - Images with an empty `alt=""` in HTML.
    - Images with a title in Markdown, which many themes show as a caption.
    - Badges.
    - Videos of YouTube and tweets that are embedded like images, as in Obsidian.
    - Sites with at least twenty images, more than one in ten of which has no text: a list of hundreds helps nobody.
    """

    severity = Severity.WARNING
    yields_to = ("image-missing",)
    signs = ("![", "<", "import", "require", "{")
    examples = (
        Good('![A cat](cat.png)\n\n<img src="line.png" alt="">\n', name="a text and an empty one", show=True),
        Good("`![](cat.png)`\n", name="code"),
        Good('![](cat.png "A cat")\n\n<img src="cat.png" aria-hidden="true">\n', name="a title and a hidden image"),
        Good('![](cat.png){width=50% fig-alt="A cat"}\n', name="an attribute of Pandoc"),
        Good("![](cat.svg){.icon} A cat\n", name="an icon"),
        Good("[![](https://img.shields.io/npm/v/a)](https://example.com/)\n", name="a badge"),
        Good(
            "![](https://www.youtube.com/watch?v=a) ![](https://youtu.be/a) ![](https://twitter.com/a/status/1)\n",
            name="videos and tweets, which Obsidian and others embed",
        ),
        Bad("⟦![](https://img.youtube.com/vi/a/0.jpg)⟧\n", name="the image of a video"),
        Good(
            {"src/content/blog/a.md": _IMAGE * 17, "src/content/blog/b.md": "![](b.png)\n" * 3},
            name="a site that has few texts",
        ),
        Bad("⟦![](cat.png)⟧\n", name="no text", show=True, message="image `cat.png` has no alternative text"),
        Bad(
            '<p>⟦<img src="cat.png">⟧</p>\n',
            name="no attribute in HTML",
            show=True,
            message="image `cat.png` has no `alt` attribute",
        ),
        Bad(
            {"src/content/blog/a.md": _IMAGE * 19, "src/content/blog/b.md": "⟦![](b.png)⟧\n"},
            name="one image of twenty",
            message="image `b.png` has no alternative text",
        ),
        Bad(
            {"src/content/blog/a.md": _IMAGE * 18, "src/content/blog/b.md": "⟦![](b.png)⟧\n\n⟦![](c.png)⟧\n"},
            name="two images of twenty",
        ),
        Good(
            {"src/content/blog/a.md": _IMAGE * 26, "src/content/blog/b.md": "![](b.png)\n" * 3},
            name="three images of twenty-nine",
        ),
        Bad(
            {"src/content/blog/a.md": _IMAGE * 17, "src/content/blog/b.md": "⟦![](b.png)⟧\n\n⟦![](c.png)⟧\n"},
            name="two images of nineteen",
        ),
        Bad(
            "[![](https://img.shields.io/npm/v/a)](https://example.com/) ![](cat.png 'A cat') ⟦![](cat.png)⟧\n",
            name="after a badge and a title",
        ),
        Bad("⟦![][b]⟧\n\n[b]: cat.png\n", name="an address elsewhere in the post"),
        Bad(
            {
                "eleventy.config.js": (
                    'import { eleventyImageTransformPlugin } from "@11ty/eleventy-img";\n'
                    "export default (config) => { config.addPlugin(eleventyImageTransformPlugin); };\n"
                ),
                "a.md": '⟦<img src="a.png">⟧ <img src="a.png" alt>\n',
                "a.png": "",
            },
            framework="eleventy",
            name="Eleventy's image transform",
            severity=Severity.ERROR,
            message="image `a.png` has no `alt` attribute; the build stops",
        ),
    )

    def note(self, post: Document) -> list[Any] | None:
        """The number of images, and of each without text the span, message and target, and whether a plugin processes it as
        HTML."""
        images = [reference for reference in post.body.references if reference.kind == "image"]
        return [len(images), list(_lacking(post, images))] if images else None

    def check_site(self, site: Site, notes: Mapping[str, list[Any]]) -> Iterable[SiteFinding]:
        number = sum(note[0] for note in notes.values())
        lacking = sum(len(note[1]) for note in notes.values())
        few_have_text = number >= _FEW and lacking * _ONE_OF > number
        demanded = site.framework.linking.alt_demanded
        for path, (_, found) in notes.items() if demanded or not few_have_text else ():
            post = site.by_path.get(path) if found else None
            groups = {use.target: _image(site, use, post.language) for use in post.images} if post else {}
            for span, message, target, is_processed in found:
                group = groups.get(target, target)
                if demanded and is_processed:
                    stops = f"{message}; the build stops"
                    yield SiteFinding(path, Span(*span), stops, severity=Severity.ERROR, group=group)
                elif not few_have_text:
                    yield SiteFinding(path, Span(*span), message, group=group)


def _image(site: Site, use: Use, language: str | None) -> str:
    """The image that a post in `language` shows: the translations of a post show one, perhaps each its own copy."""
    files = site.files
    path = next((path for path in use.leads.paths if files and files.find_file(path).status == "ok"), use.key)
    return "/".join(part for part in path.split("/") if part.casefold() != language.casefold()) if language else path


def _lacking(post: Document, images: Iterable[Reference]) -> Iterator[tuple[Span, str, str, bool]]:
    text = post.text.value
    for image in images:
        if _BADGE.match(image.target) or _PAGE.match(image.target):
            continue
        if image.form in ("inline", "reference"):
            has_title = image.form == "inline" and text[image.whole.end - 2 : image.whole.end - 1] in ('"', "'")
            if (image.text or "").strip() or has_title or _IN_ATTRIBUTES.match(text, image.whole.end):
                continue
            yield image.whole, f"image `{image.target}` has no alternative text", image.target, False
        elif image.form == "html" and image.text is None and not _HIDDEN.search(text, *image.whole):
            is_ignored = "eleventy:ignore" in text[image.whole.start : image.whole.end]
            yield image.whole, f"image `{image.target}` has no `alt` attribute", image.target, not is_ignored
