"""Reads a command's arguments with argparse. An error is one line with the mistake and a suggestion."""

import argparse
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from postlint.cli.terminal import width
from postlint.errors import PostlintError
from postlint.suggest import closest

_DOCS = "https://github.com/postlint/postlint/blob/main/docs/cli.md"


class Parser(argparse.ArgumentParser):
    """The arguments of one command. Options cannot be abbreviated, so that new ones never change a script."""

    def __init__(self, command: str, description: str, examples: "Mapping[str, str] | None" = None) -> None:
        """`examples` are shown below the options: command → what it does."""
        super().__init__(
            prog=f"postlint {command}",
            usage=f"postlint {command} [OPTION…] [PATH…]" if examples else None,
            description=description,
            epilog=_epilog(command, examples) if examples else None,
            allow_abbrev=False,
            formatter_class=_formatter,
        )

    def group(self, title: str) -> "argparse._ArgumentGroup":
        """A part of the help with its own heading, to add options to."""
        return self.add_argument_group(title)

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


class _Formatter(argparse.HelpFormatter):
    """Keeps the lines of a text that has several."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if "\n" in text else super()._fill_text(text, width, indent)


def _formatter(prog: str) -> argparse.HelpFormatter:
    # argparse makes a formatter for every option, and without a width it determines the width each time.
    return _Formatter(prog, width=width(80) - 2)


def _epilog(command: str, examples: Mapping[str, str]) -> str:
    lines = (f"  {example}\n      {what}\n" for example, what in examples.items())
    return f"examples:\n{''.join(lines)}\n{_DOCS}#{command}"


def _meant(word: str, known: Iterable[str]) -> str:
    meant = closest(word, known)
    return f"; did you mean `{meant}`?" if meant else ""
