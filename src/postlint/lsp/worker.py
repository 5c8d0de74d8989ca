"""The process that reads posts and sites for the server: takes its messages in order, and works on in between."""

import gc
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import IO

from postlint.errors import PostlintError
from postlint.lsp import client, findings, frames
from postlint.lsp.desk import PAUSE, Desk, Open
from postlint.lsp.features import FEATURES, Feature, Later, load
from postlint.lsp.frames import Message
from postlint.lsp.positions import Json
from postlint.lsp.worker_process import PING

_CANCELLED = -32800
_INTERNAL = -32603
_PROGRESS = 0.1
"""Seconds between two reports of progress."""
_LONG = 0.4
"""Seconds of work on a site that the user hears nothing about."""


def main() -> None:
    """Answer the messages on standard input until it ends."""
    stdin, stdout = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # A site's own code must not read messages, and what it prints must not be mistaken for an answer.
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    inbox: SimpleQueue[Message] = SimpleQueue()
    threading.Thread(target=_receive, args=(stdin, inbox), daemon=True).start()
    # Posts create few cycles; looking for them takes longer than reading the posts.
    gc.set_threshold(50_000)
    load()

    def send(message: Message) -> None:
        try:
            frames.write(stdout, message)
        except OSError:
            os._exit(0)  # nobody reads any more

    Worker(send).run(inbox)


def _receive(stream: IO[bytes], inbox: "SimpleQueue[Message]") -> None:
    while (message := frames.read(stream)) is not None:
        inbox.put(message)
    # The server is gone, whatever this process is doing.
    os._exit(0)


class Worker:
    """Answers messages with `send`."""

    def __init__(self, send: Callable[[Message], None]) -> None:
        self._send = send
        self._desk: Desk | None = None
        self._pending: deque[Message] = deque()
        self._waiting: list[tuple[Message, Later]] = []
        self._events_due: float | None = None
        self._began: float | None = None
        self._last_progress = 0.0

    def run(self, inbox: "SimpleQueue[Message]") -> None:
        """Work for ever."""
        while True:
            with suppress(Empty):
                self._pending.append(inbox.get(timeout=self._patience()))
                while True:
                    self._pending.append(inbox.get_nowait())
            if self._pending:
                self._take(self._pending.popleft())
            else:
                self._work()

    def _patience(self) -> float | None:
        """Seconds until there is something to do without a message; None if there is nothing."""
        desk = self._desk
        if self._pending:
            return 0
        if desk is None:
            return None
        if any(site.is_indexing for site in desk.sites) or any(later.ready(desk) for _, later in self._waiting):
            return 0
        times = [document.due for document in desk.open.values()]
        times += [self._events_due] if self._events_due is not None else []
        # Some answers are possible only after a while.
        times += [time.monotonic() + PAUSE] if self._waiting else []
        soonest = min(times, default=float("inf"))
        if _unsurveyed(desk):
            return min(max(soonest - time.monotonic(), 0), 0.01)
        return None if soonest == float("inf") else max(soonest - time.monotonic(), 0)

    # Messages.

    def _take(self, message: Message) -> None:
        method, params, id_ = message["method"], message.get("params") or {}, message.get("id")
        if method == "start":
            self._desk = Desk(
                client.client(params["capabilities"], params["encoding"]),
                client.settings(params["settings"], params["isolated"]),
                params["folders"],
                self._say,
            )
            self._desk.checked = self._checked
            return
        desk = self._desk
        assert desk is not None
        if id_ is None:
            self._try(desk, lambda: self._note(desk, method, params))
            return
        if any(other["method"] == "$/cancelRequest" and other["params"]["id"] == id_ for other in self._pending):
            self._fail(id_, _CANCELLED, "cancelled")
            return
        if method == PING:
            self._send({"id": id_, "result": None})
        else:
            self._answer(desk, message, FEATURES[method])

    def _answer(self, desk: Desk, message: Message, feature: "Feature | Later") -> None:
        try:
            if isinstance(feature, Later):
                result = feature.answer(desk)
            else:
                result = feature(desk, message.get("params") or {})
        except (PostlintError, OSError) as error:
            desk.complain(str(error))
            result = None
        except Exception as error:
            desk.fail(error)
            self._fail(message["id"], _INTERNAL, f"{type(error).__name__}: {error}")
            return
        if isinstance(result, Later):
            self._waiting.append((message, result))
        else:
            self._send({"id": message["id"], "result": result})

    def _fail(self, id_: object, code: int, message: str) -> None:
        self._send({"id": id_, "error": {"code": code, "message": message}})

    def _note(self, desk: Desk, method: str, params: Json) -> None:
        if method == "$/cancelRequest":
            kept = [each for each in self._waiting if each[0]["id"] != params["id"]]
            if len(kept) < len(self._waiting):
                self._waiting = kept
                self._fail(params["id"], _CANCELLED, "cancelled")
        elif method == "opened":
            desk.opened(params)
        elif method == "changed":
            desk.changed(params["uri"], params["text"], params["version"])
        elif method == "saved":
            desk.saved(params["uri"])
        elif method == "closed":
            desk.closed(params["uri"])
        elif method == "files":
            desk.events.add(params["changes"], desk.root_around)
            self._events_due = time.monotonic() + PAUSE if desk.events else None
        elif method == "settings":
            desk.settings = client.settings(params["settings"], params["isolated"])
            desk.folders = list(params["folders"])
            desk.look_again(everything=True)
            desk.recheck_others()

    def _checked(self, document: Open) -> None:
        desk = self._desk
        if desk is not None and not desk.client.pulls:
            findings.publish(desk, document)

    def _say(self, method: str, params: Json) -> None:
        self._send({"method": method, "params": params})

    # Work in between.

    def _work(self) -> None:
        desk = self._desk
        if desk is None:
            return
        self._try(desk, lambda: self._work_at(desk))

    def _try(self, desk: Desk, work: Callable[[], None]) -> None:
        """Do `work`; what goes wrong is reported, and the next thing is done."""
        try:
            work()
        except (PostlintError, OSError) as error:
            desk.complain(str(error))
        except Exception as error:
            desk.fail(error)

    def _work_at(self, desk: Desk) -> None:
        """One step, the most urgent one."""
        now = time.monotonic()
        first = next(desk.in_order(), None)
        if first and first.due <= now:
            desk.check(first)
        elif ready := next((each for each in self._waiting if each[1].ready(desk)), None):
            self._waiting.remove(ready)
            self._answer(desk, *ready)
        elif self._events_due is not None and self._events_due <= now:
            self._events_due = None
            self._look_at_files(desk)
        elif site := next((site for site in desk.sites if site.is_indexing), None):
            self._began = now if self._began is None else self._began
            done = site.step()
            self._progress(done)
            if not site.is_indexing:
                # What is known of a site stays, and need not be searched for garbage again and again.
                gc.freeze()
                desk.recheck_others()
        elif unsurveyed := _unsurveyed(desk):
            unsurveyed()
        if desk.refreshed and not any(site.is_indexing for site in desk.sites):
            desk.refreshed = False
            if desk.client.pulls and desk.client.refreshes:
                self._say("workspace/diagnostic/refresh", {})

    def _look_at_files(self, desk: Desk) -> None:
        events, desk.events = desk.events, type(desk.events)()
        if events.code:
            # Python has loaded it, and cannot load it anew for certain.
            self._say("restart", {})
        elif events.others:
            desk.look_again(frozenset(events.posts))
            desk.recheck_others()
        else:
            desk.posts_changed(sorted(events.posts))

    def _progress(self, done: tuple[int, int] | None) -> None:
        now = time.monotonic()
        if done is None:
            self._began = None
            self._say("progress", {"done": 0, "total": 0})
        elif self._began is not None and now - self._began > _LONG and now - self._last_progress > _PROGRESS:
            self._last_progress = now
            self._say("progress", {"done": done[0], "total": done[1]})


def _unsurveyed(desk: Desk) -> Callable[[], None] | None:
    """What looks at the front matter of some more posts, if there are any."""
    for site in desk.sites:
        if site.complete and site.unsurveyed:
            return site.look_at_fields
    return None
