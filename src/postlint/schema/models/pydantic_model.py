"""Schemas made of Pydantic models, dataclasses and typed dictionaries."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import SchemaValidator

from postlint.errors import PostlintError
from postlint.schema import Media, Violation
from postlint.schema.models.core import Walk, tightened
from postlint.schema.models.places import findings
from postlint.schema.models.violations import violation


def from_object(found: Any, source: str, root: str = ".") -> "PydanticSchema":
    """The schema that `found` states: a BaseModel, dataclass or TypedDict, a union of them, or a TypeAdapter of these.

    `source` names it in errors, `root` is the folder that its file is relative to. Raises PostlintError if it is
    something else; exceptions of Pydantic for a broken model pass through.
    """
    if isinstance(found, TypeAdapter):
        return PydanticSchema(found, source, root)
    if not _is_model(found):
        what = f"a {type(found).__name__}" if not isinstance(found, type) else "a class of another kind"
        raise PostlintError(f"schema `{source}` is {what}; it must be a Pydantic model, a dataclass or a TypedDict")
    if isinstance(found, type) and issubclass(found, BaseModel):
        found.model_rebuild()
    return PydanticSchema(TypeAdapter(found), source, root)


def _is_model(found: Any) -> bool:
    from dataclasses import is_dataclass
    from types import UnionType
    from typing import Annotated, Union, get_args, get_origin

    if isinstance(found, type):
        return issubclass(found, BaseModel) or is_dataclass(found) or hasattr(found, "__total__")
    if get_origin(found) is Annotated:
        return _is_model(get_args(found)[0])
    return get_origin(found) in (Union, UnionType) and all(map(_is_model, get_args(found)))


class PydanticSchema:
    """See `postlint.schema.Schema`. Validators are compiled here, once."""

    coerced: Mapping[str, str] = {}
    media: Mapping[str, Media] = {}
    drops = False

    def __init__(self, adapter: TypeAdapter[Any], source: str, root: str = ".") -> None:
        self._adapter = adapter
        self._source, self._root = source, root
        core, self._tags = tightened(adapter.core_schema)
        # Models' own validators would be mistaken for nested models, which are not tightened.
        self._validate = SchemaValidator(core, _use_prebuilt=False).validate_python
        self._walk = Walk(adapter.core_schema)
        models = list(self._walk.models())
        self.forbids_extra = bool(models) and all(model.forbids_extra for model in models)
        paths = (path for model in models for field in model.fields for path in field.paths)
        self.fields: tuple[str, ...] = tuple(dict.fromkeys(str(path[0]) for path in paths))
        roles: dict[str, dict[str, None]] = {}
        for role, place in self._walk.marks("role"):
            roles.setdefault(role, {})[place] = None
        self.roles: Mapping[str, tuple[str, ...]] = {role: tuple(places) for role, places in roles.items()}
        self.to_publish = tuple(self._walk.spellings("publish"))
        self.references: Mapping[str, str] = {place: to for to, place in self._walk.marks("reference")}

    def violations(self, data: object) -> tuple[Violation, ...]:
        try:
            self._validate(data)
        except ValidationError as error:
            details = error.errors(include_url=False)
            found = findings(details, data, self._walk, self._tags)
            return tuple(dict.fromkeys(violation(each, data, self._walk.keys_at) for each in found))
        except PostlintError:
            raise
        except Exception as error:
            from postlint.user_code import failure

            raise failure(error, self._root, self._source.rpartition(":")[0] or self._source) from error
        return ()

    def json_schema(self) -> dict[str, object]:
        from postlint.schema.json.output import describe

        return describe(self._adapter)
