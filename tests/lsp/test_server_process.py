"""The server as a process: its options, what it needs, and what it does when a site takes long or fails."""

import os
import signal
import sys
import time

import pytest
from conftest import requirement, run_postlint
from editors import HEAD

BAD = f"{HEAD}a â€” b\n"
PROGRESS = {"window": {"workDoneProgress": True}}


def test_without_its_package(main, monkeypatch):
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    monkeypatch.delitem(sys.modules, "postlint.lsp.server", raising=False)
    ran = main("server")
    assert (ran.status, ran.err) == (
        2,
        (
            "postlint: the server needs the package pygls, which is not installed beside postlint; install it there, "
            f'for example with {sys.executable} -m pip install "{requirement("lsp")}"\n'
        ),
    )


def test_an_editor_may_name_the_channel(editor):
    assert editor(arguments=("--stdio",)).open(BAD)


def test_it_ends_with_the_editor(tmp_path):
    ran = run_postlint("server", cwd=tmp_path, stdin=b"")
    assert ran.status == 0


def slow_rule(seconds):
    """A rule of the site's own that takes so long for each post, but the one that is open."""
    return (
        "import time, postlint\n\n\nclass TeamSlow(postlint.Rule):\n    def check(self, post):\n"
        f"        time.sleep(0 if post.path.endswith('/a.md') else {seconds})\n        return ()\n"
    )


@pytest.fixture
def slow(editor, write):
    """An editor in a site that is read in a few seconds."""
    posts = {f"src/content/blog/p{n}.md": HEAD.replace("A post", f"Post {n}") for n in range(60)}
    write({**posts, "slow.py": slow_rule(0.05), "postlint.toml": "plugins = ['slow.py:TeamSlow']\n"})
    return lambda **more: editor(**more)


def test_a_slow_site_delays_no_typing(slow):
    one = slow()
    assert one.open(BAD)
    begun = time.monotonic()
    waiting = one.begin("workspace/symbol", {"query": "Post 59"})
    assert one.change(HEAD) == []
    assert one.change(BAD)
    typed = time.monotonic() - begun
    assert one.answer(waiting)["result"]
    # Each step of reading the site takes half a second here.
    assert typed < time.monotonic() - begun


def test_progress_is_shown_while_a_site_is_read(slow):
    one = slow(capabilities=PROGRESS)
    one.tell_open(BAD)
    token = one.came("window/workDoneProgress/create")["token"]
    values = []
    while not values or values[-1]["kind"] != "end":
        came = one.came("$/progress")
        assert came["token"] == token
        values.append(came["value"])
    assert values[0]["kind"] == "begin"
    reports = [value for value in values if value["kind"] == "report"]
    assert reports
    assert all(value["message"].endswith("/61") for value in reports)
    assert [value["percentage"] for value in reports] == sorted(value["percentage"] for value in reports)


def test_a_site_that_was_read_before_is_known_at_once(editor, write):
    write({f"src/content/blog/p{n}.md": BAD.replace("A post", f"Post {n}") for n in range(200)})
    # A file that was just written is known by its content alone.
    time.sleep(2.1)
    one = editor()
    one.tell_open(HEAD)
    one.known()
    (kept,) = (one.root / ".postlint_cache").glob("*.txt")
    size = kept.stat().st_size
    again = editor()
    again.tell_open(HEAD)
    again.known()
    assert kept.stat().st_size == size


def workers(server):
    """The processes that the server started."""
    with open(f"/proc/{server.pid}/task/{server.pid}/children") as file:
        return [int(pid) for pid in file.read().split()]


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="processes are found in /proc")
def test_a_worker_that_dies_is_replaced(editor):
    one = editor()
    assert one.open(BAD)
    (worker,) = workers(one)
    os.kill(worker, signal.SIGKILL)
    assert one.found() == one.change(f"{BAD}\nMore.\n")
    assert one.actions(5)


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="processes are found in /proc")
def test_a_worker_that_hangs_is_replaced(editor, write, monkeypatch):
    """Here by a rule of the site that never comes to an end with one text."""
    monkeypatch.setenv("POSTLINT_SERVER_PATIENCE", "1")
    rule = "import postlint\n\n\nclass TeamStuck(postlint.Rule):\n    def check(self, post):\n"
    rule += "        while 'forever' in post.text.value:\n            pass\n        return ()\n"
    write({"stuck.py": rule, "postlint.toml": "plugins = ['stuck.py:TeamStuck']\n"})
    one = editor()
    assert one.open(BAD)
    (before,) = workers(one)
    one.tell_change({"text": f"{HEAD}forever\n"})
    end = time.monotonic() + 60
    while workers(one) == [before] and time.monotonic() < end:
        time.sleep(0.1)
    assert [each["code"] for each in one.change(BAD)] == ["mojibake"]


def test_what_a_rule_prints_is_no_message(editor, write):
    rule = "import postlint\n\n\nclass TeamLoud(postlint.Rule):\n    def check(self, post):\n"
    rule += "        print('Content-Length: 3', flush=True)\n        return ()\n"
    write({"loud.py": rule, "postlint.toml": "plugins = ['loud.py:TeamLoud']\n"})
    one = editor()
    assert one.open(BAD)
    assert one.change(HEAD) == []


def memory(pid):
    """In kilobytes."""
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="memory is read from /proc")
def test_memory_stays_flat_while_somebody_types(editor, write):
    """POSTLINT_SOAK is the number of edits."""
    write({f"src/content/blog/p{n}.md": HEAD.replace("A post", f"Post {n}") for n in range(50)})
    one = editor()
    one.open(HEAD)
    one.known()
    edits = int(os.environ.get("POSTLINT_SOAK", "900"))
    (worker,) = workers(one)

    def type_some(first, number):
        for n in range(first, first + number):
            one.tell_change({"text": f"{HEAD}Word {n} cafÃ©.\n\n[a](/blog/p{n % 50}/)\n"})
            # A request makes the server look at this very text.
            assert one.actions(5)

    type_some(0, edits // 3)
    before = memory(one.pid), memory(worker)
    type_some(edits // 3, edits - edits // 3)
    after = memory(one.pid), memory(worker)
    print(f"{edits} edits; server {before[0]} → {after[0]} kB, worker {before[1]} → {after[1]} kB")
    # A kilobyte that is kept of each edit would be too much.
    assert after[0] - before[0] < 1_500 + edits // 10
    assert after[1] - before[1] < 1_500 + edits // 10
