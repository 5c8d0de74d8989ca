"""Images that take long to load."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from postlint.diagnostics import Severity
from postlint.files import image_header
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site

_GIF = "GIF89a\x10\x27\x10\x00"


class ImageTooLarge(SiteRule):
    """An image with more bytes or more pixels than a page should load.

    Only the beginning of each file is read.

    ## Why it matters

    Pages seldom show an image at its full size. Readers with a slow connection wait for the rest.

    ## How to fix it

    Make the image smaller, or save it with stronger compression.

    ## What it leaves alone

    Images on other hosts. Images that the framework makes smaller while it builds are measured as they are on disk.
    """

    severity = Severity.WARNING
    default = False
    max_kilobytes: Annotated[int, "Largest file, in kilobytes (1,000 bytes); 0 for no limit."] = 1000
    max_pixels: Annotated[int, "Longest side, in pixels; 0 for no limit."] = 4000
    examples = (
        Good(
            {"src/content/blog/post.md": "![a](/a.gif)\n", "public/a.gif": _GIF},
            options={"max-pixels": 0},
            name="no limit",
            show=True,
        ),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/a.gif⟧)\n", "public/a.gif": _GIF},
            name="too many pixels",
            show=True,
            message="image `/a.gif` has 10000 × 16 pixels; the limit for the longer side is 4,000",
        ),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/a.png⟧)\n", "public/a.png": "x" * 2001},
            options={"max-kilobytes": 2},
            name="too many bytes",
            message="image `/a.png` has 2 kB; the limit is 2 kB",
        ),
        Good(
            {"src/content/blog/post.md": "![a](/a.gif)\n", "public/a.gif": _GIF},
            options={"max-pixels": 10000},
            name="as many pixels as allowed",
        ),
        Good(
            {"src/content/blog/post.md": "![a](/a.png)\n", "public/a.png": "x" * 2000},
            options={"max-kilobytes": 2},
            name="as many bytes as allowed",
        ),
        Good({"src/content/blog/post.md": "![a](/a.png)\n", "public/a.png": "x" * 1_000_000}, name="a million bytes"),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/a.png⟧)\n", "public/a.png": "x" * 1_500_000},
            options={"max-kilobytes": 1000},
            name="many bytes",
            message="image `/a.png` has 1,500 kB; the limit is 1,000 kB",
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        problems: dict[str, str | None] = {}
        for facts, use, path in site.existing_images:
            if path not in problems:
                problems[path] = self._problem(site, path)
            if problem := problems[path]:
                yield SiteFinding(facts.path, use.shown, f"image `{use.target}` has {problem}", use.field)

    def _problem(self, site: Site, path: str) -> str | None:
        assert site.files is not None
        size = site.files.size(path)
        if self.max_kilobytes and size > self.max_kilobytes * 1000:
            return f"{size / 1000:,.0f} kB; the limit is {self.max_kilobytes:,} kB"
        header = image_header.read(site.files.head(path, image_header.ENOUGH)) if self.max_pixels else None
        if header and header.size and max(header.size) > self.max_pixels:
            width, height = header.size
            return f"{width} × {height} pixels; the limit for the longer side is {self.max_pixels:,}"
        return None
