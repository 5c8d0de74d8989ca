"""What the editor can do, and what its user has set."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from postlint.lsp.positions import Encoding


class Settings(NamedTuple):
    """`isolated`: no settings of the site are read, and no code of it is run. `config`: the path of the configuration that
    replaces those of all sites."""

    isolated: bool = False
    config: str | None = None


class Client(NamedTuple):
    """The editor's abilities, as it announces them."""

    encoding: Encoding = "utf-16"
    pulls: bool = False
    """Whether it asks for findings by itself."""
    refreshes: bool = False
    """Whether it asks again when it is asked to."""
    watches: bool = False
    """Whether it reports changed files."""
    relates: bool = False
    """Whether it shows places in other files that belong to a finding."""
    shows_documents: bool = False
    """Whether it opens an address in a browser."""


def settings(given: object, forced: bool) -> Settings:
    """The settings in `given`, an object or nothing, perhaps below the key `postlint`; `forced`: it is isolated anyway."""
    values: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    below = values.get("postlint")
    values = below if isinstance(below, Mapping) else values
    config = values.get("config")
    return Settings(forced or values.get("isolated") is True, config if isinstance(config, str) and config else None)


def client(capabilities: Mapping[str, Any], encoding: str) -> Client:
    """The client with these `capabilities`, which counts columns in `encoding`."""

    def has(path: str) -> bool:
        found: Any = capabilities
        for key in path.split("."):
            found = found.get(key) if isinstance(found, Mapping) else None
        return bool(found) or isinstance(found, Mapping)

    return Client(
        encoding if encoding in ("utf-8", "utf-32") else "utf-16",  # type: ignore[arg-type]
        has("textDocument.diagnostic"),
        has("workspace.diagnostics.refreshSupport"),
        has("workspace.didChangeWatchedFiles.dynamicRegistration"),
        has("textDocument.publishDiagnostics.relatedInformation") or has("textDocument.diagnostic.relatedInformation"),
        has("window.showDocument.support"),
    )
