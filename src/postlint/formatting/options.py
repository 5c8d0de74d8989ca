"""How mdformat is to write: `[format]` of the configuration, and `.mdformat.toml`."""

import os
import tomllib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from postlint.errors import PostlintError

if TYPE_CHECKING:
    from postlint.settings import Config

_FRONT_MATTER = frozenset(("frontmatter", "front_matters"))
"""Plugins that read front matter, which mdformat never sees here."""


class Options(NamedTuple):
    """mdformat's own: `wrap` is `keep`, `no` or a number of columns, `number` counts on in ordered lists. `extensions` are
    the names of its plugins that are used, `plugins` their options."""

    wrap: str | int = "keep"
    number: bool = False
    extensions: tuple[str, ...] = ()
    plugins: Mapping[str, Any] = {}


def options(config: "Config") -> Options:
    """The options that hold for `config`. The configuration wins over `.mdformat.toml`, which is looked for beside it.

    Without a word on `extensions`, all that are installed are used; none when isolated. Raises PostlintError for a
    broken file, and for an extension that is not installed.
    """
    if config.isolated:
        return Options()
    settings = {**_own(os.path.join(config.root or os.getcwd(), ".mdformat.toml")), **config.format}
    installed = _installed()
    extensions = settings.get("extensions")
    if extensions is None:
        extensions = [name for name in installed if name not in _FRONT_MATTER]
    for name in extensions:
        if name not in installed:
            there = f"installed: {', '.join(installed)}" if installed else "no extensions are installed"
            raise PostlintError(f"the mdformat extension `{name}` is not installed; {there}")
    return Options(
        settings.get("wrap", "keep"), settings.get("number", False), tuple(extensions), settings.get("plugin", {})
    )


def _installed() -> list[str]:
    from mdformat.plugins import PARSER_EXTENSIONS

    return sorted(PARSER_EXTENSIONS)


def _own(file: str) -> dict[str, Any]:
    """The values of these options in `.mdformat.toml`; empty if there is no such file."""
    try:
        with open(file, "rb") as source:
            found = tomllib.load(source)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise PostlintError(f"{file}: cannot be read: {(error.strerror or '').lower()}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PostlintError(f"{file}: {error}") from None
    known: dict[str, Any] = {name: found[name] for name in ("wrap", "number", "extensions", "plugin") if name in found}
    if problem := problem_of(known):
        raise PostlintError(f"{file}: {problem}")
    return known


def problem_of(settings: Mapping[str, Any]) -> str | None:
    """The error in values of these options, None if there is none."""
    wrap = settings.get("wrap", "keep")
    if wrap not in ("keep", "no") and not (isinstance(wrap, int) and not isinstance(wrap, bool) and wrap > 1):
        return '`wrap` must be "keep", "no" or a number of columns'
    if not isinstance(settings.get("number", False), bool):
        return "`number` must be true or false"
    extensions = settings.get("extensions")
    if extensions is not None and not (
        isinstance(extensions, list | tuple) and all(isinstance(name, str) for name in extensions)
    ):
        return "`extensions` must be a list of texts"
    if not isinstance(settings.get("plugin", {}), dict):
        return "`plugin` must be a table"
    return None
