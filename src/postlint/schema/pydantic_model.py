"""Schemas made of Pydantic models, dataclasses and typed dictionaries."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import SchemaValidator

from postlint.errors import PostlintError
from postlint.schema import Location, Violation
from postlint.schema import names as known_names
from postlint.schema.citing import name as cited
from postlint.schema.core import Walk, tightened
from postlint.schema.places import Finding, findings
from postlint.schema.wording import MISSING, UNKNOWN


def from_object(found: Any, source: str, root: str = ".") -> "PydanticSchema":
    """The schema that `found` states: a BaseModel, dataclass or TypedDict, a union of them, or a TypeAdapter of these.

    `source` names it in errors, `root` is the folder that its file is relative to. Raises PostlintError where it is
    something else; what Pydantic raises for a model that is broken passes.
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

    def __init__(self, adapter: TypeAdapter[Any], source: str, root: str = ".") -> None:
        self._adapter = adapter
        self._source, self._root = source, root
        core, self._tags = tightened(adapter.core_schema)
        # Models' own validators would be taken for nested models, and they are not tightened.
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
        self.references: Mapping[str, str] = {place: to for to, place in self._walk.marks("reference")}

    def violations(self, data: object) -> tuple[Violation, ...]:
        try:
            self._validate(data)
        except ValidationError as error:
            details = error.errors(include_url=False)
            return tuple(
                dict.fromkeys(self._violation(found, data) for found in findings(details, data, self._walk, self._tags))
            )
        except PostlintError:
            raise
        except Exception as error:
            from postlint.user_code import failure

            raise failure(error, self._root, self._source.rpartition(":")[0] or self._source) from error
        return ()

    def json_schema(self) -> dict[str, object]:
        from postlint.schema.json_output import describe

        return describe(self._adapter)

    def _violation(self, found: Finding, data: object) -> Violation:
        error, said = found
        if error.type in UNKNOWN:
            return self._unknown(error.location, data, said.message)
        if error.type in MISSING:
            return Violation("missing", error.location, said.message)
        return Violation("invalid", error.location, said.message, said.suggestion, said.certain, said.repair)

    def _unknown(self, location: Location, data: object, message: str) -> Violation:
        if not location:
            return Violation("unknown", location, message)
        above = data
        for step in location[:-1]:
            above = above[step]  # type: ignore[index]
        present = above if isinstance(above, Mapping) else {}
        key = str(location[-1])
        meant = known_names.meant(key, self._walk.keys_at(location[:-1]), present)
        if meant is None:
            return Violation("unknown", location, message)
        certain = known_names.same(key, meant)
        return Violation("unknown", location, f"{message}; did you mean {cited((meant,))}?", meant, certain)
