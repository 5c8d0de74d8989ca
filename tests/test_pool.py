"""How many processes a run takes."""

import pytest

from postlint.checking import pool


@pytest.mark.parametrize(("posts", "jobs", "count"), [(0, 2, 1), (1, 8, 1), (3, 2, 2), (0, None, 1), (499, None, 1)])
def test_workers(posts, jobs, count):
    assert pool.workers(posts, jobs) == count


@pytest.mark.parametrize(("system", "alone", "most"), [("linux", 499, 4), ("darwin", 999, 2), ("win32", 999, 2)])
def test_more_workers_where_they_start_fast(monkeypatch, system, alone, most):
    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr(pool, "_processors", lambda: 8)
    assert pool.workers(alone, None) == 1
    assert pool.workers(alone + 1, None) == 2
    assert pool.workers(1000, None) == most
