"""The command line: the first word names the command, each in a file of its own."""

import sys

from postlint import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

COMMANDS = {
    "check": "find mistakes in posts, and fix them",
    "format": "format the bodies of posts, and leave the front matter alone",
    "rule": "explain a rule, or list all rules",
    "config": "show the settings that apply, and where each of them comes from",
    "schema": "print the JSON Schema of the posts' front matter",
    "inspect": "print what postlint knows about each post",
    "completion": "print a script for shell completion",
    "server": "show findings in an editor while you write",
    "init": "learn from your posts what they must have, and write the configuration",
}
_HELP = f"""\
postlint {__version__}: front-matter and content linting for blogs and docs

usage: postlint COMMAND [OPTION…] [PATH…]

{"".join(f"  {name:11} {text}" + chr(10) for name, text in COMMANDS.items())}
Run postlint COMMAND --help for details. Exit status: 0 nothing found, 1 findings, 2 wrong usage or settings.
"""


def program() -> "NoReturn":
    """`main` as its own process, which exits at once: freeing every object first would take as long as checking a post."""
    import os

    from postlint.cli import stored_code

    stored = stored_code.here()
    stored.use()
    status = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            continue  # the reader of our output has closed it
    stored.save()
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
        hint = f"did you mean `{meant}`?" if meant else f"the commands are {', '.join(COMMANDS)}"
        return _fail(f"unknown command `{name}`; {hint}")
    return _run(name, rest)


def _run(name: str, arguments: list[str]) -> int:
    import gc
    from importlib import import_module

    from postlint.errors import PostlintError

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A post may contain any character; one that a stream cannot encode must not end the run.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # A run is short and creates few cycles; looking for them among its posts takes longer than reading the posts.
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

        # The reader of our output has closed it; the interpreter must not complain when it flushes again.
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
            "This is a bug in postlint. Please report it with the traceback that POSTLINT_TRACEBACK=1 shows.",
        )
    finally:
        if collects:
            gc.enable()


def _fail(*lines: str) -> int:
    from postlint.reporters import visible

    print("postlint: " + "\n".join(map(visible, lines)), file=sys.stderr)
    return 2
