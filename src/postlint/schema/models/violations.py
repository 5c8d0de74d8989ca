"""From findings to violations: what is missing, unknown, or wrong."""

from collections.abc import Callable, Mapping
from typing import Any

from postlint.schema import Location, Violation
from postlint.schema.models.unions import Finding
from postlint.schema.words import names
from postlint.schema.words.citing import name
from postlint.schema.words.wording import MISSING, UNKNOWN


def violation(found: Finding, data: Any, keys_at: Callable[[Location], list[str]]) -> Violation:
    """The violation that `found` in `data` is; `keys_at` gives the keys that the mapping at a place may have."""
    error, said = found
    if error.type in MISSING:
        return Violation("missing", error.location, said.message)
    if error.type not in UNKNOWN:
        return Violation("invalid", error.location, said.message, said.suggestion, said.certain, said.repair)
    if not error.location:
        return Violation("unknown", error.location, said.message)
    *above, key = error.location
    for step in above:
        data = data[step]
    meant = names.meant(str(key), keys_at(tuple(above)), data if isinstance(data, Mapping) else ())
    if meant is None or error.type == "json_forbidden":
        return Violation("unknown", error.location, said.message)
    message = f"{said.message}; did you mean {name((meant,))}?"
    return Violation("unknown", error.location, message, meant, names.same(str(key), meant))
