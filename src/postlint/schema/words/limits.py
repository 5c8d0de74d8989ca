"""Messages for values of the right kind that are too small, too long or have the wrong form."""

from collections.abc import Callable
from datetime import date, time

from postlint.schema.words import patterns
from postlint.schema.words.choices import choices
from postlint.schema.words.citing import Error, Words, name, plain, short, shown


def limit(key: str, number: str, day: str) -> Callable[[Error], Words]:
    def say(error: Error) -> Words:
        phrase = day if isinstance(error.value, date | time) else number
        return Words(f"{name(error.location)} must {phrase} {plain(error.context.get(key))}, not {shown(error.value)}")

    return say


def length(error: Error) -> Words:
    """Lists and texts that are too short or too long."""
    where, context = name(error.location), error.context
    text = not error.type.startswith("too_")
    at_least = "min_length" in context
    limit = int(context["min_length" if at_least else "max_length"])
    unit = ("byte" if error.type.startswith("bytes") else "character") if text else "item"
    count = f"{limit} {unit}{'' if limit == 1 else 's'}"
    has = len(error.value) if hasattr(error.value, "__len__") else None
    if has == 0 and at_least:
        return Words(
            f"{where} must not be empty" if limit == 1 else f"{where} must have at least {count}, but it is empty"
        )
    # If the schema says so, white space around a text does not count.
    actual = context.get("actual_length") or has
    wrong = actual is not None and (actual < limit if at_least else actual > limit)
    return Words(f"{where} must have at {'least' if at_least else 'most'} {count}{f', not {actual}' if wrong else ''}")


def pattern(error: Error) -> Words:
    pattern = str(error.context.get("pattern", ""))
    means = patterns.meaning(pattern)
    must = f"must be {means}" if means else f"must match the pattern `{short(pattern)}`"
    return Words(f"{name(error.location)} {must}, not {shown(error.value)}")


def whole_day(error: Error) -> Words:
    return Words(f"{name(error.location)} must be a day without a time, not {shown(error.value)}")


def citing(template: str, **keys: str) -> Callable[[Error], Words]:
    """A sentence that cites limits of the error's context, with the counted noun in the right number."""

    def say(error: Error) -> Words:
        values = {}
        for key, unit in keys.items():
            limit = plain(error.context.get(key))
            values[key] = f"{limit} {unit}{'' if limit == '1' else 's'}" if unit else limit
        return Words(f"{name(error.location)} {template.format(**values)}, not {shown(error.value)}")

    return say


def scheme(error: Error) -> Words:
    schemes = choices(str(error.context.get("expected_schemes", "")))
    starts = " or ".join(f"`{scheme}:`" for scheme in schemes[:6])
    return Words(f"{name(error.location)} must be an address that begins with {starts}, not {shown(error.value)}")
