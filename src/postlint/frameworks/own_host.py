"""Addresses on the site's own host: a browser asks the same deployment for them as for a path from the root."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from postlint.files.files import Files

_ORIGIN = re.compile(r"(?:https?:)?//([^/?#\s\\@]+)", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://)?([\w-]+(?:\.[\w-]+)+)/?\s*", re.IGNORECASE)
_PORT = re.compile(r":(?:80|443)?$")
# RFC 2606 keeps these for examples, so a post that names them shows one; on the others nobody has a site of their own.
_NOBODYS = frozenset(
    (
        *("example.com", "example.org", "example.net", "localhost", "127.0.0.1", "0.0.0.0", "[::1]"),  # noqa: S104
        *("github.com", "gitlab.com", "yourdomain.com", "your-domain.com", "yoursite.com", "your-site.com"),
    )
)
_PAGES = (".github.io", ".gitlab.io", ".codeberg.page")
TEMPLATE = ("{", "<%", "${", "|", " ")


class Home(NamedTuple):
    """Where the site is served: its `hosts`, in lower case and without `www.`, and the path `base` below which they
    serve it (empty, or `/x`). `adds_base`: the framework puts `base` before what Markdown says from the root. `shared`:
    the host may serve other repositories of the owner beside it, each below its own name. `folders` are served below
    `base`, besides those that pages and public folders show. `partial`: the site makes no home page, so another one
    may answer there, and at addresses that lie in no folder of this one."""

    hosts: tuple[str, ...]
    base: str = ""
    adds_base: bool = False
    shared: bool = False
    folders: tuple[str, ...] = ()
    partial: bool = False

    def path(self, target: str) -> str | None:
        """The path, query and fragment of `target`, an address of the site in full; None for every other one."""
        if target[:1] not in "hH/" or not (found := _ORIGIN.match(target)):
            return None
        if _bare(found[1]) not in self.hosts or any(mark in target for mark in TEMPLATE):
            return None
        path = target[found.end() :]
        path = path if path.startswith("/") else f"/{path}"
        return path if f"{path}/".startswith(f"{self.base}/") else None

    def first(self, target: str) -> tuple[str, bool] | None:
        """The first part of what `target` names below the site's base, and whether more follows; None if `target` is
        no address of the site in full."""
        path = self.path(target)
        if path is None:
            return None
        first, slash, rest = re.split(r"[?#]", path[len(self.base) + 1 :], maxsplit=1)[0].partition("/")
        return first, bool(slash and rest)


def home(url: object, base: str | None, *, adds_base: bool = False, domains: Iterable[str] = ()) -> Home | None:
    """The home of a site with the address `url` and the base path `base`, which the address may hold as well; `domains`
    are further names of its host. None if no host is known, nobody's is named, or the base is not known."""
    found = _ORIGIN.match(url) if isinstance(url, str) else None
    named = (_bare(found[1]) if found else "", *map(_bare, domains))
    hosts = tuple(dict.fromkeys(host for host in named if host and re.sub(r":\d+$", "", host) not in _NOBODYS))
    if base is None or not hosts:
        return None
    shared = not base.strip("/") and (len(named) > 1 or any(host.endswith(_PAGES) for host in hosts))
    return Home(hosts, base.rstrip("/"), adds_base, shared)


def domains(files: "Files", folders: Iterable[str]) -> list[str]:
    """The domains that `CNAME` files in `folders` give the site on GitHub Pages."""
    paths = [f"{folder}/CNAME".lstrip("/") for folder in dict.fromkeys(folders)]
    texts = [files.read_text(path) or "" for path in paths if files.is_file(path)]
    return [found[1] for text in texts if (found := _HOST.fullmatch(text.strip()))]


@lru_cache(maxsize=1000)
def _bare(host: str) -> str:
    # Asked of every link; most of a site's links lead to few hosts.
    return _PORT.sub("", host).lower().removeprefix("www.")
