"""The places in a page that links may lead to."""

from postlint.frameworks.framework import Framework
from postlint.posts.facts import Facts


def ids(framework: Framework, page: Facts) -> frozenset[str] | None:
    """The ids in the HTML of `page`: those that it states, and those of its headings; None if they are not known."""
    if page.headings is None:
        return None
    # Where a page's HTML gets the ids, the title that its layout shows has one, too.
    above = [page.title_text] if framework.linking.raw_headings_have_ids and page.title_text else []
    made = framework.anchors(page.path, [*above, *page.headings])
    return None if made is None else frozenset((*page.ids, *made))
