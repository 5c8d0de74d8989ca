"""Images on other hosts."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from postlint.diagnostics import Severity
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site


class ImageExternal(SiteRule):
    """An image that is loaded from another host.

    ## Why it matters

    The image disappears when that host removes it. The host also learns who reads the post.

    ## How to fix it

    Put the image into your site. If the host is yours, such as a content delivery network, add it to `allow`; a host
    stands for all of its subdomains.

    ## What it leaves alone

    Images of the site itself, and images in `data:` addresses.
    """

    severity = Severity.WARNING
    default = False
    allow: Annotated[tuple[str, ...], "Hosts whose images are allowed."] = ()
    examples = (
        Good("![a](/a.png) ![b](data:image/gif;base64,R0lGODlhAQABAAAAACw=)\n", name="images of the site"),
        Good(
            "![a](https://img.example.com/a.png)\n",
            options={"allow": ["example.com"]},
            name="an allowed host",
            show=True,
        ),
        Bad(
            "![a](⟦https://example.com/a.png⟧)\n",
            name="another host",
            show=True,
            message="this image is loaded from another host: `example.com`",
        ),
        Bad("---\ncoverImage: ⟦//example.com/a.png⟧\n---\n", name="another host in front matter"),
        Good(
            "![a](https://example.com/a.png)\n",
            options={"allow": ["Example.com"]},
            name="an allowed host in capitals",
        ),
        Bad(
            "![a](⟦http://notexample.com/a.png⟧)\n",
            options={"allow": ["example.com"]},
            name="a host that ends like an allowed one",
        ),
        Good("![a](https://[x/a.png)\n", name="an address that is not valid"),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        for facts in site.facts:
            for use in facts.images:
                host = _host(use.target) if use.leads.status == "external" else None
                if host and not any(host == one.lower() or host.endswith(f".{one.lower()}") for one in self.allow):
                    yield SiteFinding(
                        facts.path, use.shown, f"this image is loaded from another host: `{host}`", use.field
                    )


def _host(target: str) -> str | None:
    if not target.lower().startswith(("http://", "https://", "//")):
        return None
    from urllib.parse import urlsplit

    try:
        return urlsplit(target).hostname
    except ValueError:
        return None
