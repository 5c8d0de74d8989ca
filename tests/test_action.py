"""The GitHub Action: its definition, and its script as a process."""

import os
import subprocess
import sys

import pytest
import yaml
from conftest import BARE_ASTRO, DAMAGED, ROOT, environment, write_files

# Stands for a Python whose virtual environments have postlint without asking an index for it.
PYTHON = f"""#!/bin/sh
[ "$1 $2" = "-m venv" ] || exit 9
mkdir -p "$3/bin"
cat > "$3/bin/python" <<'END'
#!/bin/sh
[ "$1 $2" = "-m pip" ] && exit 0
exec "{sys.executable}" "$@"
END
chmod +x "$3/bin/python"
"""


@pytest.fixture
def action(tmp_path):
    """Runs the action's script with `args` over a site with one damaged post."""
    if os.name == "nt":
        pytest.skip("the script is run by bash")
    python = tmp_path / "python"
    python.write_text(PYTHON)
    python.chmod(0o755)
    root = write_files(tmp_path / "site", {**BARE_ASTRO, "src/content/blog/a.md": DAMAGED})

    def run(args):
        told = {"POSTLINT_PYTHON": str(python), "POSTLINT_SOURCE": str(ROOT), "POSTLINT_ARGS": args}
        env = environment(tmp_path, RUNNER_TEMP=str(tmp_path / "temp"), GITHUB_ACTIONS="true", **told)
        return subprocess.run(
            ["bash", ROOT / "scripts/github-action"], cwd=root, env=env, capture_output=True, text=True, timeout=180
        )

    return run


def test_findings_are_annotations_and_fail_the_step(action):
    ran = action("")
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.startswith(
        "::error file=src/content/blog/a.md,line=6,endLine=6,col=5,endColumn=8,title=postlint ("
    )


@pytest.mark.parametrize(
    ("args", "status"),
    [
        ("--fail-on never", 0),
        ("--ignore mojibake", 0),
        ("'src/content/blog/a.md' --quiet", 1),
        ("$(touch made) `touch made` ; touch made", 2),
        ("'open", 1),
    ],
)
def test_args_are_words_and_nothing_else(action, tmp_path, args, status):
    ran = action(args)
    assert ran.returncode == status
    assert "Traceback" not in ran.stderr
    assert not (tmp_path / "site/made").exists()


def test_definition_names_what_is_there():
    definition = yaml.safe_load((ROOT / "action.yml").read_text())
    script = definition["runs"]["steps"][-1]
    assert "scripts/github-action" in script["run"]
    assert (ROOT / "scripts/github-action").is_file()
    # Inputs reach the script as variables only: pasted into it, they could be run.
    assert "${{" not in script["run"]
    documented = (ROOT / "docs/ci.md").read_text()
    assert all(f"`{name}`" in documented for name in definition["inputs"])
