"""Gatsby blogs: the answers of its own functions and plugins, and what a site's settings and code say."""

import json
from datetime import UTC
from pathlib import Path

import pytest

from postlint import front_matter
from postlint.body import markdown
from postlint.files.files import MemoryFiles
from postlint.frameworks import load
from postlint.frameworks.answers import UNKNOWN

VECTORS = Path(__file__).parents[1] / "vectors/gatsby.jsonl"
GATSBY = load("gatsby")
CONFIG = """
module.exports = {
  plugins: [
    { resolve: `gatsby-source-filesystem`, options: { name: `blog`, path: `${__dirname}/content/blog` } },
    {
      resolve: `gatsby-transformer-remark`,
      options: { plugins: [`gatsby-remark-images`, `gatsby-remark-copy-linked-files`] },
    },
  ],
}
"""
NODE = """
exports.createPages = async ({ graphql, actions }) => {
  posts.forEach(post => { actions.createPage({ path: post.fields.slug, component: blogPost }) })
}
exports.onCreateNode = ({ node, actions, getNode }) => {
  const value = createFilePath({ node, getNode })
  createNodeField({ name: `slug`, node, value })
}
"""


def vectors(kind):
    with VECTORS.open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["kind"] == kind]


def name(row):
    return f"{row.get('path', '')} {row.get('input', row.get('reference', ''))!s:.40}"


def site(config=CONFIG, node=NODE, **files):
    given = {"gatsby-config.js": config, "gatsby-node.js": node, "content/blog/a.md": "", **files}
    return GATSBY(MemoryFiles({path: text.encode() for path, text in given.items()}))


@pytest.mark.parametrize("row", [row for row in vectors("url") if not row["config"]], ids=name)
def test_addresses_of_files(row):
    assert site().address(f"content/blog/{row['path']}", {}).addresses == (row["result"],)


@pytest.mark.parametrize(
    ("node", "data", "address"),
    [
        ("createPage({ path: node.frontmatter.slug, component })", {"slug": "/a-b"}, "/a-b/"),
        ("createPage({ path: edge.node.frontmatter.path, component })", {"path": "/x/"}, "/x/"),
        ("createPage({ path: node.frontmatter.slug, component })", {}, None),
        ("createPage({ path: `/blog${node.fields.slug}`, component })", {}, None),
        ("createPage({ path: node.frontmatter.slug || node.fields.slug })", {"slug": "/x"}, None),
        (NODE.replace("node, value }", "node, value: `/blog${value}` }"), {}, None),
        (NODE + "\nif (node.frontmatter.slug) {}", {}, None),
        ("// createPage({ path: node.frontmatter.slug })", {"slug": "/x"}, None),
        ("", {}, None),
    ],
)
def test_addresses_are_what_the_code_says_literally(node, data, address):
    assert site(node=node).address("content/blog/a.md", data).addresses == ((address,) if address else None)


@pytest.mark.parametrize(
    ("config", "package", "address"),
    [
        (CONFIG, "^5.0.0", "/p/"),
        (CONFIG, "^4.0.0", "/p"),
        (CONFIG.replace("plugins: [\n", "trailingSlash: `never`,\n  plugins: [\n", 1), "^5.0.0", "/p"),
    ],
)
def test_slash_at_the_end(config, package, address):
    package = json.dumps({"dependencies": {"gatsby": package}})
    found = site(config, "createPage({ path: node.frontmatter.path })", **{"package.json": package})
    assert found.address("content/blog/a.md", {"path": "/p"}).addresses == (address,)


# A key that is an object, and a tab before a key, are said to be mistakes; only YAML is read.
UNLIKE = ("{{ x }}", "\n\ttitle", "---json", "---js")


@pytest.mark.parametrize(
    "row", [row for row in vectors("front_matter") if not any(part in row["input"] for part in UNLIKE)], ids=name
)
def test_front_matter(row):
    found = front_matter.read(row["input"], site().dialect)
    if row["result"] is None:
        assert found.problem or any(front_matter.repeated(found.root)) or not found.root.entries
        return
    data = front_matter.to_data(found.root)
    values = site().values("content/blog/a.md", data if isinstance(data, dict) else {}, found.language)
    if isinstance(data, dict) and "0" not in row["result"]:
        assert values == row["result"]


@pytest.mark.parametrize("row", vectors("date"), ids=name)
def test_dates(row):
    found = site()
    (entry,) = front_matter.read(f"---\ndate: {row['input']}\n---\n", found.dialect).root.entries
    moment = found.moment(entry.node.value, entry.node.text)
    if row["result"] is None:
        assert moment.instant is None
        assert bool(moment.problem) == row["inferred_as_date"]
    else:
        assert moment.instant.astimezone(UTC).isoformat(timespec="milliseconds")[:23] == row["result"][:23]


def test_days_that_do_not_exist():
    assert site().moment("2024-13-45", "2024-13-45").problem.text == "there is no month 13; Gatsby shows `Invalid date`"
    assert (
        site().moment("2023-366", "2023-366").problem.text == "`2023-366` does not exist; Gatsby shows `Invalid date`"
    )


@pytest.mark.parametrize("kind", ["image", "link"])
def test_images_and_links(kind):
    found, judged = site(), 0
    for row in vectors(kind):
        files = MemoryFiles(dict.fromkeys(row["files"], b""))
        reference = row["reference"]
        text = reference if reference.startswith(("<img", "[")) else f"![a]({reference})"
        for one in markdown.read(text, 0, found.syntax(row["path"])).references:
            where = one.form if one.form in ("html", "reference") else "markdown"
            leads = (found.image if one.kind == "image" else found.link)(row["path"], {}, one.target, where)
            if leads.status == "files" and leads.address is None:
                judged += 1
                served = any(files.find(each).status == "ok" for each in leads.paths)
                assert served == (row["result"] is not None), row
    assert judged >= {"image": 20, "link": 3}[kind]


@pytest.mark.parametrize(
    ("target", "where", "path", "certain"),
    [
        ("/img/a.png", "markdown", "static/img/a.png", True),
        ("/other/a.png", "markdown", "static/other/a.png", False),
        ("/static/img/a.png", "markdown", "static/static/img/a.png", True),
        ("/static/a-0f3.png", "markdown", None, None),
        ("/icons/icon.png", "markdown", None, None),
        ("./cover.png", "field", "content/blog/cover.png", True),
        ("cover.png", "field", "content/blog/cover.png", False),
        ("cdn.e.org/a.png", "field", None, None),
        ("./a.png", "import", "content/blog/a.png", True),
        ("@images/a.png", "import", None, None),
        ("./a.png", "jsx", None, None),
        ("${a}.png", "html", None, None),
    ],
)
def test_images_in_other_places(target, where, path, certain):
    leads = site(**{"static/img/b.png": ""}).image("content/blog/a.md", {}, target, where)
    assert (leads.paths[0] if leads.paths else None) == path
    assert certain is None or leads.certain == certain


def test_without_the_plugins_a_missing_file_may_come_from_elsewhere():
    assert not site("module.exports = {}").image("content/blog/a.md", {}, "./a.png", "markdown").certain


@pytest.mark.parametrize(
    ("path", "folders"),
    [
        ("`${__dirname}/content/blog`", ["content/blog"]),
        ("path.join(__dirname, 'content', `blog`)", ["content/blog"]),
        ("'./content/blog/'", ["content/blog"]),
        ("`${process.cwd()}/content`", ["content"]),
        ('path.resolve(__dirname, "notes")', ["notes"]),
        ("path.resolve(`content/${name}`)", ["content"]),
        ("`${__dirname}/content/${name}`", ["content"]),
        ("process.env.POSTS", ["content/blog", "content"]),
        ("`${__dirname}/../notes`", ["content/blog", "content"]),
        ("`${__dirname}/src/images`", ["content/blog", "content"]),
    ],
)
def test_folders_of_posts(path, folders):
    plugin = f"{{ resolve: 'gatsby-source-filesystem', options: {{ name: 'x', path: {path} }} }}"
    found = site(
        f"module.exports = {{ plugins: [{plugin}] }}", **{"notes/a.md": "", "src/images/a.png": "", "README.md": ""}
    )
    assert [each.name for each in found.collections] == folders


def test_markdown_may_be_mdx():
    config = (
        "module.exports = { plugins: [{ resolve: 'gatsby-plugin-mdx', options: { extensions: ['.mdx', '.md'] } }] }"
    )
    assert site(config).syntax("content/blog/a.md").mdx
    assert not site().syntax("content/blog/a.md").mdx
    assert site().syntax("content/blog/a.mdx").mdx


def test_detection():
    assert GATSBY.detect(MemoryFiles({"gatsby-config.ts": b""})) == "gatsby-config.ts"
    assert GATSBY.detect(MemoryFiles({"package.json": b'{"dependencies": {"gatsby": "5"}}'})) is None


def test_links_to_pages_are_the_sites_own():
    assert site(node="").link("content/blog/a.md", {}, "/b/", "markdown") == UNKNOWN
    leads = site().link("content/blog/a.md", {}, "/b/", "markdown")
    assert (leads.address, leads.certain) == ("/b/", False)
    assert site().link("content/blog/a.md", {}, "../b/index.md", "markdown") == UNKNOWN


@pytest.mark.parametrize("row", [row for row in vectors("slug") if not row["config"]], ids=name)
def test_anchors(row):
    plugin = "'gatsby-remark-autolink-headers'"
    found = site(f"module.exports = {{ plugins: [{plugin}] }}")
    texts = [
        each.text
        for each in markdown.read("".join(f"# {t}\n\n" for t in row["input"]), 0, found.syntax("a.md")).headings
    ]
    texts = row["input"] if "{#" in row["input"][0] else texts
    assert set(row["result"]) <= set(found.anchors("content/blog/a.md", texts))
    assert site().anchors("content/blog/a.md", texts) is None
