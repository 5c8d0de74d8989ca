"""A Language Server: shows the findings of `postlint check` in open posts of an editor, and offers the fixes.

Each check is its own process, `postlint check -` with the editor's text in place of the file. It sees the current site,
and the server keeps running whatever happens to the process. Source of the protocol: its specification, 3.17.
"""

import asyncio
import json
import os
import re
import signal
import sys
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from postlint import __version__
from postlint.files.endings import is_markdown

FIX_ALL = "source.fixAll.postlint"
_PAUSE = 0.2  # seconds without another key, before a text is checked
_LINE_END = re.compile(r"\r\n|\n|\r")
_SEVERITY = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}


class Checked(NamedTuple):
    """A text and its findings, each as in `--output-format json`; `shown` has one finding for a text that is damaged
    throughout."""

    text: str
    found: list[dict[str, Any]]
    shown: list[dict[str, Any]]


class Server(LanguageServer):
    """The server, with the last findings in each open document, by its URI."""

    def __init__(self, isolated: bool) -> None:
        super().__init__("postlint", __version__)
        self.isolated = isolated
        self.checked: dict[str, Checked] = {}
        self.asked: dict[str, int] = {}
        self.number = count()  # no number is given twice, to a document that is opened again either
        self.running: dict[str, asyncio.subprocess.Process] = {}
        self.told: str | None = None

    def range(self, text: str, start: int, end: int) -> types.Range:
        """A span in code points as the client counts."""
        return types.Range(self._position(text, start), self._position(text, end))

    def _position(self, text: str, offset: int) -> types.Position:
        starts = _line_starts(text)
        line = bisect_right(starts, offset) - 1
        before = text[starts[line] : offset]
        encoding = self.workspace.position_encoding
        if encoding == types.PositionEncodingKind.Utf32:
            return types.Position(line, len(before))
        size = 1 if encoding == types.PositionEncodingKind.Utf8 else 2
        coded = before.encode("utf-8" if size == 1 else "utf-16-le", "surrogatepass")
        return types.Position(line, len(coded) // size)

    def stop(self, uri: str) -> None:
        """End the check of a document, with the processes that it started."""
        process = self.running.pop(uri, None)
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)


@lru_cache(maxsize=8)
def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in _LINE_END.finditer(text))]


def serve(isolated: bool) -> None:
    """Speak the protocol on standard input and output until the client ends it."""
    server = Server(isolated)
    server.feature(types.INITIALIZE)(_initialize)
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(_opened)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(_check_all)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_check_all)
    kinds = types.CodeActionOptions([types.CodeActionKind.QuickFix, FIX_ALL])
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, kinds)(_actions)
    server.feature(types.INITIALIZED)(_initialized)
    # A stream of its own, which the library may close.
    try:
        server.start_io(sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb"))
    finally:
        for uri in list(server.running):
            server.stop(uri)


def _initialize(server: Server, params: types.InitializeParams) -> None:
    """A client can also ask for `isolated`, for a folder that its user does not trust."""
    options = params.initialization_options
    asked = options.get("isolated") if isinstance(options, Mapping) else getattr(options, "isolated", None)
    server.isolated = server.isolated or asked is True


async def _initialized(server: Server, params: types.InitializedParams) -> None:
    client = server.client_capabilities.workspace
    watched = client.did_change_watched_files if client else None
    if watched and watched.dynamic_registration:
        everything = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/*")])
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        registration = types.Registration("watched", method, everything)
        await server.client_register_capability_async(types.RegistrationParams([registration]))


async def _opened(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    await _check(server, params.text_document.uri, 0)


async def _changed(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    await _check(server, params.text_document.uri, _PAUSE)


async def _check_all(server: Server, params: object) -> None:
    """A changed file may be one that an open post was missing."""
    for uri in list(server.workspace.text_documents):
        await _check(server, uri, _PAUSE)


async def _closed(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    server.asked.pop(uri, None)
    server.checked.pop(uri, None)
    server.stop(uri)
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


async def _check(server: Server, uri: str, pause: float) -> None:
    """Publish the findings in the document, unless a newer check of it starts first."""
    # A text that is not saved yet has no place in a site.
    path = to_fs_path(uri) if uri.startswith("file:") else None
    if path is None or "\0" in path or not is_markdown(path):
        return
    asked = server.asked[uri] = next(server.number)
    await asyncio.sleep(pause)
    if server.asked.get(uri) != asked:
        return
    server.stop(uri)
    text = server.workspace.get_text_document(uri).source
    process = server.running[uri] = await _started(server, path)
    out, err = await process.communicate(text.encode("utf-8", "replace"))
    if server.asked.get(uri) != asked:
        return
    if process.returncode not in (0, 1):
        _tell(server, err.decode("utf-8", "replace").strip())
        return
    server.told = None
    found = json.loads(out)["diagnostics"]
    checked = server.checked[uri] = Checked(text, found, _gathered(found))
    shown = [_diagnostic(server, text, one) for one in checked.shown]
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown))


async def _started(server: Server, path: str) -> asyncio.subprocess.Process:
    """A check of the text that it is given, as if it were in the file at `path`."""
    words = ["check", "-", "--stdin-filename", path, "--index-site", "--output-format", "json"]
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "postlint", *words, *(["--isolated"] if server.isolated else [])),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        cwd=_folder(path),
        start_new_session=True,
    )


def _tell(server: Server, said: str) -> None:
    """Show why nothing could be checked: a broken setting once, not at every key."""
    if said != server.told:
        server.told = said
        server.window_show_message(types.ShowMessageParams(types.MessageType.Error, said))


def _folder(path: str) -> str:
    """The folder of the file, or the nearest above it that is there."""
    folder = os.path.dirname(path)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return folder


def _gathered(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    from postlint.reporters._damage import gathered
    from postlint.reporting import as_json as written

    return [written.one(d) for d in gathered([written.read(one) for one in found])]


def _diagnostic(server: Server, text: str, found: dict[str, Any]) -> types.Diagnostic:
    return types.Diagnostic(
        range=server.range(text, found["start"]["offset"], found["end"]["offset"]),
        message=found["message"],
        severity=_SEVERITY[found["severity"]],
        code=found["rule"],
        code_description=types.CodeDescription(found["url"]) if found["url"] else None,
        source="postlint",
    )


async def _actions(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """The fixes of the findings in the requested range, and one action that applies all certain fixes."""
    uri = params.text_document.uri
    last = server.checked.get(uri)
    is_stale = last is None or last.text != server.workspace.get_text_document(uri).source
    # Asked for by name when a post is saved, which may be sooner than the next check.
    if is_stale and params.context.only and _wanted(FIX_ALL, params.context.only):
        await _check(server, uri, 0)
    checked = server.checked.get(uri)
    if checked is None or checked.text != server.workspace.get_text_document(uri).source:
        return []
    text, only = checked.text, params.context.only
    out = []
    for found in checked.shown:
        shown = _diagnostic(server, text, found)
        if found["fix"] and _wanted(types.CodeActionKind.QuickFix, only) and _meet(shown.range, params.range):
            safe = found["fix"]["applicability"] == "safe"
            title = found["fix"]["message"] if safe else f"{found['fix']['message']} (unsafe)"
            edit = _edit(server, uri, text, found["fix"]["edits"])
            kind = types.CodeActionKind.QuickFix
            out.append(types.CodeAction(title, kind, diagnostics=[shown], is_preferred=safe or None, edit=edit))
    if _wanted(FIX_ALL, only) and (edits := _safe(checked.found)):
        title = "Apply all postlint fixes that are certain"
        out.append(types.CodeAction(title, FIX_ALL, edit=_edit(server, uri, text, edits)))
    return out


def _wanted(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    return not only or any(kind == each or kind.startswith(f"{each}.") for each in map(_name, only))


def _name(kind: "types.CodeActionKind | str") -> str:
    return kind.value if isinstance(kind, types.CodeActionKind) else kind


def _meet(one: types.Range, other: types.Range) -> bool:
    def key(position: types.Position) -> tuple[int, int]:
        return position.line, position.character

    return key(one.start) <= key(other.end) and key(other.start) <= key(one.end)


def _safe(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The edits of the safe repairs, of two that meet those of the first."""
    taken: list[dict[str, Any]] = []
    for one in found:
        fix = one["fix"]
        if fix and fix["applicability"] == "safe":
            edits = fix["edits"]
            if not any(a["start"] <= b["end"] and b["start"] <= a["end"] for a in edits for b in taken):
                taken += edits
    return taken


def _edit(server: Server, uri: str, text: str, edits: list[dict[str, Any]]) -> types.WorkspaceEdit:
    changes = [types.TextEdit(server.range(text, e["start"], e["end"]), e["content"]) for e in edits]
    return types.WorkspaceEdit(changes={uri: changes})
