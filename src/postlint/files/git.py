"""Reads from Git: the files of a commit or the index, their contents, and the changes between two of them.

Uses Git's own commands in their forms for scripts. They run no hook, filter, pager or other program of the repository,
write nothing, and fetch nothing: a repository's settings may name a program that gets contents which a clone lacks. The
variables that Git sets for its hooks (`GIT_INDEX_FILE`, `GIT_QUARANTINE_PATH`, …) apply.
"""

import os
import re
import subprocess
import weakref
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from postlint.errors import PostlintError

_SAFE = ("-c", "core.fsmonitor=false", "--no-pager", "--no-optional-locks", "--literal-pathspecs")
_OFFLINE = {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}
_RAW = ("--raw", "-z", "-r", "--no-ext-diff", "--no-textconv")
_UNMERGED = re.compile(rb" [123]\t")
_MOST_OTHERS = 100
_MOST_WANTED = 1 << 20
LINK, SUBMODULE = b"120000", b"160000"


class Entry(NamedTuple):
    """Git's entry for one path: a mode (`100644`, `LINK`, `SUBMODULE`), and the name of its content."""

    mode: bytes
    blob: str


class Tree:
    """The files of the tree or commit called `name`, or of the index for None. Paths are as in Git: bytes, relative
    to the repository's root, which is at `top` (a bare repository has no files there).

    Picklable: a copy reads everything again.
    """

    def __init__(self, top: str, is_bare: bool, name: str | None) -> None:
        self.top = top
        self.is_bare = is_bare
        self.name = name
        self._listings: dict[bytes, dict[bytes, bytes]] = {}
        self._contents: subprocess.Popen[bytes] | None = None
        self._sizes: subprocess.Popen[bytes] | None = None
        self.is_partial = False
        """Whether Git was asked for a content that it does not have, and may get."""

    def __reduce__(self) -> "tuple[type[Tree], tuple[str, bool, str | None]]":
        return Tree, (self.top, self.is_bare, self.name)

    def entry(self, path: bytes) -> Entry | None:
        """The entry at `path`, unless it is a folder."""
        folder, _, name = path.rpartition(b"/")
        line = self.names(folder).get(name, b"")
        words = line.partition(b"\t")[0].split()
        return Entry(words[0], words[1 if self.name is None else 2].decode()) if words else None

    def names(self, folder: bytes) -> dict[bytes, bytes]:
        """The names in `folder`, sorted, each with Git's line for it, which begins with its mode; a folder's line is empty.
        Empty if there is no such folder."""
        known = self._listings.get(folder)
        if known is None:
            known = self._listings[folder] = self._names(folder)
        return known

    def _names(self, folder: bytes) -> dict[bytes, bytes]:
        paths, prefix = self._paths, folder + b"/" if folder else b""
        at, end = bisect_left(paths, prefix), len(paths)
        out: dict[bytes, bytes] = {}
        while at < end and paths[at].startswith(prefix):
            name, is_folder, _ = paths[at][len(prefix) :].partition(b"/")
            out[name] = b"" if is_folder else self._lines[at]
            # In the order of the list, "0" comes right after "/".
            at = bisect_left(paths, prefix + name + b"0", at) if is_folder else at + 1
        return out

    @cached_property
    def links(self) -> list[bytes]:
        """The paths of symbolic links."""
        return self._with(LINK)

    @cached_property
    def submodules(self) -> list[bytes]:
        """The paths of submodules."""
        return self._with(SUBMODULE)

    def _with(self, mode: bytes) -> list[bytes]:
        """The paths of the entries with `mode`: mostly there are none."""
        if not self._listed.startswith(mode) and b"\0" + mode not in self._listed:
            return []
        return [path for path, line in zip(self._paths, self._lines, strict=True) if line.startswith(mode)]

    def size(self, blob: str) -> int | None:
        """The bytes of `blob`; None if Git does not have it, as in some partial clones."""
        if self._sizes is None:
            self._sizes = self._start("--batch-check")
        size = _asked(self._sizes, blob)
        self.is_partial |= size is None
        return size

    def read(self, blob: str, most: int) -> bytes | None:
        """The first `most` bytes of `blob`; None likewise."""
        if self._contents is None:
            self._contents = self._start("--batch")
        size = _asked(self._contents, blob)
        out = self._contents.stdout
        if size is None or out is None:
            self.is_partial = True
            return None
        data = out.read(min(size, most))
        rest = size + 1 - len(data)
        while rest > 0 and (passed := out.read(min(rest, _MOST_WANTED))):
            rest -= len(passed)
        return data

    def _start(self, form: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(  # noqa: S603
            (program(), *_SAFE, "cat-file", form),
            cwd=self.top,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
        weakref.finalize(self, _end, process)
        return process

    @cached_property
    def _paths(self) -> list[bytes]:
        return [line.partition(b"\t")[2] for line in self._lines]

    @cached_property
    def _listed(self) -> bytes:
        if self.name is not None:
            return git("ls-tree", "-r", "-z", "--full-tree", self.name, at=self.top)
        return git("ls-files", "-s", "-z", at=self.top)

    @cached_property
    def _lines(self) -> list[bytes]:
        lines = self._listed.split(b"\0")[:-1]
        if self.name is None and _UNMERGED.search(self._listed):
            # Of a conflict that is not resolved, our side.
            lines = [line for line in lines if line.partition(b"\t")[0][-1:] in (b"0", b"2")]
        return lines


class Change(NamedTuple):
    """A file that differs: its path before, None if it is new; its path after, None if it is gone; and its content before,
    None if that was not a file."""

    old: str | None
    new: str | None
    blob: str | None = None


class Versions(NamedTuple):
    """What the index has, as short text: `rest` stands for everything but the contents of the files that were modified,
    whose names for Git are in `blobs`, by path."""

    rest: str
    blobs: Mapping[str, str]


class Comparison(NamedTuple):
    """Two trees, their differences, and a name for these (`Staged changes`). `versions` are those of staged changes without
    conflicts."""

    old: Tree
    new: Tree
    changes: tuple[Change, ...]
    words: str
    versions: Versions | None = None


class Repository:
    """The repository of the working directory. Raises PostlintError if there is none, or Git is not installed."""

    def __init__(self) -> None:
        inside, _, up = git("rev-parse", "--is-inside-work-tree", "--show-cdup").partition(b"\n")
        self.is_bare = inside != b"true"
        self.top = os.path.realpath(os.path.join(os.getcwd(), os.fsdecode(up).strip()))

    def staged(self) -> Comparison:
        """The index against HEAD; against nothing before the first commit. Raises PostlintError in a bare repository."""
        if self.is_bare:
            raise PostlintError("--staged: a bare repository has no index; name commits with --since and --until")
        old = self._commit("HEAD") or self._empty()
        raw = self._diff("diff-index", "--cached", *_RAW, old)
        return Comparison(self._tree(old), self._tree(None), _changes(raw), "Staged changes", _versions(old, raw))

    def since(self, revision: str, until: str = "HEAD") -> Comparison:
        """The commit `until` against the best common ancestor of both. Raises PostlintError if they have none."""
        new = self.commit(until)
        base = git("merge-base", self.commit(revision), new, at=self.top, may_fail=True).decode().strip()
        if not base:
            raise PostlintError(f"`{revision}` and `{until}` have no common commit in this repository{self._shallow()}")
        return self.between(base, new, f"Changes since {revision}")

    def pushed(self, lines: Iterable[str]) -> list[Comparison]:
        """What is pushed, according to the lines that Git passes to its hooks. `pre-push` gets the local name and commit,
        then the remote's; `pre-receive` the old and the new commit, then the name. Leaves out deletions and names of
        anything but commits."""
        out: dict[tuple[str | None, str], Comparison] = {}
        for line in lines:
            words = line.split(" ")
            if len(words) not in (3, 4):
                raise PostlintError("--pushed: standard input is not from a pre-push or pre-receive hook")
            there = "--remotes" if len(words) == 4 else "--all"
            name, new, old = (words[2], words[1], words[3]) if len(words) == 4 else (words[2], words[1], words[0])
            if not new.strip("0") or (commit := self._commit(new)) is None:
                continue
            base = self._parted(commit, old, there)
            if base != commit:
                out.setdefault((base, commit), self.between(base, commit, f"Commits pushed to {name}"))
        return list(out.values())

    def _parted(self, new: str, old: str, there: str) -> str | None:
        """The commit from which `new` is checked: its best common ancestor with `old`, which it replaces, or, if it replaces
        nothing known, with what was `there`; None if there is none."""
        others = [known] if old.strip("0") and (known := self._commit(old)) else []
        if not others:
            listed = git("rev-list", "--boundary", new, "--not", there, at=self.top).decode().split()
            others = [commit[1:] for commit in listed if commit.startswith("-")][:_MOST_OTHERS]
            if not listed:
                return new
        if not others:
            return None
        return git("merge-base", new, *others, at=self.top, may_fail=True).decode().strip() or None

    def between(self, old: str | None, new: str, words: str) -> Comparison:
        """One commit against another, or against nothing."""
        old = old or self._empty()
        raw = self._diff("diff-tree", *_RAW, old, new)
        return Comparison(self._tree(old), self._tree(new), _changes(raw), words)

    def commit(self, revision: str) -> str:
        """The name of the commit `revision`. Raises PostlintError if there is none."""
        found = self._commit(revision)
        if found is None:
            raise PostlintError(f"there is no commit `{revision}` in this repository{self._shallow()}")
        return found

    def _commit(self, revision: str) -> str | None:
        wanted = ("--verify", "--quiet", "--end-of-options", revision + "^{commit}")
        return git("rev-parse", *wanted, at=self.top, may_fail=True).decode().strip() or None

    def _empty(self) -> str:
        """The name of the tree that holds nothing."""
        return git("hash-object", "-t", "tree", "--stdin", at=self.top).decode().strip()

    def _diff(self, command: str, *words: str) -> bytes:
        try:
            return git(command, "-M", *words, "--", at=self.top)
        except PostlintError:
            # A partial clone does not have all contents, and renames are detected by contents.
            return git(command, "--no-renames", *words, "--", at=self.top)

    def _tree(self, name: str | None) -> Tree:
        return Tree(self.top, self.is_bare, name)

    def _shallow(self) -> str:
        shallow = git("rev-parse", "--is-shallow-repository", at=self.top).strip() == b"true"
        return ": this clone is shallow; get its history with git fetch --unshallow" if shallow else ""


def git(*words: str, at: str | None = None, may_fail: bool = False) -> bytes:
    """The output of Git, run in the folder `at`. If Git fails, raises PostlintError with Git's message; with `may_fail`, the
    output is empty instead."""
    try:
        done = subprocess.run(  # noqa: S603
            (program(), *_SAFE, *words), cwd=at, capture_output=True, stdin=subprocess.DEVNULL, env=environment()
        )
    except FileNotFoundError:
        raise PostlintError("Git is not installed, or not on the PATH") from None
    except (OSError, ValueError) as error:
        raise PostlintError(f"Git cannot be run: {error}") from None
    if done.returncode and not may_fail:
        said = done.stderr.decode(errors="replace").strip().partition("\n")[0].removeprefix("fatal: ")
        raise PostlintError(f"Git: {said or 'failed'}")
    return b"" if done.returncode else done.stdout


def program() -> str:
    """What to run as Git. Windows would look for a `git.exe` in the working directory first, and a site may hold one.
    Raises FileNotFoundError if there is none."""
    return on_path("git.exe") if os.name == "nt" else "git"


def on_path(name: str) -> str:
    """The file called `name` in the first absolute folder of the `PATH` that has one. Raises FileNotFoundError if none
    has."""
    for folder in filter(os.path.isabs, os.get_exec_path()):
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            return path
    raise FileNotFoundError(name)


def environment() -> dict[str, str]:
    """The environment variables with which Git fetches nothing. Versions before 2.45 know only the second one."""
    return {**os.environ, **_OFFLINE}


def _end(process: subprocess.Popen[bytes]) -> None:
    with process:
        process.kill()


def _asked(process: subprocess.Popen[bytes], blob: str) -> int | None:
    """The size of `blob` in Git, None if Git does not have it."""
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(blob.encode() + b"\n")
        process.stdin.flush()
    except OSError:
        return None
    words = process.stdout.readline().split()
    return int(words[2]) if len(words) == 3 and words[1] == b"blob" else None


def _versions(old: str, raw: bytes) -> Versions | None:
    """What the index has, if `raw` (`--raw -z`) tells how it differs from the commit `old`; None if there are conflicts."""
    rest, blobs = [old.encode()], {}
    words = iter(raw.split(b"\0"))
    for head in filter(None, words):
        before, mode, content, now, status = head.split()
        path = next(words)
        if status == b"U":
            return None
        if status == b"M" and before[1:] == mode and mode.startswith(b"100"):
            blobs[os.fsdecode(path)] = now.decode()
            now = b""
        rest += [before, mode, content, now, status, path]
        if status.startswith(b"R"):
            rest.append(next(words))
    return Versions(blake2b(b"\0".join(rest), digest_size=16).hexdigest(), blobs)


def _changes(raw: bytes) -> tuple[Change, ...]:
    """The changes that `--raw -z` lists, without unresolved conflicts."""
    words = iter(raw.split(b"\0"))
    out: list[Change] = []
    for head in words:
        if not head:
            continue
        mode, _, content, _, status = head.split()
        blob = content.decode() if mode.startswith(b":100") else None
        path = os.fsdecode(next(words))
        if status == b"U":
            continue
        if status.startswith(b"R"):
            out.append(Change(path, os.fsdecode(next(words)), blob))
        else:
            out.append(Change(None if status == b"A" else path, None if status == b"D" else path, blob))
    return tuple(out)
