"""Names of files as Git has them, where the disk takes one case for another."""

import os
import shutil
import subprocess
import time

import pytest
from conftest import BARE_ASTRO, POST, environment, write_files

from postlint.files.files import Files

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="Git is not here")
PAGE = "---\ntitle: A\n---\n\n![A cat](/images/cat.png)\n"


@pytest.fixture
def repository(tmp_path):
    """A site of which Git knows `Cat.png`, and the disk of a Mac `cat.png`."""
    write_files(tmp_path, {**BARE_ASTRO, POST: PAGE, "public/images/Cat.png": ""})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    (tmp_path / "public/images/Cat.png").rename(tmp_path / "public/images/cat.png")
    return tmp_path


def git(folder, *arguments):
    subprocess.run(["git", *arguments], cwd=folder, env=environment(folder), check=True)


def test_the_index_tells_what_a_server_gets(repository, postlint):
    git(repository, "config", "core.ignorecase", "true")
    ran = postlint("check", "--output-format", "json", cwd=repository)
    assert [rule for rule, *_ in ran.found] == ["image-case"]


def test_the_disk_tells_where_case_counts(repository, postlint):
    git(repository, "config", "core.ignorecase", "false")
    assert postlint("check", "--output-format", "json", cwd=repository).found == []


def test_a_new_index_is_read(repository):
    git(repository, "config", "core.ignorecase", "true")
    assert Files(repository).find("public/images/cat.png").status == "case"
    git(repository, "config", "core.ignorecase", "false")
    git(repository, "add", ".")
    git(repository, "config", "core.ignorecase", "true")
    os.utime(repository / ".git/index", ns=(time.time_ns(), time.time_ns()))
    assert Files(repository).find("public/images/cat.png").status == "ok"


def test_no_program_of_the_repository_is_run(repository):
    git(repository, "config", "core.ignorecase", "true")
    git(repository, "config", "core.fsmonitor", "touch ran; false")
    assert Files(repository).find("public/images/cat.png").status == "case"
    assert not (repository / "ran").exists()
