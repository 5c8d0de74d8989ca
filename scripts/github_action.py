"""What the GitHub Action does in Python: it names its caches, and runs `postlint check` with reports for later steps."""

import hashlib
import json
import os
import platform
import shlex
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

REPORTS = {"sarif": "postlint.sarif", "html": "postlint.html", "markdown": "postlint.md", "json": "postlint.json"}


def keys(home: Path) -> int:
    """Write the keys and the paths of the caches: one for each version of postlint and Python, and of its results one for
    each folder and each set of options. Returns the exit status."""
    system = f"{platform.system()}-{platform.machine()}"
    version = _digest(*platform.libc_ver(), sys.version, sys.executable, *_sources(Path(os.environ["POSTLINT_SOURCE"])))
    asked = _digest(os.environ["POSTLINT_FOLDER"], os.environ["POSTLINT_ARGS"])
    _write(
        {
            "environment": f"postlint-environment-{system}-{version}",
            "environment-path": str(home / "environment"),
            "results": f"postlint-results-{system}-{version}-{asked}",
            "results-path": str(home / "results" / asked),
        }
    )
    return 0


def check(home: Path) -> int:
    """Run `postlint check`, and write what later steps can use. Returns the exit status."""
    from postlint.cli import main

    # `args` is split as a shell would, quotes and all, but nothing in it is expanded or run.
    try:
        words = shlex.split(os.environ["POSTLINT_ARGS"])
    except ValueError as error:
        print(f"postlint: `args` of the action: {error}", file=sys.stderr)
        return 2
    try:
        os.chdir(os.environ["POSTLINT_FOLDER"])
    except OSError:
        print("postlint: `working-directory` of the action: there is no such folder", file=sys.stderr)
        return 2
    # A job may use the action several times.
    folder = Path(tempfile.mkdtemp(prefix="postlint-", dir=home.parent))
    files = {form: folder / name for form, name in REPORTS.items()}
    options = [f"--output-format={form}={file}" for form, file in files.items()]
    results = home / "results" / _digest(os.environ["POSTLINT_FOLDER"], os.environ["POSTLINT_ARGS"])
    status = main(["check", *options, f"--cache-dir={results}", *words])
    # There are no reports after wrong usage, or with `--diff`.
    if files["json"].exists():
        found = json.loads(files["json"].read_text("utf-8"))["summary"]
        numbers = {name: str(found[name]) for name in ("errors", "warnings", "fixable")}
        paths = {"sarif": files["sarif"], "report": files["html"], "comment": files["markdown"]}
        kept = {"kept": str(results.is_dir()).lower()}
        _write({**numbers, **{name: str(path) for name, path in paths.items()}, **kept})
    return status


def _sources(root: Path) -> list[str]:
    """What is installed: the names of its files and what is in them."""
    paths = [root / "pyproject.toml", *sorted((root / "src").rglob("*"))]
    files = (path for path in paths if path.is_file() and path.suffix != ".pyc")
    return [f"{path.relative_to(root).as_posix()} {_digest(path.read_bytes())}" for path in files]


def _digest(*parts: str | bytes) -> str:
    data = b"\0".join(part if isinstance(part, bytes) else part.encode(errors="surrogateescape") for part in parts)
    return hashlib.sha256(data).hexdigest()[:16]


def _write(outputs: Mapping[str, str]) -> None:
    """Set outputs of the step.

    https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-output-parameter
    """
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{name}={value}\n" for name, value in outputs.items())


if __name__ == "__main__":
    command, place = sys.argv[1:]
    sys.exit(keys(Path(place)) if command == "keys" else check(Path(place)))
