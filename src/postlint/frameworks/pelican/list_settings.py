"""What a Pelican site's settings say of the pages that Pelican makes by itself."""

from collections.abc import Mapping
from typing import Any, NamedTuple

_KINDS = ("tag", "category", "author")
_FEED_OF_ALL = ("FEED_ATOM", "FEED_RSS", "FEED_ALL_ATOM", "FEED_ALL_RSS")


class ListSettings(NamedTuple):
    """`direct` are the files of lists, each with the name of its template; `terms` the templates of the files of tags,
    categories and authors; `feeds` the files of feeds of all articles. What can't be read is left out. `known`: no
    plugin makes pages."""

    direct: tuple[tuple[str, str], ...] = ()
    terms: Mapping[str, str] = {}
    feeds: tuple[str, ...] = ()
    known: bool = True


def read(values: Mapping[str, Any]) -> ListSettings:
    """What the assignments `values` of the settings say; see `settings.read`."""
    names = values.get("DIRECT_TEMPLATES", ["index", "tags", "categories", "authors", "archives"])
    direct = []
    for name in names if isinstance(names, (list, tuple)) else ():
        at = values.get(f"{str(name).upper()}_SAVE_AS", f"{name}.html")
        if isinstance(at, str) and at:
            direct.append((at, str(name)))
    terms = {kind: values.get(f"{kind.upper()}_SAVE_AS", f"{kind}/{{slug}}.html") for kind in _KINDS}
    usual = {"FEED_ALL_ATOM": "feeds/all.atom.xml"}
    feeds = [values.get(key, usual.get(key)) for key in _FEED_OF_ALL]
    return ListSettings(
        tuple(direct),
        {kind: at for kind, at in terms.items() if isinstance(at, str) and at},
        tuple(feed for feed in feeds if isinstance(feed, str) and feed),
        isinstance(values.get("PLUGINS", []), (list, tuple)),
    )
