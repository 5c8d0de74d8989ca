"""Images whose format differs from their name, or that browsers do not show."""

from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Severity
from postlint.files import image_header
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site

_ENDINGS = {
    "PNG": ("png", "apng"),
    "JPEG": ("jpg", "jpeg", "jpe", "jfif", "pjp", "pjpeg"),
    "GIF": ("gif",),
    "WebP": ("webp",),
    "AVIF": ("avif",),
    "SVG": ("svg",),
    "BMP": ("bmp",),
    "icon": ("ico", "cur"),
    "HEIC": ("heic", "heif"),
    "TIFF": ("tif", "tiff"),
    "Photoshop": ("psd",),
    "JPEG XL": ("jxl",),
}
_FORMATS = {ending: name for name, endings in _ENDINGS.items() for ending in endings}
_NOT_SHOWN = frozenset(("HEIC", "TIFF", "Photoshop", "JPEG XL", "PDF"))


class ImageFormat(SiteRule):
    """An image that most browsers do not show, or whose format differs from its name.

    Only the first bytes of each file are read.

    ## Why it matters

    - Few browsers or none show HEIC, TIFF, JPEG XL and Photoshop files.
    - BMP files are many times larger than necessary.
    - A JPEG that is named `.png` is shown by browsers, but image pipelines and some servers reject it.
    - An image that is a web page is an error message that somebody saved.

    ## How to fix it

    Save the image as JPEG, PNG or WebP, or rename the file.

    ## What it leaves alone

    Files whose first bytes show no known format, unless their name ends like a format that browsers do not show.
    """

    severity = Severity.WARNING
    default = False
    examples = (
        Good(
            {"src/content/blog/post.md": "![a](/a.svg)\n", "public/a.svg": "<svg xmlns=''/>"},
            name="a drawing",
            show=True,
        ),
        Good({"src/content/blog/post.md": "![a](/a.png)\n", "public/a.png": ""}, name="an empty file"),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/a.jpg⟧)\n", "public/a.jpg": "GIF89a"},
            name="another format",
            show=True,
            message="image `/a.jpg` is named like a JPEG file, but it is a GIF",
        ),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/a.png⟧)\n", "public/a.png": "<!doctype html><title>404</title>"},
            name="a web page",
            message="image `/a.png` is named like a PNG file, but it is a web page",
        ),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/a.psd⟧)\n", "public/a.psd": "8BPS"},
            name="a format that browsers do not show",
            show=True,
            message=(
                "image `/a.psd` is a Photoshop file, which most browsers do not show; save it as JPEG, PNG or WebP"
            ),
        ),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/a.bmp⟧)\n", "public/a.bmp": ""},
            name="a bitmap",
            message="image `/a.bmp` is a BMP file, many times larger than necessary; save it as PNG or WebP",
        ),
        Bad(
            {
                "src/content/blog/post.md": "![a](⟦/a.avif⟧) ![a](⟦/a.ico⟧) ![a](⟦/a.apng⟧)\n",
                **{f"public/a.{ending}": "GIF89a" for ending in ("avif", "ico", "apng")},
            },
            name="other formats than the names say",
            message=(
                "image `/a.avif` is named like an AVIF file, but it is a GIF",
                "image `/a.ico` is named like an icon file, but it is a GIF",
                "image `/a.apng` is named like a PNG file, but it is a GIF",
            ),
        ),
        Bad(
            {
                "src/content/blog/post.md": "![a](⟦/a.jxl⟧) ![a](⟦/a.heic⟧)\n",
                **{f"public/a.{ending}": "" for ending in ("jxl", "heic")},
            },
            name="formats that few browsers show",
            message=(
                "image `/a.jxl` is a JPEG XL file, which most browsers do not show; save it as JPEG, PNG or WebP",
                "image `/a.heic` is an HEIC file, which most browsers do not show; save it as JPEG, PNG or WebP",
            ),
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        problems: dict[str, str | None] = {}
        for facts, use, path in site.existing_images:
            if path not in problems:
                problems[path] = _problem(site, path)
            if problem := problems[path]:
                yield SiteFinding(facts.path, use.shown, f"image `{use.target}` {problem}", use.field)


def _problem(site: Site, path: str) -> str | None:
    named = _FORMATS.get(path.rpartition(".")[2].lower())
    header = image_header.read(site.files.head(path, 1024)) if site.files else None
    found = header.format if header else named
    if found in _NOT_SHOWN:
        return f"is {_article(found)} file, which most browsers do not show; save it as JPEG, PNG or WebP"
    if found == "BMP":
        return "is a BMP file, many times larger than necessary; save it as PNG or WebP"
    if header and named and found != named:
        return f"is named like {_article(named)} file, but it is {_article(header.format)}"
    return None


def _article(name: str) -> str:
    return f"an {name}" if name in ("AVIF", "SVG", "HEIC", "icon") else f"a {name}"
