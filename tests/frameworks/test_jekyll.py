"""Jekyll sites: detection, and what real builds made of addresses, dates, front matter and images."""

import json
import re
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from conftest import MANY
from hypothesis import given
from hypothesis import strategies as st

from postlint import front_matter
from postlint.body import markdown
from postlint.files.files import MemoryFiles
from postlint.frameworks import load
from postlint.frameworks.answers import Moment
from postlint.frameworks.jekyll.addresses import JekyllAddresses
from postlint.frameworks.jekyll.settings import JekyllSettings

VECTORS = Path(__file__).parents[1] / "vectors/jekyll.jsonl"
JEKYLL, HEXO = load("jekyll"), load("hexo")
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def vectors(kind):
    with VECTORS.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["kind"] == kind]
    return [row for row in rows if row["version"] != "4.3.1"]


def site(row):
    config = json.dumps({"title": "x", **row.get("config", {})})
    version = row["version"]
    files = {"_config.yml": config, "Gemfile": f'gem "jekyll", "~> {version}"\n'}
    files |= dict.fromkeys([*row.get("files", ()), *row.get("also", ())], "")
    return MemoryFiles({name: text.encode() for name, text in files.items()})


def name(row):
    return f"{row['version']} {row.get('path', '')} {row.get('input', row.get('reference', ''))[:40]}"


def published(found, path, text):
    """The addresses of the post `text` at `path`, `()` where Jekyll shows none."""
    data = front_matter.to_data(front_matter.read(text, found.dialect).root) or {}
    if (
        found.why_not_a_page(path, text.partition("\n")[0])
        or found.withheld(path, data, NOW)
        or found.draft(path, data)
    ):
        return ()
    return found.address(path, data).addresses


@pytest.mark.parametrize("row", vectors("url"), ids=name)
def test_addresses(row):
    raw = row.get("front_matter_raw")
    if raw is None:
        lines = (f"{key}: {json.dumps(value)}\n" for key, value in row.get("front_matter", {}).items())
        raw = f"---\n{''.join(lines)}---\n"
    found = JEKYLL(site(row))
    if row["path"].startswith("node_modules") and row["result"]:
        pytest.skip("installed packages are never posts for postlint")
    addresses = published(found, row["path"], raw)
    wanted = row["result"]
    assert addresses == () if wanted is None else [_plain(each) for each in addresses] == [_plain(wanted)]
    if "aliases" in row:
        data = front_matter.to_data(front_matter.read(raw, found.dialect).root)
        assert list(found.address(row["path"], data).aliases) == row["aliases"]


def _plain(address):
    from urllib.parse import unquote

    return unquote(address)


@pytest.mark.parametrize("row", vectors("date"), ids=name)
def test_dates(row):
    found = JEKYLL(site(row))
    (entry,) = front_matter.read(f"---\ndate: {row['input']}\n---\n", found.dialect).root.entries
    if not entry.node.is_scalar:
        pytest.skip("a list is no date for postlint")
    moment = found.moment(entry.node.value, entry.node.text)
    if row["result"] is None:
        assert moment.instant is None
        assert moment.problem or entry.node.value is None
    else:
        instant = moment.instant if moment.instant.tzinfo else moment.instant.replace(tzinfo=UTC)
        assert instant == datetime.fromisoformat(row["result"])


# What only Ruby's parser makes of tags, lists, words for infinity, and bytes that are no text.
OWN_TYPES = ("!ruby", "\n- a\n", ".inf", "\udce9", "\ufffd")


@pytest.mark.parametrize(
    "row", [row for row in vectors("front_matter") if not any(sign in row["input"] for sign in OWN_TYPES)], ids=name
)
def test_front_matter(row):
    found = front_matter.read(row["input"], JEKYLL(None).dialect)
    assert bool(found.problem) == (
        row["result"] is None and row.get("error", "no front matter") != "no front matter"
    ) or ("without end" in row["input"])
    if not found.problem:
        data = json.loads(json.dumps(front_matter.to_data(found.root), default=_json))
        assert data == (row["result"] or {})


def _json(value):
    return value.isoformat().replace("+00:00", "Z")


# The build stops at a tag in code; a variable that there is not is empty; kramdown's own syntax.
UNKNOWN = ("nope.md", "assign", "page.nope", "my pic.png", "[/assets/a.png]", "![a] (")


@pytest.mark.parametrize(
    "row", [row for row in vectors("image") if not any(sign in row["reference"] for sign in UNKNOWN)], ids=name
)
def test_images_and_links(row):
    files = site(row)
    found = JEKYLL(files)
    text = row["reference"]
    (use,) = markdown.read(text, 0, found.syntax(row["path"])).references
    where = "html" if use.form == "html" else "markdown"
    place = found.image if use.kind == "image" else found.link
    target = place(row["path"], {}, use.target, where)
    served = target.status == "external" or any(files.find(path).status == "ok" for path in target.paths)
    assert served == (row["result"] is not None)
    assert row["result"] or (target.status in ("files", "missing"))


@pytest.mark.parametrize(
    ("files", "framework"),
    [
        ({"_config.yml": "title: x\n", "_posts/2024-01-05-x.md": ""}, "jekyll"),
        ({"_config.yml": "theme: jekyll-theme-cayman\n"}, "jekyll"),
        ({"_config.yml": "title: x\n", "Gemfile": "gem 'github-pages'\n"}, "jekyll"),
        (
            {"_config.yml": "pretzel:\n  engine: liquid\n", "_layouts/a.html": "", "_posts/2024-01-05-x.md": ""},
            "jekyll",
        ),
        ({"_config.yml": "title: x\n", "package.json": '{"dependencies": {"hexo": "^8"}}'}, "hexo"),
        ({"_config.yml": "new_post_name: :title.md\n", "source/_posts/x.md": ""}, "hexo"),
        ({"_config.yml": "title: a book\n", "_toc.yml": ""}, None),
        ({"_config.yml": "title: x\n"}, None),
        ({"_posts/2024-01-05-x.md": ""}, None),
    ],
)
def test_detection(files, framework):
    held = MemoryFiles({path: text.encode() for path, text in files.items()})
    assert (JEKYLL.detect(held) is not None) == (framework == "jekyll")
    assert (HEXO.detect(held) is not None) == (framework == "hexo")


@pytest.mark.parametrize(
    ("target", "data", "paths"),
    [
        ("{{ '/img/a.png' | relative_url }}", {}, ["img/a.png"]),
        ("{{ site.url }}{{ site.baseurl }}/img/a.png", {}, ["img/a.png"]),
        ("../img/a.png", {"permalink": "/about/"}, ["img/a.png"]),
        ("a.png", {"media_subpath": "/img/posts"}, ["img/posts/a.png"]),
        ("/img/a%20b.png?x=1", {}, ["img/a b.png"]),
    ],
)
def test_image_paths(target, data, paths):
    found = JEKYLL(MemoryFiles({"_config.yml": b"baseurl: ''\n"}))
    assert list(found.image("_posts/2024-01-05-x.md", data, target, "markdown").paths) == paths


@pytest.mark.parametrize("target", ["C:\\Users\\me\\a.png", "file:///tmp/a.png"])
def test_a_path_on_a_disk_is_never_served(target):
    assert JEKYLL(None).image("_posts/2024-01-05-x.md", {}, target, "markdown").status == "missing"


@pytest.mark.parametrize("target", ["{{ page.image }}", "{% if a %}b.png{% endif %}", "https://example.com/a.png"])
def test_what_cannot_be_known_is_not_judged(target):
    assert JEKYLL(None).image("_posts/2024-01-05-x.md", {}, target, "markdown").status in ("unknown", "external")


def test_include_names_an_image():
    (found,) = JEKYLL(None).embedded('{% include figure.html src="/img/a.png" alt="A" %}')
    assert (found.kind, found.target) == ("image", "/img/a.png")
    assert re.search(r"/img/a.png", '{% include figure.html src="/img/a.png" alt="A" %}').span() == (
        found.start,
        found.end,
    )


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-01-05 10:20 UTC+2", "2024-01-05T10:20:00"),
        ("2024-01-05 10:20:30 -5", "2024-01-05T10:20:30"),
        ("2024-01-05 10:20:30 +05:30", "2024-01-05T04:50:30"),
        ("2024-01-05 10:20:30 EST", "2024-01-05T15:20:30"),
        ("20240230", "2024-03-01T00:00:00"),
    ],
)
def test_what_ruby_makes_of_a_text(text, instant):
    found = JEKYLL(MemoryFiles({"_config.yml": b"timezone: UTC\n"})).moment(text, text).instant
    assert found.astimezone(UTC).replace(tzinfo=None).isoformat() == instant


@pytest.mark.parametrize("text", ["2024", "202401", "45000", "1704450000", "2024-01", "0", "-1", "1.10"])
def test_numbers_that_ruby_refuses(text):
    assert JEKYLL(None).moment(text, text).problem.stops


@pytest.mark.parametrize(
    "text", ["2024-01-05 10", "2024-01-05 10 pm", "2024-01-05 10h20m", "5th of January 2024", "1225"]
)
def test_texts_that_are_left_to_ruby(text):
    assert JEKYLL(None).moment(text, text) == (None, None, False)


def test_sources_that_a_task_copies_before_the_build():
    config = b"source: .tmp/src\n"
    copied = JEKYLL(MemoryFiles({"_config.yml": config, "src/_posts/2024-01-02-a.md": b""}))
    there = JEKYLL(MemoryFiles({"_config.yml": config, ".tmp/src/_posts/2024-01-02-a.md": b""}))
    assert copied.collections[0].include[0].startswith("src/")
    assert there.collections[0].include[0].startswith(".tmp/src/")


def test_names_that_jekyll_leaves_out_are_no_posts(write, main):
    broken = "---\ntitle: A\n---\n![a](/none.png)\n"
    write({"_config.yml": "", "_posts/_2024-01-02-a.md": broken, "_posts/2024-01-02-b.md": broken})
    found = main("check", "--output-format", "json").report["diagnostics"]
    assert {each["path"] for each in found} == {"_posts/2024-01-02-b.md"}


@MANY
@given(
    st.text("ab*?[]!-./", max_size=8),
    st.lists(st.text("ab.-", min_size=1, max_size=3), min_size=1, max_size=4).map("/".join),
)
def test_exclude_is_a_beginning_or_a_shell_pattern_of_a_folder_or_the_file(pattern, path):
    site = JekyllSettings(exclude=(pattern,), include=())
    hidden = JekyllAddresses(site, lambda value, text: Moment()).hidden("a", path)
    bare = pattern.removeprefix("./").removeprefix("/")
    parts = path.split("/")
    above = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
    assert bool(hidden) == bool(bare and (path.startswith(bare) or any(fnmatchcase(at, bare) for at in above)))


CONFIG = "url: https://blog.example\ncollections:\n  notes: {output: true, permalink: '/notes/:path/'}\n"
NEWS = {"_notes/a.md": "---\n---\n[b](b.md)\n", "_notes/b.md": "---\n---\nB\n"}
RELATIVE = "relative_links: {collections: true}\n"


@pytest.mark.parametrize(
    ("files", "count"),
    [
        ({"_config.yml": CONFIG, "Gemfile": "gem 'jekyll', '~> 4.3'\n"}, 1),
        (
            {
                "_config.yml": CONFIG + RELATIVE,
                "Gemfile": "gem 'jekyll'\ngroup :jekyll_plugins do\n  gem 'jekyll-relative-links'\nend\n",
            },
            0,
        ),
        ({"_config.yml": CONFIG + RELATIVE, "Gemfile": "gem 'jekyll-relative-links', group: :jekyll_plugins\n"}, 0),
        ({"_config.yml": CONFIG, "_plugins/links.rb": "doc.output.gsub('.md', '/')\n"}, 0),
        ({"_config.yml": CONFIG, "_plugins/shout.rb": "def shout(text) text.upcase end\n"}, 1),
        ({"_config.yml": CONFIG, "a.md": "---\n---\n[b](b.md) [c](c.md)\n", "b.md": "---\n---\n"}, 2),
        (
            {"_config.yml": CONFIG, "a.md": "---\n---\n[b](b.md)\n", "b.md": "---\n---\n", "Gemfile": "gem 'jekyll'\n"},
            2,
        ),
    ],
    ids=[
        "no plugin",
        "a group of the Gemfile",
        "a line of the Gemfile",
        "the site's own code",
        "other code",
        "pages on GitHub Pages",
        "pages elsewhere",
    ],
)
def test_links_to_source_files(write, main, files, count):
    write({**NEWS, **files})
    found = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    assert len(found) == count


def test_documents_with_other_endings_have_pages(write, main):
    write(
        {
            "_config.yml": CONFIG,
            "_notes/mit.txt": "---\ntitle: MIT\n---\nText\n",
            "_notes/plain.txt": "Text\n",
            "about.md": "---\n---\n[a](/notes/mit/) [b](/notes/plain/)\n",
        }
    )
    found = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("`")[1] for each in found] == ["/notes/plain/"]


def test_another_repository_may_serve_what_the_site_does_not_have(write, main):
    post = "---\n---\n[a](/handbook/start/) [b](/notes/none/) ![c](/handbook/a.png)\n"
    write({"_config.yml": CONFIG, "CNAME": "blog.example\n", "_notes/a.md": post, "handbook.md": "---\n---\n"})
    found = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    severities = {each["message"].split("`")[1]: each["severity"] for each in found}
    assert severities == {"/handbook/start/": "warning", "/notes/none/": "error"}


@pytest.mark.parametrize(("files", "told"), [({}, ["permalink"]), ({"_plugins/numbers.rb": ""}, [])])
def test_a_plugin_may_give_what_jekyll_does_not_know_in_a_permalink(write, main, files, told):
    write(
        {"_config.yml": "title: x\n", "_posts/2024-01-05-a.md": "---\nnumber: 1\npermalink: /:number/\n---\n", **files}
    )
    found = json.loads(main("check", "--no-cache", "--select", "post-refused", "--output-format", "json").out)
    assert [each["field"] for each in found["diagnostics"]] == told


def test_the_file_that_jekyll_includes_by_itself_is_no_collection():
    files = {"_config.yml": b"include: [.htaccess, _more]\n", "_more/a.md": b"---\n---\n"}
    for config in (files, {"_config.yml": b"title: x\n"}):
        names = [each.name for each in load("jekyll")(MemoryFiles(config)).collections]
        assert "pages .htaccess" not in names
        assert ("pages _more" in names) is (config is files)
