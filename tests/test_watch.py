"""`check --watch`: a report now and after each change, until Ctrl-C."""

import signal
import subprocess
import sys
import time

import pytest
from conftest import BARE_ASTRO, DAMAGED, environment, requirement, write_files

pytest.importorskip("watchfiles")
PATIENCE = 180  # seconds, on a machine that is busy


class Watching:
    """A running `check --watch` in `root`, and what it printed."""

    def __init__(self, root, *arguments):
        self._printed = root.parent / "printed"
        with self._printed.open("wb") as out:
            self._process = subprocess.Popen(
                # As the installed command: without the working directory among the folders of modules.
                [sys.executable, "-P", "-m", "postlint", "check", "--watch", "--output-format", "concise", *arguments],
                cwd=root,
                env=environment(root),
                stdout=out,
                stderr=subprocess.STDOUT,
                # A test run in the background may have been told to ignore Ctrl-C.
                preexec_fn=None if sys.platform == "win32" else lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )

    def wait_for(self, text, times=1):
        end = time.monotonic() + PATIENCE
        while self._printed.read_text().count(text) < times:
            assert time.monotonic() < end, self._printed.read_text()
            assert self._process.poll() is None, self._printed.read_text()
            time.sleep(0.05)

    def stop(self):
        self._process.send_signal(signal.SIGINT)
        status = self._process.wait(PATIENCE)
        return status, self._printed.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way there")
def test_each_change_is_checked(tmp_path):
    site = tmp_path / "site"
    post = "src/content/blog/a.md"
    write_files(site, {**BARE_ASTRO, post: DAMAGED, ".gitignore": "dist\n"})
    watching = Watching(site)
    try:
        watching.wait_for("error[mojibake]")
        write_files(site, {"dist/index.html": "Made by a build.\n"})
        write_files(site, {post: DAMAGED.replace("â€”", "![a](/b.png)")})
        watching.wait_for("error[image-missing]")
        watching.wait_for("src/content/blog/a.md changed at")
        write_files(site, {"public/b.png": ""})
        watching.wait_for("Nothing to report in 1 post.")
    finally:
        status, printed = watching.stop()
    assert status == 0
    assert "Traceback" not in printed
    assert "dist" not in printed


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way there")
def test_no_module_of_the_site_is_run(tmp_path):
    code = f"open({str(tmp_path / 'ran')!r}, 'w').close()\n"
    modules = dict.fromkeys(("postlint/__init__.py", "postlint/__main__.py", "json.py"), code)
    site = write_files(tmp_path / "site", {**BARE_ASTRO, **modules, "src/content/blog/a.md": DAMAGED})
    watching = Watching(site, "--isolated")
    try:
        watching.wait_for("error[mojibake]")
    finally:
        watching.stop()
    assert not (tmp_path / "ran").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way there")
def test_the_site_around_is_watched(tmp_path):
    site = tmp_path / "site"
    write_files(site, {**BARE_ASTRO, "src/content/blog/a.md": DAMAGED.replace("â€”", "![a](/b.png)")})
    watching = Watching(site / "src/content/blog", "a.md")
    try:
        watching.wait_for("error[image-missing]")
        write_files(site, {"public/b.png": ""})
        watching.wait_for("Nothing to report in 1 post.")
    finally:
        assert watching.stop()[0] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way there")
def test_settings_outside_of_the_site_are_watched(tmp_path):
    """Those that the site's configuration extends, which an editor replaces when it saves."""
    site = tmp_path / "site"
    config = 'extends = "../shared/postlint.toml"\n'
    write_files(site, {**BARE_ASTRO, "src/content/blog/a.md": DAMAGED, "postlint.toml": config})
    write_files(tmp_path / "shared", {"postlint.toml": 'ignore = ["image"]\n', "new": 'ignore = ["mojibake"]\n'})
    watching = Watching(site)
    try:
        watching.wait_for("error[mojibake]")
        (tmp_path / "shared/new").replace(tmp_path / "shared/postlint.toml")
        watching.wait_for("Nothing to report in 1 post.")
        watching.wait_for("../shared/postlint.toml changed at")
        (tmp_path / "shared/postlint.toml").unlink()
        watching.wait_for("there is no such file")
        write_files(tmp_path / "shared", {"postlint.toml": 'severity = { mojibake = "warning" }\n'})
        watching.wait_for("warning[mojibake]")
    finally:
        assert watching.stop()[0] == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent in another way there")
def test_a_named_configuration_is_watched(tmp_path):
    site = tmp_path / "site"
    write_files(site, {**BARE_ASTRO, "src/content/blog/a.md": DAMAGED})
    write_files(tmp_path / "other", {"my.toml": "", "new": 'ignore = ["mojibake"]\n'})
    watching = Watching(site, "--config", "../other/my.toml")
    try:
        watching.wait_for("error[mojibake]")
        (tmp_path / "other/new").replace(tmp_path / "other/my.toml")
        watching.wait_for("Nothing to report in 1 post.")
    finally:
        assert watching.stop()[0] == 0


def test_what_it_does_not_go_with(main, tmp_path):
    for option in ("--staged", "--diff", "--write-baseline=x"):
        ran = main("check", "--watch", option)
        name = option.partition("=")[0]
        message = f"postlint: --watch only reports on files as they are; leave out {name}\n"
        assert (ran.status, ran.err) == (2, message)


def test_without_its_package(main, monkeypatch):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    ran = main("check", "--watch")
    assert (ran.status, ran.err) == (
        2,
        (
            "postlint: --watch needs the package watchfiles, which is not installed beside postlint; install it there, "
            f'for example with {sys.executable} -m pip install "{requirement("watch")}"\n'
        ),
    )


def test_a_python_in_a_folder_with_a_space(main, monkeypatch):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    monkeypatch.setattr(sys, "executable", "C:\\Program Files\\python.exe")
    assert 'with "C:\\Program Files\\python.exe" -m pip install "watchfiles>=' in main("check", "--watch").err
