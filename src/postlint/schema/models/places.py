"""From Pydantic's list of errors to places in front matter: tags are taken out of locations."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.schema import Location
from postlint.schema.models.core import Walk
from postlint.schema.models.unions import BRANCH, Finding, Raw, reduced
from postlint.schema.words.citing import Error
from postlint.schema.words.wording import MISSING

# More are of use to nobody, and a hostile post could have one for each two characters.
_CAP = 1000
_QUOTED = re.compile(r"'([^']+)'")


def findings(errors: Iterable[Mapping[str, Any]], data: object, walk: Walk, tags: frozenset[object]) -> list[Finding]:
    """One finding for each mistake in `data`; `errors` as Pydantic lists them, validated by a tightened schema whose
    tags are `tags`. `walk` is for the schema before that."""
    raws = [Raw(tuple(details["loc"]), _error(details, data, walk, tags)) for details in list(errors)[:_CAP]]
    return reduced(raws)


def _error(details: Mapping[str, Any], data: object, walk: Walk, tags: frozenset[object]) -> Error:
    kind, value, context = details["type"], details["input"], details.get("ctx") or {}
    place = location(tuple(details["loc"]), data, tags, kind in MISSING and kind != "union_tag_not_found")
    if kind in ("union_tag_invalid", "union_tag_not_found") and isinstance(value, Mapping):
        # It is about the key that tells the models apart; a function that does so is not cited in quotes.
        keys = _QUOTED.findall(str(context.get("discriminator")))
        if not keys:
            return Error("value_error", place, value, {}, "")
        known = [*value, *walk.keys_at(place)]
        key = next((key for key in keys if key in known), keys[0])
        return Error(kind, (*place, key), value.get(key), context, details["msg"])
    return Error(kind, place, value, context, details["msg"])


def location(path: tuple[str | int, ...], data: object, tags: frozenset[object], missing: bool = False) -> Location:
    """`path` without branches of unions and tags: the keys and indexes that lead to a place in `data`."""
    out: list[str | int] = []
    here, tagged = data, False
    for i, step in enumerate(path):
        if isinstance(step, str) and step.startswith(BRANCH):
            continue
        last = i == len(path) - 1
        if isinstance(here, Mapping):
            # The key of the discriminator holds the tag; from then on, a name equal to a tag is a key.
            if step in tags and not tagged and (step in _scalars(here) or (step not in here and not last)):
                tagged = True
                continue
            found = step in here
        else:
            found = isinstance(here, list | tuple) and isinstance(step, int) and 0 <= step < len(here)
        if found:
            here, tagged = here[step], False  # type: ignore[index]
            out.append(step)
        elif missing:
            here = None
            out.append(step)
    return tuple(out)


def _scalars(mapping: Mapping[Any, Any]) -> list[Any]:
    return [value for value in mapping.values() if isinstance(value, str | int)]
