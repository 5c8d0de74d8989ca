"""Configurations of content tools that the tools refuse."""

from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Severity
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site import demands
from postlint.site.site import Site

_DECAP = "backend: {name: git-gateway}\ncollections:\n  - name: posts\n    LABELfolder: posts\n    fields: []\n"
_POST = "---\ntitle: A\n---\n"


class ConfigurationRefused(SiteRule):
    """Something in the configuration of a content tool, such as Decap CMS, Keystatic, Tina or CloudCannon, that the tool
    refuses.

    It is an error if the tool does not start with it. It is reported when whole sites are checked.

    ## Why it matters

    Nobody can edit the site's posts in the tool until it is fixed, and the tool's own error appears only in the browser.

    ## How to fix it

    Change what the message names.

    ## What it leaves alone

    What cannot be read without running the configuration's code.
    """

    severity = Severity.WARNING
    examples = (
        Good({"posts/a.md": _POST}, framework="none", name="no content tool"),
        Good(
            {"static/admin/config.yml": _DECAP.replace("LABEL", "label: Posts\n    "), "posts/a.md": _POST},
            framework="none",
            name="a collection with a label",
            show=True,
        ),
        Bad(
            {
                "static/admin/config.yml": _DECAP.replace("LABEL", "").replace("  - name", "⟦⟧  - name"),
                "posts/a.md": _POST,
            },
            framework="none",
            name="a collection without a label",
            show=True,
            severity=Severity.ERROR,
            message="the collection has no `label`; Decap CMS does not start",
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        if not site.complete:
            return
        for source in site.framework.sources:
            for field, line, text, stops in source.faults:
                severity = Severity.ERROR if stops else Severity.WARNING
                place = demands.place_in(site, source.path, line)
                yield SiteFinding(source.path, place, text, field, None, severity)
