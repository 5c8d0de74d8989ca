"""Eleventy sites: what real builds made of addresses, dates, front matter and images."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postlint import front_matter
from postlint.body import markdown
from postlint.files.files import MemoryFiles
from postlint.frameworks import load

VECTORS = Path(__file__).parents[1] / "vectors/eleventy.jsonl"
ELEVENTY = load("eleventy")


def vectors(kind):
    with VECTORS.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["kind"] == kind]
    return [row for row in rows if row["version"] == "3.1.8" and "aspect" not in row]


def site(row, also):
    """The row's site in memory: its configuration as somebody would write it."""
    config = dict(row.get("config", {}))
    options = [json.dumps(config.pop("passthroughOptions"))] if "passthroughOptions" in config else []
    calls = [("addPassthroughCopy", json.dumps(each), *options) for each in config.pop("passthrough", [])]
    calls += [("ignores.add", json.dumps(each)) for each in config.pop("ignores", [])]
    if "globalPermalink" in config:
        calls.append(("addGlobalData", '"permalink"', json.dumps(config.pop("globalPermalink"))))
    for plugin in config.pop("plugins", []):
        known = {"Image": "eleventyImageTransformPlugin", "InputPathToUrl": "InputPathToUrlTransformPlugin"}
        calls.append(("addPlugin", known.get(plugin, "HtmlBasePlugin")))
    if config.pop("dropDrafts", False):
        calls.append(("addPreprocessor", '"drafts"', '"*"', "(data) => !data.draft"))
    back = {"dir": {"input": config.pop("input")}} if "input" in config else {}
    lines = "".join(f"  eleventyConfig.{name}({', '.join(arguments)});\n" for name, *arguments in calls)
    text = f"export default function (eleventyConfig) {{\n{lines}  return {json.dumps({**back, **config})};\n}}\n"
    files = {
        "package.json": '{"devDependencies": {"@11ty/eleventy": "^3.1.8"}}',
        "eleventy.config.js": text,
        **dict.fromkeys(row.get("files", ()), ""),
        **also,
        row["path"]: "",
    }
    return MemoryFiles({name: content.encode() for name, content in files.items()})


def name(row):
    return f"{row.get('config', '')} {row.get('path', '')} {row.get('input', row.get('reference', ''))[:40]}"


# What only the walk over the files tells, or code, or another post at the same address.
NOT_IN_THE_POST = ("posts/x.njk", ".gitignore", "posts/y.md", "a.md")


def told_by_the_post(row):
    also, raw = row.get("also", {}), row.get("front_matter_raw", "")
    conflict = isinstance(also, dict) and any(path in NOT_IN_THE_POST for path in also)
    return not conflict and "---js" not in raw and "useGitIgnore" not in row.get("config", {})


@pytest.mark.parametrize("row", [row for row in vectors("url") if told_by_the_post(row)], ids=name)
def test_addresses(row):
    raw = row.get("front_matter_raw")
    if raw is None:
        lines = (f"{key}: {json.dumps(value)}\n" for key, value in row.get("front_matter", {}).items())
        raw = f"---\n{''.join(lines)}---\n"
    also = row.get("also", {})
    found = ELEVENTY(site(row, also if isinstance(also, dict) else {}))
    data = front_matter.to_data(front_matter.read(raw, found.dialect).root)
    address = found.address(row["path"], data)
    if row["result"] is None:
        refused = found.why_not_a_page(row["path"], raw.partition("\n")[0]) or found.draft(row["path"], data)
        assert address.addresses == () or refused
    elif address.addresses is None:
        assert "{{" in raw or "{{" in str(also) or "${" in str(also)
    else:
        assert address.addresses == (row["result"], *row.get("more", ()))


@pytest.mark.parametrize("row", vectors("date"), ids=name)
def test_dates(row):
    found = ELEVENTY(None)
    if "input" not in row:
        said = found.named_date(row.get("path", "posts/x.md"))
        assert said == (datetime.fromisoformat(row["result"]) if row["result"] else None)
        return
    (entry,) = front_matter.read(f"---\ndate: {row['input']}\n---\n", found.dialect).root.entries
    if not entry.node.is_scalar:
        pytest.skip("a list is no date for postlint")
    moment = found.moment(entry.node.value, entry.node.text)
    if row["result"] is None:
        assert moment.instant is None
        assert bool(moment.problem) == ("invalid" in row["error"])
    else:
        instant = moment.instant if moment.instant.tzinfo else moment.instant.replace(tzinfo=UTC)
        assert instant.replace(microsecond=0) == datetime.fromisoformat(row["result"])


@pytest.mark.parametrize(
    "row", [row for row in vectors("front_matter") if isinstance(row["result"], (dict, type(None)))], ids=name
)
def test_front_matter(row):
    found = front_matter.read(row["input"], ELEVENTY(None).dialect)
    broken = found.problem or any(front_matter.repeated(found.root))
    data = {} if broken else json.loads(json.dumps(front_matter.to_data(found.root), default=_json))
    assert data == (row["result"] or {})


def _json(value):
    return value.isoformat().replace("+00:00", "Z")


# Templates that stop the build, HTML that keeps Markdown from being read, and links that are no file's path.
NOT_SEEN = ("nope %}", "{{ broken", "<div>", "my pic.png", "![a] (", "inputPathToUrl", "[a](y/)", '<img src="./a.png">')


def seen(row):
    return not any(sign in row["reference"] for sign in NOT_SEEN)


@pytest.mark.parametrize("row", [row for row in vectors("image") if seen(row)], ids=name)
def test_images_and_links(row):
    files = site(row, {})
    found = ELEVENTY(files)
    path, text = row["path"], row["reference"]
    (use,) = markdown.read(text, 0, found.syntax(path)).references
    place = found.image if use.kind == "image" else found.link
    target = place(path, {}, use.target, "html" if use.form == "html" else "markdown")
    served = target.status == "external" or any(files.find(each).status == "ok" for each in target.paths)
    assert served == (row["result"] is not None)


@pytest.mark.parametrize(
    ("config", "target", "path"),
    [
        ('eleventyConfig.addPassthroughCopy({"./src/content/**/*.png": "/img"});', "/img/a.png", "src/content/a.png"),
        ('eleventyConfig.addPassthroughCopy({"favicon": "/"});', "/a.png", "favicon/a.png"),
        ('eleventyConfig.addPassthroughCopy({"a/b.png": "c/d.png"});', "/c/d.png", "a/b.png"),
        ('eleventyConfig.addPassthroughCopy("a").addPassthroughCopy("b");', "/b/c.png", "b/c.png"),
    ],
)
def test_copies(config, target, path):
    text = f"module.exports = function (eleventyConfig) {{ {config} }};"
    found = ELEVENTY(MemoryFiles({".eleventy.js": text.encode()}))
    assert path in found.image("posts/x.md", {}, target, "markdown").paths


@pytest.mark.parametrize(
    "config",
    ["eleventyConfig.addPassthroughCopy(folders);", "for (const f of all) eleventyConfig.addPassthroughCopy(f);"],
)
def test_a_missing_image_is_not_certain_where_copies_are_computed(config):
    text = f"module.exports = function (eleventyConfig) {{ {config} }};"
    found = ELEVENTY(MemoryFiles({".eleventy.js": text.encode()}))
    target = found.image("posts/x.md", {}, "/img/a.png", "markdown")
    assert (target.status, target.certain) == ("files", False)


def test_image_tag():
    found = ELEVENTY(MemoryFiles({".eleventy.js": b""}))
    tag = '{% image "./src/a.png", "A cat" %}'
    (image,) = found.embedded(tag)
    assert tag[image.start : image.end] == image.target == "./src/a.png"


@pytest.mark.parametrize("target", ["/img/gone.png", "./gone.png", "img/gone.png"])
def test_images_are_looked_for_by_custom_where_code_decides(target):
    files = {".eleventy.js": b"module.exports = (c) => ({ dir: { input: process.env.IN } });", "posts/a.md": b""}
    found = ELEVENTY(MemoryFiles(files)).image("posts/a.md", {}, target, "markdown")
    assert found.status == "files"
    assert not found.certain


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("title: What's New? C++ & Co.\npermalink: '/{{ title | slugify }}/'", "/whats-new-c-and-co/"),
        ("title: What's New? C++ & Co.\npermalink: '/{{ title | slug }}/'", "/what's-new-c++-and-co./"),
        ("title: Über uns\npermalink: '/{{ title | slugify }}/'", "/ueber-uns/"),
        ("title: Über uns\npermalink: '/{{ title | slug }}/'", "/uber-uns/"),
        ("title: Привет мир\npermalink: '/{{ title | slugify | upcase }}/'", "/PRIVET-MIR/"),
        ("title: 你好\npermalink: '/{{ title | slugify }}/'", "/"),
        ("permalink: '/{{ \"Hello World\" | slugify }}/'", "/hello-world/"),
        ("permalink: /x.html#a", "/x.html#a"),
        ("permalink: /x/.html", None),
        ("permalink: /x.", None),
        ("permalink: 0", "/posts/x/"),
        ("permalink: 1.5", "/1.5"),
        ("permalink: {}", "/posts/x/"),
        ("permalink: [/a/]", "/a/"),
        ("override:permalink: /o/", "/o/"),
        ("templateEngineOverride: false\npermalink: '/{{ page.fileSlug }}/'", "/{{ page.fileSlug }}/"),
        ("date: foo", None),
        ("date: 5", None),
        ("date: [2024-01-05]", None),
        ("tags: 12", None),
        ("page: x", None),
        ("page: {templateSyntax: x}", None),
        ("layout: 12", None),
        ("pagination: {data: list}\nlist: [a]\npermalink: '/{{ pagination.pageNumber }}/'", None),
        ("pagination: {data: list, size: 1}\nlist: [a, b]\npermalink: /same/", None),
        ("pagination: {data: list, size: 2}\nlist: [a, b]\npermalink: '/n/{{ pagination.pageNumber }}/'", "/n/0/"),
        ("pagination: {data: m, size: 1, alias: k}\nm: {x: 1}\npermalink: '/{{ k }}/'", "/x/"),
        ("pagination: {data: list, size: 1, alias: it}\nlist: [{n: a}]\npermalink: '/{{ it.n }}/'", "/a/"),
    ],
)
def test_addresses_of_front_matter(raw, address):
    """Built with Eleventy 3.1.8 as posts/x.md."""
    found = ELEVENTY(site({"path": "posts/x.md"}, {}))
    data = front_matter.to_data(front_matter.read(f"---\n{raw}\n---\n", found.dialect).root)
    assert found.address("posts/x.md", data).addresses == ((address,) if address else ())


@pytest.mark.parametrize(
    ("config", "path", "address"),
    [
        ({"globalPermalink": False}, "posts/x.md", None),
        ({"templateFormats": ["markdown"]}, "posts/x.markdown", None),
        ({"templateFormats": ["md", "mdx"]}, "posts/x.mdx", None),
        ({"templateFormats": ["MD"]}, "posts/x.MD", "/posts/x.MD/"),
    ],
)
def test_addresses_of_settings(config, path, address):
    found = ELEVENTY(site({"config": config, "path": path}, {}))
    assert found.address(path, {}).addresses == ((address,) if address else ())


def test_dates_that_the_sites_own_code_reads():
    config = "export default (c) => { c.addDateParsing((value) => new Date(value)); }\n"
    found = ELEVENTY(MemoryFiles({"eleventy.config.js": config.encode()}))
    assert found.moment("2024/01/05", "2024/01/05").problem is None
    assert found.address("posts/x.md", {"date": "2024/01/05"}).addresses == ("/posts/x/",)


@pytest.mark.parametrize(
    ("config", "target", "served"),
    [
        ({"passthrough": ["assets/*.png"]}, "/assets/B.PNG", True),
        ({"templateFormats": ["md", "png"]}, "../a.png", True),
        ({"templateFormats": ["md", "PNG"]}, "/assets/B.PNG", True),
        ({"passthrough": [{"assets": ""}]}, "/B.PNG", False),
    ],
)
def test_images_that_settings_copy(config, target, served):
    files = site({"config": config, "path": "posts/x.md", "files": ["assets/B.PNG", "posts/a.png"]}, {})
    leads = ELEVENTY(files).image("posts/x.md", {}, target, "markdown")
    assert any(files.find(each).status == "ok" for each in leads.paths) == served


@pytest.mark.parametrize(
    ("first_line", "copied"),
    [
        ("---", False),
        ("---YAML", False),
        ("--- Json", False),
        ("----", False),
        ("# A Title", False),
        ("", False),
        ("---toml", True),
        ("---node", True),
        ("\ufeff---foo", True),
    ],
)
def test_languages_of_front_matter(first_line, copied):
    assert bool(ELEVENTY(None).why_not_a_page("posts/x.md", first_line)) == copied


def test_a_permalink_that_code_builds_is_not_known():
    code = "export default { permalink: { build: (data) => data.page.fileSlug } };"
    found = ELEVENTY(site({"path": "posts/x.md"}, {"posts/posts.11tydata.js": code}))
    assert found.address("posts/x.md", {}).addresses is None


MONTH = """permalink: function (data) {
  const d = data.page.date;
  const month = String(d.getUTCMonth() + 1).padStart(2, '0')
  return `/${month}/${d.getUTCDate()}/`
}"""


@pytest.mark.parametrize(
    ("code", "day", "address"),
    [
        ("permalink: (data) => `/b/${data.page.fileSlug}/`", "2024-03-05", "/b/x/"),
        ("permalink: ({ page }) => `/b/${page.fileSlug}/`", "2024-03-05", "/b/x/"),
        (
            "permalink(data) { return `/${data.page.date.getUTCFullYear()}/${data.key}/`; }",
            "2024-03-05",
            "/2024/value/",
        ),
        (
            MONTH,
            "2024-03-05",
            "/03/5/",
        ),
        ("permalink: (data) => `/${data.page.date.getFullYear()}/x/`", "2024-03-05", "/2024/x/"),
        # On which side of the year the builder's own day is can't be known.
        ("permalink: (data) => `/${data.page.date.getFullYear()}/x/`", "2024-01-01", None),
        ("eleventyComputed: { permalink: (data) => `/c/${data.page.fileSlug}/` }", "2024-03-05", "/c/x/"),
        ("permalink: (data) => data.draft ? false : `/b/${data.page.fileSlug}/`", "2024-03-05", None),
        ("permalink: (data) => `/b/${other(data.page.fileSlug)}/`", "2024-03-05", None),
        ("permalink: (data) => `/b/${site.name}/`", "2024-03-05", None),
        ("permalink: (data) => `/b/${this.slugify(data.title)}/`", "2024-03-05", "/b/a-title/"),
    ],
)
def test_permalinks_by_a_function(code, day, address):
    files = {"eleventy.config.js": b"", "posts/posts.11tydata.js": f"export default {{ {code} }}\n".encode()}
    found = ELEVENTY(MemoryFiles({**files, "posts/x.md": b""}))
    data = {"date": day, "key": "value", "title": "A title"}
    assert found.address("posts/x.md", data).addresses == (address and (address,))


def test_data_files_with_an_ending_of_the_sites_own():
    config = b"module.exports = c => { c.addDataExtension('yml, yaml', text => yaml.load(text)); };\n"
    files = {"eleventy.config.js": config, "posts/x.md": b""}
    data = b"permalink: /b/{{ page.fileSlug }}/\n"
    assert ELEVENTY(MemoryFiles({**files, "posts/posts.11tydata.yml": data})).address("posts/x.md", {}).addresses == (
        "/b/x/",
    )
    unread = {
        **files,
        "eleventy.config.js": config.replace(b"yml", b"toml"),
        "posts/posts.toml": b"permalink = '/b/'\n",
    }
    assert ELEVENTY(MemoryFiles(unread)).address("posts/x.md", {}).addresses is None
    assert ELEVENTY(MemoryFiles({"eleventy.config.js": b"", "posts/x.md": b"", "posts/posts.yml": data})).address(
        "posts/x.md", {}
    ).addresses == ("/posts/x/",)
