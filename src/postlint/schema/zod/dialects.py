"""How the schemas of one tool differ from plain Zod, as data: one constant for each tool.

Sources: the packages named at each dialect; what they accept and refuse comes from running them.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

FORMS = {"email": r"^[^\s@]+@[^\s@]+$", "url": r"^[A-Za-z][A-Za-z0-9+.-]*:", "uri": r"^[A-Za-z][A-Za-z0-9+.-]*:"}
"""Form of text → pattern: less than Zod asks, since its versions differ."""
_LEAP = r"(?:\d\d[2468][048]|\d\d[13579][26]|\d\d0[48]|[02468][048]00|[13579][26]00)-02-29"
_LONG = r"(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])"
_SHORT = r"(?:0[469]|11)-(?:0[1-9]|[12]\d|30)"
DATE = rf"(?:{_LEAP}|\d{{4}}-(?:{_LONG}|{_SHORT}|02-(?:0[1-9]|1\d|2[0-8])))"
"""A day of the calendar, as `z.iso.date()` takes it."""


Form = Callable[[tuple[Any, ...]], dict[str, Any]]
"""What a method for texts asks for, by its arguments."""


class Zod(NamedTuple):
    """A schema, and whether its key may be missing. `fields` are those of an object; the key `...` among them stands
    for fields that cannot be read. `strict`: it rejects other fields. `trimmed`: limits ignore white space around it.
    `place` is where the field is written."""

    schema: dict[str, Any]
    optional: bool = False
    fields: "Mapping[str, Zod] | None" = None
    strict: bool = False
    trimmed: bool = False
    place: str | None = None


OPEN = Zod({}, optional=True)
"""What cannot be read."""
PLAIN: Mapping[str, Zod] = {
    "string": Zod({"type": "string"}),
    "number": Zod({"type": "number"}),
    "int": Zod({"type": "integer"}),
    "boolean": Zod({"type": "boolean"}),
    "null": Zod({"type": "null"}),
    "date": Zod({"jsDate": "typed"}),
    "coerce.date": Zod({"jsDate": True, "jsCoerced": "date"}),
    **{f"coerce.{kind}": Zod({"jsCoerced": kind}, optional=True) for kind in ("boolean", "number", "string")},
    "iso.date": Zod({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}),
    "email": Zod({"type": "string", "pattern": FORMS["email"]}),
    "url": Zod({"type": "string", "pattern": FORMS["url"]}),
}
"""What every version of Zod has."""


class Dialect(NamedTuple):
    """`modules` are the beginnings of the names of modules whose exports make schemas (`z.string()`); `names` are such
    exports that need no import. `kinds` and `made` are schemas that others do not have, or have otherwise: `made` ones
    depend on their arguments. `schemas` are whole schemas that the modules export. `methods` are forms of text that
    this version checks for certain, some of which depend on their arguments. `actions` are Valibot's names of Zod's
    methods."""

    modules: tuple[str, ...]
    names: frozenset[str] = frozenset()
    kinds: Mapping[str, Zod] = {}
    made: Mapping[str, Callable[[tuple[Any, ...]], Zod]] = {}
    schemas: Mapping[str, Zod] = {}
    methods: Mapping[str, dict[str, Any] | Form] = {}
    actions: Mapping[str, str] = {}


def moment(args: tuple[Any, ...]) -> dict[str, Any]:
    """`z.iso.datetime()` and `z.string().datetime()`: UTC, unless the options allow an offset, or none."""
    options = args[0] if args else {}
    if not isinstance(options, dict) or "..." in options:
        return {}
    zones = ["Z"]
    if options.get("offset", False) is not False:
        zones.append(r"[+-][0-2]\d:[0-5]\d")
    if options.get("local", False) is not False:
        zones.append("")
    return {"pattern": f"^{DATE}T{_TIME}(?:{'|'.join(zones)})$", "x-form": "2024-01-31T12:30:00Z"}


_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?"
_UUID = {"pattern": r"(?i)^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "x-form": "a UUID"}

ASTRO = Dialect(("zod", "astro:", "astro/"))
"""Astro 2 to 7: `astro:content` hands on the Zod of its version."""

_DAY: dict[str, Any] = {"type": "string", "pattern": f"^{DATE}$", "x-form": "2024-01-31"}
# In Zod 3 seconds must be there, in Zod 4 they may be.
_HOURS: dict[str, Any] = {"pattern": f"^{_TIME}$", "x-form": "12:30:00"}
_FORMS: Mapping[str, dict[str, Any] | Form] = {
    "date": {"pattern": f"^{DATE}$", "x-form": "2024-01-31"},
    "time": _HOURS,
    "datetime": moment,
    "uuid": _UUID,
}
_WORDS = "true|1|yes|on|y|enabled|false|0|no|off|n|disabled"
_ACTIONS = {
    **dict.fromkeys(("minLength", "minValue"), "min"),
    **dict.fromkeys(("maxLength", "maxValue"), "max"),
    "integer": "int",
    "isoDate": "isoDate",
    "check": "refine",
    "title": "meta",
    "description": "describe",
}
STANDARD = Dialect(
    ("zod", "valibot"),
    kinds={
        "iso.date": Zod(_DAY),
        "stringbool": Zod({"type": "string", "pattern": f"(?i)^(?:{_WORDS})$", "x-form": "true"}),
        # Versions of Zod differ in whether the key may be missing.
        "coerce.date": Zod({"jsDate": True, "jsCoerced": "date"}),
        "isoDate": Zod(_DAY),
        "iso.time": Zod({"type": "string", **_HOURS}),
        "uuid": Zod({"type": "string", **_UUID}),
    },
    methods={
        **_FORMS,
        "isoDate": {"pattern": r"^\d{4}-(?:0[1-9]|1[0-2])-(?:[12]\d|0[1-9]|3[01])$", "x-form": "2024-01-31"},
    },
    actions=_ACTIONS,
)
"""Standard Schema as content-collections 0.15 takes it: Zod 4, Valibot 1."""


def _image(args: tuple[Any, ...]) -> Zod:
    options = args[0] if args and isinstance(args[0], dict) else {}
    root = options.get("absoluteRoot")
    where = root if isinstance(root, str) else ""
    return Zod({"type": "string", "minLength": 1, "x-image": where, "x-consequence": {"limit": "type"}})


VELITE = Dialect(
    ("velite", "zod"),
    kinds={
        "isodate": Zod({"type": "string", "jsDate": "text", "x-role": "published"}),
        "slug": Zod(
            {
                "type": "string",
                "minLength": 3,
                "maxLength": 200,
                "pattern": "(?i)^[a-z0-9]+(?:-[a-z0-9]+)*$",
                "x-form": "my-post",
                "x-role": "slug",
            }
        ),
        "unique": Zod({"type": "string"}),
        "path": Zod({"x-check": "absent", "x-consequence": "ignored"}, optional=True),
        "file": Zod({"type": "string"}),
        # These take the body of the post where there is no text.
        **dict.fromkeys(("markdown", "mdx", "raw", "excerpt"), Zod({"type": "string"}, optional=True)),
        **dict.fromkeys(("metadata", "toc"), OPEN),
    },
    made={"image": _image},
    methods=_FORMS,
)
"""Velite 0.4: its own copy of Zod 3, and fields that look at files."""

_TEXT, _FLAG = Zod({"type": "string"}), Zod({"type": "boolean"})
_PAGE = {
    "title": _TEXT,
    **{name: _TEXT._replace(optional=True) for name in ("description", "icon")},
    "full": _FLAG._replace(optional=True),
    "_openapi": OPEN,
}
PAGE = Zod(
    {
        "type": "object",
        "properties": {name: field.schema for name, field in _PAGE.items()},
        "required": ["title"],
    },
    fields=_PAGE,
)
"""Fumadocs' own `pageSchema`."""
FUMADOCS = Dialect(
    ("zod", "fumadocs-mdx", "fumadocs-core"),
    kinds=STANDARD.kinds,
    schemas={"pageSchema": PAGE, "frontmatterSchema": PAGE},
    methods=STANDARD.methods,
)
"""fumadocs-mdx 15, whose Zod is version 4."""

NUXT = Dialect(
    ("zod", "valibot", "@nuxt/content"),
    kinds=STANDARD.kinds,
    methods={**STANDARD.methods, "date": {"jsDate": "column"}, "datetime": {"jsDate": "column"}},
    actions={**_ACTIONS, "isoDate": "date", "isoTimestamp": "datetime"},
)
"""@nuxt/content 3: Zod 3 or 4, or Valibot. What it makes of such a schema is in `postlint.schema.sources.nuxt`."""
