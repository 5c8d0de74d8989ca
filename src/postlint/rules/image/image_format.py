"""Images whose format is not what their name says, or what browsers show."""

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
    """An image that most browsers do not show, or whose name says another format than the file has.

    HEIC, TIFF, JPEG XL and Photoshop files are shown by few browsers or none, and BMP is many times as large as it must
    be. A file named `.png` that is a JPEG is shown by browsers, but refused by image pipelines and by servers that send
    its type; one that is a web page is an error message somebody saved. Only the first bytes of each file are read.
    """

    severity = Severity.WARNING
    default = False
    examples = (
        Good({"src/content/blog/post.md": "![a](/a.svg)\n", "public/a.svg": "<svg xmlns=''/>"}),
        Good({"src/content/blog/post.md": "![a](/a.png)\n", "public/a.png": ""}),
        Bad({"src/content/blog/post.md": "![a](⟦/a.jpg⟧)\n", "public/a.jpg": "GIF89a"}),
        Bad({"src/content/blog/post.md": "![a](⟦/a.png⟧)\n", "public/a.png": "<!doctype html><title>404</title>"}),
        Bad({"src/content/blog/post.md": "![a](⟦/a.psd⟧)\n", "public/a.psd": "8BPS"}),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        said: dict[str, str | None] = {}
        for facts, use, path in site.shown:
            if path not in said:
                said[path] = _problem(site, path)
            if problem := said[path]:
                yield SiteFinding(facts.path, use.shown, f"image `{use.target}` {problem}", use.field)


def _problem(site: Site, path: str) -> str | None:
    named = _FORMATS.get(path.rpartition(".")[2].lower())
    header = image_header.read(site.files.head(path, 1024)) if site.files else None
    found = header.format if header else named
    if found in _NOT_SHOWN:
        return f"is {_article(found)} file, which most browsers do not show; save it as JPEG, PNG or WebP"
    if found == "BMP":
        return "is a BMP file, many times as large as it must be; save it as PNG or WebP"
    if header and named and found != named:
        return f"is named as {_article(named)} file but is {_article(header.format)}"
    return None


def _article(name: str) -> str:
    return f"an {name}" if name in ("AVIF", "SVG", "HEIC", "icon") else f"a {name}"
