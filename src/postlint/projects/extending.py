"""The setting `extends`: where the configuration is that another one builds on, and what both say together."""

import os
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from postlint.errors import PostlintError
from postlint.files import looks
from postlint.files.endings import SCHEMA_ENDINGS
from postlint.settings import CollectionConfig, Origin

_RESOURCE = re.compile(r"([A-Za-z_]\w+(?:\.[A-Za-z_]\w*)*):(?![\\/])(.+)")
_MERGED = ("severity", "format")


class Layer(NamedTuple):
    """What one configuration says: its values, by the names of `Config`, and where each of them is written, by the setting
    as it is written (`severity.date-future`, `collections[0].include`)."""

    values: dict[str, Any]
    origins: dict[str, Origin]


def find(name: str, folder: str) -> str:
    """The file that `extends = "name"` means in a configuration in `folder`: a path, or `package:file.toml`.

    No code of the package is run. Raises PostlintError, a sentence without a place, if there is no such package or file.
    """
    resource = _RESOURCE.fullmatch(name)
    if resource is None:
        return os.path.normpath(os.path.join(folder, name))
    package, file = resource[1], resource[2].replace("\\", "/")
    if ".." in file.split("/"):
        raise PostlintError(f"`{name}` leads out of the package `{package}`")
    from importlib.util import find_spec

    top, *below = package.split(".")
    try:
        # Only the spec of a package within others would import the others.
        spec = find_spec(top)
    except (ImportError, ValueError):
        spec = None
    places = list(spec.submodule_search_locations or ()) if spec else []
    if not places:
        raise PostlintError(f"there is no installed package `{top}`; install it beside postlint")
    candidates = [os.path.join(place, *below, *file.split("/")) for place in places]
    for candidate in candidates:
        looks.at(candidate)
    found = next((path for path in candidates if os.path.isfile(path)), None)
    if found is None:
        raise PostlintError(f"the package `{package}` has no file `{file}`")
    return found


def moved(layer: Layer, folder: str, root: str) -> Layer:
    """`layer`, which was read in `folder`, as seen from `root`: files of code and schemas are named as seen from there.
    Patterns of posts are always relative to the configuration that was found."""
    values = dict(layer.values)
    if "plugins" in values:
        values["plugins"] = tuple(_moved(source, folder, root) for source in values["plugins"])
    if "collections" in values:
        values["collections"] = tuple(
            one._replace(schema=_moved(one.schema, folder, root)) if isinstance(one.schema, str) else one
            for one in values["collections"]
        )
    return Layer(values, layer.origins)


def _moved(source: str, folder: str, root: str) -> str:
    place, colon, name = source.rpartition(":") if source.rpartition(":")[0].endswith(".py") else (source, "", "")
    if not place.endswith((".py", *SCHEMA_ENDINGS)):
        return source
    full = os.path.join(folder, place)
    try:
        place = os.path.relpath(full, root)
    except ValueError:
        place = full  # on another drive
    return place.replace(os.sep, "/") + colon + name


def merged(base: Layer, own: Layer) -> Layer:
    """Both together: a value of `own` replaces that of `base`. `severity` and `format` are merged by their keys, `rules` by
    rule and option, collections by name; `per-path` tables of `own` come after, and so win."""
    values: dict[str, Any] = {**base.values, **own.values}
    for name in _MERGED:
        if name in values:
            values[name] = {**base.values.get(name, {}), **own.values.get(name, {})}
    if "rules" in values:
        theirs: Mapping[str, Mapping[str, Any]] = base.values.get("rules", {})
        mine: Mapping[str, Mapping[str, Any]] = own.values.get("rules", {})
        values["rules"] = {rule: {**theirs.get(rule, {}), **mine.get(rule, {})} for rule in {**theirs, **mine}}
    if "per_path" in values:
        values["per_path"] = (*base.values.get("per_path", ()), *own.values.get("per_path", ()))
    here: Sequence[CollectionConfig] = own.values.get("collections", ())
    there: Sequence[CollectionConfig] = base.values.get("collections", ())
    kept = [index for index, one in enumerate(there) if one.name not in {each.name for each in here}]
    if "collections" in values:
        values["collections"] = (*here, *(there[index] for index in kept))
    origins = _renumbered(base.origins, "collections", {index: len(here) + at for at, index in enumerate(kept)})
    after = len(base.values.get("per_path", ()))
    mine_moved = _renumbered(
        own.origins, "per-path", {at: at + after for at in range(len(own.values.get("per_path", ())))}
    )
    return Layer(values, {**origins, **mine_moved})


def _renumbered(origins: Mapping[str, Origin], table: str, numbers: Mapping[int, int]) -> dict[str, Origin]:
    """`origins` with the tables of one kind under other numbers; without those that have none."""
    out: dict[str, Origin] = {}
    for name, origin in origins.items():
        found = re.match(rf"{table}\[(\d+)\]", name)
        if found is None:
            out[name] = origin
        elif int(found[1]) in numbers:
            out[f"{table}[{numbers[int(found[1])]}]{name[found.end() :]}"] = origin
    return out
