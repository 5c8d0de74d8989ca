"""Times postlint beside other linters and an earlier build of itself, one row of docs/performance.md per command.

usage: python benchmarks/speed.py ROW [--before POSTLINT] [--peers FOLDER]… [--posts N] [--runs N] [--keep FOLDER] [SITE…]

ROW is one of: sites (the SITEs, cold), cold, unchanged, changed, retitled, staged, next-staged, one, memory, growth.
`--before` is the program of an earlier build. A peer is run if its program is found on PATH or in one of the folders. The
runs of all programs are interleaved. A ratio is the median of those of each round, postlint's time divided by the other's:
below 1 postlint is faster.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

POST = """\
---
title: 'Notes from week {n}'
slug: 'week-{n}'
description: 'What I read, built and broke in week {n}, with pictures and more links than anybody will open.'
pubDate: 2024-{month:02}-{day:02}
tags: [notes, week, reading]
category: blog
coverImage: '/images/{n}/cover.jpg'
---

It was a week of small repairs — the kind nobody sees, and everybody feels when they are missing.

## What I read

{prose}

> {prose}

![The view from my desk](/images/{n}/desk.jpg)

## What I built

{prose}

{prose}

- A [small tool](https://example.com/tool/{n}) that renames photographs
- **Three** drafts of one letter
- A shelf, which holds 🚀

## What I broke

{prose}

![A broken cup](/images/{n}/cup.jpg)

{damage}
"""
PROSE = (
    "Some days a post is a list of things that went wrong, and the author's only wish is that the next reader loses "
    "less time than he did. I wrote down what I tried, in what order, and why I gave up on the first two attempts; the "
    "third one worked, although I can’t say for certain that I understand it. If you know better, write to me."
)
NAMES = ("cover.jpg", "desk.jpg", "cup.jpg")
BLOG = "src/content/blog"
ONE = f"{BLOG}/week-1.md"
GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")


class Cost(NamedTuple):
    """What one run took: CPU and wall seconds, and the largest memory of one of its processes in MB."""

    cpu: float
    wall: float
    memory: float


class Program(NamedTuple):
    """A command line, where it runs, and what to do right before each run."""

    name: str
    command: list[str]
    folder: Path
    before: Callable[[], object] = lambda: None


class Bench:
    """The programs to compare, and the folder for the sites that they are run on."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        self.runs: int = options.runs
        self.posts: int = options.posts
        self.sites = [Path(site).resolve() for site in options.sites]
        self._folder = folder
        self._path = os.pathsep.join([*options.peers, os.environ.get("PATH", "")])
        self._mine = {"postlint": [str(Path(sys.executable).with_name("postlint"))]}
        if options.before:
            self._mine["before"] = [options.before]

    def site(self, posts: int) -> Path:
        if not (self._folder / str(posts)).exists():
            make(self._folder / str(posts), posts)
        return self._folder / str(posts)

    def mine(
        self, folder: Path, *arguments: str, cached: bool = False, edit: Callable[[], object] = lambda: None
    ) -> list[Program]:
        """postlint, and the build before. With `cached`, each has a cache of its own; `edit` is done before each run."""
        out = []
        for name, command in self._mine.items():
            cache = ("--cache-dir", str(self._folder / f"cache-{name}")) if cached else ("--no-cache",)
            out.append(Program(name, [*command, "check", *cache, *arguments], folder, edit))
        return out

    def peer(self, name: str, folder: Path, *arguments: str) -> list[Program]:
        found = shutil.which(name, path=self._path)
        return [Program(" ".join([name, *arguments[:1]]), [found, *arguments], folder)] if found else []

    def table(self, title: str, programs: list[Program], warm_up: int = 1) -> None:
        for program in programs * warm_up:
            run(program)
        costs: dict[str, list[Cost]] = {program.name: [] for program in programs}
        for _ in range(self.runs):
            for program in programs:
                costs[program.name].append(run(program))
        print(f"{title}, {self.runs} rounds")
        mine = costs[programs[0].name]
        for name, found in costs.items():
            cpu, wall = (statistics.median(m[n] / t[n] for m, t in zip(mine, found, strict=True)) for n in (0, 1))
            said = "" if found is mine else f"   postlint takes {cpu:5.2f} times the CPU, {wall:5.2f} times the time"
            used, took = (statistics.median(cost[n] for cost in found) for n in (0, 1))
            memory = max(cost.memory for cost in found)
            print(f"  {name:24} {used:8.3f} s CPU {took:8.3f} s {memory:6.0f} MB{said}")


def sites(bench: Bench) -> None:
    for site in bench.sites:
        bench.table(
            f"{site.name}, cold",
            [*bench.mine(site, "--isolated"), *bench.peer("rumdl", site, "check", "--no-cache", ".")],
        )


def cold(bench: Bench) -> None:
    site = bench.site(bench.posts)
    bench.table(
        f"{bench.posts} posts, cold", [*bench.mine(site), *bench.peer("rumdl", site, "check", "--no-cache", BLOG)]
    )


def unchanged(bench: Bench) -> None:
    site = bench.site(bench.posts)
    cache = ("--cache-dir", str(bench.site(bench.posts).parent / "cache-rumdl"))
    # A run keeps its report once everything is older than two seconds.
    time.sleep(2.5)
    programs = [*bench.mine(site, cached=True), *bench.peer("rumdl", site, "check", *cache, BLOG)]
    bench.table(f"{bench.posts} posts, nothing changed", programs, warm_up=2)


def changed(bench: Bench) -> None:
    """The text of a post changes."""
    site = bench.site(bench.posts)
    bench.table(
        f"{bench.posts} posts, one changed", bench.mine(site, cached=True, edit=_changer(site / ONE)), warm_up=2
    )


def retitled(bench: Bench) -> None:
    """The title of a post changes, which other posts can see."""
    site = bench.site(bench.posts)
    edit = _changer(site / ONE, title=True)
    bench.table(f"{bench.posts} posts, one with another title", bench.mine(site, cached=True, edit=edit), warm_up=2)


def staged(bench: Bench) -> None:
    """The hook runs again, after the text of the staged post changed."""
    site = _committed(bench)

    def stage() -> None:
        _changer(site / ONE)()
        _git(site, "add", ONE)

    programs = bench.mine(site, "--staged", "--index-site", ONE, cached=True, edit=stage)
    bench.table(f"one staged post of {bench.posts}, changed again", programs, warm_up=2)
    _git(site, "reset", "-q", "--hard")


def next_staged(bench: Bench) -> None:
    """The hook runs for another post each time."""
    site, numbers = _committed(bench), iter(range(bench.posts))

    def stage() -> None:
        _git(site, "reset", "-q", "--hard")
        post = f"{BLOG}/week-{next(numbers)}.md"
        _changer(site / post)()
        _git(site, "add", post)

    bench.table(
        f"another staged post of {bench.posts}", bench.mine(site, "--staged", cached=True, edit=stage), warm_up=2
    )
    _git(site, "reset", "-q", "--hard")


def _committed(bench: Bench) -> Path:
    site = bench.site(bench.posts)
    if not (site / ".git").exists():
        for command in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "all")):
            _git(site, *command)
    _git(site, "reset", "-q", "--hard")
    return site


def _git(site: Path, *command: str) -> None:
    subprocess.run([*GIT, *command], cwd=site, check=True)


def one(bench: Bench) -> None:
    site = bench.site(bench.posts)
    python = Program("python -c pass", [sys.executable, "-c", "pass"], site)
    others = bench.peer("markdownlint-cli2", site, ONE), bench.peer("rumdl", site, "check", "--no-cache", ONE)
    bench.table("one post", [*bench.mine(site, ONE), python, *(each for other in others for each in other)], warm_up=2)


def memory(bench: Bench) -> None:
    bench.table(f"{bench.posts} posts, memory of the largest process", bench.mine(bench.site(bench.posts)))


def growth(bench: Bench) -> None:
    """CPU seconds for each thousand posts at three sizes."""
    found = {}
    for size in (bench.posts // 10, bench.posts, 5 * bench.posts):
        (program, *_) = bench.mine(bench.site(size), "--jobs", "1")
        run(program)
        found[size] = statistics.median(run(program).cpu for _ in range(bench.runs))
    least = found[bench.posts // 10]
    for size, cpu in found.items():
        ratio = cpu / size / (least / (bench.posts // 10))
        print(
            f"  {size:6} posts {cpu:8.3f} s CPU, {1000 * cpu / size:6.3f} s for 1000 posts, {ratio:5.2f} times the least"
        )


def _changer(post: Path, title: bool = False) -> Callable[[], None]:
    """What changes the text of a post, or its title."""

    def change() -> None:
        text = post.read_text("utf-8").partition("\nEdit ")[0]
        if title:
            text = re.sub("^title: .*", f"title: 'Notes of {time.time_ns()}'", text, count=1, flags=re.MULTILINE)
        post.write_text(f"{text}\nEdit {time.time_ns()}.\n", "utf-8")

    return change


def make(root: Path, posts: int) -> None:
    """An Astro site with a blog; one post in ten has text that was read in a wrong encoding."""
    (root / BLOG).mkdir(parents=True)
    (root / "astro.config.mjs").write_text("export default {}\n")
    (root / "package.json").write_text('{"dependencies": {"astro": "5"}}\n')
    for n in range(posts):
        damage = "Now â€” then." if n % 10 == 0 else f"Until week {n + 1}."
        text = POST.format(n=n, month=n % 12 + 1, day=n % 28 + 1, prose=PROSE, damage=damage)
        (root / BLOG / f"week-{n}.md").write_text(text, encoding="utf-8")
        images = root / "public/images" / str(n)
        images.mkdir(parents=True)
        for name in NAMES:
            (images / name).touch()


def run(program: Program) -> Cost:
    program.before()
    start = time.perf_counter()
    process = subprocess.Popen(
        program.command, cwd=program.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    # With what its own children used.
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(program.command)} failed with status {process.returncode}")
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Cost(used.ru_utime + used.ru_stime, wall, kilobytes / 1024)


ROWS = (sites, cold, unchanged, changed, retitled, staged, next_staged, one, memory, growth)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    rows = {row.__name__.replace("_", "-"): row for row in ROWS}
    parser.add_argument("row", choices=rows)
    parser.add_argument("sites", nargs="*", metavar="SITE", help="for the row `sites`: folders of real sites")
    parser.add_argument("--before", metavar="POSTLINT", help="the program of an earlier build")
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", action="append", default=[], metavar="FOLDER", help="where peers' programs are")
    parser.add_argument("--keep", metavar="FOLDER", help="make the site there, and leave it for the next time")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows[options.row](Bench(options, Path(options.keep or folder).resolve()))


if __name__ == "__main__":
    main()
