"""The process that the editor starts: keeps the texts, and passes everything else on to the worker. It never waits."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any
from uuid import uuid4

from lsprotocol import converters, types
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer

from postlint import __version__
from postlint.files.endings import IMAGE_ENDINGS, POST_ENDINGS
from postlint.lsp import client, uris
from postlint.lsp.texts import Document
from postlint.lsp.worker_process import Refused, WorkerProcess

FIX_ALL = "source.fixAll.postlint"
OPEN_RULE = "postlint.openRule"
_SOME = 100
_TITLE = "postlint: reading the posts"
_CONTINUED = ('"', "'", "#", "(", "/", ":", "-", "[", ",", " ")
_OTHERS = ("toml", "yml", "yaml", "json", "js", "mjs", "cjs", "ts", "mts", "py", "rb", "bib", "gitignore")


class Server(LanguageServer):
    """The server, with the documents of the editor by URI."""

    def __init__(self, isolated: bool, worker: WorkerProcess) -> None:
        super().__init__("postlint", __version__)
        self.converter = converters.get_converter()
        self.isolated = isolated
        self.worker = worker
        self.documents: dict[str, Document] = {}
        self.start: dict[str, Any] = {}
        self.client = client.Client()
        self.progress_token: str | None = None
        self.tasks: set[asyncio.Future[Any]] = set()
        self.notifications = 0

    def forget_done(self) -> None:
        """Drop what the library remembers of each notification for ever (pygls 2.1: the futures of their handlers)."""
        self.notifications += 1
        if self.notifications % _SOME == 0:
            futures = getattr(self.protocol, "_request_futures", {})
            for number in [number for number, future in futures.items() if future.done()]:
                futures.pop(number, None)

    def do(self, work: Awaitable[Any]) -> None:
        """Do `work` without waiting for it; the editor may refuse it."""
        task = asyncio.ensure_future(_quietly(work))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def greet(self) -> None:
        """Tell a new worker what it must know."""
        self.worker.tell("start", self.start)
        for uri, document in self.documents.items():
            self.worker.tell("opened", _opened_params(uri, document))

    def heard(self, method: str, params: dict[str, Any]) -> None:
        """Pass on what the worker says."""
        if method == "textDocument/publishDiagnostics":
            self.text_document_publish_diagnostics(self.converter.structure(params, types.PublishDiagnosticsParams))
        elif method == "window/showMessage":
            self.window_show_message(self.converter.structure(params, types.ShowMessageParams))
        elif method == "workspace/diagnostic/refresh":
            self.do(self.workspace_diagnostic_refresh_async(None))
        elif method == "progress":
            self.show_progress(params["done"], params["total"])
        elif method == "restart":
            self.worker.start_again()

    def show_progress(self, done: int, total: int) -> None:
        window = self.client_capabilities.window
        if not (window and window.work_done_progress):
            return
        if total and self.progress_token is None:
            token = self.progress_token = str(uuid4())
            self.do(self._begin_progress(token))
        elif total and self.progress_token in self.work_done_progress.tokens:
            report = types.WorkDoneProgressReport(message=f"{done}/{total}", percentage=100 * done // total)
            self.work_done_progress.report(self.progress_token, report)
        elif not total and self.progress_token is not None:
            token, self.progress_token = self.progress_token, None
            if token in self.work_done_progress.tokens:
                self.work_done_progress.end(token, types.WorkDoneProgressEnd())

    async def _begin_progress(self, token: str) -> None:
        await self.work_done_progress.create_async(token)
        self.work_done_progress.begin(token, types.WorkDoneProgressBegin(_TITLE, percentage=0))
        if self.progress_token != token:
            # It was over before the editor had answered.
            self.work_done_progress.end(token, types.WorkDoneProgressEnd())


async def _quietly(work: Awaitable[Any]) -> None:
    with suppress(JsonRpcException):  # the editor does not know the request, or refuses it
        await work


def speak(isolated: bool, worker: WorkerProcess) -> None:
    """Speak the protocol on standard input and output until the client ends it."""
    server = Server(isolated, worker)
    worker.heard, worker.greet = server.heard, server.greet
    server.feature(types.INITIALIZE)(_initialize)
    server.feature(types.INITIALIZED)(_initialized)
    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(_opened)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(_saved)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(_files_changed)
    server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)(_settings_changed)
    server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(_folders_changed)
    server.command(OPEN_RULE)(_open_rule)
    for method, options in _features().items():
        server.feature(method, options)(_passing_on(method))
    # A stream of its own, which the library may close.
    server.start_io(sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb"))


def _features() -> dict[str, Any]:
    kinds = [types.CodeActionKind.QuickFix, FIX_ALL]
    endings = ",".join(ending[1:] for ending in (*POST_ENDINGS, *IMAGE_ENDINGS))
    moved = [
        types.FileOperationFilter(types.FileOperationPattern(f"**/*.{{{endings}}}", options=_ANY_CASE), "file"),
        types.FileOperationFilter(
            types.FileOperationPattern("**", matches=types.FileOperationPatternKind.Folder), "file"
        ),
    ]
    return {
        types.TEXT_DOCUMENT_HOVER: None,
        types.TEXT_DOCUMENT_COMPLETION: types.CompletionOptions(trigger_characters=list(_CONTINUED)),
        types.TEXT_DOCUMENT_CODE_ACTION: types.CodeActionOptions(kinds),
        types.TEXT_DOCUMENT_DOCUMENT_LINK: None,
        types.TEXT_DOCUMENT_DEFINITION: None,
        types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: None,
        types.WORKSPACE_SYMBOL: None,
        types.TEXT_DOCUMENT_FORMATTING: None,
        types.WORKSPACE_WILL_RENAME_FILES: types.FileOperationRegistrationOptions(moved),
        types.TEXT_DOCUMENT_DIAGNOSTIC: types.DiagnosticOptions(
            inter_file_dependencies=True, workspace_diagnostics=True, identifier="postlint"
        ),
        types.WORKSPACE_DIAGNOSTIC: None,
    }


_ANY_CASE = types.FileOperationPatternOptions(ignore_case=True)


def _passing_on(method: str) -> Callable[..., Any]:
    async def asked(server: Server, params: Any) -> Any:
        try:
            return await server.worker.ask(method, server.converter.unstructure(params))
        except Refused as error:
            raise JsonRpcException(str(error), error.code) from None

    return asked


async def _initialize(server: Server, params: types.InitializeParams) -> None:
    capabilities = server.converter.unstructure(params.capabilities)
    server.client = client.client(capabilities, _name(server.workspace.position_encoding))
    options = server.converter.unstructure(params.initialization_options)
    # A client can also ask for it, for a folder that its user does not trust.
    server.isolated = client.settings(options, server.isolated).isolated
    server.start = {
        "capabilities": capabilities,
        "encoding": server.client.encoding,
        "settings": options,
        "isolated": server.isolated,
        "folders": _folders(server, params),
    }
    server.worker.attach(asyncio.get_running_loop())
    server.greet()


def _name(encoding: types.PositionEncodingKind | str | None) -> str:
    return encoding.value if isinstance(encoding, types.PositionEncodingKind) else encoding or "utf-16"


def _folders(server: Server, params: types.InitializeParams) -> list[str]:
    found = [folder.uri for folder in params.workspace_folders or ()]
    if not found and params.root_uri:
        found = [params.root_uri]
    return [os.path.realpath(path) for path in map(uris.to_path, found) if path]


async def _initialized(server: Server, params: types.InitializedParams) -> None:
    workspace = server.client_capabilities.workspace
    registrations = []
    if server.client.watches:
        endings = ",".join((*(ending[1:] for ending in (*POST_ENDINGS, *IMAGE_ENDINGS)), *_OTHERS))
        patterns = [f"**/*.{{{endings}}}", "**/{_redirects,.git,Gemfile,Gemfile.lock}"]
        options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(each) for each in patterns])
        registrations.append(types.Registration("files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    configuration = workspace.did_change_configuration if workspace else None
    if configuration and configuration.dynamic_registration:
        section = types.DidChangeConfigurationRegistrationOptions("postlint")
        registrations.append(types.Registration("settings", types.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
    if registrations:
        server.do(server.client_register_capability_async(types.RegistrationParams(registrations)))


async def _opened(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    item = params.text_document
    document = server.documents[item.uri] = Document(str(item.language_id), item.text, item.version)
    server.worker.tell("opened", _opened_params(item.uri, document))
    server.worker.watch()


def _opened_params(uri: str, document: Document) -> dict[str, Any]:
    return {"uri": uri, "languageId": document.language, "text": document.text, "version": document.version}


async def _changed(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    server.forget_done()
    uri, version = params.text_document.uri, params.text_document.version
    if document := server.documents.get(uri):
        document.change(server.converter.unstructure(params.content_changes), version, server.client.encoding)
        server.worker.tell("changed", {"uri": uri, "text": document.text, "version": version})
        server.worker.watch()


async def _saved(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    server.worker.revive()
    server.worker.tell("saved", {"uri": params.text_document.uri})


async def _closed(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    server.documents.pop(params.text_document.uri, None)
    server.worker.tell("closed", {"uri": params.text_document.uri})


async def _files_changed(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
    server.worker.tell("files", {"changes": server.converter.unstructure(params.changes)})


async def _settings_changed(server: Server, params: types.DidChangeConfigurationParams) -> None:
    """The new settings are in the notification, or the editor has to be asked for them."""
    given = params.settings
    workspace = server.client_capabilities.workspace
    if not given and workspace and workspace.configuration:
        wanted = types.ConfigurationParams([types.ConfigurationItem(section="postlint")])
        try:
            (given,) = await server.workspace_configuration_async(wanted)
        except (JsonRpcException, ValueError):
            given = None
    settings = server.converter.unstructure(given)
    server.start["settings"] = settings if isinstance(settings, Mapping) else {}
    _tell_settings(server)


async def _folders_changed(server: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
    gone = {uris.to_path(folder.uri) for folder in params.event.removed}
    kept = [folder for folder in server.start["folders"] if folder not in gone]
    new = [os.path.realpath(path) for path in (uris.to_path(f.uri) for f in params.event.added) if path]
    server.start["folders"] = list(dict.fromkeys((*kept, *new)))
    _tell_settings(server)


def _tell_settings(server: Server) -> None:
    server.worker.tell("settings", {name: server.start[name] for name in ("settings", "isolated", "folders")})


async def _open_rule(server: Server, url: str) -> None:
    """Show the page of a rule in a browser."""
    if server.client.shows_documents and url.startswith("https://"):
        shown = types.ShowDocumentParams(url, external=True)
        server.do(server.window_show_document_async(shown))
