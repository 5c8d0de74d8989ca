"""Runs every tool over every mistake and its clean counterpart, and writes results.json and docs/comparison.md.

usage: python benchmarks/comparison/run.py [--tools FOLDER] [--only NAME,…] [--fresh]

Installs the pinned tools in FOLDER (default: benchmarks/comparison/.tools), with pip from requirements.txt and with npm
from package.json. Node comes with them. postlint is run with this Python. What a tool said about a site is kept in FOLDER,
so a second run asks only about what is new; `--fresh` asks again. The first run takes about an hour on two cores.
"""

import argparse
import hashlib
import http.server
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import verdicts
from mistakes import GONE, HERE, Mistake, read_all, site_files
from page import PAGE, write_page
from tools import SETTINGS, TOOLS, Finding, Job, Programs, Tool

PORT = 47823  # also in mistakes/links.toml
TOGETHER = 50  # sites that are laid out at a time


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--tools", type=Path, default=HERE / ".tools", metavar="FOLDER", help="where the tools are, or go"
    )
    parser.add_argument("--only", metavar="NAME,…", help="run only these tools, and keep the results of the others")
    parser.add_argument("--fresh", action="store_true", help="ask again what was asked before")
    options = parser.parse_args()
    folder = options.tools.resolve()
    chosen = [tool for tool in TOOLS if not options.only or tool.name in options.only.split(",")]
    Programs.folder = folder
    if any(tool.package for tool in chosen):
        install(folder)
    if options.fresh:
        shutil.rmtree(folder / "said", ignore_errors=True)
    for name in ("said", "sites"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    mistakes = read_all()
    if any(tool.name == "lychee" for tool in chosen):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Pages)
        threading.Thread(target=server.serve_forever, daemon=True).start()
    for tool in chosen:
        judged = Run(tool, version(tool), folder).judge_all(mistakes)
        old = json.loads(verdicts.RESULTS.read_text(encoding="utf-8")) if verdicts.RESULTS.exists() else {}
        versions = {**old.get("versions", {}), tool.name: version(tool)}
        earlier = old.get("mistakes", {})
        results = {name: {**earlier.get(name, {}), **found} for name, found in judged.items()}
        verdicts.write(versions, results)
        print(f"{tool.title} {version(tool)}: done", flush=True)
    write_page()
    print(f"wrote {verdicts.RESULTS} and {PAGE}")


class Pages(http.server.BaseHTTPRequestHandler):
    """The other host of mistakes/links.toml: it has one page, /here."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/here" else 404)
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *_: object) -> None:
        pass


def install(folder: Path) -> None:
    """Installs the tools, unless exactly these are there."""
    wanted = (HERE / "requirements.txt").read_bytes() + (HERE / "package.json").read_bytes()
    stamp = folder / "installed"
    if stamp.exists() and stamp.read_bytes() == wanted:
        return
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", folder)
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    subprocess.run([str(folder / "venv/bin/pip"), "install", "-q", "-r", str(HERE / "requirements.txt")], check=True)
    Programs.folder = folder
    npm = [str(folder / "venv/bin/npm"), "install", "--no-audit", "--no-fund", "--loglevel=error"]
    subprocess.run(npm, cwd=folder, env=Programs.environment(), check=True)
    stamp.write_bytes(wanted)


def version(tool: Tool) -> str:
    """The pinned version; postlint's own."""
    if not tool.package:
        from postlint import __version__

        return __version__
    pins = dict(line.split("==") for line in (HERE / "requirements.txt").read_text().split())
    pins.update(json.loads((HERE / "package.json").read_text())["dependencies"])
    return str(pins[tool.package])


class Run:
    """One tool's run over the mistakes."""

    def __init__(self, tool: Tool, version: str, folder: Path) -> None:
        self.tool = tool
        self.folder = folder
        settings = {path.name: path.read_bytes() for path in SETTINGS.iterdir() if path.name.startswith(tool.name)}
        state = repr((tool.name, version, sorted(settings.items())))
        if tool.name == "postlint":  # its code changes while its version does not
            import postlint

            root = Path(postlint.__file__).parent
            state += repr([(str(path), path.stat().st_mtime_ns) for path in sorted(root.rglob("*.py"))])
        self.state = state

    def judge_all(self, mistakes: list[Mistake]) -> dict[str, dict[str, Any]]:
        """{mistake: {tool and mode: verdict}}. A site that the tool is not for has no verdict."""
        judged: dict[str, dict[str, Any]] = {str(mistake): {} for mistake in mistakes}
        asked = [mistake for mistake in mistakes if mistake.site in self.tool.sites]
        for mode in self.tool.modes:
            self.ask("read", [(m.site, files) for m in asked for files in (m.wrong, m.clean)], mode)
            found = {
                str(m): verdicts.judge(m, *(self.said(m.site, files, mode) for files in (m.wrong, m.clean)))
                for m in asked
            }
            if self.tool.fix:
                fixable = [m for m in asked if found[str(m)].get("verdict") in {"found", "elsewhere"}]
                self.ask("fix", [(m.site, m.wrong) for m in fixable], mode)
                for m in fixable:
                    found[str(m)]["fix"] = verdicts.judge_fix(m, self.fixed(m, mode))
            for name, verdict in found.items():
                judged[name][f"{self.tool.name} {mode}"] = verdict
        return judged

    def ask(self, what: str, sites: list[tuple[str, Mapping[str, bytes]]], mode: str) -> None:
        """Asks the tool about the sites, or to fix them, some at a time, and keeps what comes of it."""
        wanted = {self.key(what, *one, mode): one for one in sites}
        keys = [key for key in wanted if not self.kept(key).exists()]
        for start in range(0, len(keys), TOGETHER):
            some = keys[start : start + TOGETHER]
            jobs = [self.laid_out(key, *wanted[key]) for key in some]
            try:
                answers: Iterable[object]
                if what == "read":
                    answers = [[asdict(one) for one in found] for found in self.tool.read(jobs, mode)]
                else:
                    assert self.tool.fix
                    self.tool.fix(jobs, mode)
                    answers = [
                        {path: text.decode("latin-1") for path, text in verdicts.posts(job.root).items()}
                        for job in jobs
                    ]
                for key, answer in zip(some, answers, strict=True):
                    self.keep(key, answer)
            finally:
                for job in jobs:
                    shutil.rmtree(job.root)

    def said(self, site: str, files: Mapping[str, bytes], mode: str) -> list[Finding]:
        """What the tool reports about a site with these files."""
        kept = self.kept(self.key("read", site, files, mode))
        return [Finding(**one) for one in json.loads(kept.read_text(encoding="utf-8"))]

    def fixed(self, mistake: Mistake, mode: str) -> dict[str, bytes]:
        """The Markdown files of the site with the mistake, after the tool's fix."""
        kept = self.kept(self.key("fix", mistake.site, mistake.wrong, mode))
        texts = json.loads(kept.read_text(encoding="utf-8"))
        return {path: text.encode("latin-1") for path, text in texts.items()}

    def kept(self, key: str) -> Path:
        return self.folder / "said" / f"{key}.json"

    def keep(self, key: str, value: object) -> None:
        part = self.folder / "said" / f"{key}.part"
        part.write_text(json.dumps(value), encoding="utf-8")
        part.replace(self.kept(key))

    def key(self, what: str, site: str, files: Mapping[str, bytes], mode: str) -> str:
        whole = repr((what, self.state, mode, site, sorted({**site_files(site), **files}.items()), sorted(files)))
        return hashlib.sha256(whole.encode("utf-8", "surrogateescape")).hexdigest()[:24]

    def laid_out(self, name: str, site: str, files: Mapping[str, bytes]) -> Job:
        """Below the tools, so that Node finds its modules."""
        root = self.folder / "sites" / name
        shutil.rmtree(root, ignore_errors=True)
        lay_out(root, site, files)
        return Job(root, site, tuple(path for path, text in files.items() if text != GONE))


def lay_out(root: Path, site: str, files: Mapping[str, bytes]) -> None:
    """Writes the site with these files over its own."""
    for path, content in {**site_files(site), **files}.items():
        if content != GONE:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)


if __name__ == "__main__":
    main()
