"""Times postlint beside other linters on a site made here, interleaved, and prints how they compare.

usage: python benchmarks/speed.py [--posts N] [--runs N] [--peers FOLDER]… [--keep FOLDER]

A peer is run if its program is found on PATH or in one of the folders. Ratios are the median of those of each round,
postlint's time divided by the peer's: below 1 postlint is faster.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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
# What a peer is run on: the command line after its name.
FOLDER = {"rumdl": ["check", "--no-cache", "-e", "MD083,MD045,MD057,MD042,MD051"], "markdownlint-cli2": []}
BLOG = "src/content/blog"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", action="append", default=[], metavar="FOLDER", help="where peers' programs are")
    parser.add_argument("--keep", metavar="FOLDER", help="make the site there, and leave it for the next time")
    options = parser.parse_args()
    path = os.pathsep.join([*options.peers, os.environ.get("PATH", "")])
    peers = {name: found for name in FOLDER if (found := shutil.which(name, path=path))}
    with tempfile.TemporaryDirectory() as folder:
        site = Path(options.keep or folder)
        sizes = (options.posts // 10, options.posts)
        for size in sizes:
            if not (site / str(size)).exists():
                make(site / str(size), size)
        large, small = site / str(sizes[1]), site / str(sizes[0])
        postlint = [sys.executable, "-m", "postlint", "check", "--no-cache"]
        one = f"{BLOG}/week-1.md"
        everything = [(name, [peers[name], *FOLDER[name], BLOG], large) for name in peers if name == "rumdl"]
        alone = [(name, [peers[name], *FOLDER[name], one], large) for name in peers]
        tenth = f"postlint, {sizes[0]} posts"
        table(f"{sizes[1]} posts", ("postlint", [*postlint, BLOG], large), everything, options.runs)
        table("growth", ("postlint", [*postlint, BLOG], large), [(tenth, [*postlint, BLOG], small)], options.runs)
        warm = [sys.executable, "-m", "postlint", "check", "--cache-dir", str(site / "cache")]
        again = (f"postlint, {sizes[1]} posts known", [*warm, BLOG], large)
        table("one post of a known site", ("postlint", [*warm, "--index-site", one], large), [again], options.runs)
        python = ("python -c pass", [sys.executable, "-c", "pass"], large)
        table("one post", ("postlint", [*postlint, one], large), [*alone, python], options.runs * 3)


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


def table(title: str, mine: tuple[str, list[str], Path], peers: list[tuple[str, list[str], Path]], runs: int) -> None:
    commands = [mine, *peers]
    for _, command, folder in commands:
        run(command, folder)
    times: dict[str, list[float]] = {name: [] for name, _, _ in commands}
    for _ in range(runs):
        for name, command, folder in commands:
            times[name].append(run(command, folder))
    print(f"{title}, {runs} rounds")
    for name, found in times.items():
        ratio = statistics.median(m / t for m, t in zip(times[mine[0]], found, strict=True))
        print(f"  {name:24} {statistics.median(found):8.3f} s   postlint takes {ratio:5.2f} times as long")


def run(command: list[str], folder: Path) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} failed: {done.stderr[-300:]}")
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
