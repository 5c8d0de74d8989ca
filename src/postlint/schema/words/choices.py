"""The message for a value that is not one of the allowed ones."""

import re

from postlint.schema.words.citing import Error, Words, must_be, name, short, shown, written
from postlint.suggest import closest

_MOST_CHOICES = 12
_TOKEN = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[-+]?\d[\w.]*|True|False|None""")


def options(error: Error) -> list[object]:
    """The allowed values: `options` of the error's context, or Pydantic's `expected` (`expected_tags`, if they distinguish
    models)."""
    if "options" in error.context:
        return list(error.context["options"])
    return choices(str(error.context.get("expected") or error.context.get("expected_tags", "")))


def choices(expected: str) -> list[object]:
    """The values that Pydantic lists in a sentence, such as `'note', 'essay' or 3`."""
    from ast import literal_eval

    found: list[object] = []
    for token in _TOKEN.findall(expected):
        try:
            found.append(literal_eval(token))
        except (ValueError, SyntaxError):
            found.append(token)
    return found


def one_of(known: list[object]) -> str:
    """The phrase that lists them, each spelling once."""
    named = list(dict.fromkeys(short(written(value)) for value in known if value not in (None, "")))
    listed = ", ".join(f"`{spelling}`" for spelling in named[:_MOST_CHOICES])
    more = f" (and {len(named) - _MOST_CHOICES} more)" if len(named) > _MOST_CHOICES else ""
    empty = " or empty" if None in known or "" in known else ""
    return listed + empty if len(named) == 1 else f"one of {listed}{more}{empty}"


def choice(error: Error) -> Words:
    known = options(error)
    value, message = error.value, f"{name(error.location)} must be {one_of(known)}"
    if not known:
        return must_be("one of the values that the schema names", error, exact=True)
    if value is None:
        return Words(f"{message}, but it is empty")
    if not isinstance(value, str):
        if written(value) in known:
            return Words(f"{message} (put it in quotes)", certain=True, repair="quote")
        return Words(f"{message}, not {shown(value)}")
    bare = {written(other) for other in known if isinstance(other, bool | int)}
    if value.strip().lower() in bare:
        return Words(f"{message} (remove the quotes)", value.strip().lower(), True, "literal")
    meant = closest(value.strip(), [other for other in known if isinstance(other, str)])
    if meant is None:
        return Words(f"{message}, not {shown(value)}")
    return Words(f"{message}; did you mean `{short(meant)}`?", meant, value.strip().casefold() == meant.casefold())
