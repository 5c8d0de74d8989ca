"""What an Astro site's files say of it, of its posts' ids and addresses, of dates and images."""

import pickle
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.files.files import MemoryFiles
from postlint.frameworks import load
from postlint.frameworks.answers import UNKNOWN, Reason

ASTRO = load("astro")
POST = "src/content/blog/post.md"
ROUTE = (
    "export const getStaticPaths = async () => (await getCollection('blog')).map((p) => ({ params: { slug: p.id } }))"
)
BLOG = """
import { defineCollection, z } from "astro:content";
const blog = defineCollection({ loader: glob({ pattern: %s, base: "./src/data/blog" }) });
export const collections = { blog };
"""


def site(*names, **texts):
    """A site with the empty files `names` and others: `config`, `package`, `content`, `tsconfig`, `route`."""
    places = {
        "config": "astro.config.mjs",
        "package": "package.json",
        "content": "src/content.config.ts",
        "old_content": "src/content/config.ts",
        "tsconfig": "tsconfig.json",
        "route": "src/pages/blog/[...slug].astro",
    }
    files = dict.fromkeys(names, b"")
    files.update((places[name], text.encode()) for name, text in texts.items())
    return ASTRO(MemoryFiles(files))


def collections(found):
    return {each.name: each.include for each in found.collections if each.name != "pages"}


@pytest.mark.parametrize(
    ("files", "evidence"),
    [
        ({"astro.config.ts": b""}, "astro.config.ts"),
        ({"package.json": b'{"dependencies": {"astro": "^5"}}', "src/x": b""}, "package.json"),
        ({"package.json": b'{"dependencies": {"astro": "^5"}}'}, None),
        ({"package.json": b'{"name": "astro"}', "src/x": b""}, None),
        ({"astro.config.mjs/x": b""}, None),
        ({}, None),
    ],
)
def test_detection(files, evidence):
    assert ASTRO.detect(MemoryFiles(files)) == evidence


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ({}, {"blog": ("src/content/blog/**/*.{md,mdx}",)}),
        ({"content": BLOG % '"**/[^_]*.md"'}, {"blog": ("src/data/blog/**/[^_]*.md",)}),
        ({"content": BLOG % '["**/*", "!x/*"]'}, {"blog": ("src/data/blog/**/*.{md,mdx}",)}),
        ({"content": BLOG % '"**/*.json"'}, {}),
        ({"content": BLOG % "PATTERN"}, {"blog": ("src/content/blog/**/*.{md,mdx}",)}),
        (
            {"content": "export const collections = { blog: make('blog') }"},
            {"blog": ("src/content/blog/**/*.{md,mdx}",)},
        ),
        ({"content": "export const collections = { a: defineCollection({ loader: file('a.json') }) }"}, {}),
        ({"content": "export const collections = all()"}, {"blog": ("src/content/blog/**/*.{md,mdx}",)}),
        ({"config": "export default { srcDir: './web' }"}, {}),
        (
            {"content": "const a = defineCollection({ type: 'content' }); export const collections = { blog: a }"},
            {"blog": ("src/content/blog/**/*.{md,mdx}",)},
        ),
    ],
)
def test_collections(texts, expected):
    assert collections(site(POST, **texts)) == expected


@pytest.mark.parametrize(
    ("path", "data", "key"),
    [
        ("Hello World.md", {}, "blog/hello-world"),
        ("c++.md", {}, "blog/c"),
        ("c.mdx", {}, "blog/c"),
        ("a/index.md", {}, "blog/a"),
        ("index.md", {}, "blog/index"),
        ("2023/My Post.md", {}, "blog/2023/my-post"),
        ("a.md", {"slug": "Any Thing/b"}, "blog/Any Thing/b"),
        ("a.md", {"slug": ""}, "blog/a"),
        ("a.md", {"slug": 2024}, "blog/2024"),
        ("a.md", {"slug": date(2024, 1, 5)}, "blog/Fri Jan 05 2024 00:00:00 GMT+0000 (Coordinated Universal Time)"),
        ("a.md", {"slug": float("inf")}, None),
        ("a.md", {"slug": ["x"]}, None),
    ],
)
def test_ids(path, data, key):
    assert site(POST).address(f"src/content/blog/{path}", data).key == key


@pytest.mark.parametrize("path", ["c#.md", "what?.md", ".hidden.md", "🎉.md", "note.txt"])
def test_posts_that_make_no_page(path):
    address = site(POST).address(f"src/content/blog/{path}", {})
    assert address.addresses == ()
    assert address.reason


@pytest.mark.parametrize(
    ("texts", "addresses"),
    [
        ({}, None),
        ({"route": ""}, ("/blog/post/",)),
        ({"route": ROUTE}, ("/blog/post/",)),
        ({"route": ROUTE.replace("p.id", "p.id.toUpperCase()")}, None),
        ({"route": ROUTE, "config": "export default { base: '/sub/' }"}, ("/sub/blog/post/",)),
        ({"route": ROUTE, "config": "export default { base: process.env.BASE }"}, None),
        ({"route": ROUTE, "config": "export default { trailingSlash: 'never' }"}, ("/blog/post",)),
        ({"route": ROUTE, "config": "export default { build: { format: 'file' } }"}, ("/blog/post.html",)),
    ],
)
def test_addresses(texts, addresses):
    assert site(POST, **texts).address(POST, {}).addresses == addresses


@pytest.mark.parametrize(
    ("params", "address"),
    [
        ("params: { slug: p.data.key }", "/blog/k/"),
        ("params: { slug: p.data.none ?? p.data.key }", "/blog/k/"),
        ("params: { slug: p.data.none || p.id }", "/blog/post/"),
        ("params: { slug: data.key }", "/blog/k/"),
        ("params: { slug: p.data.none }", None),
        ("params: { slug: p.data.number }", None),
        ("params: { slug: p.data.key.trim() }", None),
        ("params: { slug: other(p.data.key) }", None),
    ],
)
def test_a_route_that_takes_a_field(params, address):
    found = site(POST, route=ROUTE.replace("params: { slug: p.id }", params))
    data = {"key": "k", "number": 2}
    assert found.address(POST, data).addresses == (address and (address,))


def test_a_route_that_takes_a_field_by_a_constant():
    route = ROUTE.replace("({ params: { slug: p.id } })", "{ const slug = p.data.key; return { params: { slug } }; }")
    assert site(POST, route=route).address(POST, {"key": "k"}).addresses == ("/blog/k/",)
    twice = route.replace("return", "slug = x; return")
    assert site(POST, route=twice).address(POST, {"key": "k"}).addresses is None
    assert site(POST, route=route).addressing.keys == ("key",)


@pytest.mark.parametrize(
    ("config", "could"),
    [
        ("{}", False),
        ("{ i18n: { locales: ['en'] } }", False),
        ("{ i18n: { fallback: { fr: 'en' } } }", True),
        ("{ integrations: [{ name: 'x', hooks: {} }] }", False),
        ("{ integrations: [{ name: 'x', hooks: { a: ({ injectRoute }) => injectRoute({}) } }] }", True),
    ],
)
def test_what_may_add_routes(config, could):
    assert site(POST, route=ROUTE, config=f"export default {config}").could_answer("/elsewhere/") == could


def test_a_route_of_one_segment_takes_no_slash():
    files = {POST: b"", "src/pages/[slug].astro": ROUTE.encode()}
    found = ASTRO(MemoryFiles(files))
    assert found.address(POST, {}).addresses == ("/post/",)
    assert found.address("src/content/blog/a/b.md", {}).addresses == ()


def test_two_routes_of_one_collection_tell_nothing():
    files = {POST: b"", "src/pages/[slug].astro": ROUTE.encode(), "src/pages/b/[slug].astro": ROUTE.encode()}
    found = ASTRO(MemoryFiles(files)).address(POST, {})
    assert (found.addresses, found.key) == (None, "blog/post")
    assert found.reason == Reason("which page shows this collection is not certain")


@pytest.mark.parametrize(
    ("path", "addresses"),
    [
        ("About Me.md", ("/About Me/",)),
        ("index.md", ("/",)),
        ("a/index.md", ("/a/",)),
        ("404.md", ("/404.html",)),
        ("_a.md", ()),
        ("_b/a.md", ()),
    ],
)
def test_pages(path, addresses):
    assert site().address(f"src/pages/{path}", {}).addresses == addresses


def test_mdx_without_its_integration():
    package = '{"dependencies": {"astro": "7.0.0"}}'
    listed = "import sitemap from '@astrojs/sitemap'; export default { integrations: [sitemap()] }"
    unknown = "import theme from 'some-theme'; export default { integrations: [theme()] }"
    path = "src/content/blog/post.mdx"
    assert site(path, package=package, config=listed).address(path, {}).addresses == ()
    assert site(path, package=package, config=unknown).address(path, {}).key == "blog/post"


@pytest.mark.parametrize(
    ("value", "text", "instant", "problem"),
    [
        (datetime(2024, 1, 5, tzinfo=UTC), "2024-01-05", datetime(2024, 1, 5, tzinfo=UTC), None),
        (
            datetime(2025, 2, 4, tzinfo=UTC),
            "2025-01-35",
            datetime(2025, 2, 4, tzinfo=UTC),
            "there is no day 35 in January; Astro reads 4 February 2025",
        ),
        (
            "2024-02-30",
            "2024-02-30",
            datetime(2024, 3, 1, tzinfo=UTC),
            "there is no day 30 in February; Astro reads 1 March 2024",
        ),
        ("Jan 5 2024", "Jan 5 2024", datetime(2024, 1, 5), None),
        ("13/01/2024", "13/01/2024", None, "there is no month 13 (the month comes first); write `2024-01-13`"),
        ("soon", "soon", None, "JavaScript cannot read `soon` as a date"),
        (
            20240105,
            "20240105",
            datetime(1970, 1, 1, 5, 37, 20, 105000, tzinfo=UTC),
            "Astro reads a number as milliseconds since 1970; write `2024-01-05`",
        ),
        (2024, "2024", datetime(1970, 1, 1, 0, 0, 2, 24000, tzinfo=UTC), None),
        (float("nan"), ".nan", None, None),
        (datetime(2024, 1, 5, 10), "2024-01-05T10:00", datetime(2024, 1, 5, 10, tzinfo=UTC), None),
        (True, "true", None, None),
        (None, "", None, None),
        ("", "", None, None),
    ],
)
def test_moment(value, text, instant, problem):
    moment = ASTRO(None).moment(value, text)
    assert (moment.instant, moment.problem and moment.problem.sentence) == (instant, problem)


@pytest.mark.parametrize(
    ("target", "where", "paths"),
    [
        ("./a%20b.png", "markdown", ("src/content/blog/a b.png",)),
        ("../../assets/a.png", "markdown", ("src/assets/a.png",)),
        ("/a.png?v=1", "markdown", ("public/a.png",)),
        ("/a.png", "html", ("public/a.png",)),
        ("@/a.png", "markdown", ("src/content/blog/@/a.png", "src/a.png")),
        ("./a.svg?raw", "import", ("src/content/blog/a.svg",)),
        ("/src/a.png", "import", ("src/a.png", "public/src/a.png")),
        ("./a.png", "html", ("public/blog/post/a.png",)),
        ("./a.png", "reference", ("public/blog/post/a.png",)),
        ("./a.png", "field", ("src/content/blog/a.png",)),
        ("/a.png", "field", ("public/a.png",)),
        ("/src/a.png", "field", ("src/a.png", "public/src/a.png")),
        ("@/a.png", "field", ("src/a.png",)),
    ],
)
def test_images(target, where, paths):
    found = site(POST, route=ROUTE, tsconfig='{"compilerOptions": {"paths": {"@/*": ["src/*"]}}}')
    assert found.image(POST, {}, target, where).paths == paths


@pytest.mark.parametrize(
    ("schema", "certain"),
    [
        ("({ image }) => z.object({ hero: image().optional() })", True),
        ("({ image }) => z.object({ hero: z.string(), tags: z.array(z.string()) })", False),
        ("z.object({ hero: z.string() })", False),
        ("schemas.post", True),
        ("z.object({ ...shared, hero: z.string() })", True),
        ("z.object({ hero: picture() })", True),
    ],
)
def test_paths_that_only_templates_make_images_of(schema, certain):
    loader = "glob({ base: 'src/content/blog', pattern: '*.md' })"
    blog = f"defineCollection({{ loader: {loader}, schema: {schema} }})"
    found = site(POST, content=f"export const collections = {{ blog: {blog} }}")
    assert found.image(POST, {}, "./a.png", "field").certain is certain
    assert found.image(POST, {}, "./a.png", "markdown").certain


_IMAGES = (
    "({ image }) => z.object({ cover: image().optional(), seo: z.object({ card: image() }), "
    "gallery: z.array(z.object({ src: image() })), either: z.union([image(), z.string()]) })"
)


@pytest.mark.parametrize(
    ("target", "field", "status", "paths"),
    [
        ("a.png", "cover", "files", ("src/content/blog/a.png",)),
        ("/a.png", "cover", "files", ("a.png",)),
        ("/src/a.png", "seo.card", "files", ("src/a.png",)),
        ("src/a.png", "gallery[2].src", "files", ("src/content/blog/src/a.png",)),
        ("public/a.png", "cover", "files", ("src/content/blog/public/a.png",)),
        ("@/a.png", "cover", "files", ("src/a.png", "src/content/blog/@/a.png")),
        ("./a.bmp", "cover", "missing", ()),
        ("./a", "cover", "missing", ()),
        ("https://example.org/a.png", "cover", "external", ()),
        ("/a.png", "either", "files", ("public/a.png",)),
        ("/a.png", "seo", "files", ("public/a.png",)),
    ],
)
def test_images_of_the_schema(target, field, status, paths):
    loader = "glob({ base: 'src/content/blog', pattern: '*.md' })"
    blog = f"defineCollection({{ loader: {loader}, schema: {_IMAGES} }})"
    aliases = '{"compilerOptions": {"paths": {"@/*": ["src/*"]}}}'
    found = site(POST, content=f"export const collections = {{ blog: {blog} }}", tsconfig=aliases)
    leads = found.field_image(POST, {}, target, field)
    assert (leads.status, leads.paths) == (status, paths)


def test_what_to_write_for_an_image_of_the_schema():
    blog = "defineCollection({ loader: glob({ base: 'src/content/blog', pattern: '*.md' }), schema: " + _IMAGES + " })"
    found = site(POST, content=f"export const collections = {{ blog: {blog} }}")
    for target in ("/a.png", "public/a.png"):
        assert "write `../../../public/a.png`" in (found.field_image(POST, {}, target, "cover").note or "")


@pytest.mark.parametrize(
    ("config", "package", "read"),
    [
        ("export default {};", '{"dependencies": {"astro": "7"}}', False),
        ("export default { integrations: [] };", '{"dependencies": {"astro": "7"}}', False),
        ("export default {};", '{"dependencies": {"astro": "7", "@astrojs/mdx": "5"}}', True),
        ("export default { ...shared };", '{"dependencies": {"astro": "7"}}', True),
    ],
)
def test_mdx_where_nothing_lists_integrations(config, package, read):
    post = "src/content/blog/a.mdx"
    found = site(post, config=config, package=package, route=ROUTE)
    assert (found.address(post, {}).addresses != ()) is read


def test_a_name_whose_accents_are_characters_of_their_own():
    post, page = "src/content/blog/e\u0301.md", "src/pages/e\u0301.md"
    found = site(post, page, route=ROUTE)
    assert found.address(post, {}).addresses == ("/blog/\u00e9/",)
    assert found.address(page, {}).addresses == ("/e\u0301/",)


def test_posts_that_only_the_sites_code_reads():
    posts = {f"src/posts/{name}.md": b"---\ntitle: A\n---\n" for name in "abc"}
    found = ASTRO(MemoryFiles({"astro.config.mjs": b"export default {};", "src/pages/a.md": b"", **posts}))
    assert collections(found) == {"src/posts": found.collections[0].include}
    assert not collections(site(POST, "src/posts/a.md")).keys() & {"src/posts"}


@pytest.mark.parametrize("target", ["a.bmp", "a.pdf", "./folder", "a.png?x", "a.png#x"])
def test_images_that_get_no_address(target):
    found = site(POST).image(POST, {}, target, "markdown")
    assert found.status == "missing"
    assert found.note


@pytest.mark.parametrize(
    ("target", "where"),
    [
        *(("{{ a }}.png", "markdown"), ("#a", "markdown"), ("/_astro/a.png", "markdown"), ("/_image?x", "html")),
        *(("~/a.png", "field"), ("@scope/pkg/a.png", "markdown"), ("pkg/a.png", "import")),
        *(("hero", "field"), ("cloud/id", "field"), ("cdn.e.org/a.png", "field"), ("../../../../../a.png", "markdown")),
        *(("/og/post.png", "field"), ("/old/a.png", "markdown")),
    ],
)
def test_images_that_are_not_judged(target, where):
    found = site("src/pages/og/[slug].png.ts", POST, config="export default { redirects: { '/old/[...a]': '/' } }")
    assert found.image(POST, {}, target, where) == UNKNOWN


def test_starlight_knows_translations_by_their_slugs():
    config = "export default { integrations: [starlight({ defaultLocale: 'en', locales: { en: {}, fr: {} } })] }"
    files = {
        "src/content/docs/fr/autre.md": b"---\ntitle: A\nslug: fr/guide\n---\n",
        "astro.config.mjs": config.encode(),
    }
    found = ASTRO(MemoryFiles({**files, "src/content/docs/en/guide.md": b"", "src/content/docs/en/autre.md": b""}))
    assert found.address("src/content/docs/en/guide.md", {}).addresses == ("/en/guide/",)
    assert found.address("src/content/docs/en/autre.md", {}).addresses == ("/en/autre/", "/fr/autre/")


@pytest.mark.parametrize(("base", "path"), [("", "public/img/x.png"), ("/b", None)])
def test_no_dots_lead_a_browser_above_the_root(base, path):
    config = f"export default {{ base: '{base}', build: {{ format: 'file' }} }}"
    found = site(POST, route=ROUTE, config=config).image(POST, {}, "../../../img/x.png", "html")
    assert found.paths == ((path,) if path else ())


def test_starlight_shows_in_other_languages_what_they_have_not_translated():
    docs = "src/content/docs"
    config = "{ defaultLocale: 'en', locales: { en: {}, fr: {}, 'pt-br': {} } }"
    found = site(
        *(f"{docs}/en/Big Name.md", f"{docs}/en/a.md", f"{docs}/fr/a.md", f"{docs}/fr/only.mdx"),
        config=f"import starlight from '@astrojs/starlight'; export default {{ integrations: [starlight({config})] }}",
        package='{"dependencies": {"astro": "^5", "@astrojs/starlight": "*"}}',
    )
    assert found.address(f"{docs}/en/a.md", {}).addresses == ("/en/a/", "/pt-br/a/")
    assert found.address(f"{docs}/en/Big Name.md", {}).addresses == (
        "/en/big-name/",
        "/fr/big-name/",
        "/pt-br/big-name/",
    )
    assert found.address(f"{docs}/fr/only.mdx", {}).addresses == ("/fr/only/",)


def test_without_a_tsconfig_there_are_no_aliases():
    assert site(POST).image(POST, {}, "@/a.png", "markdown").paths == ("src/content/blog/@/a.png",)


def test_base():
    found = site(POST, config="export default { base: '/sub' }")
    assert found.image(POST, {}, "/sub/a.png", "markdown").paths == ("public/a.png",)
    assert found.image(POST, {}, "/a.png", "markdown").note == "the site is served below `/sub/`; write `/sub/a.png`"
    with_plugins = site(POST, config="export default { base: '/sub', markdown: { rehypePlugins: [addBase] } }")
    assert with_plugins.image(POST, {}, "/a.png", "markdown")[:3] == ("files", ("public/a.png",), False)


@pytest.mark.parametrize("folder", ["process.env.PUBLIC", "new URL('./x', import.meta.url)", "'../public'", "'/abs'"])
def test_a_public_folder_that_cannot_be_known(folder):
    found = site(POST, config=f"export default {{ publicDir: {folder} }}")
    assert found.image(POST, {}, "/a.png", "markdown") == UNKNOWN
    assert found.folders.public == ()


def test_notes_tell_what_to_write():
    found = site(POST)
    assert "`/a.png`" in found.image(POST, {}, "/public/a.png", "markdown").note
    assert "`/a.png`" in found.image(POST, {}, "public/a.png", "markdown").note
    assert "relative" in found.image(POST, {}, "/src/assets/a.png", "markdown").note


def test_reference_style_images_before_astro_7():
    found = site(POST, package='{"dependencies": {"astro": "6.4.0"}}')
    assert found.image(POST, {}, "./a.png", "reference").paths == ("src/content/blog/a.png",)


def test_without_a_file_system():
    found = ASTRO(None)
    assert collections(found) == {"content": ("src/content/**/*.{md,mdx}",)}
    assert found.address(POST, {}).addresses is None
    assert found.image(POST, {}, "./a.png", "markdown").paths == ("src/content/blog/a.png",)


def test_a_site_is_plain_data():
    found = site(POST, route=ROUTE, config="export default { redirects: { '/a': '/b' } }")
    assert pickle.loads(pickle.dumps(found)).address(POST, {}) == found.address(POST, {})


def test_settings_name_their_origin():
    found = site(POST, config="export default { publicDir: './static' }", package='{"dependencies": {"astro": "^6"}}')
    told = {each.name: (each.value, each.origin) for each in found.settings}
    assert told["astro"] == (6, "package.json")
    assert told["publicDir"] == ("./static", "astro.config.mjs")
    assert told["srcDir"] == ("src", "assumed")
    assert found.folders.public == ("static",)


ANYTHING = st.text(alphabet="ab/._#?%@~{} [é🎉\\:2", max_size=20)
VALUES = st.one_of(
    st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=5), st.dates(), st.lists(st.integers())
)
SITE = site(POST, route=ROUTE, config="export default { base: '/b' }")


@given(ANYTHING, ANYTHING, VALUES, st.sampled_from(["markdown", "reference", "html", "jsx", "import", "field"]))
def test_nothing_raises(path, target, value, where):
    post = f"src/content/blog/{path}.md"
    SITE.address(post, {"slug": value})
    SITE.address(f"src/pages/{path}.md", {})
    SITE.moment(value, str(value))
    for found in (SITE.image(post, {"slug": value}, target, where), SITE.link(post, {"slug": value}, target, where)):
        assert not any(each.startswith("..") for each in found.paths)
