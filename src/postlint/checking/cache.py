"""Outcomes of a site's posts that are kept between runs, by content and settings, in a folder that Git ignores.

A site has one file for each set of settings. Its lines are a head, then for each post its state when it was checked and
its outcome as text, and the answers to what the framework asked of the disk. Later lines replace earlier ones. Whoever
can write the file on this machine can make postlint report anything about a post, but nothing in the file is ever run.
"""

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from zlib import crc32

from postlint.checking import cache_folder, identity
from postlint.checking.checker import Checker
from postlint.files.files import CACHE, Files

_HEAD = b"postlint cache 1"
# A file may be written twice in one tick of its disk's clock: one that is younger than this is known by content alone.
_YOUNG = 2_000_000_000


class Cache:
    """The outcomes of one site's posts. Nothing on the disk is ever an error.

    A post is identified by its `state` (see `state_of`) or by its `blob` (see `blob_of`).
    """

    def __init__(self, folder: str, name: str, files: list[Files]) -> None:
        self._folder = folder
        self._path = os.path.join(folder, name)
        self._files = files
        self._data = b""
        # Where the line of each post begins and ends in the data: lines are taken apart when they are asked for.
        self._known: dict[str, tuple[int, int]] = {}
        self._asked: dict[str, str] = {}
        self._added: dict[str, bytes] = {}
        self._lines = 0
        self.was_used = False
        self._load()

    def text(self, path: str, state: str | None = None, blob: str | None = None) -> str | None:
        """The outcome of the post at `path`, if it is the one that `state` or `blob` tells."""
        if path not in self._known:
            return None
        _, _, its_state, its_blob, text = self._parts(path)
        if not ((state and state.encode() == its_state) or (blob and blob.encode() == its_blob)):
            return None
        self.was_used = True
        return text.decode()

    def blob(self, path: str) -> str | None:
        """The blob of a post whose outcome is known."""
        return self._parts(path)[3].decode() if path in self._known else None

    def _parts(self, path: str) -> list[bytes]:
        begin, end = self._known[path]
        return self._data[begin:end].split(b"\t", 4)

    def add(self, path: str, state: str, blob: str, text: str) -> None:
        self._added[path] = _line(*(part.encode() for part in (json.dumps(path), state, blob, text)))

    def save(self, asked: Mapping[str, str], paths: Iterable[str] | None) -> None:
        """Write what was added. `asked` is what the framework asked of the disk in other processes (see `asked_of`);
        `paths` are all posts of the site, None where some may be missing."""
        asked = {**asked, **asked_of(self._files)}
        new = {question: answer for question, answer in asked.items() if self._asked.get(question) != answer}
        lines = [_answers(new)] if new else []
        lines += self._added.values()
        if not lines:
            return
        try:
            if self._lines and self._lines + len(lines) < 2 * len(self._known.keys() | self._added.keys()) + 1000:
                self._append(lines)
            else:
                self._replace({**self._asked, **new}, paths)
        except OSError:
            pass  # a full disk, or a folder that must not be written: the next run is slower

    def _load(self) -> None:
        data = self._data = cache_folder.read(self._path)
        end = data.find(b"\n")
        if data[: max(end, 0)] != _HEAD:
            return
        whole = memoryview(data)
        try:
            while (begin := end + 1) < len(data):
                end = data.find(b"\n", begin)
                end = len(data) if end < 0 else end
                if begin == end:
                    continue
                self._lines += 1
                if data.count(b"\t", begin, end) < 4 or data[begin : begin + 9] != _sum(whole[begin + 9 : end]) + b"\t":
                    # It may have been an answer of the disk, without which nothing else holds.
                    if self._files:
                        raise ValueError
                elif (name := data[begin + 9 : data.find(b"\t", begin + 9)]) != b"?":
                    # Hardly any name has a character that JSON writes otherwise.
                    self._known[json.loads(name) if b"\\" in name else name[1:-1].decode("ascii")] = begin, end
                else:
                    self._answered(json.loads(data[begin:end].split(b"\t", 4)[4]))
        except (ValueError, TypeError, AttributeError, RecursionError):
            self._forget()
        if self._asked and not self._answers_are_the_same():
            self._forget()

    def _answered(self, answers: dict[str, str]) -> None:
        for question, answer in answers.items():
            if self._asked.setdefault(question, answer) != answer:
                raise ValueError  # two runs saw the disk at different times

    def _answers_are_the_same(self) -> bool:
        anew = [files.at(files.root) for files in self._files]
        for question, answer in self._asked.items():
            number, _, rest = question.partition(" ")
            if not number.isdecimal() or int(number) >= len(anew) or anew[int(number)].ask(rest) != answer:
                return False
        return True

    def _forget(self) -> None:
        self._known, self._asked, self._lines = {}, {}, 0

    def _append(self, lines: list[bytes]) -> None:
        # In one write, so that other runs do not interleave; the first line end closes a line that may be unfinished.
        flags = os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self._path, flags)
        try:
            os.write(descriptor, b"\n".join([b"", *lines, b""]))
        finally:
            os.close(descriptor)

    def _replace(self, asked: dict[str, str], paths: Iterable[str] | None) -> None:
        def lines() -> Iterator[bytes]:
            yield _HEAD
            if asked:
                yield _answers(asked)
            for path in {**self._known, **self._added} if paths is None else paths:
                if path in self._added:
                    yield self._added[path]
                elif path in self._known:
                    yield self._data[slice(*self._known[path])]

        cache_folder.write(self._folder, self._path, (line + b"\n" for line in lines()))


def open_for(checker: Checker, folder: str | None = None) -> Cache | None:
    """The cache of the checker's site, in `folder`, or below the site's root for None.

    None if outcomes depend on things that cannot be compared: users' own rules, and the time.
    """
    project = checker.project
    if not can_be_kept(checker):
        return None
    if folder is None and not os.path.isdir(project.root):
        return None
    try:
        name, files = identity.digest((cache_folder.version(), project.root, settings_of(checker)))
    except identity.Unknown:
        return None
    # The disk may have drafts that were not added to Git, so Git gives other answers.
    name = f"{name}-{project.files.source}.txt" if files else f"{name}.txt"
    return Cache(folder or os.path.join(project.root, CACHE), name, files)


def settings_of(checker: Checker) -> tuple[object, ...]:
    """What outcomes depend on besides the posts, this program, and what is asked of the disk."""
    project = checker.project
    config = project.config
    where = os.path.relpath(project.root, config.root) if config.root else None
    return project.framework, config._replace(root=None, file=None, origins={}), where, checker.schema_roles()


def can_be_kept(checker: Checker) -> bool:
    """Whether findings in posts depend on nothing but the posts, the settings, and the answers of the disk: not on users'
    own rules, and not on the time."""
    project = checker.project
    return bool(project.root) and checker.is_built_in and not project.framework.depends_on_time


def asked_of(files: Iterable[Files]) -> dict[str, str]:
    """The questions to each of `files`, and the answers."""
    return {f"{n} {question}": answer for n, each in enumerate(files) for question, answer in each.asked.items()}


def state_of(path: str) -> str:
    """A state that changes when the file at `path` changes, without reading it; empty if there is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return ""
    if max(found.st_mtime_ns, found.st_ctime_ns) > time.time_ns() - _YOUNG:
        return ""
    return f"{found.st_mtime_ns:x}-{found.st_ctime_ns:x}-{found.st_size:x}-{found.st_ino:x}"


def blob_of(data: bytes) -> str:
    """The name that Git gives to the content `data` (`git ls-files -s`, `git hash-object`)."""
    from hashlib import sha1

    return sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _answers(asked: Mapping[str, str]) -> bytes:
    return _line(b"?", b"", b"", json.dumps(asked).encode())


def _line(*parts: bytes) -> bytes:
    rest = b"\t".join(parts)
    return b"%s\t%s" % (_sum(rest), rest)


def _sum(data: "bytes | memoryview") -> bytes:
    return b"%08x" % crc32(data)
