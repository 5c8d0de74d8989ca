"""`postlint completion`: a script with which a shell completes commands, options and their values."""

import io
import re
from contextlib import redirect_stdout, suppress
from importlib import import_module

from postlint import frameworks, reporters, rules
from postlint.cli import COMMANDS
from postlint.cli.arguments import Parser

# Help is also wrapped at hyphens: a part of an option at the end of a line is not an option.
_OPTION = re.compile(r"(?<![\w-])--[a-z]+(?:-[a-z]+)*(?![\w-])")
_SHELLS = ("bash", "fish", "zsh")


def main(arguments: list[str]) -> int:
    parser = Parser("completion", "Print a script that completes postlint's commands and options in a shell.")
    parser.add_argument("shell", choices=_SHELLS, metavar="SHELL", help="bash, fish or zsh")
    shell = parser.read(arguments).shell
    print({"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](), end="")
    return 0


def _options(command: str) -> list[str]:
    """The options of a command, as its help names them."""
    said = io.StringIO()
    # Help ends with an exit.
    with redirect_stdout(said), suppress(SystemExit):
        import_module(f"postlint.cli.{command}").main(["--help"])
    return sorted({*_OPTION.findall(said.getvalue())})


def _values() -> dict[str, list[str]]:
    names = rules.names()
    selectors = sorted({"all", *names, *names.values()})
    return {
        "--select": selectors,
        "--extend-select": selectors,
        "--ignore": selectors,
        "--output-format": reporters.names(),
        "--framework": ["auto", *frameworks.names()],
        "--fail-on": ["error", "warning", "never"],
        "--color": ["auto", "always", "never"],
    }


def _bash() -> str:
    commands = "\n".join(
        f'            {name}) COMPREPLY=($(compgen -W "{" ".join(_options(name))}" -- "$word")) ;;' for name in COMMANDS
    )
    values = "\n".join(
        f'        {option}) COMPREPLY=($(compgen -W "{" ".join(known)}" -- "$word")); return ;;'
        for option, known in _values().items()
    )
    return f"""\
# bash completion for postlint: source <(postlint completion bash)
_postlint() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" command="${{COMP_WORDS[1]}}"
    if [ "$COMP_CWORD" -eq 1 ]; then
        COMPREPLY=($(compgen -W "{" ".join(COMMANDS)} --help --version" -- "$word"))
        return
    fi
    # bash splits --option=value into three words.
    if [ "$word" = = ]; then
        word=""
    elif [ "$before" = = ]; then
        before="${{COMP_WORDS[COMP_CWORD-2]}}"
    fi
    case "$before" in
{values}
    esac
    case "$word" in
        -*) case "$command" in
{commands}
        esac ;;
        *) case "$command" in
            rule) COMPREPLY=($(compgen -W "{" ".join(rules.names())}" -- "$word")) ;;
            completion) COMPREPLY=($(compgen -W "{" ".join(_SHELLS)}" -- "$word")) ;;
        esac ;;
    esac
}}
# If nothing is offered, the shell completes file names, and knows how to quote them.
complete -o default -F _postlint postlint
"""


def _zsh() -> str:
    return "#compdef postlint\nautoload -U +X bashcompinit && bashcompinit\n" + _bash().partition("\n")[2]


def _fish() -> str:
    values = _values()
    lines = ["# fish completion for postlint: postlint completion fish | source"]
    for name, text in COMMANDS.items():
        told = text.replace("'", "\\'")
        lines.append(f"complete -c postlint -n __fish_use_subcommand -f -a {name} -d '{told}'")
        seen = f"-n '__fish_seen_subcommand_from {name}'"
        for option in _options(name):
            known = f" -x -a '{' '.join(values[option])}'" if option in values else ""
            lines.append(f"complete -c postlint {seen} -l {option[2:]}{known}")
    for command, words in (("rule", sorted(rules.names())), ("completion", list(_SHELLS))):
        lines.append(f"complete -c postlint -n '__fish_seen_subcommand_from {command}' -f -a '{' '.join(words)}'")
    return "\n".join(lines) + "\n"
