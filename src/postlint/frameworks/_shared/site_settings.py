"""A site's settings as they stand in TOML, YAML and JSON files."""

from typing import Any

from postlint.files.files import Files
from postlint.front_matter import Node, to_data

ENDINGS = ("toml", "yaml", "yml", "json")


def read(files: Files, path: str, yaml_schema: str = "yaml-1.2") -> dict[str, Any] | None:
    """The mapping in the file at `path`, None if there is none or it cannot be read."""
    data = load(files, path, yaml_schema)
    return data if isinstance(data, dict) else None


def load(files: Files, path: str, yaml_schema: str = "yaml-1.2") -> object:
    """What the file at `path` holds, None if it cannot be read."""
    text = files.read_text(path)
    if text is None:
        return None
    if path.endswith(".json"):
        import json

        try:
            found: object = json.loads(text)
            return found
        except (ValueError, RecursionError):
            return None
    if path.endswith(".toml"):
        from postlint.front_matter import toml

        root = toml.parse(text, 0)
    else:
        from postlint.front_matter import yaml

        root = yaml.parse(text, 0, yaml_schema)
    return to_data(root) if isinstance(root, Node) else None


def table(data: object, key: str) -> dict[str, Any]:
    """The mapping under `key`; an empty one if there is none."""
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}


def texts(value: object) -> list[str]:
    """`value` as a list of texts: a text alone is one, what is neither is left out."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
