"""Asks a framework where images and links lead, once what every framework's answer would begin with is taken off: the
site's own host, and the path that the site is served below."""

import re
from collections.abc import Mapping
from typing import Any

from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Target, Where
from postlint.frameworks.framework import Framework
from postlint.frameworks.own_host import TEMPLATE

_WEB = ("https://", "http://")


def image(
    framework: Framework, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None
) -> Target:
    """`Framework.image`, for which an image on the site's own host is one that is asked for from the root."""
    if where == "html" and framework.linking.drops_html:
        return Target("missing", note=framework.linking.drops_html)
    inner = _inner(framework, target) if where != "import" else None
    if inner is None:
        return framework.image(path, data, target, where, tag)
    return framework.image(path, data, inner[0], inner[1])


def field_image(framework: Framework, path: str, data: Mapping[str, Any], target: str, field: str) -> Target:
    """`Framework.field_image`, for which an image on the site's own host is one that is asked for from the root."""
    inner = _inner(framework, target)
    return framework.image(path, data, *inner) if inner else framework.field_image(path, data, target, field)


def link(
    framework: Framework, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None
) -> Target:
    """`Framework.link`, for which a link to the site's own host is one to an address from the root."""
    if where == "html" and framework.linking.drops_html:
        return UNKNOWN
    if tag is not None or where in ("jsx", "import"):
        return framework.link(path, data, target, where, tag)
    inner = _inner(framework, target)
    if inner is not None:
        return framework.link(path, data, inner[0], inner[1])
    if target.startswith(_WEB):
        return EXTERNAL  # As most links are, in every framework.
    base = base_of(framework, where)
    if not base or not _is_rooted(target):
        return framework.link(path, data, target, where)
    if _is_below(target, base):
        return framework.link(
            path, data, target if framework.serving.addresses_have_base else target[len(base) :] or "/", where
        )
    return _beside(framework, path, data, target, where, base)


def _beside(framework: Framework, path: str, data: Mapping[str, Any], target: str, where: Where, base: str) -> Target:
    """Where a link leads that lacks the site's `base`: to what it would lead to with it, and a note that says so."""
    whole = base + target if framework.serving.addresses_have_base else target
    found = framework.link(path, data, whole, where)
    if found.status == "unknown" and found.address is None:
        return framework.link(path, data, target, where)
    return found._replace(note=f"the site is served below `{base}/`; write `{base}{target}`", lacks=base)


def base_of(framework: Framework, where: Where) -> str:
    """What a link that stands `where` must begin with."""
    return framework.serving.base_in_html if where == "html" else framework.serving.base


def _is_rooted(target: str) -> bool:
    return target.startswith("/") and not target.startswith("//") and not any(mark in target for mark in TEMPLATE)


def _is_below(target: str, base: str) -> bool:
    return f"{re.split(r'[?#]', target, maxsplit=1)[0]}/".startswith(f"{base}/")


def _inner(framework: Framework, target: str) -> tuple[str, Where] | None:
    """What `target` asks of the site, as it would be written from the root, and where."""
    own = framework.serving.home
    asked = own.path(target) if own else None
    if own is None or asked is None:
        return None
    if not own.adds_base:
        return asked, "html"
    below = asked[len(own.base) :]
    return below if below.startswith("/") else f"/{below}", "markdown"
