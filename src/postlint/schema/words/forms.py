"""Messages for values that do not have the form that JSON Schema requires, if Pydantic has no such error."""

from collections.abc import Mapping
from typing import Any

from postlint.schema.words.choices import one_of
from postlint.schema.words.citing import Error, Words, must_be, name, short, shown
from postlint.schema.words.kinds import DATE

_FORMATS = {
    "email": "an e-mail address such as `ann@example.com`",
    "idn-email": "an e-mail address such as `ann@example.com`",
    "hostname": "a host name such as `example.com`",
    "idn-hostname": "a host name such as `example.com`",
    "ipv4": "an IP address such as `192.0.2.1`",
    "ipv6": "an IPv6 address such as `2001:db8::1`",
    "uri-reference": "a web address or a path",
    "iri-reference": "a web address or a path",
    "uri-template": "a web address with parts such as `{name}`",
    "regex": "a regular expression",
    "json-pointer": "a JSON pointer such as `/a/b`",
    "relative-json-pointer": "a relative JSON pointer such as `1/a`",
}


def of_format(error: Error) -> Words:
    wanted = str(error.context["format"])
    return must_be(_FORMATS.get(wanted, f"of the format `{short(wanted)}`"), error, exact=True)


def quoted_date(error: Error) -> Words:
    """`z.date()` does not accept text."""
    text = str(error.value).strip()
    return Words(f"{name(error.location)} must be {DATE}, not text (remove the quotes)", text, True, "literal")


def repeated(error: Error) -> Words:
    *above, _ = error.location
    first = name((*above, error.context["first"]))
    what = f": {shown(error.value)}" if isinstance(error.value, str | int | float) else ""
    return Words(f"{name(error.location)} is the same as {first}{what}")


def ruled_out(error: Error) -> Words:
    """`not`, if its schema can be put into words."""
    where, schema = name(error.location), error.context.get("schema")
    schema = schema if isinstance(schema, Mapping) else {}
    constraints = {key: value for key, value in schema.items() if key not in ("title", "description", "$comment")}
    if constraints.keys() == {"required"} and isinstance(error.value, Mapping):
        keys = [name((*error.location, key)) for key in constraints["required"]]
        if len(keys) == 1:
            return Words(f"{keys[0]} is not allowed here")
        return Words(f"{', '.join(keys[:-1])} and {keys[-1]} cannot be used together")
    refused: Any = constraints.get("enum", [constraints["const"]] if "const" in constraints else None)
    if isinstance(refused, list) and len(constraints) == 1:
        return Words(f"{where} must not be {one_of(refused)}")
    return Words(f"{where} has a form that the schema forbids: {shown(error.value)}")


def several(error: Error) -> Words:
    """`oneOf`, if more than one of its alternatives accepts the value."""
    return Words(f"{name(error.location)} matches more than one of the forms in the schema, which allows exactly one")
