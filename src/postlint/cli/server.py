"""`postlint server`: a Language Server on standard input and output, for editors."""

import gc

from postlint.cli.arguments import Parser
from postlint.cli.extras import missing


def main(arguments: list[str]) -> int:
    parser = Parser("server", "Show findings in an editor while you write, over the Language Server Protocol.")
    parser.add_argument("--isolated", action="store_true", help="read no settings and run no user code")
    parser.add_argument("--stdio", action="store_true", help="use standard input and output, as always")
    options = parser.read(arguments)
    from postlint import lsp

    gc.enable()  # unlike other commands, it runs for days
    try:
        lsp.serve(isolated=options.isolated)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise missing("the server", "pygls>=2.0") from None
    return 0
