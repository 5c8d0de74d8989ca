"""The texts of the editor's documents."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from postlint.lsp.positions import Encoding, Positions


@dataclass
class Document:
    """A document as the editor has it."""

    language: str
    text: str
    version: int | None

    def change(self, changes: Iterable[Mapping[str, Any]], version: int | None, encoding: Encoding) -> None:
        """Apply what the editor changed, one after the other."""
        for change in changes:
            if (place := change.get("range")) is None:
                self.text = change["text"]
            else:
                start, end = Positions(self.text, encoding).span(place)
                self.text = self.text[:start] + change["text"] + self.text[end:]
        self.version = version
