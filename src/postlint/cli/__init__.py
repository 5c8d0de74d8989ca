"""The command line: the first word names the command, each in a file of its own."""

import sys

from postlint import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

COMMANDS = {
    "check": "find what is wrong in posts, and repair it",
    "format": "write the bodies of posts in one form, front matter untouched",
    "rule": "explain a rule, or list all",
    "config": "show the settings that apply, and where each comes from",
    "schema": "print the JSON Schema of the posts' front matter",
    "inspect": "print what postlint knows of each post",
    "completion": "print a script that completes commands and options in a shell",
    "server": "tell editors what is wrong while posts are written",
    "init": "learn from the posts what they must have, and write the configuration",
}
_HELP = f"""\
postlint {__version__}: front-matter and content linting for blogs and docs

usage: postlint COMMAND [OPTION…] [PATH…]

{"".join(f"  {name:11} {text}" + chr(10) for name, text in COMMANDS.items())}
postlint COMMAND --help tells the rest. Exit status: 0 nothing found, 1 findings, 2 wrong usage or settings.
"""


def program() -> "NoReturn":
    """`main` as a process of its own, which ends at once: to take every object apart first lasts as long as a post."""
    import os

    status = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            continue  # whoever read our output has seen enough
    os._exit(status)


def main(argv: list[str] | None = None) -> int:
    """Run one command. Returns the exit status; raises SystemExit for `--help` and wrong arguments of a command."""
    arguments = sys.argv[1:] if argv is None else argv
    if arguments and arguments[0] in ("--version", "-V"):
        print(f"postlint {__version__}")
        return 0
    if not arguments or arguments[0] in ("--help", "-h", "help"):
        print(_HELP, end="")
        return 0 if arguments else 2
    name, *rest = arguments
    if name not in COMMANDS:
        from postlint.suggest import closest

        meant = closest(name, COMMANDS)
        hint = f"did you mean `{meant}`?" if meant else f"there are {', '.join(COMMANDS)}"
        return _fail(f"unknown command `{name}`; {hint}")
    return _run(name, rest)


def _run(name: str, arguments: list[str]) -> int:
    import gc
    from importlib import import_module

    from postlint.errors import PostlintError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A post may hold any character; what a stream cannot show must not end the run.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # A run is short and leaves hardly any cycles behind; to look for them among its posts takes longer than to read them.
    collects = gc.isenabled()
    gc.disable()
    try:
        status: int = import_module(f"{__name__}.{name}").main(arguments)
        sys.stdout.flush()
        return status
    except PostlintError as error:
        return _fail(str(error))
    except BrokenPipeError:
        import os

        # Whoever read our output has seen enough; the interpreter must not complain when it flushes again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        import os

        if os.environ.get("POSTLINT_TRACEBACK"):
            raise
        return _fail(
            f"internal error: {type(error).__name__}: {error}",
            "This is a bug in postlint. POSTLINT_TRACEBACK=1 shows where; please report it.",
        )
    finally:
        if collects:
            gc.enable()


def _fail(*lines: str) -> int:
    from postlint.reporters import visible

    print("postlint: " + "\n".join(map(visible, lines)), file=sys.stderr)
    return 2
