"""What a post must have: the interface of every kind of schema, and loading one by its name in the configuration."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

from postlint.diagnostics import Severity
from postlint.errors import PostlintError
from postlint.files.endings import SCHEMA_ENDINGS

if TYPE_CHECKING:
    from postlint.files.files import Files

Location = tuple[str | int, ...]
"""A place in the front matter: keys as written in the post, and indexes of lists from 0."""


class Consequence(NamedTuple):
    """What becomes of a post that breaks, in one way, what a tool's configuration declares.

    `text` ends the message, without a full stop. `published`: a page is still made of the post. `stops`: the whole build
    stops. `only_if_rare`: the posts of a site may have so many of it that it is meant; only a few are reported.
    `accepted`: the tool takes the value, but makes another one of it in silence.
    """

    text: str = ""
    severity: Severity = Severity.ERROR
    published: bool = True
    stops: bool = False
    only_if_rare: bool = False
    accepted: bool = False


class Media(NamedTuple):
    """Where the files lie that a field names, as the tool of that `title` says.

    Without `public` they lie beside the post; a path from the root is one below `folder`, and leads nowhere if that is
    empty. `effect` says what the tool makes of a post whose file is missing: with `needed`, no page. With `public`, a
    value that begins with it is a file in `folder` (None: that of the post); `by_name`: of the rest only the last part
    counts; `by_slug`: both folders have one below them that is named after the post, and the tool finds no other files.
    """

    title: str
    folder: str | None = ""
    public: str | None = None
    by_name: bool = False
    effect: str = ""
    needed: bool = False
    by_slug: bool = False


class Violation(NamedTuple):
    """One mistake in a post's front matter.

    `location` is the place of the missing field for `missing`, of the key for `unknown`, of the value for `invalid`
    (`()`: the whole front matter). `message` is a complete sentence for a blogger. `suggestion` is the intended known
    name for `unknown`, and the value to write instead for `invalid`. `certain` means that no other reading makes sense.

    `repair` says how an invalid value is fixed: `text`, by writing it so that it is read as the text `suggestion`;
    `literal`, by writing `suggestion` as it is, without quotes (`5`, `true`, `["a", "b"]`: alike in YAML, TOML and JSON);
    `quote`, by putting the value's own characters in quotes. `suggestion` is None then: 1.10 was read as 1.1.

    `consequence` is set if a tool's own configuration declares the schema, and `declared` says where: the file and the
    line.
    """

    kind: Literal["missing", "unknown", "invalid"]
    location: Location
    message: str
    suggestion: str | None = None
    certain: bool = False
    repair: Literal["text", "literal", "quote"] = "text"
    consequence: Consequence | None = None
    declared: str | None = None


class Stated(NamedTuple):
    """A schema that the site itself states. `source` is its unique place. The JSON Schema `definition` is plain data, in
    which the keyword `jsDate` accepts dates, and `jsCoerced` names what is made of any value.

    A tool's configuration gives the `title` of the tool, and the `consequences` of each fault: `missing`, `unknown`,
    `type`, `date`, `limit`, or a name that the keyword `x-consequence` gives; what it does not give is silent. `roles` and
    `media` as in `Schema`. Further keywords: `x-place` is where a field is declared, `x-filled` refuses empty values,
    `x-check` is a check of `postlint.schema.json.checks`, `x-form` an example of a text that fits its pattern, `x-image`
    the folder of an image whose path begins at the root.
    """

    source: str
    definition: Mapping[str, Any]
    title: str = ""
    consequences: Mapping[str, Consequence] | None = None
    roles: Mapping[str, tuple[str, ...]] = {}
    media: Mapping[str, Media] = {}


def name_of(source: str | Stated) -> str:
    """The name of a schema."""
    return source if isinstance(source, str) else source.source


class Schema(Protocol):
    """What posts of one kind must have."""

    roles: Mapping[str, tuple[str, ...]]
    """Role (`slug`, `published`, …) → keys as written in posts, with dots where they are nested (`cover.image`)."""
    references: Mapping[str, str]
    """Key, written likewise → the name of the data set in which its value must occur, or `file:FOLDER` (see
    `postlint.schema.references`)."""
    to_publish: tuple[tuple[str, ...], ...]
    """The top-level fields that a draft may go without, and no other post: each as the keys it may be written as."""
    forbids_extra: bool
    """Whether a top-level key that the schema does not know is an error."""
    fields: tuple[str, ...]
    """The top-level keys it knows, every spelling that it takes."""
    coerced: Mapping[str, str]
    """Top-level key → what the site's code makes of any value of it, as `z.coerce` does: `date`, `boolean`, `number` or
    `string`; with ` or null` behind it if an empty value stays empty."""

    drops: bool
    """Whether a mistake may keep a page from being made of the post."""
    media: Mapping[str, Media]
    """Field, written likewise, with `[]` for the items of a list (`gallery[].src`) → where its images lie. The empty
    field stands for the post's body."""

    def violations(self, data: object) -> tuple[Violation, ...]:
        """The mistakes in the front matter `data` (plain values). Raises PostlintError if user code fails."""
        ...

    def json_schema(self) -> dict[str, object]:
        """The same as JSON Schema, draft 2020-12, as an editor takes it."""
        ...


def load(source: "str | Stated", root: str, isolated: bool = False, files: "Files | None" = None) -> Schema:
    """The schema that `source` names: `schemas.py:BlogPost` (a file, relative to the folder `root`), `pkg.mod:Model`,
    `post.schema.json` or `post.schema.yaml` (JSON Schema, looked for in `files`, on disk for None), or the name of a
    built-in schema; or what the site itself states. User code is run, unless `isolated`; it is always that on disk.

    Raises PostlintError, one line that names `source` or the line of user code, if there is no such schema.
    """
    if isinstance(source, Stated):
        from postlint.schema.json.schema import stated

        return stated(source)
    if source.endswith(SCHEMA_ENDINGS):
        from postlint.files.files import Files

        here = files or Files(root)
        if source.startswith(("../", "/")):
            # Beside a configuration elsewhere that the site's extends.
            folder, _, source = source.rpartition("/")
            here = here.at(os.path.normpath(os.path.join(os.path.abspath(root), folder)))
        return load_json(source, here)
    if ":" not in source:
        return _built_in(source)
    if isolated:
        raise PostlintError(
            f"schema `{source}`: --isolated runs no user code; leave out --isolated, or name a built-in schema"
        )
    from postlint.schema.models.pydantic_model import from_object
    from postlint.user_code import load_object

    schema: Schema = load_object(source, root, lambda found: from_object(found, source, root))
    return schema


def load_json(path: str, files: "Files") -> Schema:
    """The JSON Schema file at `path`, as seen from the folder of `files`. Raises PostlintError."""
    from postlint.schema.json.files import SchemaFiles
    from postlint.schema.json.schema import from_file

    return from_file(SchemaFiles(path, files))


class Unusable:
    """Stands for an invalid schema that a post names; `message` is the error."""

    roles: Mapping[str, tuple[str, ...]] = {}
    references: Mapping[str, str] = {}
    to_publish: tuple[tuple[str, ...], ...] = ()
    forbids_extra = False
    fields: tuple[str, ...] = ()
    coerced: Mapping[str, str] = {}
    media: Mapping[str, Media] = {}
    drops = False

    def __init__(self, message: str) -> None:
        self._violations = (Violation("invalid", ("$schema",), message),)

    def violations(self, data: object) -> tuple[Violation, ...]:
        return self._violations

    def json_schema(self) -> dict[str, object]:
        return {}


def builtin_names() -> tuple[str, ...]:
    """The names of the schemas that are there without a file of the user's."""
    from postlint.schema.builtin import NAMES

    return NAMES


def _built_in(name: str) -> Schema:
    if name.endswith(".py"):
        raise PostlintError(f"schema `{name}`: name a model in it, such as `{name}:BlogPost`")
    from postlint.schema.builtin import NAMES, model
    from postlint.schema.models.pydantic_model import from_object

    if name not in NAMES:
        from postlint.suggest import closest

        meant = closest(name, NAMES)
        known = ", ".join(f"`{each}`" for each in NAMES)
        hint = (
            f"did you mean `{meant}`?"
            if meant
            else f"the built-in schemas are {known}; or name a model or a JSON Schema file"
        )
        raise PostlintError(f"there is no built-in schema `{name}`; {hint}")
    return from_object(model(name), name)
