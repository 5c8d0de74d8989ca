"""Mistakes against what a tool's configuration declares: what becomes of the post, and where it is declared."""

from collections.abc import Mapping

from postlint.schema import Consequence, Stated, Violation
from postlint.schema.json.walk import JsonWalk

_FAULTS = {
    **dict.fromkeys(
        (
            "string_too_short",
            "string_too_long",
            "too_short",
            "too_long",
            "string_pattern_mismatch",
            "multiple_of",
            "greater_than",
            "greater_than_equal",
            "less_than",
            "less_than_equal",
            "json_unique",
            "int_from_float",
        ),
        "limit",
    ),
    "empty": "missing",
    "stated": "limit",
    "datetime_parsing": "date",
}


def declared(found: Violation, kind: str, source: Stated, walk: JsonWalk) -> Violation | None:
    """`found`, an error of the type `kind`, with its consequence and its place; None if the tool does not mind it."""
    fault = _FAULTS.get(kind, "type")
    if found.kind != "invalid":
        fault = found.kind
    consequence = _consequence(found, fault, source.consequences or {}, walk)
    if consequence is None:
        return None
    place = walk.annotation(found.location, "x-place") or source.source
    said = found.message
    if fault == "missing":
        said = f"{said}, but {source.title} requires it" if kind == "empty" else f"{said}; {source.title} requires it"
    if consequence.text:
        said = f"{said}; {consequence.text}"
    return found._replace(message=f"{said} ({place})", consequence=consequence, declared=place)


def _consequence(found: Violation, fault: str, known: Mapping[str, Consequence], walk: JsonWalk) -> Consequence | None:
    named = walk.own(found.location, "x-consequence")
    if isinstance(named, Mapping):
        # Of one fault only.
        named = named.get(fault)
    if isinstance(named, str):
        return known.get(named)
    return known.get(fault, known.get("type") if fault == "date" else None)
