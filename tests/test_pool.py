"""How many processes a run takes."""

import pytest

from postlint.checking import pool


@pytest.mark.parametrize(("posts", "jobs", "count"), [(0, 2, 1), (1, 8, 1), (3, 2, 2), (0, None, 1), (999, None, 1)])
def test_workers(posts, jobs, count):
    assert pool.workers(posts, jobs) == count
