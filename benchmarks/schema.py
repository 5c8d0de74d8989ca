"""Times what a schema costs, and postlint beside remark-lint-frontmatter-schema with the same posts and schema.

usage: python benchmarks/schema.py [--posts N] [--runs N] [--peers FOLDER]

FOLDER is a `node_modules` with remark-cli, remark-frontmatter and remark-lint-frontmatter-schema. Processor time of all
processes is counted, so that a busy machine matters little. Ratios are the median of those of each round.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from speed import BLOG, make

MODEL = """
from typing import Literal

from pydantic import Field

import postlint


class BlogPost(postlint.Post):
    title: str = Field(max_length=300)
    slug: postlint.Slug | None = None
    description: str | None = None
    pub_date: postlint.PublishedDate = Field(alias="pubDate")
    updated_date: postlint.UpdatedDate | None = Field(None, alias="updatedDate")
    tags: postlint.Tags = []
    category: Literal["blog", "notes"] = "blog"
    cover: postlint.ImagePath | None = Field(None, alias="coverImage")
    author: str | None = None
    rating: int | None = Field(None, ge=1, le=5)
    draft: bool = False
    links: dict[str, str] = {}
"""
CONFIG = '[[collections]]\nname = "blog"\ninclude = ["src/content/blog/**"]\nschema = "{schema}"\n'
POSTLINT = [sys.executable, "-m", "postlint", "check", "--no-cache", "--jobs", "1"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--peers", type=Path, metavar="FOLDER", help="where remark is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder, "large"), Path(folder, "small")
        make(large, options.posts)
        make(small, options.posts // 10)
        for site in (large, small):
            (site / "schemas.py").write_text(MODEL)
            (site / "model.toml").write_text(CONFIG.format(schema="schemas.py:BlogPost"))
            (site / "json.toml").write_text(CONFIG.format(schema="post.schema.json"))
            printed = subprocess.run(
                [sys.executable, "-m", "postlint", "schema", "--config", "model.toml"], cwd=site, capture_output=True
            )
            # remark reads a date as text, and knows no role that is in two forms.
            (site / "post.schema.json").write_bytes(printed.stdout)
            plugins = [
                "remark-frontmatter",
                ["remark-lint-frontmatter-schema", {"schemas": {"./post.schema.json": ["./src/**/*.md"]}}],
            ]
            (site / ".remarkrc.json").write_text(json.dumps({"plugins": plugins}))
        without = [*POSTLINT, BLOG]
        model, stated = ([*POSTLINT, "--config", f"{name}.toml", BLOG] for name in ("model", "json"))
        commands = {"without a schema": without, "with a model": model, "with JSON Schema": stated}
        table(f"{options.posts} posts", large, commands, options.runs)
        if options.peers:
            (small / "node_modules").symlink_to(options.peers.resolve())
            remark = [str(options.peers / ".bin" / "remark"), BLOG, "--quiet", "--no-stdout"]
            commands = {"remark": remark, "the schema alone": [*stated, "--select", "schema"], "all rules": stated}
            table(f"{options.posts // 10} posts", small, commands, options.runs)


def table(title: str, folder: Path, commands: dict[str, list[str]], runs: int) -> None:
    """Times each command in turn, and prints medians and their ratios to the first."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(run(command, folder))
    print(f"{title}, {runs} rounds, processor time")
    first = next(iter(times.values()))
    for name, found in times.items():
        ratio = statistics.median(mine / theirs for mine, theirs in zip(found, first, strict=True))
        print(f"  {name:20} {statistics.median(found):8.2f} s   {ratio:6.3f}")


def run(command: list[str], folder: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} failed: {done.stderr[-300:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
