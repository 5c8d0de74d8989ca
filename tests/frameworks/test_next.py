"""Next.js blogs: the answers of the libraries that they use, and how sites are found and read."""

import json
from datetime import UTC
from pathlib import Path

import pytest

from postlint import front_matter
from postlint.body import markdown
from postlint.files.files import MemoryFiles
from postlint.files.globs import matches
from postlint.frameworks import load
from postlint.frameworks.answers import UNKNOWN, Target

VECTORS = Path(__file__).parents[1] / "vectors/next.jsonl"
NEXT = load("next")
CONTENTLAYER = """
import { defineDocumentType, makeSource } from 'contentlayer2/source-files'
const Post = defineDocumentType(() => ({ name: 'Post', filePathPattern: 'posts/**/*.mdx', contentType: 'mdx' }))
export default makeSource({ contentDirPath: 'data', documentTypes: [Post] })
"""


def vectors(kind, part=""):
    with VECTORS.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["kind"] == kind]
    return [row for row in rows if part in (row.get("function") or row.get("library"))]


def name(row):
    return f"{row.get('library', '')[:20]} {row.get('path', '')} {row.get('input', row.get('reference', ''))!s:.40}"


def site(packages=(), **files):
    contents = {path: text.encode() for path, text in files.items()}
    package = json.dumps({"dependencies": {"next": "16.0.0", **dict.fromkeys(packages, "^4.0.0")}})
    return NEXT(MemoryFiles({"next.config.js": b"module.exports = {}", "package.json": package.encode(), **contents}))


def reads_with(library):
    """A site whose posts are read by the library that a vector names."""
    if "contentlayer" in library:
        return site(["gray-matter"], **{"contentlayer.config.ts": CONTENTLAYER})
    if "vfile-matter" in library:
        return site(["next-mdx-remote"])
    if "remark" in library:
        return site(["@next/mdx", "remark-frontmatter"])
    if "nextra" in library:
        return site(["nextra"], **{"content/x.md": ""})
    return site(["gray-matter"])


# Merge keys are merged for every parser, a template's mark and a tab before a key are said to be mistakes, and a
# carriage return is no part of a value, whatever one of the libraries makes of them.
UNLIKE = ("<<: *x", "{{ x }}", "\n\ttitle", "\r\n")


@pytest.mark.parametrize(
    "row", [row for row in vectors("front_matter") if not any(part in row["input"] for part in UNLIKE)], ids=name
)
def test_front_matter(row):
    found = front_matter.read(row["input"], reads_with(row["library"]).dialect)
    broken = found.problem or any(front_matter.repeated(found.root))
    data = front_matter.to_data(found.root)
    assert plain(data if isinstance(data, dict) and not broken else {}) == mappings_only(row["result"])


def plain(value):
    """Values as JSON has them."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if hasattr(value, "astimezone"):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return f"{value.isoformat()}T00:00:00.000Z" if hasattr(value, "isoformat") else value


def mappings_only(value):
    return value if isinstance(value, dict) else {}


@pytest.mark.parametrize("row", vectors("date"), ids=name)
def test_dates(row):
    found = reads_with(row["library"])
    (entry,) = front_matter.read(f"---\ndate: {row['input']}\n---\n", found.dialect).root.entries
    moment = found.moment(entry.node.value, entry.node.text)
    if row["result"] is None:
        assert moment.instant is None
    elif moment.instant is not None:
        instant = moment.instant if moment.instant.tzinfo else moment.instant.replace(tzinfo=UTC)
        assert instant.astimezone(UTC).isoformat()[:19] == row["result"][:19]


def test_text_is_read_as_javascript_does():
    found = site(["gray-matter"])
    assert found.moment("2024-02-30", "2024-02-30").problem.text.startswith(
        "there is no day 30 in February; it is read as 1 M"
    )
    assert found.moment("2024-13-45", "2024-13-45").problem.text == "there is no month 13"
    assert found.moment("YYYY-MM-DD", "YYYY-MM-DD").problem.text == "`YYYY-MM-DD` is a placeholder"
    # The site's own code may read what `new Date()` does not.
    assert found.moment("13/05/2024", "13/05/2024") == (None, None, False)
    assert found.moment(20240105, "20240105").instant is None


@pytest.mark.parametrize("row", vectors("url", "nextra"), ids=name)
def test_addresses_of_nextra(row):
    folder = "src/content/x.mdx" if row["path"].startswith("src/") else "content/x.mdx"
    found = site(["nextra"], **{folder: "", f"{'src/' * row['path'].startswith('src/')}app/x.tsx": ""})
    assert found.address(row["path"], {}).addresses == (row["result"],)


@pytest.mark.parametrize("row", vectors("url", "normalizeAppPath"), ids=name)
def test_addresses_of_pages(row):
    address = site(["@next/mdx"]).address(row["path"], {})
    if "[" in row["result"] or not row["path"].endswith("/page.mdx"):
        assert address.addresses is None
    else:
        assert address.addresses == (row["result"],)


@pytest.mark.parametrize("row", vectors("url", "contentlayer"), ids=name)
def test_contentlayer_has_an_id_for_each_document(row):
    found = site(**{"contentlayer.config.ts": CONTENTLAYER})
    address = found.address(f"data/{row['path']}", {})
    assert (address.addresses, address.key) == (None, f"contentlayer:{row['result']}")


@pytest.mark.parametrize("row", vectors("posts"), ids=name)
def test_pages_of_nextra(row):
    found = site(["nextra"], **{"content/a.md": ""})
    is_post = any(
        matches(row["path"], each.include) and not matches(row["path"], each.exclude) for each in found.collections
    )
    assert is_post == (row["result"] and row["path"].endswith((".md", ".mdx")))


@pytest.mark.parametrize("row", vectors("image"), ids=name)
def test_images_of_nextra(row):
    found = site(["nextra"], **{"content/a.md": "", "public/b.png": ""})
    target = row["reference"]
    if target.startswith("<"):
        (reference,) = markdown.read(f"![a]({target})", 0, found.syntax(row["path"])).references
        target = reference.target
    leads = found.image(row["path"], {}, target, "markdown")
    result = row["result"] or ""
    if result.startswith("file"):
        written = row["import"].partition("?")[0]
        assert (leads.paths, leads.certain) == (
            (f"content/{'blog/' * written.startswith('./')}{written.lstrip('./')}",),
            True,
        )
    elif result.startswith("public/img"):
        assert leads.paths[0] == "public/img/a.png"
    else:
        assert leads.status in ("missing", "external", "unknown") or row["reference"] == "./%E9.png"


@pytest.mark.parametrize(
    ("config", "address"),
    [
        ("module.exports = { basePath: '/docs' }", "/docs/a/b"),
        ("export default { trailingSlash: true } satisfies NextConfig", "/a/b/"),
        (
            "import nextra from 'nextra'\nexport default nextra({ contentDirBasePath: '/d' })({ output: 'export' })",
            "/d/a/b",
        ),
        ("module.exports = { basePath: process.env.BASE }", None),
        ("module.exports = withPlugins([a, b])", None),
    ],
)
def test_settings(config, address):
    found = site(["nextra"], **{"next.config.js": config, "content/a/b.mdx": ""})
    assert found.address("content/a/b.mdx", {}).addresses == ((address,) if address else None)


@pytest.mark.parametrize(
    ("target", "where", "status", "paths", "certain"),
    [
        ("/img/a.png", "markdown", "files", "public/img/a.png", True),
        ("/img/a%20b.png?x", "html", "files", "public/img/a b.png", True),
        ("/other/a.png", "markdown", "files", "public/other/a.png", False),
        ("/img/a.png", "jsx", "files", "public/img/a.png", False),
        ("/img/a.png", "field", "files", "public/img/a.png", False),
        ("/public/img/a.png", "markdown", "files", "public/public/img/a.png", True),
        ("a.png", "markdown", "files", "posts/a.png", False),
        ("./a.png", "import", "files", "posts/a.png", True),
        ("@/a.png", "import", "unknown", None, None),
        ("/api/og.png", "markdown", "unknown", None, None),
        ("/og?title=x", "field", "unknown", None, None),
        ("cdn.e.org/a.png", "field", "unknown", None, None),
        ("../../a.png", "markdown", "unknown", None, None),
        ("https://e.org/a.png", "markdown", "external", None, None),
    ],
)
def test_images(target, where, status, paths, certain):
    found = site(["gray-matter"], **{"posts/p.md": "", "public/img/b.png": ""})
    leads = found.image("posts/p.md", {}, target, where)
    assert (leads.status, leads.paths[0] if paths else None) == (status, paths)
    assert certain is None or leads.certain == certain


@pytest.mark.parametrize(
    ("config", "certain"),
    [
        ("module.exports = { async rewrites() { return [{ source: '/api/:path*', destination: '/x' }] } }", True),
        ("module.exports = { async redirects() { return [{ source: '/img/:path*', destination: '/x' }] } }", False),
        ("module.exports = { rewrites: () => ({ fallback: [{ source: '/:path*', destination: '/x' }] }) }", False),
        ("module.exports = { async rewrites() { return await load() } }", False),
        ("module.exports = withPlugins([a])", False),
    ],
)
def test_addresses_that_lead_elsewhere(config, certain):
    found = site(["gray-matter"], **{"next.config.js": config, "public/img/b.png": ""})
    assert found.image("posts/p.md", {}, "/img/a.png", "markdown").certain == certain


def test_a_base_that_only_code_knows_may_stand_before_images():
    found = site(**{"next.config.js": "module.exports = {basePath: process.env.BASE}", "public/a/b.png": ""})
    leads = found.image("content/a.md", {}, "/base/a/b.png", "html")
    assert "public/a/b.png" in leads.paths
    assert not leads.certain


def test_components_may_complete_the_names_of_images():
    found = site(**{"public/a.png": ""})
    assert found.image("content/a.mdx", {}, "b.png", "jsx") == UNKNOWN
    assert found.image("content/a.mdx", {}, "./b.png", "jsx").status == "files"
    assert found.image("content/a.mdx", {}, "b.png", "markdown").status == "files"


def test_posts_in_the_public_folder_have_their_images_beside_them():
    found = site(["gray-matter"], **{"lib/posts.ts": "await readdir('./public/')", "public/a/index.md": ""})
    assert found.image("public/a/index.md", {}, "./b.png", "markdown") == Target("files", ("public/a/b.png",))


@pytest.mark.parametrize(
    ("code", "folders"),
    [
        ("fs.readdirSync(path.join(process.cwd(), 'texts'))", ["texts"]),
        ("const postsDirectory = join(process.cwd(), 'texts', \"posts\")\nreaddir(postsDirectory)", ["texts/posts"]),
        ("const POSTS_PATH = 'texts'; fs.readdir(POSTS_PATH)", ["texts"]),
        ("const root = `${process.cwd()}/texts/posts`; readdirSync(root)", ["texts/posts"]),
        ("glob.sync('texts/posts/**/*.mdx')", ["texts/posts"]),
        ("await import(`@/texts/posts/${slug}.mdx`)", ["texts/posts"]),
        ("fs.readdirSync(path.join(__dirname, '../texts'))", ["texts"]),
        ("readFile(path.join(process.cwd(), 'texts', kind, 'posts'))", ["texts"]),
        ("readdir(path.join(process.cwd(), 'nowhere'))", []),
        ("readdir(path.join(process.cwd(), '..', 'texts'))", []),
        ("readdir('./components')", []),
        ("const postsDirectory = 'texts'", []),
    ],
)
def test_folders_that_the_code_reads(code, folders):
    posts = {"content/a.md": "", "texts/posts/a.mdx": "", "components/x.md": "", "docs/a.md": ""}
    found = site(["gray-matter"], **{"lib/api.ts": code, **posts})
    # `content` is read by custom, whatever else is.
    assert {each.name for each in found.collections} == {"content", *folders}


def test_posts_beside_the_folders_that_the_code_reads():
    posts = {f"_blogposts/{name}.mdx": "---\ntitle: A\ndate: 2024-01-02\n---\n" for name in "abc"}
    found = site(["gray-matter"], **{"lib/api.js": "fs.readdirSync('texts')", "texts/a.md": "", **posts})
    assert {each.name for each in found.collections} == {"texts", "_blogposts"}


def test_a_folder_that_the_code_reads_is_not_all_of_the_customary_one():
    code = "readdir('content/posts'); readdir('content')"
    found = site(["gray-matter"], **{"lib/a.ts": code, "content/posts/a.md": "", "content/b.md": ""})
    assert [each.name for each in found.collections] == ["content/posts", "content"]
    found = site(["gray-matter"], **{"lib/a.ts": code[:24], "content/posts/a.md": "", "content/b.md": ""})
    assert [each.name for each in found.collections] == ["content/posts"]


@pytest.mark.parametrize(
    ("files", "collections"),
    [
        ({"contentlayer.config.ts": CONTENTLAYER}, {"Post": "data/posts/**/*.mdx"}),
        (
            {
                "velite.config.ts": "const posts = defineCollection({ name: 'Post', pattern: 'blog/**/*.md' })\n"
                "export default defineConfig({ root: 'content', collections: { posts } })"
            },
            {"Post": "content/blog/**/*.md"},
        ),
        (
            {
                "content-collections.ts": "const posts = defineCollection({ name: 'posts', directory: 'content', "
                "include: '*.md' })\nexport default defineConfig({ collections: [posts] })"
            },
            {"posts": "content/*.md"},
        ),
        (
            {"source.config.ts": "export const docs = defineDocs({ dir: 'content/guide' })"},
            {"content/guide": "content/guide/**/*.{md,mdx}"},
        ),
        (
            {
                "contentlayer.config.ts": "export default makeSource({ contentDirPath, documentTypes })",
                "content/a.md": "",
            },
            {"content": "content/**/*.{md,mdx,markdown}"},
        ),
        ({"pages/blog/a.md": ""}, {"pages": "pages/**/*.{md,mdx}"}),
        ({"posts/a.md": "", "docs/a.md": "", "README.md": ""}, {"posts": "posts/**/*.{md,mdx,markdown}"}),
        ({"docs/a.md": "", "README.md": ""}, {}),
    ],
)
def test_collections(files, collections):
    found = site(**files)
    assert {each.name: each.include[0] for each in found.collections} == collections


@pytest.mark.parametrize(
    ("files", "evidence"),
    [
        ({"next.config.mjs": ""}, "next.config.mjs"),
        ({"package.json": '{"dependencies": {"next": "16"}}', "app/page.tsx": ""}, "package.json"),
        ({"package.json": '{"dependencies": {"next": "16"}}', "apps/web/app/page.tsx": ""}, None),
        ({"package.json": '{"keywords": ["next"]}', "app/page.tsx": ""}, None),
        ({"package.json": "{", "app/page.tsx": ""}, None),
    ],
)
def test_detection(files, evidence):
    assert NEXT.detect(MemoryFiles({path: text.encode() for path, text in files.items()})) == evidence


def test_drafts():
    found = site()
    assert found.draft("posts/a.md", {"draft": True})
    assert found.draft("posts/a.md", {"published": False})
    assert not found.draft("posts/a.md", {"published": "2024-01-05"})


def test_links():
    found = site(["nextra"], **{"content/a/b.mdx": ""})
    assert found.link("content/a/b.mdx", {}, "../c.mdx#x", "markdown").paths == ("content/c.mdx",)
    leads = found.link("content/a/b.mdx", {}, "/c#x", "markdown")
    assert (leads.status, leads.address, leads.certain) == ("files", "/c", False)
    assert site().link("posts/a.md", {}, "./b.md", "markdown") == UNKNOWN


ROUTED = {
    "app/blog/[...slug]/page.tsx": "",
    "app/(site)/about/page.tsx": "",
    "pages/tags/[tag].jsx": "",
    "posts/a.md": "",
}


@pytest.mark.parametrize(
    ("address", "files", "could"),
    [
        ("/blog/x/y", {}, True),
        ("/blog/", {}, True),
        ("/about/", {}, True),
        ("/tags/x", {}, True),
        ("/tags/x/y", {}, False),
        ("/post/x", {}, False),
        ("/site/about", {}, False),
        ("/feed.xml", {}, True),
        ("/api/x", {}, True),
        ("/", {}, True),
        ("/post/x", {"app/(.)post/[id]/page.tsx": ""}, True),
        ("/post/x", {"app/_post/[id]/page.tsx": ""}, False),
        ("/post/x", {"app/post/[id]/card.tsx": ""}, False),
        ("/post/x", {"app/[[...all]]/page.tsx": ""}, True),
        ("/post/x", {"src/proxy.ts": ""}, True),
        ("/post/x", {"next.config.js": "module.exports = withX({ i18n: {} })"}, True),
        ("/post/x", {"next.config.js": "module.exports = { redirects: () => rules() }"}, True),
        ("/post/x", {"next.config.js": "module.exports = { basePath: '/b' }"}, True),
        ("/b/post/x", {"next.config.js": "module.exports = { basePath: '/b' }"}, False),
    ],
)
def test_what_routes_could_answer(address, files, could):
    assert site(**{**ROUTED, **files}).could_answer(address) == could


def test_markdown_that_is_given_to_mdx():
    assert site(["next-mdx-remote", "gray-matter"]).syntax("posts/a.md").mdx
    assert not site(["next-mdx-remote", "gray-matter", "remark-html"]).syntax("posts/a.md").mdx
    assert not site(["gray-matter"]).syntax("posts/a.md").mdx


def test_links_that_no_route_could_answer(write, main):
    write(
        {**ROUTED, "next.config.js": "module.exports = {}\n", "package.json": '{"dependencies": {"gray-matter": "4"}}'}
    )
    write({"posts/a.md": "---\ntitle: A\n---\n[a](/post/x) [b](/blog/x) [c](/f.txt) [d](b) <a href='/x'>\n"})
    write({"public/x": ""})
    (found,) = main("check", "--select", "link", "--output-format", "json").report["diagnostics"]
    assert found["message"].startswith("broken link `/post/x`")


@pytest.mark.parametrize("row", vectors("slug"), ids=name)
def test_anchors(row):
    found = site(["nextra" if "nextra" in row["function"] else "rehype-slug"])
    text = row["input"]
    (heading,) = markdown.read(f"# {text}\n", 0, found.syntax("a.md")).headings
    texts = [heading.text] * 2 if "{#id}" not in text else [text] * 2
    assert set(row["result"]) <= set(found.anchors("content/a.md", texts))


def test_anchors_that_the_code_makes():
    assert site().anchors("posts/a.md", ["One"]) is None
