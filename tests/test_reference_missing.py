"""`reference-missing`: what a model's `Reference` names, wherever the site keeps its data."""

import pytest
from conftest import run_postlint, write_files

MODEL = (
    "from typing import Annotated\n\nimport postlint\n\n\nclass Post(postlint.Post):\n"
    '    author: Annotated[str, postlint.Reference("authors")] | None = None\n'
    '    editors: list[Annotated[str, postlint.Reference("people/editors.json")]] = []\n'
)


def config(folder):
    return f"[[collections]]\nname = 'all'\ninclude = ['{folder}/**']\nschema = 'schemas.py:Post'\n"


SITES = {
    "jekyll": ("_posts", "2024-01-02-a.md", {"_config.yml": "title: A\n", "_data/authors.yml": "ana:\n  name: Ana\n"}),
    "hugo": ("content/posts", "a.md", {"hugo.toml": "title = 'A'\n", "data/authors.toml": "[ana]\nname = 'Ana'\n"}),
    "hexo": (
        "source/_posts",
        "a.md",
        {"_config.yml": "title: A\n", "package.json": '{"hexo": {}}', "source/_data/authors.json": '["ana"]'},
    ),
    "eleventy": (
        "posts",
        "a.md",
        {"eleventy.config.js": "module.exports = () => {};\n", "_data/authors.json": '[{"id": "ana"}]'},
    ),
    "none": ("posts", "a.md", {"data/authors.yaml": "- id: ana\n"}),
}


def references(tmp_path, files):
    write_files(tmp_path, files)
    ran = run_postlint("check", "--select", "reference", "--output-format", "json", cwd=tmp_path)
    return [(d["path"], d["start"]["line"], d["field"], d["message"]) for d in ran.report["diagnostics"]]


@pytest.mark.parametrize("name", SITES)
def test_data_files(tmp_path, name):
    folder, post, files = SITES[name]
    other = post.replace("a.md", "b.md")
    data = next(path for path in files if "authors" in path)
    posts = {
        f"{folder}/{post}": "---\ntitle: A\nauthor: ana\n---\n",
        f"{folder}/{other}": "---\ntitle: B\nauthor: anna\n---\n",
    }
    found = references(tmp_path, {**files, **posts, "schemas.py": MODEL, "postlint.toml": config(folder)})
    assert found == [(f"{folder}/{other}", 3, "author", f"there is no `anna` in {data}; did you mean `ana`?")]


def test_a_path_and_lists(tmp_path):
    found = references(
        tmp_path,
        {
            "posts/a.md": "---\neditors: [bo, cy]\nauthor: nobody\n---\n",
            "people/editors.json": '{"bo": {}}',
            "schemas.py": MODEL,
            "postlint.toml": config("posts"),
        },
    )
    assert found == [("posts/a.md", 2, "editors[1]", "there is no `cy` in people/editors.json")]


@pytest.mark.parametrize("data", ["{", "[1.5]", '[{"name": "ana"}]', "[]", "3", '"ana"'])
def test_what_cannot_be_read_is_left_open(tmp_path, data):
    files = {"posts/a.md": "---\nauthor: ana\n---\n", "data/authors.json": data, "schemas.py": MODEL}
    assert references(tmp_path, {**files, "postlint.toml": config("posts")}) == []


CONFIG = """\
import {{ defineCollection, reference, z }} from "astro:content";
import {{ file, glob }} from "astro/loaders";
const authors = defineCollection({{ loader: {loader} }});
const blog = defineCollection({{
  loader: glob({{ pattern: "**/*.md", base: "src/content/blog" }}),
  schema: z.object({{ author: reference("authors"), more: z.array(reference("authors")).optional() }}),
}});
export const collections = {{ authors, blog }};
"""


@pytest.mark.parametrize(
    ("loader", "wrong"),
    [
        ('glob({ pattern: "**/*.json", base: "./src/authors" })', True),
        ('glob({ pattern: "**/*.{json,md}", base: "src/authors" })', True),
        ('glob({ pattern: "**/*.json", base: "src/authors", generateId: (e) => e.entry })', False),
        ('glob({ pattern: "**/*.json", base: "src/nowhere" })', False),
        ('file("src/authors.yaml")', True),
        ('file("src/authors.yaml", { parser: mine })', False),
        ("mine()", False),
    ],
)
def test_astro(tmp_path, loader, wrong):
    found = references(
        tmp_path,
        {
            "astro.config.mjs": "export default {}\n",
            "package.json": '{"dependencies": {"astro": "5.0.0"}}',
            "src/content.config.ts": CONFIG.format(loader=loader),
            "src/authors/Ana Lee.json": '{"name": "Ana"}',
            "src/authors.yaml": "ana-lee:\n  name: Ana\n",
            "src/content/blog/a.md": "---\nauthor: ana-lee\nmore: [ana-lee, bo]\n---\n",
        },
    )
    assert [(path, line, field) for path, line, field, _ in found] == (
        [("src/content/blog/a.md", 3, "more[1]")] if wrong else []
    )
