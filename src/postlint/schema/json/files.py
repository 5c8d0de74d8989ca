"""JSON Schema files and the files that they refer to; never outside the site's repository, never from the network."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from postlint.errors import PostlintError
from postlint.files.files import Files
from postlint.schema import Location

if TYPE_CHECKING:
    from postlint.front_matter import Node, Problem

# What remark-lint-frontmatter-schema and YAML's own editors read schemas with: dates are text.
_YAML = "yaml-1.2"


class SchemaFiles:
    """A schema file, `path` as seen from the folder of `files`, and the files that its `$ref`s lead to.

    Raises PostlintError, with file and line, if one is missing or is neither JSON nor, by its ending, YAML.
    """

    def __init__(self, path: str, files: Files) -> None:
        self.path = path
        self._files = files
        self.uri = Path(os.path.join(files.root, path)).as_uri()
        self.definition = self._read(path)
        self.problem: PostlintError | None = None
        """The last error in `retrieve`, whose exceptions the validator hides."""
        self._documents: dict[str, Any] = {self.uri: self.definition}
        named = self.definition.get("$id") if isinstance(self.definition, dict) else None
        # References in such a file are relative to the name that it gives itself, although it is here.
        self._named = urljoin(self.uri, named) if isinstance(named, str) else self.uri
        self._documents[urldefrag(self._named).url] = self.definition

    def retrieve(self, uri: str) -> Any:
        """The document at `uri`: a file beside this one. Raises PostlintError for any other."""
        if uri not in self._documents:
            try:
                self._documents[uri] = self._read(self._local(uri))
            except PostlintError as error:
                self.problem = error
                raise
        return self._documents[uri]

    def _local(self, uri: str) -> str:
        if uri.startswith(above := self._named.rpartition("/")[0] + "/"):
            uri = self.uri.rpartition("/")[0] + "/" + uri[len(above) :]
        parts = urlsplit(uri)
        if parts.scheme != "file":
            raise PostlintError(
                f"schema `{self.path}`: `{uri}` is not fetched; save a copy beside the schema and refer to that"
            )
        from urllib.request import url2pathname  # loads a client of HTTP

        return os.path.relpath(url2pathname(unquote(parts.path)), self._files.root).replace(os.sep, "/")

    def _read(self, path: str) -> Any:
        text = self._files.read_text(path)
        if text is None:
            raise PostlintError(f"schema `{path}`: there is no such file in the site or its repository")
        if not path.endswith(".json"):
            return _yaml(text, path)
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            raise PostlintError(f"{path}:{error.lineno}:{error.colno}: this is not JSON: {error.msg}") from None
        except (RecursionError, ValueError):
            raise PostlintError(f"{path}: this is not JSON that can be read") from None

    def line(self, location: Location) -> int | None:
        """The line of the value at `location` in the schema's own file, None if it is not known."""
        from postlint import front_matter

        text = self._files.read_text(self.path) or ""
        root = _tree(text, self.path)
        found = front_matter.find(root, location) if isinstance(root, front_matter.Node) else None
        return text.count("\n", 0, (found[0] or found[1].span).start) + 1 if found else None


def _tree(text: str, path: str) -> "Node | Problem | None":
    """The values of the schema file at `path` with their places, None if it holds no mapping."""
    from postlint.front_matter import yaml
    from postlint.front_matter.json import parse_object

    if not path.endswith(".json"):
        return yaml.parse(text, 0, _YAML)
    return parse_object(text, text.index("{"))[0] if "{" in text else None


def _yaml(text: str, path: str) -> Any:
    from postlint import front_matter
    from postlint.text import Text

    found = _tree(text, path)
    if isinstance(found, front_matter.Problem):
        place = Text(text).place(found.span.start)
        raise PostlintError(f"{path}:{place.line}:{place.column}: this is not YAML: {found.message}")
    return front_matter.to_data(found) if found else None
