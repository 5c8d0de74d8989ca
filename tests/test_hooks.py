"""The hooks that the repository offers, run by pre-commit, prek and plain Git in real repositories."""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from conftest import BARE_ASTRO, CLEAN, DAMAGED, POST, ROOT, write_files
from repositories import OFFERED, Repository, configuration

POST_B = "src/content/blog/b.md"

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="Git is not installed")


@pytest.fixture(params=["pre-commit", "prek"])
def hooked(request, tmp_path):
    """Makes a repository whose commits run `hook` through pre-commit or prek."""
    tool = shutil.which(request.param, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if tool is None or (request.param == "pre-commit" and not find_spec("pre_commit")):
        pytest.skip(f"{request.param} is not installed")

    def make(hook):
        repository = Repository(tmp_path / "site")
        config = {"repos": [{"repo": "local", "hooks": [configuration(hook)]}]}
        write_files(repository.root, {**BARE_ASTRO, ".pre-commit-config.yaml": yaml.safe_dump(config)})
        repository.git("add", ".")
        repository.git("commit", "-q", "-m", "Begin")
        done = repository.run(tool, "install")
        assert done.returncode == 0, done.stderr
        return repository

    return make


def test_what_is_offered():
    hooks = {hook["id"]: hook for hook in OFFERED}
    assert set(hooks) == {"postlint", "postlint-fix", "postlint-format"}
    assert {hook["language"] for hook in hooks.values()} == {"python"}
    for hook in (hooks["postlint"], hooks["postlint-fix"]):
        assert hook["entry"].startswith("postlint check ")
        assert hook["require_serial"] is True, "two processes would index the site twice"
    assert hooks["postlint-format"]["entry"] == "postlint format"


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("a.md", True),
        ("a.mdx", True),
        ("a.markdown", True),
        ("a.qmd", True),
        ("a.Rmd", True),
        ("a/b c.md", True),
        ("a.mdc", False),
        ("md", False),
        ("a.md.txt", False),
    ],
)
def test_the_files_it_is_for(name, taken):
    import re

    assert all(bool(re.search(hook["files"], name)) is taken for hook in OFFERED)


def test_commits(hooked):
    repository = hooked("postlint")
    assert repository.commit({POST: CLEAN.replace("A post", "The first")})[0]

    passed, said = repository.commit({POST_B: DAMAGED})
    assert not passed
    assert f"{POST_B}:6:5: error[mojibake]" in said
    assert POST not in said.replace(POST_B, ""), "nothing is said of posts that are not staged"
    assert repository.read(POST_B) == DAMAGED

    assert repository.commit({POST_B: CLEAN.replace("A post", "Another")})[0]
    assert repository.commit({"notes.txt": DAMAGED})[0], "what is no post is not looked at"


def test_the_repair(hooked):
    repository = hooked("postlint-fix")
    passed, said = repository.commit({POST: DAMAGED})
    assert not passed, "the repair has to be looked at and staged"
    assert "files were modified by this hook" in said
    assert repository.read(POST) == DAMAGED.replace("â€”", "—")
    assert repository.commit({POST: repository.read(POST)})[0]
    assert repository.git("show", f"HEAD:{POST}") == DAMAGED.replace("â€”", "—")


def test_the_rest_of_the_site(hooked):
    repository = hooked("postlint")
    first = "---\ntitle: One\nslug: same\n---\nNow â€” then.\n"
    write_files(repository.root, {POST: first})
    repository.git("add", ".")
    repository.git("commit", "-q", "--no-verify", "-m", "A damaged post")

    passed, said = repository.commit({POST_B: "---\ntitle: Two\nslug: same\n---\n"})
    assert not passed
    assert f"{POST_B}:3:7: error[slug-duplicate]" in said
    assert "mojibake" not in said, "the other post's own damage is not this commit's"

    passed, said = repository.commit({POST_B: "---\ntitle: Two\nslug: two\n---\n"})
    assert passed, said


def test_only_what_is_staged_is_repaired(hooked):
    repository = hooked("postlint-fix")
    write_files(repository.root, {POST: DAMAGED})
    repository.git("add", ".")
    repository.git("commit", "-q", "--no-verify", "-m", "A damaged post")
    assert repository.commit({POST_B: CLEAN})[0]
    assert repository.read(POST) == DAMAGED


@pytest.fixture
def plain(tmp_path):
    """A repository with the plain Git hook."""
    if os.name == "nt":
        pytest.skip("the hook is a shell script")
    repository = Repository(tmp_path / "site")
    write_files(repository.root, BARE_ASTRO)
    (repository.root / ".git/hooks/pre-commit").symlink_to(ROOT / "hooks/pre-commit")
    return repository


def test_plain_git(plain):
    assert plain.commit({"astro.config.mjs": ""})[0], "a commit without posts"
    assert plain.commit({POST: CLEAN})[0]
    passed, said = plain.commit({POST_B: DAMAGED, "odd name\n'\".md": CLEAN})
    assert not passed
    assert f"{POST_B}:6:5: error[mojibake]" in said
    passed, said = plain.commit({POST_B: DAMAGED.replace("â€”", "—")})
    assert passed, said
    plain.git("rm", "-q", POST)
    assert plain.run("git", "commit", "-m", "Gone").returncode == 0


def test_bodies_are_formatted(hooked):
    repository = hooked("postlint-format")
    loose = CLEAN + "\n* one\n* two\n"
    passed, said = repository.commit({POST: loose})
    assert not passed
    assert f"{POST}: formatted" in said
    assert repository.read(POST) == CLEAN + "\n- one\n- two\n"
    assert repository.commit({POST: repository.read(POST)})[0]


def test_the_hooks_hold_no_logic():
    for file in (ROOT / "hooks").iterdir():
        assert os.access(file, os.X_OK)
        assert len(file.read_text("utf-8").splitlines()) <= 12
        assert "postlint check" in file.read_text("utf-8")


@pytest.mark.skipif(
    not os.environ.get("POSTLINT_SLOW_TESTS"), reason="slow: installs from an index (POSTLINT_SLOW_TESTS=1)"
)
def test_installed_by_pre_commit(tmp_path):
    """The repository itself as the hook's source, its package built and installed with what it depends on."""
    source = Repository(tmp_path / "source")
    for name in ("src", "pyproject.toml", ".pre-commit-hooks.yaml", "README.md", "LICENSE"):
        kind = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        kind(ROOT / name, source.root / name)
    source.git("add", ".")
    source.git("commit", "-q", "-m", "A release")
    kept = {
        name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_", "HTTP", "http"))
    }
    repository = Repository(tmp_path / "site", **kept)
    repository.env.pop("PYTHONPATH")
    revision = source.git("rev-parse", "HEAD").strip()
    config = {"repos": [{"repo": str(source.root), "rev": revision, "hooks": [{"id": "postlint"}]}]}
    write_files(repository.root, {**BARE_ASTRO, ".pre-commit-config.yaml": yaml.safe_dump(config), POST: DAMAGED})
    repository.git("add", ".")
    done = repository.run(sys.executable, "-m", "pre_commit", "run")
    if "An unexpected error has occurred" in done.stdout:
        pytest.skip(f"pip reaches no index: {done.stdout[-300:]}")
    assert f"{POST}:6:5: error[mojibake]" in done.stdout
