"""Git repositories of tests in which hooks run as processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

import yaml
from conftest import ROOT, environment, write_files

OFFERED = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


class Repository:
    """A Git repository of a test, without its user's settings."""

    def __init__(self, root: Path, **variables: str) -> None:
        self.root = root
        folder = root.parent / "bin"
        folder.mkdir(exist_ok=True)
        # What an installation puts on the PATH.
        command = folder / "postlint"
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m postlint "$@"\n')
        command.chmod(0o755)
        self.env = environment(
            root.parent,
            GIT_AUTHOR_NAME="A",
            GIT_AUTHOR_EMAIL="a@example.com",
            GIT_COMMITTER_NAME="A",
            GIT_COMMITTER_EMAIL="a@example.com",
            PRE_COMMIT_HOME=str(root.parent / "cache"),
            PREK_HOME=str(root.parent / "cache"),
            **variables,
        )
        self.env["PATH"] = f"{folder}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{self.env['PATH']}"
        root.mkdir()
        self.git("init", "-q", "-b", "main")

    def run(self, *command, cwd=None):
        return subprocess.run(
            command,
            cwd=cwd or self.root,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
        )

    def git(self, *arguments, cwd=None):
        done = self.run("git", *arguments, cwd=cwd)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def commit(self, files):
        """Write and stage `files`, and try to commit; answers whether it went through, and what was said."""
        write_files(self.root, files)
        self.git("add", *files)
        done = self.run("git", "commit", "-m", "A change")
        return done.returncode == 0, done.stdout + done.stderr

    def state(self):
        """All that a hook must leave as it is: the index, what differs from it, and the files on disk."""
        files = {path: path.read_bytes() for path in self.root.rglob("*.md") if ".git" not in path.parts}
        return self.git("ls-files", "-s"), self.git("status", "--porcelain=v2"), files

    def read(self, path):
        return (self.root / path).read_text("utf-8")


def configuration(hook):
    """A hook of `.pre-commit-hooks.yaml` as a local one: nothing is installed, the rest is what the file says."""
    (offered,) = (one for one in OFFERED if one["id"] == hook)
    _, *words = offered["entry"].split()
    # JSON is YAML, and quotes any path.
    return {**offered, "language": "system", "entry": f'"{sys.executable}" -m postlint {" ".join(words)}'}
