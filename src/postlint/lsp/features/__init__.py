"""What an editor may ask for: one module for each request, or for a few that belong together."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from postlint.lsp.desk import Desk
from postlint.lsp.positions import Json


class Later(NamedTuple):
    """An answer that is not possible yet: `answer` gives it when `ready`."""

    ready: Callable[[Desk], bool]
    answer: Callable[[Desk], Any]


Feature = Callable[[Desk, Json], Any]
"""Takes the parameters of a request, and returns its result in the protocol's form, or `Later`."""

_MODULES = {
    "textDocument/hover": "hover",
    "textDocument/completion": "completion",
    "textDocument/codeAction": "code_actions",
    "textDocument/documentLink": "document_links",
    "textDocument/definition": "definition",
    "textDocument/documentSymbol": "document_symbols",
    "workspace/symbol": "workspace_symbols",
    "textDocument/formatting": "formatting",
    "workspace/willRenameFiles": "renaming",
    "textDocument/diagnostic": "document_diagnostic",
    "workspace/diagnostic": "workspace_diagnostic",
}


class _Features(dict[str, Feature]):
    """The features by their methods, loaded on first use."""

    def __missing__(self, method: str) -> Feature:
        module = import_module(f"{__name__}.{_MODULES[method]}")
        feature: Feature = module.answer
        self[method] = feature
        return feature


FEATURES = _Features()


def load() -> None:
    """Load what every check needs, while the editor is still starting."""
    from postlint.catalog import selection
    from postlint.checking import cache, transport  # noqa: F401 - loaded for later
    from postlint.settings import Config

    selection.active(Config())
