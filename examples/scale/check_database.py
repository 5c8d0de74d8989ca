"""Check the posts of many sites, kept in a SQLite database, with any concurrent.futures.Executor.

Each worker reads the posts of a few sites from the database itself, and only findings come back. Sites that were checked
are marked, so a run that was interrupted goes on with the others.
"""

import argparse
import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import closing
from typing import NamedTuple

import postlint

SITES_AT_ONCE = 20
TABLES = """
CREATE TABLE IF NOT EXISTS sites (site TEXT PRIMARY KEY, framework TEXT NOT NULL, checked INTEGER NOT NULL DEFAULT 0,
                                  error TEXT);
CREATE TABLE IF NOT EXISTS posts (site TEXT, path TEXT, content BLOB NOT NULL, PRIMARY KEY (site, path));
CREATE TABLE IF NOT EXISTS findings (site TEXT, path TEXT, line INTEGER, rule TEXT, severity TEXT, message TEXT);
"""


class Result(NamedTuple):
    """The findings in one site as rows, or the error that kept it from being checked."""

    site: str
    rows: list[tuple[str, str, int, str, str, str]]
    error: str | None = None


def check_sites(database: str, sites: Sequence[tuple[str, str]]) -> list[Result]:
    """In a worker: check each (site, framework)."""
    with closing(sqlite3.connect(database, timeout=60)) as db:
        return [check_site(db, site, framework) for site, framework in sites]


def check_site(db: sqlite3.Connection, site: str, framework: str) -> Result:
    posts = db.execute("SELECT path, content FROM posts WHERE site = ? ORDER BY path", (site,))
    try:
        report = postlint.check_documents(posts, postlint.Config(framework=framework))
    except postlint.PostlintError as error:
        return Result(site, [], str(error))
    return Result(site, [(site, d.path, d.start.line, d.rule, d.severity.value, d.message) for d in report.diagnostics])


def check_database(database: str, executor: Executor) -> Iterator[Result]:
    """Check all sites that are not marked yet, and store what is found."""
    with closing(sqlite3.connect(database, timeout=60)) as db:
        db.executescript(TABLES)
        sites = db.execute("SELECT site, framework FROM sites WHERE NOT checked ORDER BY site").fetchall()
        batches = [sites[at : at + SITES_AT_ONCE] for at in range(0, len(sites), SITES_AT_ONCE)]
        waiting: set[Future[list[Result]]] = {executor.submit(check_sites, database, batch) for batch in batches}
        try:
            for future in as_completed(waiting):
                waiting.remove(future)  # its findings are not needed once they are stored
                for result in future.result():
                    store(db, result)
                    yield result
        finally:
            for future in waiting:
                future.cancel()


def store(db: sqlite3.Connection, result: Result) -> None:
    with db:
        db.execute("DELETE FROM findings WHERE site = ?", (result.site,))
        db.executemany("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?)", result.rows)
        db.execute("UPDATE sites SET checked = 1, error = ? WHERE site = ?", (result.error, result.site))


def main() -> None:
    parser = argparse.ArgumentParser(description="Check the posts of many sites, kept in a SQLite database.")
    parser.add_argument("database")
    parser.add_argument("--again", action="store_true", help="check the sites that were checked before, too")
    parser.add_argument("--dask", metavar="ADDRESS", help="the scheduler of a Dask cluster; without it, processes here")
    given = parser.parse_args()
    if given.again:
        with closing(sqlite3.connect(given.database)) as db, db:
            db.execute("UPDATE sites SET checked = 0")
    if given.dask:
        from distributed import Client

        with Client(given.dask) as client:
            report(check_database(given.database, client.get_executor()))
    else:
        with ProcessPoolExecutor() as executor:
            report(check_database(given.database, executor))


def report(results: Iterator[Result]) -> None:
    sites = findings = errors = 0
    for result in results:
        sites += 1
        findings += len(result.rows)
        errors += result.error is not None
    print(f"{sites} sites checked, {findings} findings, {errors} errors")


if __name__ == "__main__":
    main()
