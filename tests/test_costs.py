"""What a run costs, counted and not timed. Each bound is a little above the value of today."""

import json
import os
import pickle
import subprocess
import sys
import time

import pytest
from conftest import BARE_ASTRO, CLEAN, PATIENCE, POST, environment, write_files

from postlint.checking import cache, stored_report, transport
from postlint.checking.checker import Checker
from postlint.files.files import Files
from postlint.projects.project import in_memory
from postlint.settings import Config

# Runs postlint with the arguments of the process and prints as JSON what it counted.
COUNT = """
import contextlib, io, json, os, re, sys
from re import _compiler
counts = dict.fromkeys(("stat", "lstat", "scandir", "listdir", "patterns"), 0)

def count(holder, attribute, name):
    original = getattr(holder, attribute)
    def counted(*args, **kwargs):
        counts[name] += 1
        return original(*args, **kwargs)
    setattr(holder, attribute, counted)

for name in ("stat", "lstat", "scandir", "listdir"):
    count(os, name, name)
count(_compiler, "compile", "patterns")
from postlint import cli
with contextlib.redirect_stdout(io.StringIO()) as out:
    try:
        status = cli.main(sys.argv[1:])
    except SystemExit as end:
        status = end.code
modules = sum(1 for name in sys.modules if name.partition(".")[0] == "postlint")
print(json.dumps(counts | {"modules": modules, "status": status or 0, "out": out.getvalue()}))
"""


def costs(root, *arguments, cache="--no-cache"):
    done = subprocess.run(
        [sys.executable, "-c", COUNT, "check", cache, "--jobs", "1", *arguments],
        cwd=root,
        env=environment(root),
        capture_output=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert found["status"] == 0, found["out"]
    return found


def test_one_clean_post(tmp_path):
    # A repository, so that the folders above, which may hold anything, are not looked at.
    found = costs(write_files(tmp_path, {**BARE_ASTRO, POST: CLEAN, ".git/HEAD": ""}), POST)
    assert found["modules"] <= 210
    assert found["patterns"] <= 260
    assert found["stat"] <= 55
    assert found["lstat"] <= 12 * (len(tmp_path.parts) + 3)
    assert found["scandir"] <= 20


def hugo(folders):
    posts = {
        f"content/posts/{at}/index.md": f"---\ntitle: Post {at}\ndate: 2024-01-02\n---\n\nText.\n" for at in folders
    }
    return {"hugo.toml": "baseURL = 'https://example.org/'\n", **posts}


def jekyll(folders):
    posts = {f"{at}/_posts/2024-01-02-post-{at}.md": f"---\ntitle: Post {at}\n---\n\nText.\n" for at in folders}
    return {"_config.yml": "permalink: /:title/\n", "Gemfile": "gem 'jekyll'\n", **posts}


def bare(folders):
    return {f"posts/{at}/post.md": f"---\ntitle: Post {at}\ndate: 2024-01-02\n---\n\nText.\n" for at in folders}


# For each post: questions about one path, folders whose real path is asked for, and listings.
@pytest.mark.parametrize(
    ("site", "stats", "real_paths", "listings"), [(hugo, 0, 1, 3), (jekyll, 0, 3, 6), (bare, 1, 2, 2)]
)
def test_the_disk_is_asked_a_few_questions_for_each_folder(tmp_path, site, stats, real_paths, listings):
    few = costs(write_files(tmp_path / "few", site(range(100))))
    many = costs(write_files(tmp_path / "more", site(range(100, 400))))
    posts = 200
    depth = len(tmp_path.parts) + 4
    assert many["stat"] - few["stat"] <= stats * posts + 20
    assert many["lstat"] - few["lstat"] <= real_paths * depth * posts + 20
    assert many["scandir"] - few["scandir"] <= listings * posts + 20
    assert many["patterns"] - few["patterns"] <= 2
    assert many["modules"] - few["modules"] <= 2


def test_nothing_changed(tmp_path):
    root = write_files(tmp_path, {**hugo(range(1000)), ".git/HEAD": ""})
    # A report is kept once everything is older than one tick of the disk's clock.
    time.sleep(2.1)
    whole = costs(root, cache="--color=never")
    found = costs(root, cache="--color=never")
    assert found["out"] == whole["out"]
    # One question for each post, and for its folder.
    assert found["stat"] <= 2 * 1000 + 300
    # Most are of postlint's own folders, so each framework adds one.
    assert found["scandir"] <= 76
    assert found["modules"] <= 40
    assert whole["modules"] > 150


def test_one_post_changed(main, write, monkeypatch):
    root = write({**hugo(range(200)), ".git/HEAD": ""})
    for module in (cache, stored_report):
        monkeypatch.setattr(module, "_YOUNG", 0)
    main("check", cwd=root)
    calls = []
    for holder, name in (
        (Checker, "check"),
        (Checker, "check_site"),
        (transport, "decode"),
        (Files, "entries"),
        (os, "scandir"),
    ):
        original = getattr(holder, name)
        monkeypatch.setattr(
            holder, name, lambda *rest, original=original, name=name: calls.append(name) or original(*rest)
        )
    (root / "content/posts/7/index.md").write_text("---\ntitle: Post 7\ndate: 2024-01-02\n---\n\nOther text.\n")
    assert main("check", cwd=root).status == 0
    # One post is checked, and the outcome of no other is read.
    assert calls.count("check") == 1
    assert not {"check_site", "decode", "entries"} & {*calls}
    assert calls.count("scandir") <= 120


MANY = """
from postlint import Edit, Finding, Fix, Rule, Severity, Span


class Letters(Rule):
    \"\"\"Writes a letter in place of each digit.\"\"\"

    severity = Severity.WARNING

    def check(self, post):
        for at, digit in enumerate(post.text.value):
            if digit in "789":
                write = "\ufffd" if digit == "9" else "x"
                yield Finding(Span(at, at + 1), f"{digit} is a digit", fix=Fix("Write it", (Edit(at, at + 1, write),)))
"""


def test_one_harmful_fix_among_many(main, astro, monkeypatch):
    text = CLEAN + "7" * 300 + "9" + "8" * 300 + "\n"
    root = astro({"postlint.toml": 'plugins = ["rules.py:Letters"]\n', "rules.py": MANY, POST: text})
    calls = []
    original = Checker.outcome
    monkeypatch.setattr(Checker, "outcome", lambda *rest: calls.append(1) or original(*rest))
    assert main("check", "--fix", cwd=root).status == 1
    assert (root / POST).read_text("utf-8") == text.replace("7", "x").replace("8", "x")
    assert len(calls) <= 40


POSTS = [f"---\ntitle: Post {n}\npubDate: 2024-01-02\ntags: [a, b]\n---\n\nText, ![a](/a.png).\n" for n in range(20)]


def test_rule_calls_for_clean_posts():
    checker = Checker(in_memory(Config(framework="astro"), [POST], {}))
    calls = []
    for rule in checker.rules:
        for name in ("check", "note"):
            if hasattr(rule, name):
                original = getattr(rule, name)
                setattr(rule, name, lambda post, original=original: calls.append(1) or original(post))
    for text in POSTS:
        assert checker.check(POST, text.encode()).diagnostics == ()
    assert len(calls) <= 39 * len(POSTS)


def test_bytes_that_a_worker_returns_for_clean_posts():
    checker = Checker(in_memory(Config(framework="astro"), [POST], {}))
    packed = transport.pack(checker.check(POST, text.encode()) for text in POSTS)
    assert len(packed) <= 520 * len(POSTS)


def test_bytes_that_a_worker_returns_for_the_cache():
    checker = Checker(in_memory(Config(framework="astro"), [POST], {}))
    answers = transport.check(checker, [transport.Task(POST, text.encode()) for text in POSTS], None)
    assert len(pickle.dumps(answers)) <= 680 * len(POSTS)
