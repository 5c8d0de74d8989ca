"""An editor: a client that speaks to a server's own process, as the protocol says."""

import json
import os
import subprocess
import sys
import threading
import time
from queue import Empty, Queue

from conftest import environment

PATIENCE = int(os.environ.get("POSTLINT_PATIENCE", "120"))  # seconds, on a machine that is busy
POST = "src/content/blog/a.md"
HEAD = "---\ntitle: A post\npubDate: 2024-01-02\n---\r\n\r\n"
PULLS = {"textDocument": {"diagnostic": {}}, "workspace": {"diagnostics": {"refreshSupport": True}}}
WATCHES = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}


class Editor:
    """A client of a server that runs in `root`. `uri` is that of the document that the methods are about."""

    def __init__(self, root, encodings=("utf-16",), options=None, capabilities=None, arguments=()):
        self.root = root
        self.uri = (root / POST).as_uri()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "postlint", "server", *arguments],
            cwd=root,
            env=environment(root),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._came = Queue()
        self._version = 0
        self._number = 0
        self.settings = None
        self.shown = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.said = self.ask(
            "initialize",
            {
                "processId": None,
                "rootUri": root.as_uri(),
                "capabilities": {"general": {"positionEncodings": list(encodings)}, **(capabilities or {})},
                "initializationOptions": options,
            },
        )
        self.tell("initialized", {})

    @property
    def pid(self):
        return self._process.pid

    def _read(self):
        out = self._process.stdout
        while line := out.readline():
            size = int(line.split(b":")[1])
            while out.readline().strip():
                pass
            message = json.loads(out.read(size))
            if "id" in message and "method" in message:
                self._reply(message)
            self._came.put(message)

    def _reply(self, message):
        """What an editor answers to the server's own requests."""
        result = None
        if message["method"] == "workspace/configuration":
            result = [self.settings for _ in message["params"]["items"]]
        elif message["method"] == "window/showDocument":
            self.shown.append(message["params"]["uri"])
            result = {"success": True}
        self._send({"id": message["id"], "result": result})

    def _send(self, message):
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self._process.stdin.flush()

    def tell(self, method, params):
        self._send({"method": method, "params": params})

    def begin(self, method, params=None):
        """Send a request; answers its number."""
        self._number += 1
        self._send({"id": self._number, "method": method, **({} if params is None else {"params": params})})
        return self._number

    def answer(self, number):
        """The answer to a request: result or error."""
        while (came := self.next()).get("id") != number or "method" in came:
            pass
        return came

    def ask(self, method, params=None):
        came = self.answer(self.begin(method, params))
        assert "error" not in came, came
        return came["result"]

    def about(self, **more):
        """The parameters of a request about the document."""
        return {"textDocument": {"uri": self.uri}, **more}

    def at(self, line, character):
        return self.about(position={"line": line, "character": character})

    def tell_open(self, text, uri=None, version=0, language="markdown"):
        document = {"uri": uri or self.uri, "languageId": language, "version": version, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})

    def open(self, text):
        self.tell_open(text)
        return self.found()

    def tell_change(self, *changes):
        self._version += 1
        document = {"uri": self.uri, "version": self._version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": list(changes)})

    def change(self, text):
        self.tell_change({"text": text})
        return self.found(version=self._version)

    def save(self, uri=None):
        self.tell("textDocument/didSave", {"textDocument": {"uri": uri or self.uri}})

    def files(self, *paths, kind=1):
        changes = [{"uri": (self.root / path).as_uri(), "type": kind} for path in paths]
        self.tell("workspace/didChangeWatchedFiles", {"changes": changes})

    def next(self, patience=PATIENCE):
        return self._came.get(timeout=patience)

    def came(self, method):
        while (came := self.next()).get("method") != method:
            pass
        return came.get("params")

    def published(self, uri=None, version=None):
        """The next findings that are sent, of this document and version."""
        while True:
            params = self.came("textDocument/publishDiagnostics")
            if params["uri"] == (uri or self.uri) and (version is None or params.get("version") == version):
                return params

    def found(self, version=None):
        return self.published(version=version)["diagnostics"]

    def rules(self, *expected):
        """Wait until these are the rules of the findings that were sent last."""
        while sorted(one["code"] for one in self.found()) != sorted(expected):
            pass

    def quiet(self, seconds, method="textDocument/publishDiagnostics"):
        """The messages of a kind that come in this time."""
        out, end = [], time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                came = self.next(left)
            except Empty:
                break
            if came.get("method") == method:
                out.append(came["params"])
        return out

    def known(self):
        """Wait until the sites of the workspace are known."""
        self.ask("workspace/symbol", {"query": "no such title"})

    def actions(self, line, only=None):
        whole = {"start": {"line": line, "character": 0}, "end": {"line": line, "character": 999}}
        context = {"diagnostics": [], **({"only": [only]} if only else {})}
        return self.ask("textDocument/codeAction", self.about(range=whole, context=context))

    def end(self):
        self.ask("shutdown")
        self.tell("exit", None)
        status = self._process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        self._process.stdin.close()
        self._process.stdout.close()
        return status


def applied(text, edits):
    """`text` after the edits of a document, for positions in code points."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines) + 1)]

    def offset(position):
        return starts[position["line"]] + position["character"]

    in_order = sorted(edits, key=lambda edit: offset(edit["range"]["start"]))
    for edit in in_order[::-1]:
        start, end = offset(edit["range"]["start"]), offset(edit["range"]["end"])
        text = text[:start] + edit["newText"] + text[end:]
    return text
