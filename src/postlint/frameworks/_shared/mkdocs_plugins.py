"""The lists of plugins and extensions in the settings of MkDocs, which Zensical reads as well."""

from collections.abc import Iterator
from typing import Any


def plugins(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names and options of a list of names and mappings, or of one mapping."""
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield each, {}
        elif isinstance(each, dict):
            for name, options in each.items():
                yield str(name), options if isinstance(options, dict) else {}
