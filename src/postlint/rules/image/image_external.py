"""Images on other hosts."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from postlint.diagnostics import Severity
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site


class ImageExternal(SiteRule):
    """An image that is loaded from another host.

    It goes away when that host says so, and tells it who reads the post. The hosts that are yours, such as a content
    delivery network, go into `allow`; a host stands for all below it.
    """

    severity = Severity.WARNING
    default = False
    allow: Annotated[tuple[str, ...], "Hosts whose images are welcome."] = ()
    examples = (
        Good("![a](/a.png) ![b](data:image/gif;base64,R0lGODlhAQABAAAAACw=)\n"),
        Good("![a](https://img.example.com/a.png)\n", options={"allow": ["example.com"]}),
        Bad("![a](⟦https://example.com/a.png⟧)\n"),
        Bad("---\ncoverImage: ⟦//example.com/a.png⟧\n---\n"),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        for facts in site.facts:
            for use in facts.images:
                host = _host(use.target) if use.leads.status == "external" else None
                if host and not any(host == one.lower() or host.endswith(f".{one.lower()}") for one in self.allow):
                    yield SiteFinding(facts.path, use.shown, f"this image is loaded from `{host}`", use.field)


def _host(target: str) -> str | None:
    if not target.lower().startswith(("http://", "https://", "//")):
        return None
    from urllib.parse import urlsplit

    try:
        return urlsplit(target).hostname
    except ValueError:
        return None
