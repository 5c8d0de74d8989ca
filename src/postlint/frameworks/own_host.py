"""Addresses on the site's own host: a browser asks the same deployment for them as for a path from the root."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from postlint.frameworks.answers import Target, Where

if TYPE_CHECKING:
    from postlint.files.files import Files
    from postlint.frameworks.framework import Framework

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
_TEMPLATE = ("{", "<%", "${", "|", " ")


class Home(NamedTuple):
    """Where the site is served: its `hosts`, in lower case and without `www.`, and the path `base` below which they
    serve it (empty, or `/x`). `adds_base`: the framework puts `base` before what Markdown says from the root. `shared`:
    the host may serve other repositories of the owner beside it, each below its own name. `folders` are served below
    `base`, besides those that pages and public folders show."""

    hosts: tuple[str, ...]
    base: str = ""
    adds_base: bool = False
    shared: bool = False
    folders: tuple[str, ...] = ()

    def path(self, target: str) -> str | None:
        """The path, query and fragment of `target`, an address of the site in full; None for every other one."""
        if target[:1] not in "hH/" or not (found := _ORIGIN.match(target)):
            return None
        if _bare(found[1]) not in self.hosts or any(mark in target for mark in _TEMPLATE):
            return None
        path = target[found.end() :]
        path = path if path.startswith("/") else f"/{path}"
        return path if f"{path}/".startswith(f"{self.base}/") else None

    def first(self, target: str) -> tuple[str, bool] | None:
        """The first part of what `target` names below the site's base, and whether more follows; None where `target` is
        no address of the site in full."""
        path = self.path(target)
        if path is None:
            return None
        first, slash, rest = re.split(r"[?#]", path[len(self.base) + 1 :], maxsplit=1)[0].partition("/")
        return first, bool(slash and rest)


def home(url: object, base: str | None, *, adds_base: bool = False, domains: Iterable[str] = ()) -> Home | None:
    """The home of a site with the address `url` and the base path `base`, which the address may hold as well; `domains`
    are further names of its host. None where no host is known, nobody's is named, or the base can't be known."""
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


def image(
    framework: "Framework", path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None
) -> Target:
    """`Framework.image`, for which an image on the site's own host is one that is asked for from the root."""
    inner = _inner(framework, target) if where != "import" else None
    if inner is None:
        return framework.image(path, data, target, where, tag)
    return framework.image(path, data, inner[0], inner[1])


def link(
    framework: "Framework", path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None
) -> Target:
    """`Framework.link`, for which a link to the site's own host is one to an address from the root."""
    if tag is not None or where in ("jsx", "import"):
        return framework.link(path, data, target, where, tag)
    inner = _inner(framework, target)
    if inner is not None:
        return framework.link(path, data, inner[0], inner[1])
    base = base_of(framework, where)
    if not base or not _is_rooted(target):
        return framework.link(path, data, target, where)
    if _is_below(target, base):
        return framework.link(
            path, data, target if framework.addresses_have_base else target[len(base) :] or "/", where
        )
    return _beside(framework, path, data, target, where, base)


def _beside(framework: "Framework", path: str, data: Mapping[str, Any], target: str, where: Where, base: str) -> Target:
    """Where a link leads that lacks the site's `base`: to what it would lead to with it, and a note that says so."""
    whole = base + target if framework.addresses_have_base else target
    found = framework.link(path, data, whole, where)
    if found.status == "unknown" and found.address is None:
        return framework.link(path, data, target, where)
    return found._replace(note=f"the site is served below `{base}/`: write `{base}{target}`", lacks=base)


def base_of(framework: "Framework", where: Where) -> str:
    """What a link that stands `where` must begin with."""
    return framework.base_in_html if where == "html" else framework.base


def _is_rooted(target: str) -> bool:
    return target.startswith("/") and not target.startswith("//") and not any(mark in target for mark in _TEMPLATE)


def _is_below(target: str, base: str) -> bool:
    return f"{re.split(r'[?#]', target, maxsplit=1)[0]}/".startswith(f"{base}/")


def _inner(framework: "Framework", target: str) -> tuple[str, Where] | None:
    """What `target` asks of the site, as it would be written from the root, and where."""
    own = framework.home
    asked = own.path(target) if own else None
    if own is None or asked is None:
        return None
    if not own.adds_base:
        return asked, "html"
    below = asked[len(own.base) :]
    return below if below.startswith("/") else f"/{below}", "markdown"


def _bare(host: str) -> str:
    return _PORT.sub("", host).lower().removeprefix("www.")
