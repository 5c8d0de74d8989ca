"""The example of many sites in a database: every executor stores the same findings, and a run can be continued."""

import runpy
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from conftest import CLEAN, DAMAGED, ROOT

SCRIPT = ROOT / "examples/scale/check_database.py"
EXAMPLE = runpy.run_path(str(SCRIPT))


@pytest.fixture
def database(tmp_path):
    path = str(tmp_path / "posts.db")
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(EXAMPLE["TABLES"])
        for number in range(50):
            site = f"site{number:02}.example"
            db.execute("INSERT INTO sites (site, framework) VALUES (?, ?)", (site, "hugo" if number % 2 else "astro"))
            posts = [(site, f"content/{n}.md", (DAMAGED if n == 1 else CLEAN).encode()) for n in range(3)]
            db.executemany("INSERT INTO posts VALUES (?, ?, ?)", posts)
        db.execute("INSERT INTO sites (site, framework) VALUES ('wrong.example', 'nonsense')")
    return path


def read(path, question):
    with closing(sqlite3.connect(path)) as db:
        return db.execute(question).fetchall()


def run(*arguments):
    ran = subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def test_findings_are_stored(database):
    with ThreadPoolExecutor(2) as executor:
        results = list(EXAMPLE["check_database"](database, executor))
    assert len(results) == 51
    found = read(database, "SELECT site, path, rule FROM findings ORDER BY site")
    assert found == [(f"site{n:02}.example", "content/1.md", "mojibake") for n in range(50)]
    ((error,),) = read(database, "SELECT error FROM sites WHERE site = 'wrong.example'")
    assert "nonsense" in error
    assert read(database, "SELECT COUNT(*) FROM sites WHERE NOT checked") == [(0,)]


def test_an_interrupted_run_is_continued_by_processes(database):
    with ThreadPoolExecutor(1) as executor:
        started = EXAMPLE["check_database"](database, executor)
        for _ in range(5):
            next(started)
        started.close()
    ((left,),) = read(database, "SELECT COUNT(*) FROM sites WHERE NOT checked")
    assert left > 40
    assert run(database).startswith(f"{left} sites checked, ")
    assert run(database) == "0 sites checked, 0 findings, 0 errors\n"
    assert run(database, "--again") == "51 sites checked, 50 findings, 1 errors\n"
    assert len(read(database, "SELECT * FROM findings")) == 50
