"""Which files a site has: exact case, never outside the root."""

import os

import pytest

from postlint.files.files import Files, MemoryFiles


@pytest.fixture
def root(tmp_path):
    site = tmp_path / "site"
    for path in ("public/Hero.PNG", "public/a b.png", "public/sub/x.png", "public/caf\u00e9.png"):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(b"")
    (tmp_path / "secret.png").write_bytes(b"")
    return site


@pytest.mark.parametrize(
    ("path", "status", "actual"),
    [
        ("public/Hero.PNG", "ok", "public/Hero.PNG"),
        ("public/hero.png", "case", "public/Hero.PNG"),
        ("Public/sub/X.png", "case", "public/sub/x.png"),
        ("public/./sub/../sub/x.png", "ok", "public/sub/x.png"),
        ("public/none.png", "missing", None),
        ("none/none.png", "missing", None),
        ("public/sub", "ok", "public/sub"),
        ("public/cafe\u0301.png", "case", "public/caf\u00e9.png"),
        ("../secret.png", "missing", None),
        ("public/../../secret.png", "missing", None),
        ("/etc/passwd", "missing", None),
        ("public/Hero.PNG/x", "missing", None),
        ("a\x00b", "missing", None),
    ],
)
def test_find(root, path, status, actual):
    assert Files(root).find(path) == (status, actual)
    held = MemoryFiles(dict.fromkeys(("public/Hero.PNG", "public/a b.png", "public/sub/x.png", "public/café.png"), b""))
    assert held.find(path) == (status, actual)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")
def test_a_link_counts_only_inside_the_root(root):
    (root / "public/out.png").symlink_to(root.parent / "secret.png")
    (root / "public/in.png").symlink_to(root / "public/sub/x.png")
    (root / "public/loop.png").symlink_to(root / "public/loop.png")
    (root / "public/folder").symlink_to(root.parent)
    files = Files(root)
    assert files.find("public/in.png").status == "ok"
    assert files.find("public/out.png").status == "missing"
    assert files.find("public/loop.png").status == "missing"
    assert files.find("public/folder/secret.png").status == "missing"
    assert not files.is_file("public/out.png")
    assert files.read_text("public/folder/secret.png") is None


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")
def test_a_link_may_lead_elsewhere_in_the_folder_that_postlint_runs_in(root, monkeypatch):
    (root / "public/out.png").symlink_to(root.parent / "secret.png")
    monkeypatch.chdir(root.parent)
    assert Files(root).find("public/out.png").status == "ok"
    monkeypatch.chdir(root)
    assert Files(root).find("public/out.png").status == "missing"
    monkeypatch.chdir(os.path.abspath(os.sep))
    assert Files(root).find("public/out.png").status == "missing"


def test_names_that_are_noted_answer_for_the_disk(root, monkeypatch):
    files = Files(root)
    files.note_names()
    assert files.is_file("public/Hero.PNG")
    assert files.is_file("../secret.png") == Files(root).is_file("../secret.png")
    monkeypatch.setattr(os, "stat", None)
    assert not files.is_file("astro.config.mjs")
    assert not files.is_file(".vitepress/config.ts")
    assert files.asked["file astro.config.mjs"] == "False", "the cache asks again"


def test_a_folder_of_many_names_is_not_listed_to_the_end(tmp_path):
    for at in range(600):
        (tmp_path / f"{at}.md").write_bytes(b"")
    files = Files(tmp_path)
    files.note_names()
    assert all(files.is_file(f"{at}.md") for at in range(600))
    assert not files.is_absent("600.md")


@pytest.fixture
def large(tmp_path):
    for at in range(600):
        (tmp_path / f"images/Post-{at}").mkdir(parents=True)
    (tmp_path / "images/Post-1/a.png").write_bytes(b"")
    return tmp_path


def test_a_large_folder_is_not_listed_for_one_image(large, monkeypatch):
    listed = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: listed.append(os.path.basename(path)) or scandir(path))
    files = Files(large)
    assert files.find("images/Post-1/a.png") == ("ok", "images/Post-1/a.png")
    answers = {**files.asked}
    if os.path.lexists(large / "IMAGES"):
        pytest.skip("this disk does not distinguish upper and lower case")
    assert listed == [large.name, "Post-1"]
    assert answers["folder images/Post-1"] == "True"
    assert Files(large).ask("folder images/Post-1") == "True"
    (large / "images/Post-1").rename(large / "images/Post")
    assert Files(large).ask("folder images/Post-1") == "False", "the cache asks again"


def test_names_in_a_large_folder_count_as_they_are_written(large):
    files = Files(large)
    assert files.find("images/post-1/a.png") == ("case", "images/Post-1/a.png")
    assert files.find("images/Post-2/a.png").status == "missing"
    assert files.find("images/Post-700/a.png").status == "missing"
    assert Files(large).find("images/POST-1/a.png") == ("case", "images/Post-1/a.png")


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no symbolic links here")
def test_a_link_in_a_large_folder_counts_only_inside_the_root(large):
    elsewhere = large.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.png").write_bytes(b"")
    (large / "images/out").symlink_to(elsewhere)
    (large / "images/in").symlink_to(large / "images/Post-1")
    files = Files(large)
    assert files.find("images/out/a.png").status == "missing"
    assert files.find("images/in/a.png").status == "ok"
