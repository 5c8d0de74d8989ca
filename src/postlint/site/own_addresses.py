"""Which addresses on the site's own host nothing but the site itself can answer."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Set

from postlint.frameworks.own_host import Home
from postlint.frameworks.web import EXTENSION

# So many addresses below a folder that the site does not have, none of them there: something else serves it.
_HABIT = 3
_DEEPEST = 3
"""The parts of such a folder's path at most."""
_VERSION = re.compile(r"v?\d+(?:\.(?:\d+|x))+|v\d+|latest|stable|main|master|edge|next|dev")
_REPOSITORY = re.compile(r"[\w-]*[A-Za-z][\w-]*", re.ASCII)
_PAGES = (".html", ".htm")


class OwnAddresses:
    """The addresses that posts write in full. `tops` gives the first parts of all that the site serves, when asked."""

    def __init__(self, home: Home, tops: Callable[[], Set[str]]) -> None:
        self._home = home
        self._tops = tops

    def is_full(self, target: str) -> bool:
        """Whether `target` names the site's own host."""
        return self._home.path(target) is not None

    def is_doubtful(self, target: str) -> bool:
        """Whether something else may serve `target`, which names the host: it lies in no folder of the site's."""
        first, more = self._home.first(target) or ("", False)
        return not more or first not in self._tops()

    def may_be_a_neighbours(self, target: str, folders: Set[str]) -> bool:
        """Whether `target`, an address from the root, may lie in another repository of the owner's, which the same host
        serves: nothing of the site's own has its first part, or lies below it (in one of `folders`)."""
        first, _, rest = re.split(r"[?#]", target.removeprefix("/"), maxsplit=1)[0].partition("/")
        if not (self._home.shared and target.startswith("/") and _REPOSITORY.fullmatch(first)):
            return False
        return first not in (folders if rest else self._tops())

    def is_ours(self, target: str) -> bool:
        """Whether the file `target`, which names the host, would be served by the site: uploads may lie elsewhere."""
        first, more = self._home.first(target) or ("", False)
        return not more or first in self._tops()

    def is_page(self, target: str) -> bool:
        """Whether `target`, which names the host, looks like the address of a page."""
        path = re.split(r"[?#]", self._home.path(target) or "", maxsplit=1)[0]
        return not EXTENSION.search(path) or path.endswith(_PAGES)

    def served_elsewhere(self, pages: Iterable[tuple[str, bool]]) -> frozenset[str]:
        """Of the first parts of `pages`, dead addresses each with whether the site has a page like it, those below which
        something else answers: many pages are looked for there, or it may be another repository of the owner's."""
        counts: Counter[str] = Counter()
        known: set[str] = set()
        foreign: set[str] = set()
        for target, is_like in {*pages}:
            first, more = self._home.first(target) or ("", False)
            is_foreign = first not in self._tops()
            may_be_theirs = self._home.shared and is_foreign and _REPOSITORY.fullmatch(first)
            # The site of a repository is often about what a post is about.
            if self._home.partial and is_foreign:
                foreign.add(first)
            if may_be_theirs and not (is_like and more):
                counts[first] += _HABIT
            elif is_like or first in self._tops():
                known.add(first)
            elif more and not first.isdecimal():
                counts[first] += 1
        theirs = {first for first, count in counts.items() if count >= _HABIT and first not in known}
        return frozenset(theirs | foreign if len(foreign) >= _HABIT else theirs)

    def prefixes(self, addresses: Iterable[str], has: Callable[[str], bool]) -> frozenset[str]:
        """The folders below which a deployment serves the whole site: of the dead `addresses`, many lead to a page without
        it. `has` says whether the site has a page at an address."""
        counts: Counter[str] = Counter()
        for address in {*addresses}:
            parts = address.strip("/").split("/")
            for cut in range(1, min(_DEEPEST, len(parts) - 1) + 1):
                if has(f"/{'/'.join(parts[cut:])}"):
                    counts[f"/{'/'.join(parts[:cut])}/"] += 1
                    break
        return frozenset(prefix for prefix, count in counts.items() if count >= _HABIT)

    def lies_in_another_version(self, address: str, folders: Callable[[], Set[str]]) -> bool:
        """Whether `address` lies below the folder of a version (`/docs/2.5/`) that the site does not have: others build it.
        `folders` gives all folders that posts have addresses in."""
        parts = address.strip("/").split("/")
        at = next((at for at, part in enumerate(parts[:-1]) if _VERSION.fullmatch(part)), None)
        return at is not None and f"/{'/'.join(parts[: at + 1])}" not in folders()

    def first(self, target: str) -> str:
        """The first part of `target`, which names the host, below the site's base."""
        return (self._home.first(target) or ("",))[0]
