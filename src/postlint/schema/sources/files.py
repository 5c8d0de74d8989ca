"""Configuration in YAML and JSON as plain values whose mappings know where their keys are written."""

from typing import Any

from postlint.files.files import Files
from postlint.front_matter import Node, Problem, merged
from postlint.javascript.values import Literal
from postlint.text import Text

_LONGEST = 512 * 1024


def read(files: Files, path: str) -> Literal | None:
    """The mapping that the file at `path` holds; None if it holds none, or cannot be read."""
    written = files.read_text(path)
    if written is None or len(written) > _LONGEST:
        return None
    text = Text(written)
    if path.endswith(".json"):
        from postlint.front_matter import json

        root, _ = json.parse_object(written, len(written) - len(written.lstrip()))
    else:
        from postlint.front_matter import yaml

        root = yaml.parse(written, 0, "js-yaml-4")
    if isinstance(root, Problem):
        return None
    found = _plain(root, text, path)
    return found if isinstance(found, Literal) else None


def line(place: str) -> int:
    """The line of a place (`config.yml:14`)."""
    number = place.rpartition(":")[2]
    return int(number) if number.isdecimal() else 1


def _plain(node: Node, text: Text, path: str) -> Any:
    if node.items is not None:
        return [_plain(item, text, path) for item in node.items]
    if node.entries is None:
        return node.value
    out = Literal()
    inherited = [_plain(entry.node, text, path) for entry in node.entries if merged(entry)]
    for each in inherited:
        for mapping in each if isinstance(each, list) else [each]:
            for name, value in mapping.items():
                out.setdefault(name, value)
                out.places.setdefault(name, mapping.places.get(name, path))
    for entry in node.entries:
        if not merged(entry):
            out[entry.name] = _plain(entry.node, text, path)
            out.places[entry.name] = f"{path}:{text.place(entry.key.span.start).line}"
    return out
