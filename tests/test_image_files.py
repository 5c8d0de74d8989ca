"""Rules about image files, on sites that lie on disk."""

import pytest
from conftest import POST, write_files

SETTINGS = {"astro.config.mjs": "export default {}\n", "postlint.toml": 'extend-select = ["image-unused"]\n'}
PAGE = "---\ntitle: A\n---\n\n![A cat](/images/cat.png)\n"


def unused(postlint, folder, files):
    write_files(folder, {**SETTINGS, POST: PAGE, "public/images/cat.png": "", **files})
    ran = postlint("check", "--output-format", "json", cwd=folder)
    return [d["path"] for d in ran.report["diagnostics"] if d["rule"] == "image-unused"]


@pytest.mark.parametrize(
    "files",
    [
        {"public/images/dog.png": "", "src/layouts/page.astro": '<img src="/images/dog.png">\n'},
        {"public/images/a dog.png": "", "src/layouts/page.astro": '<img src="/images/a%20dog.png">\n'},
        {"public/images/a dog.png": "", "src/data.json": '{"image": "a dog.png"}\n'},
        {"public/icons/dog.png": "", "src/layouts/page.astro": "<img src={`/icons/${name}.png`}>\n"},
        {"public/icons/dog.png": "", "src/all.ts": 'import.meta.glob("/public/icons/*.{png,jpg}")\n'},
        {"public/images/dog.png": "", "node_modules/x/dog.png": "", "src/a.css": "url(dog.png)"},
        {"public/favicon-32x32.png": "", "elsewhere/dog.png": ""},
    ],
    ids=["template", "escaped", "blank", "built", "pattern", "installed", "asked-for"],
)
def test_images_that_something_names(postlint, tmp_path, files):
    assert unused(postlint, tmp_path, files) == []


def test_images_that_nothing_names_are_reported_at_the_file(postlint, tmp_path):
    files = {"public/images/dog.png": "", "src/content/blog/bird.jpg": "", "src/all.ts": 'glob("**/*")\n'}
    assert unused(postlint, tmp_path, files) == ["public/images/dog.png", "src/content/blog/bird.jpg"]


def test_nothing_is_unused_where_only_some_posts_are_read(postlint, tmp_path):
    write_files(tmp_path, {**SETTINGS, POST: PAGE, "public/images/cat.png": "", "public/images/dog.png": ""})
    assert postlint("check", "--output-format", "json", POST, cwd=tmp_path).found == []


def test_a_picture_is_not_shown_as_text(postlint, tmp_path):
    write_files(tmp_path, {**SETTINGS, POST: PAGE, "public/images/cat.png": ""})
    (tmp_path / "public" / "images" / "dog.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    ran = postlint("check", "--output-format", "full", cwd=tmp_path)
    assert "public/images/dog.png:1:1" in ran.out
    assert "IHDR" not in ran.out
