"""Remembers what was computed for the last post: its address is asked for again for each of its links."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from postlint.frameworks.answers import Address

_Self = TypeVar("_Self")
_Asked = Callable[[_Self, str, Mapping[str, Any]], Address]


def asked_again(address: Callable[[_Self, str, Mapping[str, Any]], Address]) -> _Asked[_Self]:
    """The method `address`, which gets the path and the front matter of a post, with a memory of its last answer. The
    front matter is known by its identity, since comparing it would take longer."""

    @wraps(address)
    def asked(self: _Self, path: str, data: Mapping[str, Any]) -> Address:
        last = vars(self).get("_last_asked")
        if last is None or last[1] is not data or last[0] != path:
            last = vars(self)["_last_asked"] = (path, data, address(self, path, data))
        found: Address = last[2]
        return found

    return asked
