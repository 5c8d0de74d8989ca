"""The walker of built HTML: what it calls dead in a folder, and what it leaves alone."""

import json
import subprocess
import sys
from pathlib import Path

from conftest import write_files

SCRIPT = Path(__file__).parent.parent / "scripts" / "walk_html.py"


def walk(folder: Path, *options: str) -> list[tuple[str, str, str, str]]:
    """Page, attribute, address and reason of each dead address."""
    done = subprocess.run(
        [sys.executable, SCRIPT, folder, "--format", "jsonl", *options],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == (1 if found else 0), done.stderr
    return [(each["page"], each["attribute"], each["address"], each["reason"]) for each in found]


def test_dead_addresses(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "index.html": '<img src="a.png"><img src="A.png"><img srcset="a.png 1x, b.png 2x"><a href="/post">post</a>'
            '<a href="post/#there">x</a><a href="/post/#gone">x</a><a href="page">x</a><a href="gone/">x</a>',
            "post/index.html": '<h2 id="there">x</h2><a href="../">up</a><a href="#there">x</a><a href="#gone">x</a>'
            '<img src="a.png"><img src="a.png"><video poster="/p.png" src="/a.png"></video>',
            "page.html": '<a name="old"></a><a href="#old">x</a><a href="#">x</a><a href="#top">x</a>',
            "a.png": b"",
        },
    )
    assert walk(tmp_path) == [
        ("index.html", "src", "A.png", "no file"),
        ("index.html", "srcset", "b.png", "no file"),
        ("index.html", "href", "/post/#gone", "no id"),
        ("index.html", "href", "gone/", "no file"),
        ("post/index.html", "href", "#gone", "no id"),
        ("post/index.html", "src", "a.png", "no file"),
        ("post/index.html", "poster", "/p.png", "no file"),
    ]


def test_other_hosts_are_left_alone_and_the_own_one_is_not(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "index.html": '<a href="https://example.org/gone">x</a><a href="https://example.com/gone">x</a>'
            '<a href="mailto:a@example.org">x</a><img src="data:image/png;base64,AA"><a href="//example.com/x">x</a>'
            '<link rel="preconnect" href="/none">'
        },
    )
    assert walk(tmp_path) == []
    assert walk(tmp_path, "--origin", "https://example.org/") == [
        ("index.html", "href", "https://example.org/gone", "no file")
    ]


def test_a_folder_below_a_path(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "index.html": '<a href="/docs/b/">x</a><a href="/docs">x</a><a href="/b/">x</a><a href="b/">x</a>',
            "b/index.html": '<base href="/docs/"><a href="b/">x</a><a href="%C3%A9.txt">x</a><a href="c/">x</a>',
            "é.txt": "",
        },
    )
    assert walk(tmp_path, "--base", "/docs/") == [
        ("b/index.html", "href", "c/", "no file"),
        ("index.html", "href", "/b/", "no file"),
    ]


def test_text_for_people(tmp_path: Path) -> None:
    write_files(tmp_path, {"index.html": '<p>\n<img src="a.png">'})
    done = subprocess.run([sys.executable, SCRIPT, tmp_path], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, "index.html:2: <img src> a.png: no file\n")
