"""The worker as the server sees it: a process that is started again when it ends or no longer answers."""

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from queue import SimpleQueue
from typing import IO, Any

from postlint.lsp import frames
from postlint.lsp.frames import Message

_COMMAND = "from postlint.lsp.worker import main; main()"
PING = "$/ping"
_PATIENCE = float(os.environ.get("POSTLINT_SERVER_PATIENCE", "60"))
"""Seconds without a sign of life, while an answer is awaited."""
_A_WHILE = 1.0
_MOST_STARTS = 4
"""So many ends of the worker within a minute are too many: it is left alone until the next save."""


class Refused(Exception):
    """The worker could not answer: `code` is that of the protocol."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class WorkerProcess:
    """`heard` gets what the worker says by itself. `greet` tells a new worker all that it must know."""

    def __init__(self) -> None:
        self.heard: Callable[[str, dict[str, Any]], None] = lambda method, params: None
        self.greet: Callable[[], None] = lambda: None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._numbers = count(1)
        self._awaited: dict[int, asyncio.Future[Any]] = {}
        self._ping: asyncio.Task[None] | None = None
        self._ends: list[float] = []
        self._sign = 0.0
        self._process = _started()
        self._outbox: SimpleQueue[Message | None] = SimpleQueue()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to listen, in `loop`."""
        self._loop = loop
        self._listen()

    def tell(self, method: str, params: dict[str, Any]) -> None:
        self._outbox.put({"method": method, "params": params})

    async def ask(self, method: str, params: dict[str, Any]) -> Any:
        """The worker's answer. Raises Refused. Cancelled, it no longer answers."""
        assert self._loop is not None
        number = next(self._numbers)
        future = self._awaited[number] = self._loop.create_future()
        if len(self._awaited) == 1:
            self._sign = time.monotonic()
            self._loop.call_later(_PATIENCE / 4, self._watch, self._process)
        self._outbox.put({"id": number, "method": method, "params": params})
        try:
            return await future
        except asyncio.CancelledError:
            self.tell("$/cancelRequest", {"id": number})
            raise
        finally:
            self._awaited.pop(number, None)

    def watch(self) -> None:
        """Notice it if the worker does not come to an end with what it was told."""
        if self._ping is None and self._loop is not None:
            self._ping = self._loop.create_task(self._ask_for_a_sign())

    async def _ask_for_a_sign(self) -> None:
        # By then the worker is at it.
        await asyncio.sleep(_A_WHILE)
        with suppress(Refused):
            await self.ask(PING, {})
        self._ping = None

    def stop(self) -> None:
        """End the worker for good."""
        is_heard, self._loop = self._loop is not None, None
        self._outbox.put(None)
        _kill(self._process)
        self._process.wait()
        if not is_heard:
            for stream in (self._process.stdin, self._process.stdout):
                assert stream is not None
                stream.close()

    def start_again(self) -> None:
        """End the worker, and start another one."""
        _kill(self._process)

    def revive(self) -> None:
        """Start the worker if it was given up."""
        if self._process.poll() is not None and self._loop:
            self._ends.clear()
            self._start()

    def _listen(self) -> None:
        process, outbox = self._process, self._outbox
        threading.Thread(target=_send, args=(process.stdin, outbox), daemon=True).start()
        threading.Thread(target=self._read, args=(process,), daemon=True).start()

    def _read(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        with process.stdout, suppress(OSError, ValueError):
            while (message := frames.read(process.stdout)) is not None:
                self._in_loop(self._receive, message)
        self._in_loop(self._ended, process)

    def _in_loop(self, call: Callable[..., None], *arguments: Any) -> None:
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # it is closed
                loop.call_soon_threadsafe(call, *arguments)

    def _receive(self, message: Message) -> None:
        self._sign = time.monotonic()
        if "method" in message:
            self.heard(message["method"], message["params"])
        elif (future := self._awaited.get(message["id"])) and not future.done():
            if error := message.get("error"):
                future.set_exception(Refused(error["code"], error["message"]))
            else:
                future.set_result(message["result"])

    def _ended(self, process: "subprocess.Popen[bytes]") -> None:
        if process is not self._process or self._loop is None:
            return
        process.wait()
        for future in self._awaited.values():
            if not future.done():
                future.set_exception(Refused(-32801, "the site is read anew"))
        now = time.monotonic()
        self._ends = [*(end for end in self._ends if end > now - 60), now]
        if len(self._ends) < _MOST_STARTS:
            self._start()
        else:
            self.heard(
                "window/showMessage",
                {
                    "type": 1,
                    "message": "postlint: checking stopped several times; it begins again when a post is saved",
                },
            )

    def _start(self) -> None:
        self._outbox.put(None)
        self._process, self._outbox = _started(), SimpleQueue()
        self._listen()
        self.greet()

    def _watch(self, process: "subprocess.Popen[bytes]") -> None:
        """End a worker that lets somebody wait without any sign of life."""
        if process is not self._process or self._loop is None or not self._awaited:
            return
        if time.monotonic() - self._sign > _PATIENCE:
            _kill(process)
        else:
            self._loop.call_later(_PATIENCE / 4, self._watch, process)


def _send(stream: IO[bytes], outbox: "SimpleQueue[Message | None]") -> None:
    with suppress(OSError, ValueError), stream:
        while (message := outbox.get()) is not None:
            frames.write(stream, message)


def _started() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - postlint itself
        # Without the working folder, which may hold anything, among the folders of modules.
        [sys.executable, "-P", "-c", _COMMAND],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End the process, and those that a site's own code started."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
