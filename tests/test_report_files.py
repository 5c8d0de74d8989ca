"""Reports in files: whole or not at all, and in place where a new file would be another one."""

import errno
import json
import os
import stat
import subprocess
import sys
import threading

import pytest
from conftest import BARE_ASTRO, CLEAN, DAMAGED, PATIENCE, POST, environment, write_files

from postlint.files import writing

# Lets a process write that many bytes into any file, as on a disk that is full then.
NARROW = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
from postlint.cli import main
sys.exit(main(sys.argv[1:]))
"""
MANY = {f"src/content/blog/p{number}.md": DAMAGED for number in range(100)}
posix = pytest.mark.skipif(os.name != "posix", reason="files and links are those of POSIX")


def errors(path):
    return json.loads(path.read_text("utf-8"))["summary"]["errors"]


@pytest.fixture
def check(tmp_path):
    """Checks a site with one error, as its own process."""
    root = write_files(tmp_path / "site", {**BARE_ASTRO, POST: DAMAGED})

    def run(file, **more):
        command = [
            sys.executable,
            "-m",
            "postlint",
            "check",
            "--no-cache",
            "--output-format",
            f"json={file}",
            "--quiet",
        ]
        return subprocess.run(command, cwd=root, env=environment(root), timeout=PATIENCE, **more).returncode

    run.root = root
    return run


@posix
@pytest.mark.parametrize("old", [None, "the old report\n"])
@pytest.mark.parametrize("option", [["--output-format", "json=r"], ["--output-format", "json", "--output-file", "r"]])
def test_a_full_disk_leaves_the_old_report(tmp_path, old, option):
    root = write_files(tmp_path / "site", {**BARE_ASTRO, **MANY})
    if old:
        (root / "r").write_text(old)
    done = subprocess.run(
        [sys.executable, "-c", NARROW, "check", "--no-cache", *option],
        cwd=root,
        env=environment(root),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, "postlint: r: cannot be written: file too large")
    assert ((root / "r").read_text() if (root / "r").exists() else None) == old
    assert not list(root.glob(".postlint-*"))


def test_another_report_takes_the_place_of_the_old_one(check):
    (check.root / "report.json").write_text("old" * 10_000)
    assert check("report.json", stdout=subprocess.DEVNULL) == 1
    assert errors(check.root / "report.json") == 1


@posix
def test_mode_and_links_are_kept(check):
    (check.root / "real.json").write_text("old")
    (check.root / "real.json").chmod(0o640)
    (check.root / "link.json").symlink_to("real.json")
    (check.root / "new.json").symlink_to("made.json")
    for name in ("link.json", "new.json"):
        assert check(name, stdout=subprocess.DEVNULL) == 1
        assert (check.root / name).is_symlink()
        assert errors(check.root / name) == 1
    assert stat.S_IMODE((check.root / "real.json").stat().st_mode) == 0o640


@posix
def test_all_names_of_a_file_have_the_report(check):
    (check.root / "one.json").write_text("old")
    os.link(check.root / "one.json", check.root / "other.json")
    assert check("one.json", stdout=subprocess.DEVNULL) == 1
    assert errors(check.root / "other.json") == 1


@posix
def test_a_pipe_and_devices_get_the_report(check):
    os.mkfifo(check.root / "pipe")
    got = []
    reader = threading.Thread(target=lambda: got.append((check.root / "pipe").read_text("utf-8")))
    reader.start()
    assert check("pipe", stdout=subprocess.DEVNULL) == 1
    reader.join(PATIENCE)
    assert json.loads(got[0])["summary"]["errors"] == 1
    assert check("/dev/null", stdout=subprocess.DEVNULL) == 1
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@posix
@pytest.mark.parametrize("name", ["/dev/stdout", "printed.txt"])
def test_what_is_printed_to_stays_the_same_file(check, name):
    if not os.path.exists("/dev/stdout"):
        pytest.skip("no /dev/stdout here")
    with open(check.root / "printed.txt", "ab+") as printed:
        assert check(name, stdout=printed) == 1
        printed.seek(0)
        assert b'"errors": 1' in printed.read()
    assert (check.root / "printed.txt").read_text().endswith("\n")


@posix
def test_a_report_that_is_read_only_stays(check):
    if os.geteuid() == 0:
        pytest.skip("this user may write everything")
    (check.root / "report.json").write_text("old")
    (check.root / "report.json").chmod(0o444)
    assert check("report.json", stdout=subprocess.DEVNULL) == 2
    assert (check.root / "report.json").read_text() == "old"


@posix
def test_a_report_in_a_read_only_folder(check):
    if os.geteuid() == 0:
        pytest.skip("this user may write everything")
    folder = write_files(check.root / "out", {"report.json": "old"})
    folder.chmod(0o555)
    try:
        assert check("out/report.json", stdout=subprocess.DEVNULL) == 1
        assert errors(folder / "report.json") == 1
    finally:
        folder.chmod(0o755)


def test_a_folder_is_no_report(check):
    write_files(check.root, {"folder/a.md": CLEAN})
    assert check("folder", stdout=subprocess.DEVNULL) == 2
    assert check("missing/", stdout=subprocess.DEVNULL) == 2


def test_a_file_that_must_not_be_replaced_gets_the_report(tmp_path, monkeypatch):
    """As a file of a container that is mounted from outside."""

    def refuse(*_):
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr(os, "replace", refuse)
    write_files(tmp_path, {"report.txt": "old"})
    writing.output(str(tmp_path / "report.txt"), b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("report.txt", b"new")]
