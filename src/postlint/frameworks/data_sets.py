"""The data of a site that posts refer to by name: authors, series, whatever is in its data files."""

from collections.abc import Mapping
from typing import NamedTuple

from postlint.files.files import Files
from postlint.frameworks._shared import site_settings

ENDINGS = ("yml", "yaml", "json", "toml")


class DataSet(NamedTuple):
    """What posts may name, and the file or folder that says so. If there certainly are no names, `problem` says why."""

    origin: str
    names: frozenset[str]
    problem: str | None = None


def named(files: Files, name: str, folders: tuple[str, ...]) -> DataSet | None:
    """The set `name` in one of the data `folders`, or in the file that it is the path of; None if there is none, or
    it cannot be read."""
    if name.rpartition(".")[2] in ENDINGS:
        return read(files, name)
    paths = (f"{folder}/{name}.{ending}" for folder in folders for ending in ENDINGS)
    path = next((path for path in paths if files.is_file(path)), None)
    return read(files, path) if path else None


def read(files: Files, path: str, key: str | None = None) -> DataSet | None:
    """The names in the file at `path`: the keys of a mapping (of the one below `key`), the `id`s of a list of mappings,
    or the texts of a list of these."""
    data = site_settings.load(files, path)
    if key is not None:
        data = data.get(key) if isinstance(data, Mapping) else None
    if isinstance(data, Mapping):
        return DataSet(path, frozenset(map(str, data)))
    if not isinstance(data, list):
        return None
    found = [item.get("id") if isinstance(item, Mapping) else item for item in data]
    if not all(isinstance(each, (str, int)) and not isinstance(each, bool) for each in found):
        return None
    return DataSet(path, frozenset(map(str, found)))
