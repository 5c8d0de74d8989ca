"""The first real post that postlint was made for, and one of the same kind: what must come out, to the column."""

import os
import subprocess
from typing import NamedTuple

import pytest
from conftest import BARE_ASTRO, environment, write_files

LONG = "The keeper climbs the stairs twice a night and writes down what the wind has done since supper " * 2


class Case(NamedTuple):
    """A post, its name without extension, and where its damage is: line, column, end column; lines of lost images."""

    name: str
    data: bytes
    mojibake: list[tuple[int, int, int]]
    images: list[tuple[int, int, int]]


def own():
    """A post with the same kinds of damage; ⟦ and ⟧ stand around what must be found, ⟪ and ⟫ around lost images."""
    slug = "a-week-at-the-lighthouse"
    marked = (
        "---\n"
        "title: 'A week at the lighthouse'\n"
        f"slug: '{slug}'\n"
        "pubDate: 2024-03-09\n"
        "tags: [sea, travel]\n"
        "featured: true\n"
        f"coverImage: '/images/posts/{slug}/tower.jpg'\n"
        "---\n"
        "\n"
        f"![The tower](/images/posts/{slug}/tower.jpg)\n"
        "\n"
        f"{LONG}⟦â€”⟧ and it was worth it.\n"
        "\n"
        f"![The stairs](⟪/images/posts/{slug}/stairs.jpg⟫)\n"
        "\n"
        "The lamp ⟦â€”⟧ a small one ⟦â€”⟧ is lit at dusk, 90+ miles/day away.\n"
        "\n"
        f"![The keeper](⟪/images/posts/{slug}/keeper.jpg⟫)\n"
        "\n"
        "> Fish again ⟦â€”⟧ said the keeper.\n"
        "\n"
        "- **Next year** ⟦â€”⟧ perhaps\n"
        "\n"
        "Thank you for reading! ⟦ðŸš€⟧\n"
    )
    mojibake, images, lines = [], [], []
    for number, line in enumerate(marked.splitlines(keepends=True), 1):
        for opening, closing, found in (("⟦", "⟧", mojibake), ("⟪", "⟫", images)):
            while opening in line:
                start, end = line.index(opening), line.index(closing) - 1
                found.append((number, start + 1, end + 1))
                line = line.replace(opening, "", 1).replace(closing, "", 1)
        lines.append(line)
    return Case(slug, "".join(lines).encode(), mojibake, images)


@pytest.fixture(params=["own", "seed"])
def case(request):
    if request.param == "own":
        return own()
    (file,) = (request.getfixturevalue("shared") / "seed").glob("*.md")
    mojibake = [(26, 237, 240), (34, 77, 80), (38, 28, 31), (46, 109, 112), (57, 86, 89), (61, 67, 71)]
    images = [(30, 48, 120), (42, 28, 100)]
    return Case(file.stem, file.read_bytes(), mojibake, images)


def repaired(data):
    """What must be left of the post: its six runs mended, every other byte as it was."""
    fixed = data.replace("â€”".encode(), "—".encode()).replace("ðŸš€".encode(), "🚀".encode())
    assert data.count("â€”".encode()) == 5
    assert data.count("ðŸš€".encode()) == 1
    return fixed


def places(ran, rule):
    return [
        (d["start"]["line"], d["start"]["column"], d["end"]["column"])
        for d in ran.report["diagnostics"]
        if d["rule"] == rule and d["start"]["line"] == d["end"]["line"]
    ]


@pytest.fixture
def site(case, tmp_path):
    """A bare Astro layout with the post and one of its three images."""
    (cover,) = [word for word in case.data.decode().split("'") if word.startswith("/images/")]
    write_files(tmp_path, {**BARE_ASTRO, f"public{cover}": b"", f"src/content/blog/{case.name}.md": case.data})
    return tmp_path


def test_in_its_site(postlint, case, site):
    ran = postlint("check", "--output-format", "json")
    assert ran.status == 1
    assert places(ran, "mojibake") == case.mojibake
    assert places(ran, "image-missing") == case.images
    assert len(ran.report["diagnostics"]) == 8, "nothing else"
    assert ran.report["summary"] == {"files": 1, "errors": 8, "warnings": 0, "fixable": 6}
    lines = case.data.decode().split("\n")
    for d in ran.report["diagnostics"]:
        assert d["path"] == f"src/content/blog/{case.name}.md"
        start, end = d["start"]["offset"], d["end"]["offset"]
        assert start == sum(len(line) + 1 for line in lines[: d["start"]["line"] - 1]) + d["start"]["column"] - 1
        if d["rule"] == "mojibake":
            written = case.data.decode()[start:end]
            content = {"â€”": "—", "ðŸš€": "🚀"}[written]
            assert d["fix"]["applicability"] == "safe"
            assert d["fix"]["edits"] == [{"start": start, "end": end, "content": content}]


@pytest.mark.parametrize("form", ["LF", "CRLF", "BOM and no final newline"])
def test_repairs_change_nothing_else(postlint, case, site, form):
    data = case.data
    if "BOM" in form:
        data = b"\xef\xbb\xbf" + data
    if "CRLF" in form:
        data = data.replace(b"\n", b"\r\n")
    if "no final newline" in form:
        data = data.rstrip(b"\r\n")
    path = site / "src/content/blog" / f"{case.name}.md"
    path.write_bytes(data)
    path.chmod(0o640)

    diff = postlint("check", "--diff")
    assert diff.status == 1
    assert path.read_bytes() == data, "--diff writes nothing"

    fixed = postlint("check", "--fix", "--output-format", "json")
    assert path.read_bytes() == repaired(data)
    assert path.stat().st_mode & 0o777 == 0o640
    assert [d["rule"] for d in fixed.report["diagnostics"]] == ["image-missing", "image-missing"]
    assert os.listdir(path.parent) == [path.name], "no temporary file is left"

    path.write_bytes(data)
    subprocess.run(
        ["git", "apply", "-"],
        cwd=site,
        input=diff.raw,
        env=environment(site),
        check=True,
        timeout=180,
        capture_output=True,
    )
    assert path.read_bytes() == repaired(data), "the diff is what --fix does"


@pytest.mark.parametrize("name", ["post.md", "{}.md"])
@pytest.mark.parametrize("how", ["file", "folder", "standard input"])
def test_alone(postlint, case, tmp_path, name, how):
    name = name.format(case.name)
    if how == "standard input":
        ran = postlint("check", "--output-format", "json", "--stdin-filename", name, "-", stdin=case.data)
    else:
        (tmp_path / name).write_bytes(case.data)
        ran = postlint("check", "--output-format", "json", name if how == "file" else ".")
    assert places(ran, "mojibake") == case.mojibake
    assert len(ran.report["diagnostics"]) == 6, "nothing is said of images whose place is not known"
    assert {d["path"] for d in ran.report["diagnostics"]} == {name}
