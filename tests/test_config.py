"""The configuration: every key does what it says, and every mistake is told with its place and what was meant."""

import json

import pytest
from conftest import BARE_ASTRO, CLEAN, DAMAGED, POST, write_files

import postlint as library
from postlint import Config, PostlintError, load_config
from postlint.projects.project import in_memory

BOTH = (
    "---\ntitle: A post\npubDate: 2024-01-02\n---\n\nNow â€” then, ASP.\u200bNET ![a](/none.png)"
    " ![](data:image/gif;base64,R0lGODlhAQABAAAAACw=)\n"
)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("framwork = 'astro'\n", "1:1", "unknown setting `framwork`; did you mean `framework`?"),
        ("# c\n\n  ignroe = []\n", "3:3", "unknown setting `ignroe`; did you mean `ignore`?"),
        ("zzzzzzzzz = 1\n", "1:1", "unknown setting `zzzzzzzzz`; the known ones are `framework`, `select`"),
        ("framework = 'astor'\n", "1:13", "unknown framework `astor`; did you mean `astro`?"),
        ("framework = 1\n", "1:13", "`framework` must be text in quotes"),
        ("ignore = 'mojibake'\n", "1:10", '`ignore` must be a list of texts, such as ["a", "b"]'),
        ("ignore = ['slug', 1]\n", "1:19", "`ignore` may contain only texts in quotes"),
        ("ignore = [\n  'slug',\n  'mojibak',\n]\n", "3:3", "unknown rule `mojibak`; did you mean `mojibake`?"),
        ("select = ['dat']\n", "1:11", "unknown rule `dat`; did you mean `date`?"),
        ("extend-select = ['x']\n", "1:18", "unknown rule `x`; `postlint rule` lists all rules"),
        ("select = 'all'\n", "1:10", "`select` must be a list of texts"),
        ("severity = { 'date-future' = 'fatal' }\n", "1:30", '`date-future` must be "error" or "warning"'),
        ("severity = { 'date-futur' = 'error' }\n", "1:14", "unknown rule `date-futur`; did you mean `date-future`?"),
        ("[severity]\nmojibake = 'off'\n", "2:12", "to turn a rule off, use `ignore`"),
        ("severity = 'error'\n", "1:12", "this must be a table of rule names"),
        ("exclude = {}\n", "1:11", "`exclude` must be a list of texts"),
        ("plugins = 'rules.py:A'\n", "1:11", "`plugins` must be a list of texts"),
        ("[collections]\nname = 'b'\n", "1:2", "write [[collections]], with two brackets"),
        ("[[collections]]\ninclude = ['**']\n", None, "a collection needs `name`"),
        ("[[collections]]\nname = 'b'\ninclude = '**'\n", "3:11", "`include` must be a list of texts"),
        ("[[collections]]\nname = 'b'\nshcema = 'x'\n", "3:1", "unknown setting `shcema`; did you mean `schema`?"),
        ("[[per-path]]\nignore = ['slug']\n", None, "a per-path table needs `paths`"),
        ("[[per-path]]\npaths = ['**']\nignore = ['slgu']\n", "3:11", "unknown rule `slgu`; did you mean `slug`?"),
        ("[rules]\nmojibake = 1\n", "2:12", "this must be a table of options"),
        ("[rules.mojibake]\nmax = 1\n", "2:1", "mojibake has no options"),
        ("rules = 1\n", "1:9", "this must be a table of rules"),
        ("ignore = [\n", "1:10", "never closed"),
        ("ignore = []\nignore = []\n", "2:1", ""),
        ("ignore = ['slug'\nselect = []\n", "1:10", "never closed"),
        ("[rules.mojibak]\nmax = 1\n", "1:8", "unknown rule `mojibak`; did you mean `mojibake`?"),
        ("[rules.image]\nmax = 1\n", "1:8", "`image` is a family; only rules have options"),
        ("framework = astro\n", "1:13", ""),
        ("=\n", "1:1", ""),
        (b"framework = 'caf\xe9'\n", None, "is not UTF-8"),
        ("a" + ".a" * 5000 + " = 1\n", "1:", ""),
        ("a = " + "[" * 50_000, "1:", ""),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_mistakes_have_a_place(write, text, place, message):
    path = write({"postlint.toml": text}) / "postlint.toml"
    with pytest.raises(PostlintError) as raised:
        load_config(str(path))
    said = str(raised.value)
    assert "\n" not in said
    assert len(said) < 500
    assert said.startswith(f"{path}:{place or ''}")
    assert message in said


def test_a_mistake_on_the_command_line(main, astro):
    root = astro({POST: CLEAN, "postlint.toml": "\nframwork = 'astro'\n"})
    message = "postlint.toml:2:1: unknown setting `framwork`; did you mean `framework`?\n"
    for arguments in (["check"], ["check", POST], ["config"], ["rule"], ["inspect"], ["schema"]):
        ran = main(*arguments, cwd=root)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err == f"postlint: {message}"
    assert main("check", "--isolated", cwd=root).status == 0


def test_options_of_rules_are_checked(write):
    from postlint import rules
    from postlint.rule import options

    known = [(name, option) for name in rules.names() for option in options(rules.load(name)).values()]
    for rule, option in known:
        for name, message in ((option.name, "must be"), (f"{option.name}x", f"did you mean `{option.name}`?")):
            path = write({"postlint.toml": f"[rules.{rule}]\n{name} = {{}}\n"}) / "postlint.toml"
            with pytest.raises(PostlintError, match=rf":2:\d+: .*{message}"):
                load_config(str(path))


def found(postlint, root, *arguments):
    return sorted(
        {d["rule"] for d in postlint("check", "--output-format", "json", *arguments, cwd=root).report["diagnostics"]}
    )


@pytest.mark.parametrize("name", ["postlint.toml", ".postlint.toml", "pyproject.toml"])
def test_file_names(postlint, astro, name):
    head = "[project]\nname = 'x'\n[tool.postlint]\n" if name == "pyproject.toml" else ""
    root = astro({POST: BOTH, name: f"{head}select = ['mojibake']\n"})
    assert found(postlint, root) == ["mojibake"]
    assert found(postlint, root, "--config", name) == ["mojibake"]


def test_pyproject_of_others(postlint, astro):
    root = astro({POST: BOTH, "pyproject.toml": "[project]\nname = 'postlint-user'\n"})
    assert "mojibake" in found(postlint, root)
    ran = postlint("check", "--config", "pyproject.toml", cwd=root)
    assert ran[:3] == (2, "", "postlint: pyproject.toml: it has no [tool.postlint] table\n")
    write_files(root, {"pyproject.toml": "[tool.postlint]\nselct = []\n"})
    assert "pyproject.toml:2:1: unknown setting `selct`; did you mean `select`?" in postlint("check", cwd=root).err


def test_the_nearest_upwards(postlint, astro):
    root = astro(
        {
            "src/content/blog/a.md": BOTH,
            "src/content/blog/old/b.md": BOTH.replace("A post", "B"),
            "postlint.toml": "select = ['mojibake']\n",
            "src/content/blog/old/postlint.toml": "select = ['invisible-character']\n",
            "pyproject.toml": "[tool.postlint]\nselect = ['image']\n",
        }
    )
    for arguments in ([], ["."], ["src"], ["src/content/blog/a.md", "src/content/blog/old/b.md"]):
        report = postlint("check", "--output-format", "json", *arguments, cwd=root).report
        assert [(d["path"], d["rule"]) for d in report["diagnostics"]] == [
            ("src/content/blog/a.md", "mojibake"),
            ("src/content/blog/old/b.md", "invisible-character"),
        ]
    assert found(postlint, root / "src/content/blog/old", "b.md") == ["invisible-character"]
    assert found(postlint, root, "--config", "src/content/blog/old/postlint.toml") == ["invisible-character"]
    assert found(postlint, root, "--isolated") == ["image-alt", "image-missing", "invisible-character", "mojibake"]


@pytest.mark.parametrize(
    ("settings", "arguments", "expected"),
    [
        ("", [], "image-alt image-missing invisible-character mojibake"),
        ("select = ['text']", [], "invisible-character mojibake"),
        ("select = ['text']\nignore = ['mojibake']", [], "invisible-character"),
        ("select = ['mojibake']\nignore = ['text']", [], "mojibake"),
        ("select = ['mojibake', 'image']\nignore = ['mojibake']", [], "image-alt image-missing"),
        ("ignore = ['text']\nextend-select = ['mojibake']", [], "image-alt image-missing mojibake"),
        ("select = []", [], ""),
        ("select = []\nextend-select = ['image']", [], "image-alt image-missing"),
        ("select = ['all']\nignore = ['image', 'text']\nextend-select = ['image-alt']", [], "image-alt"),
        ("ignore = ['all']\nextend-select = ['image']", [], "image-alt image-missing"),
        ("ignore = ['image']", ["--select", "image"], "image-alt image-missing"),
        ("ignore = ['image']", ["--ignore", "mojibake"], "invisible-character"),
        ("ignore = ['image']", ["--extend-select", "image-alt"], "image-alt invisible-character mojibake"),
        ("select = ['text']", ["--select", "image-alt"], "image-alt"),
        ("select = ['text']", ["--select", "image", "--ignore", "image-alt"], "image-missing"),
        ("[[per-path]]\npaths = ['src/**']\nignore = ['text']", [], "image-alt image-missing"),
        ("[[per-path]]\npaths = ['src/**/post.md']\nignore = ['image-missing']", ["--select", "image"], "image-alt"),
        ("[[per-path]]\npaths = ['other/**']\nignore = ['text']", ["--select", "text"], "invisible-character mojibake"),
        ("exclude = ['src/content/blog/**']", [], ""),
        ("exclude = ['other/**']", ["--select", "mojibake"], "mojibake"),
        ("framework = 'none'", ["--select", "mojibake"], "mojibake"),
    ],
    ids=lambda value: value.replace("\n", " ") if isinstance(value, str) else " ".join(value),
)
def test_selection(write, settings, arguments, expected):
    """In the library's words, but for the command line's own part, which is that of `postlint check`."""
    from postlint.cli.check import _changed, _parser
    from postlint.projects.project import Projects

    root = write({**BARE_ASTRO, POST: BOTH, "postlint.toml": settings + "\n"})
    options = _parser().read(arguments)
    from postlint.checking import run
    from postlint.projects import discovery

    projects = Projects(change=lambda config: _changed(config, options))
    posts = discovery.given([str(root)], projects)
    report = run.run(run.on_disk(posts, projects, complete=True))
    assert sorted({d.rule for d in report.diagnostics}) == expected.split()


def test_severity(postlint, astro):
    text = "severity = { mojibake = 'warning', image = 'error', image-alt = 'warning' }\n"
    root = astro({POST: BOTH, "postlint.toml": text})
    report = postlint("check", "--output-format", "json", cwd=root).report
    assert {d["rule"]: d["severity"] for d in report["diagnostics"]} == {
        "image-alt": "warning",
        "image-missing": "error",
        "invisible-character": "warning",
        "mojibake": "warning",
    }


def test_exclude(postlint, astro):
    posts = {f"src/content/blog/{name}.md": DAMAGED for name in ("a", "drafts/b", "_c")}
    root = astro({**posts, "postlint.toml": "exclude = ['**/drafts/**']\n", ".gitignore": "_*\n"})
    for arguments in ([], ["."], ["src/content"]):
        report = postlint("check", "--output-format", "json", *arguments, cwd=root).report
        assert [d["path"] for d in report["diagnostics"]] == ["src/content/blog/a.md"]
    assert postlint("check", "src/content/blog/drafts/b.md", cwd=root).status == 1, "what is named is checked"


SCHEMAS = """
from datetime import date
import postlint

class BlogPost(postlint.Post):
    title: str
    on: postlint.PublishedDate
    count: int = 0

class Note(postlint.Post):
    text: str
"""


def test_collections_with_schemas(postlint, astro):
    root = astro(
        {
            "postlint.toml": """
[[collections]]
name = "notes"
include = ["src/content/blog/notes/**/*.md"]
schema = "schemas.py:Note"

[[collections]]
name = "blog"
include = ["src/content/blog/**/*.md"]
exclude = ["**/free.md"]
schema = "schemas.py:BlogPost"
""",
            "schemas.py": SCHEMAS,
            "src/content/blog/a.md": "---\ntitle: A\n---\n",
            "src/content/blog/b.md": "---\ntitle: B\non: 2024-01-02\ncount: many\n---\n",
            "src/content/blog/notes/c.md": "---\ntitle: C\n---\n",
            "src/content/blog/free.md": "---\nx: 1\n---\n",
        }
    )
    report = postlint(
        "check", "--output-format", "json", "--select", "schema-missing-field,schema-invalid-value", cwd=root
    ).report
    assert [(d["path"].removeprefix("src/content/blog/"), d["rule"], d["field"]) for d in report["diagnostics"]] == [
        ("a.md", "schema-missing-field", "on"),
        ("b.md", "schema-invalid-value", "count"),
        ("notes/c.md", "schema-missing-field", "text"),
    ]
    shown = json.loads(postlint("schema", "--path", "src/content/blog/notes/c.md", cwd=root).out)
    assert set(shown["properties"]) == {"text"}
    ran = postlint("schema", cwd=root)
    assert (ran.status, ran.err) == (2, "postlint: the posts here have different schemas; name one post with --path\n")
    assert not (root / "__pycache__").exists()


@pytest.mark.parametrize(
    ("source", "schemas", "message"),
    [
        ("schemas.py:BlogPots", SCHEMAS, "schemas.py: it has no `BlogPots`; did you mean `BlogPost`?"),
        ("schema.py:BlogPost", SCHEMAS, "schema.py: there is no such file in "),
        ("schemas.py:BlogPost", "import nonsense_there_is_none\n", "schemas.py:1: ModuleNotFoundError: "),
        ("schemas.py:BlogPost", "class BlogPost(\n", "schemas.py:1: SyntaxError: "),
        ("schemas.py:BlogPost", "\nraise SystemExit(3)\n", "schemas.py:2: SystemExit: 3"),
        ("schemas.py:BlogPost", "BlogPost = 1\n", "BlogPost"),
        ("nowhere.json", "", "nowhere.json"),
        ("astor", "", "astor"),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_broken_schemas(main, astro, source, schemas, message):
    config = f'[[collections]]\nname = "blog"\ninclude = ["**"]\nschema = "{source}"\n'
    root = astro({POST: CLEAN, "postlint.toml": config, "schemas.py": schemas})
    ran = main("check", cwd=root)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("postlint: ")
    assert message in ran.err
    assert ran.err.count("\n") == 1


def test_isolated_runs_no_schema(postlint, astro):
    config = '[[collections]]\nname = "blog"\ninclude = ["**"]\nschema = "schemas.py:BlogPost"\n'
    root = astro({POST: CLEAN, "postlint.toml": config, "schemas.py": "open('ran', 'w')\n"})
    assert postlint("check", "--isolated", cwd=root).status == 0
    assert not (root / "ran").exists()


def test_a_config_in_python():
    config = Config(select=["mojibake"], severity={"mojibake": library.Severity.WARNING})
    (one,) = library.check_text(BOTH, config=config)
    assert (one.rule, one.severity) == ("mojibake", library.Severity.WARNING)


def test_a_config_in_python_with_a_mistake():
    with pytest.raises(PostlintError, match="unknown rule `mojibak`; did you mean `mojibake`"):
        library.check_text(BOTH, config=Config(select=["mojibak"]))
    with pytest.raises(PostlintError, match="unknown framework `astor`; did you mean `astro`"):
        library.check_text(BOTH, config=Config(framework="astor"))


def test_a_collection_without_patterns_has_those_of_a_content_tool(write, main):
    """No framework was found, and the content tool only writes the posts: whether a site shows them is a guess."""
    tool = (
        "backend: {name: github}\nmedia_folder: img\ncollections:\n"
        "  - {name: notes, label: Notes, folder: en/notes, fields: [{name: title, label: Title}]}\n"
    )
    write({"admin/config.yml": tool, "en/notes/a.md": CLEAN, "postlint.toml": "[[collections]]\nname = 'notes'\n"})
    assert "1 post" in main("check").out
    assert " en/notes/*.md  (postlint.toml:2; 1 post; " in main("config").out


def test_config_shows_values_as_settings_are_written(write, main):
    settings = "site_name: A\nuse_directory_urls: false\n"
    write({"mkdocs.yml": settings, "docs/a.md": "A\n", "postlint.toml": "[format]\nnumber = true\n"})
    lines = [line.split() for line in main("config").out.splitlines()]
    assert ["use_directory_urls", "false", "(mkdocs.yml)"] in lines
    assert ["format", "number", "=", "true", "(postlint.toml:2)"] in lines


def test_config_shows_the_patterns_of_a_collection_without_include(write, main):
    write({"hugo.toml": "", "content/a.md": "---\n---\n", "postlint.toml": "[[collections]]\nname = 'content'\n"})
    line = next(line for line in main("config").out.splitlines() if line.startswith("collection content"))
    assert " content/**/*." in line
    assert line.endswith("(postlint.toml:2; 1 post; with the patterns of Hugo's own)")


def test_a_collection_without_include_is_the_one_of_the_framework(write):
    path = write({"postlint.toml": "framework = 'hexo'\n[[collections]]\nname = 'posts'\nschema = 'astro'\n"})
    project = in_memory(
        load_config(str(path / "postlint.toml")), ["source/_posts/a.md"], {"_config.yml": b"title: A\n"}
    )
    assert project.collection("source/_posts/a.md").schema == "astro"
    assert project.collection("source/about.md").schema is None
