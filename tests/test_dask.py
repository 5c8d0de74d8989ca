"""A Dask cluster as the executor: the same report as without it, whatever happens to its workers."""

import os
import runpy
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import Executor
from contextlib import closing

import pytest
from conftest import CLEAN, DAMAGED, ROOT

import postlint

distributed = pytest.importorskip("distributed", reason="not installed: Dask (`uv pip install distributed`)")

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # Dask's sockets
SIX_AT_ONE_ADDRESS = "---\ntitle: A post\nslug: same-{}\npubDate: 2024-02-30\n---\n\n[Gone](/blog/gone/)\n"
CONFIG = postlint.Config(framework="astro")
NUMBER = 600


def posts(number=NUMBER):
    for n in range(number):
        text = (CLEAN, DAMAGED, CLEAN, SIX_AT_ONE_ADDRESS.format(n // 24))[n % 4]
        yield f"src/content/blog/{n}.md", text.encode()


class Interfering(Executor):
    """An executor with which something happens just before the third chunk of posts is submitted."""

    def __init__(self, executor, interfere):
        self._executor, self._interfere = executor, interfere
        self._submitted = 0

    def submit(self, function, /, *arguments, **named):
        self._submitted += 1
        if self._submitted == 3:
            self._interfere()
        return self._executor.submit(function, *arguments, **named)


@pytest.fixture(scope="module")
def alone():
    report = postlint.check_documents(posts(), CONFIG)
    assert {"mojibake", "date-invalid", "slug-duplicate"} <= {d.rule for d in report.diagnostics}
    return report.to_json()


@pytest.fixture
def client():
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def test_the_report_is_the_same(client, alone):
    executor = client.get_executor()
    assert postlint.check_documents(posts(), CONFIG, executor=executor).to_json() == alone
    assert postlint.check_documents(list(posts()), CONFIG, executor=executor).to_json() == alone


def test_a_worker_that_is_killed(client, alone):
    pids = client.run(os.getpid)

    def kill():
        os.kill(next(iter(pids.values())), signal.SIGKILL)

    executor = Interfering(client.get_executor(), kill)
    assert postlint.check_documents(posts(), CONFIG, executor=executor).to_json() == alone


def _begin_with(folder):
    import sys

    sys.path.insert(0, folder)
    for name in [name for name in sys.modules if name.partition(".")[0] == "postlint"]:
        del sys.modules[name]


def test_a_worker_with_another_version(client, tmp_path):
    shutil.copytree(ROOT / "src/postlint", tmp_path / "postlint", ignore=shutil.ignore_patterns("__pycache__"))
    module = tmp_path / "postlint/__init__.py"
    text = module.read_text("utf-8")
    module.write_text(
        text.replace(f'__version__ = "{postlint.__version__}"', '__version__ = "9.8.7"'), encoding="utf-8"
    )
    for worker in client.run(os.getpid):
        client.run(_begin_with, str(tmp_path), workers=[worker])
    with pytest.raises(postlint.PostlintError) as raised:
        postlint.check_documents(posts(), CONFIG, executor=client.get_executor())
    message = str(raised.value)
    assert message.startswith("a worker runs postlint 9.8.7 on Python ")
    assert f"its client runs postlint {postlint.__version__} on Python " in message
    assert "\n" not in message


def test_cancelling_leaves_nothing_to_do(client, alone):
    def stop():
        raise KeyboardInterrupt

    executor = client.get_executor()
    with pytest.raises(KeyboardInterrupt):
        postlint.check_documents(posts(), CONFIG, executor=Interfering(executor, stop))
    until = time.monotonic() + 30
    while client.run_on_scheduler(_tasks) and time.monotonic() < until:
        time.sleep(0.1)
    assert client.run_on_scheduler(_tasks) == 0
    assert postlint.check_documents(posts(), CONFIG, executor=executor).to_json() == alone


def _tasks(dask_scheduler):
    return len(dask_scheduler.tasks)


def test_the_example_of_many_sites(client, tmp_path):
    script, database = ROOT / "examples/scale/check_database.py", tmp_path / "posts.db"
    with closing(sqlite3.connect(database)) as db, db:
        db.executescript(runpy.run_path(str(script))["TABLES"])
        for site in ("a.example", "b.example"):
            db.execute("INSERT INTO sites (site, framework) VALUES (?, 'astro')", (site,))
            db.executemany("INSERT INTO posts VALUES (?, ?, ?)", [(site, *post) for post in posts(2)])
    command = [sys.executable, script, database, "--dask", client.scheduler.address]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (ran.stdout, ran.returncode) == ("2 sites checked, 2 findings, 0 errors\n", 0), ran.stderr
