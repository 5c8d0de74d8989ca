"""The library: what `import postlint` offers to programs."""

import json
import pickle
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from multiprocessing import get_context
from typing import Annotated

import frontmatter
import pytest
from conftest import BARE_ASTRO, CLEAN, DAMAGED, POST, write_files
from pydantic import Field

import postlint
from postlint import Config, Severity, load_config

BOTH = "---\ntitle: A post\npubDate: 2024-01-02\n---\n\nNow â€” then, ASP.\u200bNET\n"
MANY = [(f"src/content/blog/{n}.md", (BOTH, CLEAN, DAMAGED)[n % 3].encode()) for n in range(120)]


def rules(diagnostics):
    return [d.rule for d in diagnostics]


def test_check_text():
    found = postlint.check_text(BOTH)
    assert rules(found) == ["mojibake", "invisible-character"]
    first = found[0]
    assert (first.path, first.severity, first.start, first.end) == ("post.md", "error", (6, 5, 47), (6, 8, 50))
    assert first.fix.edits == (postlint.Edit(47, 50, "—"),)
    assert postlint.check_text(CLEAN) == []
    assert postlint.check_text(DAMAGED, path="notes/a.mdx")[0].path == "notes/a.mdx"


def test_check_text_looks_at_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(write_files(tmp_path, {**BARE_ASTRO, "postlint.toml": "nonsense"}))
    assert postlint.check_text("![a](/none.png) ![b](none.png)\n", path=POST) == []


def test_fix_text():
    result = postlint.fix_text(BOTH)
    assert result.text == BOTH.replace("â€”", "—").replace("\u200b", "")
    assert rules(result.fixed) == ["mojibake", "invisible-character"]
    assert result.remaining == []
    assert postlint.fix_text(CLEAN) == (CLEAN, [], [])


def test_fix_text_keeps_what_is_unsafe():
    text = b"---\ntitle: caf\xe9\n---\n".decode(errors="surrogateescape")
    assert postlint.fix_text(text).text == text
    assert rules(postlint.fix_text(text).remaining) == ["text-encoding"]
    assert postlint.fix_text(text, unsafe=True) == ("---\ntitle: café\n---\n", postlint.fix_text(text).remaining, [])


@pytest.mark.parametrize("text", ["\ufeffa\r\nb â€” c\rd â€” e", "", "\r\n", "â€” x\u2028â€” y\n"], ids=ascii)
def test_fix_text_keeps_every_other_character(text):
    assert postlint.fix_text(text).text == text.replace("â€”", "—")


def test_check_documents():
    report = postlint.check_documents(MANY, Config(framework="astro"))
    assert report.summary == (120, 80, 40, 120)
    assert isinstance(report.diagnostics[0], postlint.Diagnostic)
    assert report.diagnostics == sorted(report.diagnostics, key=lambda d: (d.path, d.start.offset, d.rule))
    assert json.loads(report.to_json())["summary"] == {"files": 120, "errors": 80, "warnings": 40, "fixable": 120}


def test_check_documents_with_executors():
    alone = postlint.check_documents(iter(MANY))
    with ThreadPoolExecutor(2) as threads:
        assert postlint.check_documents(MANY, executor=threads).to_json() == alone.to_json()
    with ProcessPoolExecutor(1, get_context("spawn")) as processes:
        assert postlint.check_documents(MANY, executor=processes).to_json() == alone.to_json()


class Counted(bytes):
    """Bytes that are counted as long as somebody holds them."""

    alive = 0

    def __new__(cls, data):
        cls.alive += 1
        return super().__new__(cls, data)

    def __del__(self):
        Counted.alive -= 1


def test_posts_of_a_generator_are_not_held():
    most = 0

    def posts():
        nonlocal most
        for path, data in MANY:
            yield path, Counted(data)
            most = max(most, Counted.alive)

    alone = postlint.check_documents(MANY)
    with ThreadPoolExecutor(2) as threads:
        report = postlint.check_documents(posts(), executor=threads)
    assert most <= 2
    assert Counted.alive == 0
    assert report.to_json() == alone.to_json()
    damaged = report.diagnostics[0].path
    assert report.text(damaged).value == dict(MANY)[damaged].decode()
    assert set(report.contents) == {d.path for d in report.diagnostics}


def test_of_two_posts_at_one_path_the_last_counts():
    pairs = [("a.md", DAMAGED.encode()), ("b.md", DAMAGED.encode()), ("a.md", CLEAN.encode())]
    for given in (pairs, iter(pairs)):
        report = postlint.check_documents(given)
        assert [d.path for d in report.diagnostics if d.rule == "mojibake"] == ["b.md"]
        assert report.posts == ["a.md", "b.md"]


def test_check_documents_as_a_site():
    same = b"---\ntitle: A\nslug: same\n---\n![a](/a.png) ![b](/b.png)\n"
    posts = [("src/content/blog/a.md", same), ("src/content/blog/b.md", same)]
    assert {"slug-duplicate"} == set(rules(postlint.check_documents(posts, Config(framework="astro")).diagnostics))
    report = postlint.check_documents(posts, files={"astro.config.mjs": b"", "public/a.png": b""})
    missing = [d for d in report.diagnostics if d.rule == "image-missing"]
    assert [d.path for d in missing] == ["src/content/blog/a.md", "src/content/blog/b.md"]
    assert all("/b.png" in d.message for d in missing)


def test_check_documents_of_nothing():
    assert postlint.check_documents([]).summary == (0, 0, 0, 0)


def test_check_paths(tmp_path, monkeypatch):
    root = write_files(tmp_path, {**BARE_ASTRO, **dict(MANY)})
    alone = postlint.check_paths([root])
    assert alone.summary == (120, 80, 40, 120)
    assert postlint.check_paths([root], jobs=2).to_json() == alone.to_json()
    with ThreadPoolExecutor(2) as threads:
        assert postlint.check_paths([root], executor=threads).to_json() == alone.to_json()
    monkeypatch.chdir(root)
    here = postlint.check_paths([])
    assert [d.path for d in here.diagnostics][:1] == ["src/content/blog/0.md"]
    assert postlint.check_paths([root / "src/content/blog/0.md"]).diagnostics == here.diagnostics[:2]
    assert rules(postlint.check_paths(["src/content/blog/0.md"], Config(select=["text"])).diagnostics) == [
        "mojibake",
        "invisible-character",
    ]


def test_check_paths_reads_the_settings_that_are_there(tmp_path):
    root = write_files(tmp_path, {**BARE_ASTRO, POST: BOTH, "postlint.toml": "ignore = ['mojibake']\n"})
    assert rules(postlint.check_paths([root]).diagnostics) == ["invisible-character"]
    assert len(postlint.check_paths([root], Config()).diagnostics) == 2


def test_errors_are_of_one_kind(tmp_path):
    with pytest.raises(postlint.PostlintError, match="no such file"):
        postlint.check_paths([tmp_path / "none"])
    write_files(tmp_path, {"postlint.toml": "nonsense = 1\n", "a.md": CLEAN})
    with pytest.raises(postlint.PostlintError, match=r"postlint\.toml:1:1: "):
        postlint.check_paths([tmp_path / "a.md"])
    with pytest.raises(postlint.PostlintError):
        load_config(str(tmp_path / "none.toml"))


def test_data_is_picklable():
    config = Config(select=("mojibake",), severity={"mojibake": Severity.WARNING}, rules={"mojibake": {}})
    report = postlint.check_documents(MANY[:3])
    fixed = postlint.fix_text(BOTH)
    found = postlint.find_mojibake("a â€” b")
    for data in (config, report.diagnostics, report.summary, fixed, fixed.fixed[0].fix, found, postlint.Span(1, 2)):
        assert pickle.loads(pickle.dumps(data)) == data
    assert pickle.loads(pickle.dumps(report)).to_json() == report.to_json()
    error = pickle.loads(pickle.dumps(postlint.PostlintError("a: b")))
    assert (type(error), str(error)) == (postlint.PostlintError, "a: b")


def test_find_mojibake():
    (one,) = postlint.find_mojibake("Now â€” then 🚀")
    assert (one.start, one.end, one.text, one.replacement, one.certain) == (4, 7, "â€”", "—", True)
    assert one.codecs
    assert postlint.find_mojibake("Now — then, café") == []


# As in the documentation: a model that tells each field's role.


class BlogPost(postlint.Post):
    title: str
    slug: postlint.Slug | None = None
    pub_date: postlint.PublishedDate = Field(alias="pubDate")
    updated_date: postlint.UpdatedDate | None = Field(None, alias="updatedDate")
    cover: postlint.ImagePath | None = Field(None, alias="coverImage")
    tags: postlint.Tags = []
    author: Annotated[str, postlint.Reference("authors")]


def test_a_model_is_plain_pydantic():
    post = BlogPost.model_validate({"title": "A", "pubDate": date(2024, 1, 2), "author": "me", "extra": 1})
    assert (post.title, post.pub_date, post.cover, post.tags) == ("A", date(2024, 1, 2), None, [])


MODEL = """
import postlint

class Story(postlint.Post):
    headline: postlint.Title
    first_seen: postlint.PublishedDate
    last_seen: postlint.UpdatedDate | None = None
    picture: postlint.ImagePath | None = None
"""


def test_roles_give_any_field_its_rules(tmp_path):
    config = '[[collections]]\nname = "s"\ninclude = ["src/content/blog/**"]\nschema = "schemas.py:Story"\n'
    story = "---\nheadline: A\nfirst_seen: 2024-02-01\nlast_seen: 2024-01-01\npicture: /none.png\n---\n"
    root = write_files(tmp_path, {**BARE_ASTRO, "schemas.py": MODEL, "postlint.toml": config, POST: story})
    found = {d.rule: d for d in postlint.check_paths([root]).diagnostics}
    assert found["date-order"].field == "last_seen"
    assert found["image-missing"].field == "picture"
    (root / "postlint.toml").unlink()
    assert "date-order" not in rules(postlint.check_paths([root]).diagnostics)


@pytest.mark.parametrize(
    "text",
    [CLEAN, "---\ntags: [a, b]\n---\n\nBody\n", '{\n"title": "A"\n}\n\nBody\n', "Body only\n"],
    ids=ascii,
)
def test_documents_and_python_frontmatter(text):
    theirs = frontmatter.loads(text)
    document = postlint.Document.from_post(theirs)
    assert dict(document.data) == theirs.metadata
    ours = document.to_post()
    assert (ours.metadata, ours.content) == (theirs.metadata, theirs.content)
