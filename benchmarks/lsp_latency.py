"""How long an editor waits for `postlint server`: on a site that it makes, or on a copy of yours.

python benchmarks/lsp_latency.py [--posts N] [--site FOLDER --post PATH] [--runs N] [--edits N]
"""

import argparse
import json
import os
import queue
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from speed import BLOG, make

PAUSE = 0.2
_PATIENCE = 120
CAPABILITIES = {
    "window": {"workDoneProgress": True},
    "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}},
}


class Editor:
    """A client of a server in `root`, with one document open."""

    def __init__(self, root: Path, post: str) -> None:
        self.uri = (root / post).as_uri()
        self.text = (root / post).read_text(encoding="utf-8", errors="replace")
        self.version = 1
        self._number = 0
        self.process = subprocess.Popen(
            [sys.executable, "-m", "postlint", "server"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._came: queue.Queue[tuple[float, dict[str, Any]]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        start = {"processId": None, "rootUri": root.as_uri(), "capabilities": CAPABILITIES}
        self.ask("initialize", start)
        self.tell("initialized", {})

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while line := out.readline():
            while out.readline().strip():
                pass
            message = json.loads(out.read(int(line.split(b":")[1])))
            if "id" in message and "method" in message:
                self._send({"id": message["id"], "result": None})
            self._came.put((time.perf_counter(), message))

    def _send(self, message: Mapping[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def tell(self, method: str, params: object) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: object = None) -> float:
        """Seconds until the answer."""
        self._number += 1
        number, begun = self._number, time.perf_counter()
        self._send({"id": number, "method": method, "params": params})
        return self._until(lambda m: m.get("id") == number and "method" not in m) - begun

    def _until(self, ok: Callable[[dict[str, Any]], bool]) -> float:
        while True:
            at, message = self._came.get(timeout=_PATIENCE)
            if ok(message):
                return at

    def findings(self) -> float:
        """The time at which the findings in the present text come."""

        def ok(message: dict[str, Any]) -> bool:
            params = message.get("params") or {}
            is_published = message.get("method") == "textDocument/publishDiagnostics"
            return is_published and params["uri"] == self.uri and params["version"] == self.version

        return self._until(ok)

    def open(self) -> float:
        begun = time.perf_counter()
        document = {"uri": self.uri, "languageId": "markdown", "version": self.version, "text": self.text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return self.findings() - begun

    def key(self) -> float:
        """Seconds from a key to the findings, without the pause."""
        self.version += 1
        begun = time.perf_counter()
        text = f"{self.text}\nKey {self.version}: cafÃ©.\n"
        document = {"uri": self.uri, "version": self.version}
        self.tell("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})
        return self.findings() - begun - PAUSE

    def request(self, method: str, **more: object) -> float:
        return self.ask(method, {"textDocument": {"uri": self.uri}, **more})

    def end(self) -> None:
        self.ask("shutdown")
        self.tell("exit", None)
        self.process.wait(_PATIENCE)

    def memory(self) -> int:
        """Megabytes of the server and its worker; 0 where that cannot be asked."""
        try:
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
            pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in (self.process.pid, *children)]
        except OSError:
            return 0
        return sum(pages) * os.sysconf("SC_PAGE_SIZE") // 1_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=2_000, help="posts of the site that is made")
    parser.add_argument("--site", metavar="FOLDER", help="measure a copy of this site instead")
    parser.add_argument("--post", metavar="PATH", default=f"{BLOG}/week-1.md", help="the post to open")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--edits", type=int, default=20, help="keys per run")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve() / "site"
        if options.site:
            shutil.copytree(options.site, root, symlinks=True)
        else:
            make(root, options.posts)
        times: dict[str, list[float]] = {}
        for number in range(options.runs):
            shutil.rmtree(root / ".postlint_cache", ignore_errors=True)
            measure(root, options.post, "never read", options.edits, times)
            if number == 0:
                time.sleep(2.1)  # a file that was just written is known by its content alone
                measure(root, options.post, "", 0, {})
            measure(root, options.post, "read before", options.edits, times)
    print(f"medians of {options.runs} runs, in seconds")
    for name, found in times.items():
        print(f"  {name:48} {statistics.median(found):8.3f}   (worst {max(found):.3f})")


def measure(root: Path, post: str, state: str, edits: int, times: dict[str, list[float]]) -> None:
    def note(what: str, value: float) -> None:
        times.setdefault(f"{state}: {what}", []).append(value)

    begun = time.perf_counter()
    one = Editor(root, post)
    ready = time.perf_counter()
    note("start of the server", ready - begun)
    note("opening a post, to its own findings", one.open())
    note("a key while the site is read", one.key())
    one.ask("workspace/symbol", {"query": "no such title"})
    note("opening a post, to the whole site", time.perf_counter() - ready)
    for _ in range(edits):
        note("a key, to the findings", one.key())
    place = {"position": {"line": 1, "character": 2}}
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 9_999, "character": 0}}
    note("hover", one.request("textDocument/hover", **place))
    note("completion", one.request("textDocument/completion", **place))
    note("code actions", one.request("textDocument/codeAction", range=whole, context={"diagnostics": []}))
    note("memory, in GB", one.memory() / 1_000)
    one.end()


if __name__ == "__main__":
    main()
