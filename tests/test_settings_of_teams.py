"""Configurations that build on one another, settings for some posts, and patterns that match nothing."""

import os
import subprocess
import sys

import pytest
from conftest import BARE_ASTRO, CLEAN, POST

from postlint import PostlintError, check_paths, load_config

AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@example.com")
MANY = "---\ntitle: A post\npubDate: 2024-01-02\n---\n\nNow â€” then.\n\n![](https://example.com/a.png)\n\nA\u200bB\n"


def found(ran):
    return {(d["path"], d["rule"], d["severity"]) for d in ran.report["diagnostics"]}


def rules(ran, path=POST):
    return {(rule, severity) for where, rule, severity in found(ran) if where == path}


@pytest.fixture
def check(main):
    return lambda *arguments, **more: main("check", "--output-format", "json", *arguments, **more)


def test_a_chain(main, astro, check):
    astro(
        {
            POST: MANY,
            "team/base.toml": (
                'ignore = ["mojibake"]\n[severity]\nimage = "error"\ntext = "error"\n[rules.title-length]\nmin = 30\n'
            ),
            "team/blog.toml": 'extends = "base.toml"\nextend-select = ["title-length"]\n[severity]\ntext = "warning"\n',
            "postlint.toml": 'extends = "team/blog.toml"\nignore = ["image-missing"]\n[rules.title-length]\nmax = 60\n',
        }
    )
    ran = check()
    expected = {("image-alt", "error"), ("title-length", "warning")}
    assert rules(ran) == expected | {("mojibake", "warning"), ("invisible-character", "warning")}
    lines = main("config").out.splitlines()
    shown = {" ".join(line.split()) for line in lines}
    assert "ignore image-missing (postlint.toml:2)" in shown
    assert "extend-select title-length (team/blog.toml:2)" in shown
    assert "severity image = error (team/base.toml:3)" in shown
    assert "severity text = warning (team/blog.toml:4)" in shown
    assert "rules title-length.min = 30 (team/base.toml:6)" in shown
    assert "rules title-length.max = 60 (postlint.toml:4)" in shown
    assert check("--isolated").report["summary"]["errors"] == 1


def test_collections_and_tables_of_both(main, astro, check):
    schema = '{"type": "object", "required": ["author"]}'
    astro(
        {
            POST: MANY,
            "src/content/notes/n.md": MANY,
            "team/base.toml": (
                '[[collections]]\nname = "blog"\ninclude = ["src/content/blog/**"]\nschema = "post.schema.json"\n'
                '[[collections]]\nname = "notes"\ninclude = ["src/content/notes/**"]\nschema = "post.schema.json"\n'
                '[[per-path]]\npaths = ["src/**"]\nseverity = { image-alt = "error" }\n'
            ),
            "team/post.schema.json": schema,
            "postlint.toml": (
                'extends = "team/base.toml"\n[[collections]]\nname = "blog"\ninclude = ["src/content/blog/*.md"]\n'
                '[[per-path]]\npaths = ["src/content/blog/**"]\nseverity = { image-alt = "warning" }\n'
            ),
        }
    )
    ran = check()
    assert ("image-alt", "warning") in rules(ran)
    assert ("image-alt", "error") in rules(ran, "src/content/notes/n.md")
    assert ("schema-missing-field", "error") in rules(ran, "src/content/notes/n.md"), "the schema lies beside the base"
    assert not any(rule == "schema-missing-field" for rule, _ in rules(ran))
    shown = main("config").out
    assert "(postlint.toml:3; 1 post; instead of Astro's own)" in shown
    assert "(team/base.toml:6; 1 post" in shown
    assert "(postlint.toml:6)" in shown


def test_a_collection_and_the_frameworks_own_of_the_same_name_are_counted_apart(main, astro):
    astro(
        {
            POST: CLEAN,
            "src/content/blog/a.md": CLEAN,
            "postlint.toml": '[[collections]]\nname = "blog"\ninclude = ["src/content/blog/a*"]\n',
        }
    )
    shown = main("config").out
    assert "src/content/blog/a*  (postlint.toml:2; 1 post)" in shown
    assert "(astro; 1 post)" in shown


def test_the_root_of_several_sites_has_no_collections_of_its_own(main, write):
    write({"docs/mkdocs.yml": "site_name: A\n", "docs/docs/a.md": CLEAN, "src/blog/hugo.toml": "", ".git/HEAD": ""})
    shown = main("config").out
    assert "0 posts" not in shown
    assert shown.count("\nframework") == 1
    assert "another site" in shown


def test_code_beside_the_base(astro, check):
    model = "from pydantic import BaseModel\n\n\nclass Team(BaseModel):\n    title: str\n    author: str\n"
    astro(
        {
            POST: CLEAN,
            "team/base.toml": '[[collections]]\nname = "blog"\ninclude = ["src/content/**"]\nschema = "models.py:Team"\n',
            "team/models.py": model,
            "postlint.toml": 'extends = "team/base.toml"\n',
        }
    )
    assert rules(check()) == {("schema-missing-field", "error")}


@pytest.fixture
def package(tmp_path, monkeypatch):
    """An installed package, which must not be imported."""
    folder = tmp_path / "installed" / "team_rules"
    (folder / "sub").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise SystemExit('imported')\n")
    (folder / "postlint.toml").write_text('extends = "sub/more.toml"\nignore = ["mojibake"]\n')
    (folder / "sub/more.toml").write_text('ignore = ["image"]\n[severity]\ninvisible-character = "error"\n')
    monkeypatch.syspath_prepend(str(folder.parent))
    return folder


def test_a_resource_of_a_package(main, astro, check, package):
    astro({POST: MANY, "postlint.toml": 'extends = "team_rules:postlint.toml"\n'})
    assert rules(check()) == {("image-alt", "warning"), ("invisible-character", "error")}
    assert "team_rules/sub/more.toml:3" in main("config").out
    assert "team_rules" not in sys.modules
    astro({"postlint.toml": 'extends = "team_rules:sub/more.toml"\n'})
    assert rules(check()) == {("mojibake", "error"), ("invisible-character", "error")}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"postlint.toml": 'extends = "postlint.toml"\n'}, "1:11: `extends` goes round in a circle: "),
        (
            {
                "postlint.toml": 'extends = "a.toml"\n',
                "a.toml": 'extends = "b.toml"\n',
                "b.toml": 'extends = "a.toml"\n',
            },
            "b.toml:1:11: `extends` goes round in a circle: a.toml → b.toml → a.toml",
        ),
        ({"postlint.toml": 'extends = "none.toml"\n'}, "postlint.toml:1:11: `none.toml`: there is no such file"),
        ({"postlint.toml": 'extends = "team_rules:none.toml"\n'}, "the package `team_rules` has no file `none.toml`"),
        ({"postlint.toml": 'extends = "team_rules:../x.toml"\n'}, "leads out of the package `team_rules`"),
        ({"postlint.toml": 'extends = "no_such_package:x.toml"\n'}, "there is no installed package `no_such_package`"),
        ({"postlint.toml": "extends = 1\n"}, "1:11: `extends` must be text in quotes"),
        ({"postlint.toml": 'extends = "a.toml"\n', "a.toml": "\nignor = []\n"}, "a.toml:2:1: unknown setting `ignor`"),
        ({"postlint.toml": 'extends = "src"\n'}, "1:11: `src`: "),
        ({"postlint.toml": 'extends = "pyproject.toml"\n', "pyproject.toml": ""}, "`pyproject.toml`: it has no [tool."),
        (
            {
                "postlint.toml": 'extends = "l/postlint.toml"\n',
                **{f"{n}.toml": f'extends = "{n + 1}.toml"\n' for n in range(30)},
            },
            "there is no such file",
        ),
        (
            {
                "postlint.toml": 'extends = "0.toml"\n',
                **{f"{n}.toml": f'extends = "{n + 1}.toml"\n' for n in range(30)},
            },
            "more than 20 configurations extend one another",
        ),
    ],
)
def test_mistakes_in_extending(main, astro, package, files, said):
    astro({POST: CLEAN, **files})
    ran = main("check")
    assert (ran.status, ran.err.count("\n")) == (2, 1)
    assert said in ran.err


def test_what_is_pushed_extends_nothing_outside(tmp_path, main, write):
    """A bare repository's content comes from others: no file of the server becomes part of its settings."""
    root = tmp_path / "site"
    write({**BARE_ASTRO, POST: CLEAN, "postlint.toml": 'extends = "../secret.toml"\n'}, root)
    (tmp_path / "secret.toml").write_text('ignore = ["mojibake", "image", "text"]\n')
    begin = (["init", "-q"], ["add", "."], [*AUTHOR, "commit", "-q", "-m", "A"])
    for words in begin:
        subprocess.run(["git", *words], cwd=root, check=True)
    write({POST: MANY}, root)
    subprocess.run(["git", *AUTHOR, "commit", "-q", "-a", "-m", "B"], cwd=root, check=True)
    subprocess.run(["git", "clone", "-q", "--bare", "site", "bare.git"], cwd=tmp_path, check=True)
    for arguments in ((), ("--since", "HEAD~1"), ("--staged", "--index-site", POST)):
        assert main("check", *arguments, cwd=root).status == 0, "on its author's disk it may be anywhere"
    ran = main("check", "--since", "HEAD~1", cwd=tmp_path / "bare.git")
    assert ran.status == 2
    assert "postlint.toml:1:11: `../secret.toml` is outside of the repository" in ran.err


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (">=0.1", True),
        (">=0.1,<1", True),
        ("==0.1.0", True),
        ("~=0.1.0", True),
        (">=99", False),
        ("!=0.1", False),
        ("<0.1", False),
    ],
)
def test_required_version(astro, main, wanted, fits):
    astro({POST: CLEAN, "postlint.toml": f'unheard-of = 1\nrequired-version = "{wanted}"\n'})
    said = main("check").err
    assert said.startswith(
        "postlint: postlint.toml:1:1: unknown setting" if fits else "postlint: postlint.toml:2:20: this configur"
    )
    assert fits or f"is for postlint {wanted}, but this is 0.1.0" in said


def test_a_required_version_is_a_comparison(astro, main):
    astro({POST: CLEAN, "postlint.toml": 'required-version = "0.1"\n'})
    assert '`required-version` must be a comparison with a version, such as ">=0.2"' in main("check").err


PER_PATH = {
    'ignore = ["mojibake"]': {("image-alt", "warning"), ("invisible-character", "warning")},
    'select = ["mojibake"]': {("mojibake", "error")},
    'select = ["mojibake"]\nextend-select = ["title-length"]\nrules = { title-length = { max = 3 } }': {
        ("mojibake", "error"),
        ("title-length", "warning"),
    },
    'ignore = ["all"]\nextend-select = ["image-alt"]': {("image-alt", "warning")},
    'ignore = ["image", "invisible-character"]\nseverity = { text = "warning" }': {("mojibake", "warning")},
}


@pytest.mark.parametrize(("table", "expected"), PER_PATH.items())
def test_settings_of_some_posts(astro, check, table, expected):
    other = POST.replace("post.md", "other/post.md")
    astro({POST: MANY, other: MANY, "postlint.toml": f'[[per-path]]\npaths = ["**/other/*"]\n{table}\n'})
    ran = check()
    whole = {("mojibake", "error"), ("image-alt", "warning"), ("invisible-character", "warning")}
    assert {one for one in rules(ran) if one[0] != "title-duplicate"} == whole
    assert {one for one in rules(ran, other) if one[0] != "title-duplicate"} == expected


def test_later_tables_win(astro, check):
    text = """
        ignore = ["mojibake"]
        [[per-path]]
        paths = ["src/**"]
        extend-select = ["mojibake", "title-length"]
        severity = { mojibake = "warning" }
        rules = { title-length = { max = 3 } }
        [[per-path]]
        paths = ["src/content/**"]
        severity = { mojibake = "error", image-alt = "error" }
        rules = { title-length = { max = 100 } }
    """
    astro({POST: MANY, "src/a.md": MANY, "postlint.toml": text})
    assert rules(check(POST)) == {("mojibake", "error"), ("image-alt", "error"), ("invisible-character", "warning")}
    assert ("title-length", "warning") in rules(check("src/a.md"), "src/a.md")
    assert ("mojibake", "warning") in rules(check("src/a.md"), "src/a.md")


def test_a_rule_of_the_site_that_only_some_posts_have(astro, check):
    """Its options may be others in a folder; it compares these posts with all of them."""
    text = (
        'ignore = ["slug"]\n[[per-path]]\npaths = ["src/content/blog/new/**"]\nextend-select = ["slug-duplicate"]\n'
        '[[per-path]]\npaths = ["src/content/blog/large/**"]\nextend-select = ["image-too-large"]\n'
        "rules = { image-too-large = { max-kilobytes = 1 } }\n"
    )
    page = "---\ntitle: The same\nslug: same\npubDate: 2024-01-02\n---\n![A cat](/a.png)\n"
    old, new, large = (f"src/content/blog/{folder}/a.md" for folder in ("old", "new", "large"))
    astro({old: page, new: page, large: page.replace("ame", "um"), "public/a.png": b"x" * 3000, "postlint.toml": text})
    ran = check()
    assert ("slug-duplicate", "error") in rules(ran, new)
    assert ("slug-duplicate", "error") not in rules(ran, old)
    assert ("image-too-large", "warning") not in rules(ran, new)
    assert ("image-too-large", "warning") in rules(ran, large)


def test_mistakes_in_settings_of_some_posts(astro, main):
    astro({POST: CLEAN, "postlint.toml": '[[per-path]]\npaths = ["**"]\nselect = ["imag"]\n'})
    assert "postlint.toml:3:11: unknown rule `imag`; did you mean `image`?" in main("check").err
    astro({"postlint.toml": '[[per-path]]\npaths = ["**"]\nrules = { title-length = { mx = 1 } }\n'})
    assert "postlint.toml:3:28: unknown option of title-length `mx`" in main("check").err


# ruff: noqa: E501
UNMATCHED = """\
exclude = ["drafts", "src/content/blog/private/**"]
[[collections]]
name = "blog"
include = ["src/content/blg/**/*.md"]
[[collections]]
name = "other"
include = ["src/content/none/**/*.md", "src/content/blog/**/*.md"]
exclude = ["src/content/blog/old/*.md"]
[[per-path]]
paths = ["src/content/blog/2019/**", "legacy/**"]
ignore = ["image"]
[[per-path]]
paths = ["public/*"]
ignore = ["image"]
"""


def test_patterns_that_match_nothing(astro, check, main):
    root = astro({POST: CLEAN, "drafts/a.md": CLEAN, "public/a.png": "", "postlint.toml": UNMATCHED})
    ran = check()
    assert ran.status == 0
    said = [(d["start"]["line"], d["start"]["column"], d["message"]) for d in ran.report["diagnostics"]]
    assert said == [
        (1, 1, "`drafts` and `src/content/blog/private/**` in `exclude` match no file; write `drafts/**` for the files in that folder"),
        (4, 1, "`src/content/blg/**/*.md` in `include` matches no post; there is no folder `src/content/blg`"),
        (8, 1, "`src/content/blog/old/*.md` in `exclude` matches no file; there is no folder `src/content/blog/old`"),
        (10, 1, "`src/content/blog/2019/**` and `legacy/**` in `paths` match no file; there is no folder `src/content/blog/2019`"),
    ]  # fmt: skip
    assert {d["path"] for d in ran.report["diagnostics"]} == {"postlint.toml"}
    assert {d["rule"] for d in ran.report["diagnostics"]} == {"configuration-unmatched"}
    assert [d.start.line for d in check_paths([root]).diagnostics] == [1, 4, 8, 10]
    assert check(POST).report["diagnostics"] == []
    assert check("--index-site", POST).report["diagnostics"] == []
    assert check("--ignore", "configuration").report["diagnostics"] == []
    full = main("check", "--output-format", "full").out
    assert '4 | include = ["src/content/blg/**/*.md"]\n  | ^^^^^^^\n' in full
    assert "src/content/blg/**/*.md  (postlint.toml:3; 0 posts" in main("config").out


def test_data_that_is_not_there(write, check):
    model = (
        "from typing import Annotated\n\nimport postlint\n\n\nclass Entry(postlint.Post):\n    title: str\n"
        '    author: Annotated[str, postlint.Reference("authors")] = "a"\n'
        '    series: Annotated[str, postlint.Reference("_data/lists/series.yml")] = "b"\n'
        '    place: Annotated[str, postlint.Reference("places")] = "c"\n'
        '    kind: Annotated[str, postlint.Reference("kinds")] = "d"\n'
    )
    text = '[[collections]]\nname = "posts"\nschema = "models.py:Entry"\n'
    data = {"_data/places.rb": "", "_data/kinds.yml": "d: {}\n"}
    site = {"_config.yml": "title: A\n", "_posts/2024-01-02-a.md": "---\ntitle: A\nkind: d\n---\n"}
    write({**site, **data, "models.py": model, "postlint.toml": text})
    said = [(d["start"]["line"], d["message"]) for d in check().report["diagnostics"]]
    assert said == [
        (3, "the schema refers to the data `_data/lists/series.yml`, but there is no `_data/lists/series.yml`"),
        (3, "the schema refers to the data `authors`, but there is no file `_data/authors.*`"),
    ]


def test_patterns_of_a_base_and_of_ignored_folders_are_left_alone(astro, check):
    base = '[[collections]]\nname = "x"\ninclude = ["elsewhere/**"]\n'
    text = 'extends = "base.toml"\nexclude = ["drafts/**"]\n'
    astro({POST: CLEAN, ".gitignore": "drafts/\n", "base.toml": base, "postlint.toml": text})
    assert check().report["diagnostics"] == []


def test_from_python(astro):
    root = astro({POST: MANY, "base.toml": 'ignore = ["image"]\n', "postlint.toml": 'extends = "base.toml"\n'})
    config = load_config(str(root / "postlint.toml"))
    assert config.ignore == ("image",)
    assert config.origins["ignore"] == (str(root / "base.toml"), 1, 1)
    (root / "base.toml").unlink()
    with pytest.raises(PostlintError, match=r"there is no such file"):
        load_config(str(root / "postlint.toml"))


def test_mistyped_paths_of_configurations(main, astro):
    astro({POST: CLEAN, "team/base.toml": "", "postlint.toml": 'extends = "team/bsae.toml"\n'})
    said = main("check").err.replace(os.sep, "/")
    assert said.endswith("`team/bsae.toml`: there is no such file; did you mean `team/base.toml`?\n")
    assert main("check", "--config", "postlnt.toml").err.endswith("did you mean `postlint.toml`?\n")
