"""The GitHub Action: the steps of its definition, run one after another as a runner does, with its caches."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from conftest import BARE_ASTRO, CLEAN, DAMAGED, ROOT, environment, write_files

DEFINITION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
# Stands for a Python whose virtual environments have postlint without asking an index for it.
PYTHON = f"""#!/bin/sh
[ "$1 $2" = "-m venv" ] || exec "{sys.executable}" "$@"
mkdir -p "$3/bin"
cat > "$3/bin/python" <<'END'
#!/bin/sh
[ "$1 $2" = "-m pip" ] && echo installed >> "$RUNNER_TEMP/log" && exit 0
exec "{sys.executable}" "$@"
END
chmod +x "$3/bin/python"
"""
EXPRESSION = re.compile(r"\${{ *([^}]*?) *}}")


class Ran(NamedTuple):
    """What a use of the action left behind: its outputs are those that the definition names."""

    status: int
    out: str
    err: str
    outputs: dict[str, str]
    summary: str


class Runner:
    """Runs the steps of the action over the checked-out repository `workspace`. `stored` is the service of caches."""

    def __init__(self, folder):
        self.folder, self.workspace, self.stored = folder, folder / "site", {}
        self.python = folder / "python"
        self.python.write_text(PYTHON)
        self.python.chmod(0o755)
        self.runs = 0

    def use(self, **inputs):
        """One job on a new machine, in which nothing but the caches is left of other jobs."""
        temp = self.folder / "temp"
        shutil.rmtree(temp, ignore_errors=True)
        temp.mkdir()
        self.runs += 1
        values = {name: one.get("default", "") for name, one in DEFINITION["inputs"].items()} | inputs
        said = {f"inputs.{name.replace('_', '-')}": value for name, value in values.items()}
        said |= {"github.action_path": str(ROOT), "github.run_id": str(self.runs), "github.run_attempt": "1"}
        out, err, status = "", "", 0
        for step in DEFINITION["runs"]["steps"]:
            if not self._is_on(step.get("if", "true"), said, status):
                continue
            told = {
                name: self._filled(text, said) for name, text in {**step.get("with", {}), **step.get("env", {})}.items()
            }
            outputs = {}
            if "run" in step:
                done = self._run(step, told, temp)
                out, err, status = out + done.stdout, err + done.stderr, done.returncode or status
                lines = (temp / "output").read_text("utf-8").splitlines()
                outputs = dict(line.split("=", 1) for line in lines)
            elif step["uses"].startswith("actions/setup-python@"):
                outputs = {"python-path": str(self.python)}
            elif step["uses"].startswith("actions/cache/restore@"):
                outputs = {"cache-hit": self._restore(told)}
            else:
                assert step["uses"].startswith("actions/cache/save@")
                assert Path(told["path"]).is_dir()
                self.stored[told["path"], told["key"]] = shutil.copytree(
                    told["path"], self.folder / f"c{len(self.stored)}"
                )
            said |= {f"steps.{step.get('id')}.outputs.{name}": value for name, value in outputs.items()}
        named = {name: self._filled(one["value"], said) for name, one in DEFINITION["outputs"].items()}
        summary = temp / "summary"
        return Ran(status, out, err, named, summary.read_text("utf-8") if summary.exists() else "")

    def _is_on(self, condition, said, status):
        parts = condition.split(" && ")
        if status and "always()" not in parts:
            return False
        return all(part in ("true", "always()") or self._holds(part, said) for part in parts)

    def _holds(self, part, said):
        name, sign, text = re.fullmatch(r"(\S+) ([!=]=) '(.*)'", part).groups()
        return (said.get(name, "") == text) is (sign == "==")

    def _filled(self, text, said):
        return EXPRESSION.sub(lambda found: said.get(found[1], ""), str(text))

    def _run(self, step, told, temp):
        assert (step["shell"], "${{" in step["run"]) == ("bash", False)
        (temp / "output").write_text("")
        runner = {
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(temp / "output"),
            "GITHUB_STEP_SUMMARY": str(temp / "summary"),
            "RUNNER_TEMP": str(temp),
        }
        return subprocess.run(
            ["bash", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env=environment(self.folder, **runner, **told),
            capture_output=True,
            text=True,
            timeout=180,
        )

    def _restore(self, told):
        path, key = told["path"], told["key"]
        prefix = told.get("restore-keys", key)
        known = [saved for saved in self.stored if saved[0] == path and saved[1].startswith(prefix)]
        if not known:
            return "false"
        shutil.copytree(self.stored[known[-1]], path)
        return str(known[-1][1] == key).lower()


@pytest.fixture
def runner(tmp_path):
    """A runner whose workspace is a site with one damaged post."""
    if os.name == "nt":
        pytest.skip("the script is run by bash")
    write_files(tmp_path / "site", {**BARE_ASTRO, "src/content/blog/a.md": DAMAGED})
    return Runner(tmp_path)


def test_findings_are_annotations_outputs_and_reports(runner):
    ran = runner.use()
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("::error file=src/content/blog/a.md,line=6,endLine=6,col=5,endColumn=8,title=postlint (")
    assert "[`mojibake`](https://" in ran.summary
    assert [ran.outputs[name] for name in ("errors", "warnings", "fixable")] == ["1", "0", "1"]
    sarif, report, comment = (Path(ran.outputs[name]) for name in ("sarif", "report", "comment"))
    assert json.loads(sarif.read_text("utf-8"))["version"] == "2.1.0"
    assert report.suffix == ".html"
    assert "<h1>1 error in 1 post</h1>" in report.read_text("utf-8")
    assert comment.read_text("utf-8").startswith("<!-- postlint -->\n### postlint\n\n1 error in 1 post ")
    # Reports are not files of the repository.
    assert not [path for path in runner.workspace.iterdir() if "postlint" in path.name]


def test_a_clean_site(runner):
    write_files(runner.workspace, {"src/content/blog/a.md": CLEAN})
    ran = runner.use()
    assert (ran.status, ran.err, ran.outputs["errors"]) == (0, "", "0")


@pytest.mark.parametrize(
    ("args", "status"),
    [
        ("--fail-on never", 0),
        ("--ignore mojibake", 0),
        ("'src/content/blog/a.md' --quiet", 1),
        ("--output-format concise --no-cache", 1),
        ("$(touch made) `touch made` ; touch made", 2),
        ("'open", 2),
    ],
)
def test_args_are_words_and_nothing_else(runner, args, status):
    ran = runner.use(args=args)
    assert ran.status == status
    assert "Traceback" not in ran.err
    assert not (runner.workspace / "made").exists()
    assert ran.outputs["errors"] == {2: ""}.get(status, "0" if "mojibake" in args else "1")


def test_a_site_in_a_folder(runner):
    (runner.workspace / ".git").mkdir()
    write_files(runner.workspace / "web site", {**BARE_ASTRO, "src/content/blog/b.md": DAMAGED})
    ran = runner.use(working_directory="web site")
    assert ran.out.startswith("::error file=web site/src/content/blog/b.md,line=6,")
    assert ran.outputs["errors"] == "1"
    ran = runner.use(working_directory="nowhere")
    assert (ran.status, ran.err) == (2, "postlint: `working-directory` of the action: there is no such folder\n")


def test_installation_and_results_are_kept_from_job_to_job(runner):
    blog = "src/content/blog"
    write_files(runner.workspace, {f"{blog}/{n}.md": CLEAN.replace("A post", f"Post {n}") for n in range(160)})
    first = runner.use()
    assert len(runner.stored) == 2
    write_files(runner.workspace, {f"{blog}/new.md": DAMAGED})
    again = runner.use()
    assert not (runner.folder / "temp/log").exists(), "it was installed again"
    assert (first.outputs["errors"], again.outputs["errors"]) == ("1", "2")
    # Only results are stored anew.
    assert len(runner.stored) == 3
    runner.use(cache="false")
    assert (runner.folder / "temp/log").exists()
    assert len(runner.stored) == 3


def test_definition_is_documented():
    documented = (ROOT / "docs/ci.md").read_text("utf-8")
    assert all(f"`{name}`" in documented for name in (*DEFINITION["inputs"], *DEFINITION["outputs"]))
