"""Hooks in a repository of 300 posts: what is committed, merged, rebased and pushed is judged, and nothing else changes."""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from conftest import BARE_ASTRO, ROOT, write_files
from repositories import Repository, configuration

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="Git is not installed"),
    pytest.mark.skipif(os.name == "nt", reason="the hooks are shell scripts"),
]
SLOW = bool(os.environ.get("POSTLINT_SLOW_TESTS"))
FOLDER = "src/content/blog"
GOOD, BAD = "Now — then.", "Now â€” then."


def page(number, body=GOOD):
    return f"---\ntitle: Number {number}\npubDate: 2024-01-02\n---\n\n{body}\n\n![A cat](/cat.png)\n\nThe end.\n"


def path(number):
    return f"{FOLDER}/p{number}.md"


def link(repository, name):
    (repository.root / ".git/hooks" / name).symlink_to(ROOT / "hooks" / name)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The repository of 300 posts, which no test changes, with what postlint keeps of them."""
    repository = Repository(tmp_path_factory.mktemp("made") / "site")
    posts = {path(number): page(number) for number in range(300)}
    posts[path(0)] = page(0, "![A dog](/dog.png)")
    write_files(repository.root, {**BARE_ASTRO, **posts, "public/cat.png": "", "public/dog.png": ""})
    repository.git("add", "-A")
    assert repository.run("postlint", "check", "--staged").returncode == 0
    repository.git("commit", "-q", "-m", "Begin")
    return repository.root


def copied(made, tmp_path):
    repository = Repository(tmp_path / "site")
    shutil.copytree(made, repository.root, dirs_exist_ok=True, symlinks=True)
    repository.git("reset", "-q")
    return repository


@pytest.fixture(params=["plain", "pre-commit", "prek"])
def hooked(request, made, tmp_path):
    """The same with a hook before every commit, of plain Git, pre-commit or prek."""
    repository = copied(made, tmp_path)
    if request.param == "plain":
        link(repository, "pre-commit")
        return repository
    tool = shutil.which(request.param, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if tool is None or (request.param == "pre-commit" and not find_spec("pre_commit")):
        pytest.skip(f"{request.param} is not installed")
    config = {"repos": [{"repo": "local", "hooks": [configuration("postlint")]}]}
    write_files(repository.root, {".pre-commit-config.yaml": yaml.safe_dump(config)})
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "Check commits")
    done = repository.run(tool, "install", "-t", "pre-commit", "-t", "pre-merge-commit")
    assert done.returncode == 0, done.stderr
    return repository


def attempt(repository, *command):
    """Whether a command of Git went through, and what was said; where not, that all is as it was."""
    before = repository.state()
    done = repository.run("git", *command)
    if done.returncode:
        assert repository.state() == before
    return done.returncode == 0, done.stdout + done.stderr


def test_commits(hooked):
    # Of two changes in one post the bad one is staged, as by `git commit -p`, and the work tree has the good one.
    write_files(hooked.root, {path(1): page(1, BAD)})
    hooked.git("add", "-A")
    write_files(hooked.root, {path(1): page(1, "Mended."), path(2): page(2, BAD)})
    passed, said = attempt(hooked, "commit", "-m", "Bad")
    assert not passed
    assert f"{path(1)}:6:5: error[mojibake]" in said
    assert path(2) not in said
    # The other way round.
    write_files(hooked.root, {path(1): page(1, "Good.")})
    hooked.git("add", path(1))
    write_files(hooked.root, {path(1): page(1, BAD)})
    passed, said = attempt(hooked, "commit", "-m", "Good")
    assert passed, said
    assert hooked.read(path(1)) == page(1, BAD)
    assert hooked.git("show", f"HEAD:{path(1)}") == page(1, "Good.")


def test_a_deleted_image(hooked):
    hooked.git("rm", "-q", "public/cat.png")
    passed, said = attempt(hooked, "commit", "-m", "Gone")
    assert not passed
    assert f"{path(299)}:8:10: error[image-missing]" in said


def test_merges_and_rebases(hooked):
    hooked.git("checkout", "-q", "-b", "topic")
    write_files(hooked.root, {path(1): page(1, "Theirs."), path(301): page(301)})
    hooked.git("add", "-A")
    hooked.git("commit", "-q", "-m", "Theirs", "--no-verify")
    hooked.git("checkout", "-q", "main")
    write_files(hooked.root, {path(1): page(1, "Ours.")})
    hooked.git("commit", "-q", "-a", "-m", "Ours", "--no-verify")
    assert hooked.run("git", "merge", "topic").returncode != 0
    write_files(hooked.root, {path(1): page(1, BAD)})
    hooked.git("add", "-A")
    passed, said = attempt(hooked, "commit", "--no-edit")
    assert not passed
    assert f"{path(1)}:6:5: error[mojibake]" in said
    write_files(hooked.root, {path(1): page(1, "Both.")})
    hooked.git("add", "-A")
    passed, said = attempt(hooked, "commit", "--no-edit")
    assert passed, said

    hooked.git("checkout", "-q", "-b", "other", "topic")
    write_files(hooked.root, {path(302): page(302)})
    hooked.git("add", "-A")
    hooked.git("commit", "-q", "-m", "More", "--no-verify")
    passed, said = attempt(hooked, "rebase", "main")
    assert passed, said
    assert hooked.read(path(1)) == page(1, "Both.")


@pytest.fixture
def served(made, tmp_path):
    """A clone, and the bare repository of a server that judges what is pushed."""
    repository = copied(made, tmp_path)
    bare = tmp_path / "server.git"
    repository.git("clone", "-q", "--bare", str(repository.root), str(bare))
    (bare / "hooks/pre-receive").symlink_to(ROOT / "hooks/pre-receive")
    repository.git("remote", "add", "origin", str(bare))
    repository.git("fetch", "-q", "origin")
    return repository, bare


def test_what_a_server_takes(served):
    repository, bare = served
    repository.git("checkout", "-q", "-b", "topic")
    write_files(repository.root, {path(1): page(1, BAD)})
    repository.git("commit", "-q", "-a", "-m", "Bad")
    before = repository.git("for-each-ref", cwd=bare)
    passed, said = attempt(repository, "push", "origin", "topic")
    assert not passed
    assert f"remote: {path(1)}:6:5: error[mojibake]" in said
    assert "Commits pushed to refs/heads/topic: 1 error in 1 post" in said
    assert repository.git("for-each-ref", cwd=bare) == before
    assert not (bare / ".postlint_cache").exists()

    # A force push, of a commit that replaces nothing on the server, then of one that does; two branches; and a deletion.
    write_files(repository.root, {path(1): page(1, "Good.")})
    repository.git("commit", "-q", "-a", "--amend", "-m", "Good")
    assert attempt(repository, "push", "origin", "topic", "topic:refs/heads/second")[0]
    write_files(repository.root, {path(2): page(2, BAD)})
    repository.git("commit", "-q", "-a", "--amend", "-m", "Other")
    passed, said = attempt(repository, "push", "--force", "origin", "topic")
    assert not passed
    assert f"{path(2)}:6:5: error[mojibake]" in said
    assert path(1) not in said
    assert attempt(repository, "push", "origin", ":second")[0]
    assert "refs/heads/second" not in repository.git("for-each-ref", cwd=bare)


def test_a_first_push(served, tmp_path):
    repository, _ = served
    empty = tmp_path / "empty.git"
    repository.git("init", "-q", "--bare", str(empty))
    (empty / "hooks").mkdir(exist_ok=True)
    (empty / "hooks/pre-receive").symlink_to(ROOT / "hooks/pre-receive")
    write_files(repository.root, {path(1): page(1, BAD)})
    repository.git("commit", "-q", "-a", "-m", "Bad")
    passed, said = attempt(repository, "push", str(empty), "main")
    assert not passed
    assert "1 error in 1 post of 300" in said


def test_what_leaves(served):
    repository, bare = served
    (bare / "hooks/pre-receive").unlink()
    link(repository, "pre-push")
    write_files(repository.root, {path(1): page(1, BAD)})
    repository.git("commit", "-q", "-a", "-m", "Bad")
    write_files(repository.root, {path(1): page(1)})
    passed, said = attempt(repository, "push", "origin", "main", "main:topic")
    assert not passed
    assert said.count(f"{path(1)}:6:5: error[mojibake]") == 1, "one change on two branches is told once"
    repository.git("commit", "-q", "-a", "-m", "Good")
    passed, said = attempt(repository, "push", "origin", "main")
    assert passed, said
    assert attempt(repository, "push", "origin", "main:copy")[0], "nothing is new"


def test_no_hook_no_lines(served):
    repository, _ = served
    done = repository.run("sh", "-c", "echo nonsense | postlint check --pushed")
    assert done.returncode == 2
    assert "is not from a pre-push or pre-receive hook" in done.stderr


@pytest.mark.skipif(not SLOW, reason="slow: pre-commit starts postlint many times (POSTLINT_SLOW_TESTS=1)")
@pytest.mark.parametrize("tool", ["pre-commit", "prek"])
def test_ranges_all_files_and_worktrees(made, tmp_path, tool):
    repository = copied(made, tmp_path)
    config = {"repos": [{"repo": "local", "hooks": [configuration("postlint")]}]}
    write_files(repository.root, {".pre-commit-config.yaml": yaml.safe_dump(config), path(1): page(1, BAD)})
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "Bad")
    for words, found in (
        (("--all-files",), True),
        (("--files", path(1)), True),
        (("--files", path(2)), False),
        (("--from-ref", "HEAD~1", "--to-ref", "HEAD"), True),
        ((), False),
    ):
        done = repository.run(tool, "run", *words)
        assert (f"{path(1)}:6:5: error[mojibake]" in done.stdout) is found, (words, done.stdout)
    repository.git("worktree", "add", "-q", str(tmp_path / "beside"))
    write_files(tmp_path / "beside", {path(3): page(3, BAD)})
    beside = ("-C", str(tmp_path / "beside"))
    repository.git(*beside, "add", "-A")
    done = repository.run("sh", "-c", f'cd "{tmp_path}/beside" && {tool} run')
    assert f"{path(3)}:6:5: error[mojibake]" in done.stdout
