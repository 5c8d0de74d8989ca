"""Reads a command's arguments with argparse. An error is one line with the mistake and a suggestion."""

import argparse
from collections.abc import Iterable
from typing import Any, NoReturn

from postlint.cli.terminal import width
from postlint.errors import PostlintError
from postlint.suggest import closest


class Parser(argparse.ArgumentParser):
    """The arguments of one command. Options cannot be abbreviated, so that new ones never change a script."""

    def __init__(self, command: str, description: str) -> None:
        super().__init__(
            prog=f"postlint {command}", description=description, allow_abbrev=False, formatter_class=_formatter
        )

    def read(self, arguments: list[str]) -> argparse.Namespace:
        """The options in `arguments`. Raises PostlintError for invalid ones, SystemExit after printing help."""
        if "--" in arguments:
            # Before Python 3.13, argparse forgets about `--` if options may stand between paths.
            at = arguments.index("--")
            paths = (f"./{word}" if word.startswith("-") else word for word in arguments[at + 1 :])
            arguments = [*arguments[:at], *paths]
        options, unknown = self.parse_known_intermixed_args(arguments)
        for word in unknown:
            if word.startswith("-"):
                name = word.partition("=")[0]
                raise PostlintError(f"unknown option `{name}`" + _meant(name, self._option_string_actions))
            raise PostlintError(f"unknown argument `{word}`")
        return options

    def error(self, message: str) -> NoReturn:
        raise PostlintError(message.removeprefix("argument "))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            known = [str(choice) for choice in action.choices]
            raise argparse.ArgumentError(
                action, f"`{value}` is not one of {', '.join(known)}{_meant(str(value), known)}"
            )


def _formatter(prog: str) -> argparse.HelpFormatter:
    # argparse makes a formatter for every option, and without a width it determines the width each time.
    return argparse.HelpFormatter(prog, width=width(80) - 2)


def _meant(word: str, known: Iterable[str]) -> str:
    meant = closest(word, known)
    return f"; did you mean `{meant}`?" if meant else ""
