"""`postlint init`: what it writes for sites of several frameworks, what it never does, and that posts stay text."""

import os
from pathlib import Path

import pytest
from conftest import run_postlint, write_files
from hypothesis import given
from hypothesis import strategies as st

from postlint.schema import load
from postlint.schema.learned.learning import learn
from postlint.schema.learned.model_source import Model, class_names, write
from postlint.user_code import load_object

ASTRO = {"package.json": '{"dependencies": {"astro": "5.0.0"}}', "astro.config.mjs": "export default {}\n"}


def post(**fields):
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items()) + "---\n\nText.\n"


def posts(folder, number, make):
    return {f"{folder}/post-{n}.md": make(n) for n in range(number)}


def blog(number=40):
    return posts(
        "src/content/blog",
        number,
        lambda n: post(
            title=f"Post {n}",
            pubDate=f"2024-01-{n % 28 + 1:02}",
            kind=("note", "essay")[n % 2],
            **({"heroImage": f"./{n}.png"} if n % 3 else {}),
            **({"odd": n} if n == 7 else {}),
        ),
    )


def test_astro(tmp_path):
    write_files(tmp_path, {**ASTRO, **blog(), "src/content/blog/odd.md": post(title="Odd", pubDate="2024-05-05")})
    ran = run_postlint("init", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert (tmp_path / "schemas.py").read_text() == (
        '"""What the posts of this site have in common, as learned by `postlint init`. Change it as you like."""\n'
        "\n"
        "from typing import Literal\n"
        "\n"
        "import postlint\n"
        "\n"
        "\n"
        "class BlogPost(postlint.Post):\n"
        "    # 41 posts in `blog`.\n"
        "    title: postlint.Title  # all 41 posts\n"
        "    pubDate: postlint.PublishedDate  # all 41 posts\n"
        '    kind: Literal["essay", "note"]  # 40 of 41 posts\n'
        "    heroImage: postlint.ImagePath | None = None  # 26 of 41 posts\n"
        "\n"
        "    # Not included, since few posts have them: `odd` (1).\n"
    )
    assert (tmp_path / "postlint.toml").read_text().splitlines()[1:] == [
        'framework = "astro"',
        "",
        "[[collections]]",
        'name = "blog"',
        'schema = "schemas.py:BlogPost"',
        "",
        "# Some posts do not keep what the models say yet. Once they do, remove this, and it is an error.",
        "[severity]",
        'schema-missing-field = "warning"',
    ]
    assert "BlogPost: 40 of 41 posts in blog agree with it.\n" in ran.out
    assert "src/content/blog/odd.md:1: `kind` is missing\n" in ran.out
    found = run_postlint("check", "--select", "schema", "--output-format", "json", cwd=tmp_path)
    assert found.found == [("schema-missing-field", 1, 4)]
    assert found.report["diagnostics"][0]["severity"] == "warning"
    assert found.status == 0, "no error that was not there before"


def test_again_changes_nothing(tmp_path):
    write_files(tmp_path, {**ASTRO, **blog()})
    run_postlint("init", cwd=tmp_path)
    before = {name: os.stat(tmp_path / name).st_mtime_ns for name in ("schemas.py", "postlint.toml")}
    again = run_postlint("init", cwd=tmp_path)
    assert again.status == 0
    assert "Nothing to write" in again.out
    assert {name: os.stat(tmp_path / name).st_mtime_ns for name in before} == before


@pytest.mark.parametrize("name", ["schemas.py", "postlint.toml", ".postlint.toml"])
def test_nothing_is_overwritten(tmp_path, name):
    write_files(tmp_path, {**ASTRO, **blog(), name: "# mine\n"})
    ran = run_postlint("init", cwd=tmp_path)
    assert ran.status == 2
    assert f"{name} already exists" in ran.err
    assert (tmp_path / name).read_text() == "# mine\n"
    assert not {"schemas.py", "postlint.toml"} - {name} & set(os.listdir(tmp_path))
    assert run_postlint("init", "--force", cwd=tmp_path).status == 0
    assert "BlogPost" in (tmp_path / "schemas.py").read_text()


def test_force_leaves_what_a_link_leads_to(tmp_path):
    write_files(
        tmp_path, {"mine.py": "# mine\n", **{f"site/{path}": text for path, text in {**ASTRO, **blog()}.items()}}
    )
    (tmp_path / "site" / "schemas.py").symlink_to("../mine.py")
    assert run_postlint("init", cwd=tmp_path / "site").status == 2
    assert run_postlint("init", "--force", cwd=tmp_path / "site").status == 0
    assert (tmp_path / "mine.py").read_text() == "# mine\n"
    assert not (tmp_path / "site" / "schemas.py").is_symlink()


def test_a_schema_of_the_site_itself_is_kept(tmp_path):
    config = (
        'import { defineCollection, z } from "astro:content";\nimport { glob } from "astro/loaders";\n'
        'const blog = defineCollection({ loader: glob({ pattern: "**/*.md", base: "./src/content/blog" }),'
        " schema: z.object({ title: z.string() }) });\nexport const collections = { blog };\n"
    )
    write_files(tmp_path, {**ASTRO, **blog(), "src/content.config.ts": config})
    ran = run_postlint("init", cwd=tmp_path)
    assert ran.status == 0
    assert "blog: the site's own schema applies, src/content.config.ts (blog).\n" in ran.out
    assert not (tmp_path / "schemas.py").exists()


def test_hugo_in_toml_with_several_sections(tmp_path):
    def note(n):
        draft = "draft = true\n" if n == 3 else ""
        return f"+++\ntitle = 'Note {n}'\ndate = 2024-01-{n + 1:02}T10:00:00Z\n{draft}weight = {n}\n+++\n"

    recipes = posts("content/recipes", 12, lambda n: post(title=n, tags="[a, b]", url=f"/r/{n}/"))
    write_files(tmp_path, {"hugo.toml": 'baseURL = "/"\n', **posts("content/notes", 20, note), **recipes})
    ran = run_postlint("init", cwd=tmp_path)
    assert "Note: 20 of 20 posts in notes agree with it." in ran.out
    text = (tmp_path / "schemas.py").read_text()
    assert "    date: postlint.PublishedDate  # all 20 posts\n" in text
    assert "    draft" not in text
    assert "`draft` (1)" in text
    assert "    title: int  # all 12 posts\n" in text
    assert "    tags: postlint.Tags  # all 12 posts\n" in text
    assert r'    url: Annotated[str, Field(pattern=r"^/\S*$")]  # all 12 posts' in text


def test_each_site_of_a_repository_gets_its_own(tmp_path):
    docusaurus = posts("site/blog", 6, lambda n: post(title=f"A {n}", authors="ana" if n % 2 else "[ana, bo]"))
    jekyll = posts("old/_posts", 6, lambda n: post(layout="post", title=f"B {n}"))
    jekyll = {path.replace("post-", "2024-01-01-post-"): text for path, text in jekyll.items()}
    write_files(
        tmp_path,
        {
            "site/docusaurus.config.js": "module.exports = {title: 'A', url: 'https://a.example', baseUrl: '/'};\n",
            "site/package.json": '{"dependencies": {"@docusaurus/core": "3"}}',
            "old/_config.yml": "title: Old\n",
            **docusaurus,
            **jekyll,
        },
    )
    (tmp_path / ".git").mkdir()
    ran = run_postlint("init", cwd=tmp_path)
    assert ran.status == 0
    assert "authors: str | list[str]" in (tmp_path / "site" / "schemas.py").read_text()
    assert "layout: str" in (tmp_path / "old" / "_schemas.py").read_text()
    assert (tmp_path / "old" / ".postlint.toml").exists(), "Jekyll would copy a name without a dot to the site"
    assert not (tmp_path / "postlint.toml").exists()
    assert run_postlint("check", "--select", "schema", cwd=tmp_path).status == 0


def test_a_date_that_names_of_files_give_is_not_required(tmp_path):
    named = {
        f"_posts/2024-01-{day:02}-post.md": post(
            title=f"A {day}", **({} if day == 7 else {"date": f"2024-01-{day:02}"})
        )
        for day in range(1, 32)
    }
    named |= {f"_posts/2024-02-{day:02}-post.md": post(title="B", date=f"2024-02-{day:02}") for day in range(1, 29)}
    write_files(tmp_path, {"_config.yml": "title: A\n", **named})
    (tmp_path / ".git").mkdir()
    assert run_postlint("init", cwd=tmp_path).status == 0
    text = (tmp_path / "_schemas.py").read_text()
    assert "    title: postlint.Title  # all 59 posts" in text
    assert "    date: postlint.PublishedDate | None = None" in text


def test_the_baseline_is_offered(tmp_path):
    clean = {
        **ASTRO,
        **{path: text + "Now.\n" for path, text in posts("src/content/blog", 6, lambda n: post(title=n)).items()},
    }
    write_files(tmp_path, clean)
    assert "baseline" not in run_postlint("init", cwd=tmp_path).out
    write_files(tmp_path, {"src/content/blog/post-0.md": post(title=0) + "Now â€” then.\n"})
    said = run_postlint("init", cwd=tmp_path).out
    assert "`postlint check` has 1 finding in these posts. To see only new ones from now on:\n" in said
    for line in said.splitlines():
        if line.startswith("  postlint check"):
            ran = run_postlint(*line.partition("#")[0].split()[1:], cwd=tmp_path)
    assert ran.status == 0


def test_folders_that_nothing_names_are_still_read_afterwards(tmp_path):
    """Without a framework or a folder named by custom, the folders of posts are a guess."""
    for folder in ("en/notes", "de/notes"):
        write_files(tmp_path, posts(folder, 7, lambda n: post(title=f"Post {n}", date=f"2024-01-0{n + 1}")))
    before = run_postlint("check", cwd=tmp_path)
    assert before.out == "Nothing to report in 14 posts.\n"
    run_postlint("init", cwd=tmp_path)
    after = run_postlint("check", cwd=tmp_path)
    assert (after.status, after.out, after.err) == (0, before.out, "")
    lines = run_postlint("config", cwd=tmp_path).out.splitlines()
    assert sum(line.endswith("; 7 posts; with the patterns of what was found)") for line in lines) == 2


def test_one_post_is_counted_as_one(tmp_path):
    write_files(tmp_path, {**ASTRO, "src/content/blog/a.md": post(title="A")})
    assert "Astro (astro.config.mjs): 1 post with front matter.\n" in run_postlint("init", cwd=tmp_path).out


def test_without_posts_there_is_nothing_to_learn(tmp_path):
    ran = run_postlint("init", cwd=tmp_path)
    assert ran.status == 2
    assert "found no posts with front matter" in ran.err
    assert os.listdir(tmp_path) == []


def test_a_slip_is_an_outlier_and_no_value():
    data = [{"kind": "essay" if n % 2 else "note"} for n in range(60)] + [{"kind": "esay"}]
    (field,) = learn(data, {}).fields
    assert field.annotation == 'Literal["essay", "note"]'


def test_a_text_that_is_turned_off_is_no_slip():
    """`permalink: false` is not the same as `permalink: "false"`."""
    made = [{"permalink": f"/page-{number}/"} for number in range(99)]
    (field,) = learn([*made, {"permalink": False}], {}).fields
    assert field.annotation == "str | Literal[False]"
    (field,) = learn([*made, {"permalink": True}], {}).fields
    assert "Literal" not in field.annotation


def test_values_that_keep_coming_are_no_list():
    data = [{"series": f"s{n // 2}"} for n in range(60)]
    assert [field.annotation for field in learn(data, {}).fields] == ["str"]


def test_types():
    data = [
        {"a": n / 2, "b": {"x": 1, "y": "z"}, "c": {"x": [1]}, "d": [1, "a"], "e": None, "f": True} for n in range(9)
    ]
    found = {field.key: field.annotation for field in learn(data, {}).fields}
    assert found == {
        "a": "float",
        "b": "dict[str, Any]",
        "c": "dict[str, list[int]]",
        "d": "list[str | int]",
        "f": "bool",
    }


def test_a_role_of_nested_keys_stays_with_the_framework():
    data = [{"image": "a.png", "header": {"image": "b.png"}}] * 6
    assert "ImagePath" not in repr(learn(data, {"image": ("image", "header.image")}))


def test_class_names():
    names = class_names(["posts", "content/blog", "notes", "news", "stories", "2018", "class", "pages", "Ärzte"])
    assert names == ["BlogPost", "BlogPost2", "Note", "News", "Story", "Post2018", "Class", "Page", "Arzte"]


_KEYS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        "class def None str list postlint Literal Field Any model_config model_fields __class__ __init__ copy json ﬁ ª "
        "self datetime".split()
    ),
    st.sampled_from(['"', "'", '"""', "a\nb", "a\rb", "a\u2028b", "\x0c", "# coding: latin-1", "a\\", "\ud800", "İ"]),
)
_TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ['"', "'", "'\"", "\\", '"]\nimport os\n["', "{x}", "\ud800", "__import__('os')", "a\u202eb", "1" * 40]
    ),
)
_VALUES = st.recursive(
    st.one_of(_TEXTS, st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(), st.times()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_KEYS, inner, max_size=3)),
    max_leaves=4,
)


@given(
    posts=st.lists(st.dictionaries(_KEYS, _VALUES, max_size=4), min_size=1, max_size=4),
    times=st.sampled_from([1, 12]),
    names=st.lists(_TEXTS, min_size=1, max_size=3, unique=True),
    roles=st.dictionaries(
        st.sampled_from(["title", "published", "tags", "image", "draft"]), st.lists(_KEYS, max_size=3)
    ),
)
def test_whatever_posts_hold_is_never_code(tmp_path_factory, posts, times, names, roles):
    """It compiles, loads without a warning, its only statements are imports and fields, and 97 of 100 posts agree."""
    import ast
    import warnings

    habits = learn(posts * times, roles)
    models = [Model(name, known, habits) for name, known in zip(class_names(names), names, strict=True)]
    text = write(models)
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            assert ast.unparse(node.func) == "Field"
        assert not isinstance(node, (ast.FunctionDef, ast.Lambda, ast.JoinedStr))
    assert all(
        isinstance(n, (ast.AnnAssign, ast.Pass)) for c in tree.body if isinstance(c, ast.ClassDef) for n in c.body
    )
    folder = Path(tmp_path_factory.getbasetemp())
    (folder / "schemas.py").write_text(text, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        loaded = load(f"schemas.py:{models[0].name}", str(folder))
    assert load_object(f"schemas.py:{models[-1].name}", str(folder)).__name__ == models[-1].name
    agree = sum(not any(v.kind != "unknown" for v in loaded.violations(data)) for data in posts * times)
    assert agree >= 0.97 * len(posts * times)


def test_conventions_are_silent_where_the_code_of_a_site_states_a_schema(tmp_path):
    config = (
        'import { defineCollection, z } from "astro:content";\nimport { glob } from "astro/loaders";\n'
        'const blog = defineCollection({ loader: glob({ pattern: "**/*.md", base: "./src/content/blog" }),'
        " schema: z.object({ title: z.string() }) });\nexport const collections = { blog };\n"
    )
    write_files(tmp_path, {**ASTRO, **blog(), "src/content/blog/odd.md": post(title="Odd", pubDate="2024-05-05")})
    assert "`kind` is missing" in run_postlint("check", "--select", "convention", cwd=tmp_path).out
    write_files(tmp_path, {"src/content.config.ts": config})
    assert "Nothing to report" in run_postlint("check", "--select", "convention", cwd=tmp_path).out
