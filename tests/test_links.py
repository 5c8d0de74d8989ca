"""Links on whole sites: which pages, files, redirects and headings there are, and what is left unjudged."""

import json

import pytest

from postlint.files.files import MemoryFiles
from postlint.site.redirects import Redirects, read

ROUTE = (
    "---\nexport const getStaticPaths = async () =>"
    " (await getCollection('blog')).map((p) => ({ params: { slug: p.id } }));\n---\n"
)
ELEVENTY = (
    "import { IdAttributePlugin } from '@11ty/eleventy';\n"
    "export default function (config) { config.addPlugin(IdAttributePlugin); }\n"
)
HEXO = {"_config.yml": "title: x\n", "package.json": '{"dependencies": {"hexo": "8", "hexo-renderer-marked": "7"}}'}
BOOLS = "## To bool\n\n## To bool\n"
POST = "src/content/blog/post.md"
SITE = {
    "astro.config.mjs": "export default {};\n",
    "src/pages/blog/[...slug].astro": ROUTE,
    "src/pages/tags/[tag].astro": "---\n---\n",
    "src/pages/list/[...page].astro": "---\nexport const getStaticPaths = ({ paginate }) => paginate([]);\n---\n",
    "src/pages/rss.xml.ts": "",
    "src/content/blog/a-long-day.md": "# One\n\n# One\n\n## Two `x` {y}\n",
    "public/f/a.pdf": "",
}


@pytest.fixture
def links(write, main):
    """The messages of the link rules for `POST` with `text`, on `SITE` with more or other files."""

    def check(text, arguments=(), **more):
        write({**SITE, POST: text, **more})
        found = main("check", "--select", "link", "--output-format", "json", *arguments).report["diagnostics"]
        return {d["message"].split("`")[1]: (d["severity"], d["message"]) for d in found if d["path"] == POST}

    return check


@pytest.mark.parametrize(
    "target",
    [
        *("/blog/a-long-day", "/blog/a-long-day/", "/blog/a-long-day/index.html", "/blog/a%2Dlong-day?a=b#one"),
        *("/", "#", "?a", "/f/a.pdf", "/f/", "/tags/anything", "/list/", "/list/2", "/rss.xml", "/sitemap-index.xml"),
        *("../a-long-day/", "./", "mailto:a@b.c", "//example.com/a", "javascript:void(0)", "/{{ a }}"),
    ],
)
def test_what_is_there_or_may_be(links, target):
    assert links(f"[a]({target})\n") == {}


@pytest.mark.parametrize(
    ("target", "near"),
    [
        ("/blog/a-log-day/", "did you mean `/blog/a-long-day/`?"),
        ("/blogs/a-long-day/", "did you mean `/blog/a-long-day/`?"),
        ("/bloga-long-day", "did you mean `/blog/a-long-day/`?"),
        ("/blog/another-night/", "no page or file has this address"),
        ("/list/two", "has this address"),
        ("/f/b.pdf", "did you mean `public/f/a.pdf`?"),
        ("./a-long-day.md", "Astro does not turn a file's path into an address; write `/blog/a-long-day/`"),
        ("./no-such-day.md", "Astro does not turn a file's path into an address; write the address"),
    ],
)
def test_what_is_missing(links, target, near):
    severity, message = links(f"[a]({target})\n")[target]
    assert severity == "error"
    assert near in message


def test_other_case(links):
    found = links("[a](/Blog/A-Long-day) [b](/F/a.pdf)\n")
    assert found["/Blog/A-Long-day"][0] == "warning"
    assert found["/F/a.pdf"][0] == "error"


def test_other_case_of_what_has_another_unicode_form(links):
    assert "differs from" in links("[a](/f/cafe\u0301.pdf)\n", **{"public/f/caf\u00e9.pdf": ""})["/f/cafe\u0301.pdf"][1]


def test_other_case_of_an_old_address(write, main):
    old = "+++\naliases = ['/Old/']\ndraft = true\nurl = '/x/'\n+++\n"
    write({"hugo.toml": "", "content/a.md": "+++\n+++\n[a](/old/)\n", "content/b.md": old})
    (found,) = main("check", "--select", "link", "--output-format", "json").report["diagnostics"]
    assert found["message"].startswith("`/old/` differs from `/Old/` in case")


def test_a_site_of_which_something_was_not_read_is_not_judged(links):
    assert links("[a](/blog/none/)\n", [POST]) == {}
    assert links("[a](/blog/none/)\n")
    assert links("[a](/blog/none/)\n", **{"postlint.toml": "exclude = ['src/content/blog/a-long*']\n"}) == {}


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("ada.github.io", ["/2023/none/", "/a/none/", "/f/none.pdf", "/old/long-day/"]),
        ("blog", ["/2023/none/", "/a/none/", "/f/none.pdf", "/old/long-day/", "/tool/"]),
    ],
)
def test_pages_of_the_other_repositories_of_a_github_account(write, main, tmp_path, name, known):
    post = "---\n---\n[a](/tool/) [b](/a/none/) [c](/f/none.pdf) [d](/2023/none/) [e](/old/long-day/)\n"
    files = {"_config.yml": "", "_posts/2024-01-02-x.md": post, "a/long-day.md": "---\n---\n", "f/a.pdf": ""}
    write(files, root=tmp_path / name)
    found = main("check", "--select", "link", "--output-format", "json", cwd=tmp_path / name).report["diagnostics"]
    assert sorted(d["message"].split("`")[1] for d in found) == sorted(known)


@pytest.mark.parametrize(
    "files",
    [
        {"public/_redirects": "# old\n/blog/:slug  /blog/a-long-day/  301\n"},
        {"_redirects": "/blog/NONE/ /x\n"},
        {"netlify.toml": "[[redirects]]\nfrom = '/blog/*'\nto = '/x/:splat'\n"},
        {"vercel.json": json.dumps({"redirects": [{"source": "/blog/none", "destination": "/"}]})},
        {"vercel.json": json.dumps({"routes": [{"src": "^/blog/(.*)$", "dest": "/"}]})},
        {"firebase.json": json.dumps({"hosting": {"rewrites": [{"source": "**", "destination": "/index.html"}]}})},
        {"staticwebapp.config.json": json.dumps({"routes": [{"route": "/blog/none", "redirect": "/"}]})},
        {"astro.config.mjs": "export default { redirects: { '/blog/none': '/' } };\n"},
        {"astro.config.mjs": "export default { output: 'server' };\n"},
        {"astro.config.mjs": "import x from 'some-pages';\nexport default { integrations: [x()] };\n"},
        {"src/middleware.ts": ""},
        {"src/pages/blog/[other].astro": "---\n---\n"},
    ],
)
def test_what_else_may_answer(links, files):
    assert "/blog/none/" not in links("[a](/blog/none/)\n", **files)


BY_FIELD = ROUTE.replace("p.id", "p.data.slug")


def by_field(write, main, text, **files):
    more = {"src/pages/posts/[slug].astro": BY_FIELD, "src/content/blog/a.md": "---\nslug: one\n---\n"}
    write({"astro.config.mjs": "export default {};\n", **more, POST: f"---\nslug: two\n---\n{text}", **files})
    found = main("check", "--select", "link", "--output-format", "json").report["diagnostics"]
    return sorted(d["message"].split("`")[1] for d in found)


def test_a_route_that_takes_its_address_from_a_field(write, main):
    text = "[a](/posts/one/) [b](/posts/none/) [c](/post/one/) [d](/posts/a/)\n"
    assert by_field(write, main, text) == ["/post/one/", "/posts/a/", "/posts/none/"]


@pytest.mark.parametrize("where", ["../../lib/posts", "@/lib/posts"])
def test_a_route_whose_list_comes_from_a_function_of_the_sites_own(write, main, where):
    page = BY_FIELD.replace("await getCollection('blog')", "await getPosts()")
    route = f"---\nimport {{ getPosts }} from '{where}';\n{page[4:]}"
    code = "export const getPosts = async () => (await getCollection('blog')).reverse();\n"
    files = {"src/pages/posts/[slug].astro": route, "src/lib/posts.ts": code}
    assert by_field(write, main, "[a](/posts/one/) [b](/posts/none/)\n", **files) == ["/posts/none/"]


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({}, ["/blog/none/"]),
        ({"astro.config.mjs": "export default { output: 'server' };\n"}, ["/blog/none/"]),
        ({"src/pages/[...all].astro": "---\n---\n"}, []),
        ({"src/middleware.ts": ""}, []),
        ({"public/_redirects": "/blog/none /x\n"}, []),
        ({"astro.config.mjs": "import x from 'some-pages';\nexport default { integrations: [x()] };\n"}, []),
    ],
)
def test_an_address_that_no_route_could_answer(write, main, files, found):
    route = {"src/pages/posts/[slug].astro": ROUTE.replace("p.id", "p.id.toUpperCase()")}
    assert by_field(write, main, "[a](/posts/none/) [b](/blog/none/)\n", **route, **files) == found


def test_links_in_the_front_matter_of_starlight(write, main):
    text = (
        "---\ntitle: A\nhero:\n  actions:\n    - link: /none/\n    - link: /b/\n    - link: https://e.org/\n"
        "prev:\n  link: /no/\nbanner:\n  content: Read <a href=\"/nope/\">this</a>, <a href='/b/'>that</a>\n"
        "other:\n  link: /not-a-link/\n---\n"
    )
    docs = "src/content/docs"
    config = "import starlight from '@astrojs/starlight';\nexport default { integrations: [starlight({})] };\n"
    write({"astro.config.mjs": config, f"{docs}/index.md": text, f"{docs}/b.md": "---\ntitle: B\n---\n"})
    found = main("check", "--select", "link", "--output-format", "json").report["diagnostics"]
    lines = sorted((d["start"]["line"], d["message"].split("`")[1]) for d in found)
    assert lines == [(5, "/none/"), (9, "/no/"), (11, "/nope/")]


def test_links_in_the_front_matter_of_vitepress(write, main):
    text = "---\nhero:\n  actions:\n    - link: /none\n    - link: /b\n---\n"
    write({".vitepress/config.mjs": "export default {}\n", "index.md": text, "b.md": ""})
    found = main("check", "--select", "link", "--output-format", "json").report["diagnostics"]
    assert [d["start"]["line"] for d in found] == [4]


ENTITIES = "[a](#A-amp-B) [b](#on-lt-b-gt) [c](#on)\n\n## A & B\n\n## on `<b>`\n"


def marked(version):
    return {
        "_config.yml": "title: x\n",
        "package.json": f'{{"dependencies": {{"hexo": "6", "hexo-renderer-marked": "{version}"}}}}',
    }


@pytest.mark.parametrize(
    ("framework", "files", "text", "missing"),
    [
        ("hugo", {"hugo.toml": ""}, "[a](#raw) [b](#two)\n\n<h2>Raw</h2>\n\n## Two\n", ["raw"]),
        ("hugo", {"hugo.toml": ""}, "[a](#one)\n\n{{< youtube x >}}\n\n## Two\n", ["one"]),
        ("hugo", {"hugo.toml": ""}, "[a](#one)\n\n{{< unknown x >}}\n\n## Two\n", []),
        ("hugo", {"hugo.toml": "", "layouts/shortcodes/t.html": "<b id=x>"}, "[a](#one)\n\n{{< t >}}\n\n## Two\n", []),
        (
            "eleventy",
            {"eleventy.config.js": ELEVENTY},
            "[a](#bool) [b](#to-bool) [c](#to-bool-2)\n\n" + BOOLS,
            ["bool"],
        ),
        # Where the ids come from is not known: only what no heading comes near is dead.
        (
            "eleventy",
            {"eleventy.config.js": ELEVENTY.replace("(IdAttributePlugin", "(x, { slugify }")},
            "[a](#bool) [b](#other) [c](#toBool)\n\n" + BOOLS,
            ["other"],
        ),
        ("eleventy", {"eleventy.config.js": ELEVENTY}, "[a](#raw)\n\n<h2>Raw</h2>\n", []),
        ("hexo", HEXO, "[a](#none)\n\n{% youtube x %}\n\n{% blockquote %}\n## Two\n{% endblockquote %}\n", ["none"]),
        ("hexo", HEXO, "[a](#Two)\n\n{% blockquote %}\n## Two\n{% endblockquote %}\n", []),
        ("hexo", HEXO, "[a](#none)\n\n{% note %}\nText\n{% endnote %}\n", []),
        ("hexo", HEXO, "[a](#none)\n\n{{ page.text }}\n", []),
        (
            "hexo",
            {
                **HEXO,
                "scripts/a.js": "hexo.extend.tag.register('note', (a, text) => `<p class=x>${text}</p>`, true);\n",
            },
            "[a](#none)\n\n{% note %}\nText\n{% endnote %}\n",
            ["none"],
        ),
        (
            "hexo",
            {
                **HEXO,
                "scripts/a.js": "hexo.extend.tag.register('note', (a, text) => `<p id=${a}>${text}</p>`, true);\n",
            },
            "[a](#none)\n\n{% note none %}\nText\n{% endnote %}\n",
            [],
        ),
        (
            "hexo",
            {
                "_config.yml": "title: x\n",
                "package.json": '{"dependencies": {"hexo": "8", "hexo-renderer-markdown-it": "7"}}',
            },
            "[a](#To-Bool) [b](#To-Bool-2) [c](#to-bool) [d](#To-Bool-1)\n\n" + BOOLS.replace("bool", "Bool"),
            ["to-bool", "To-Bool-1"],
        ),
        ("hexo", marked("0.3.2"), ENTITIES, []),
        ("hexo", marked("7.0.1"), ENTITIES, ["A-amp-B", "on-lt-b-gt"]),
    ],
)
def test_anchors_by_what_makes_the_ids(write, main, framework, files, text, missing):
    path = {"hugo": "content/a.md", "eleventy": "posts/a.md", "hexo": "source/_posts/a.md"}[framework]
    write({**files, path: f"---\ntitle: T\ndate: 2024-01-05\n---\n{text}"})
    found = main("check", "--select", "link-anchor", "--output-format", "json").report["diagnostics"]
    assert [d["message"].split("`")[1].removeprefix("#") for d in found] == missing


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("/* /404.html 404\n", False),
        ("/x /y\n", False),
        ("https://old.example.com/* https://example.com/:splat 301!\n", False),
        ("/* https://example.com/:splat 301!\n", True),
        ("/*.txt /:splat.md\n/*/c /d\n/:a /b\n/a/b.html /b\n", False),
        ("/:x/b /b\n", True),
        ("/*/B/ /b\n", True),
        ("/a/:name+ /b\n", True),
        ("/:path* /:path*.html 200\n", False),
        ("/a/(b|c) /x\n", True),
        ("not-a-rule\n", False),
    ],
)
def test_redirects_files(text, covered):
    assert read(MemoryFiles({"static/_redirects": text.encode()}), ("static",)).cover("/a/b") == covered


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"redirects": {"a": 1}}', '{"redirects": [1, {"source": 2}]}', "[" * 9999]
)
def test_settings_of_hosts_that_are_broken(text):
    assert not read(MemoryFiles({"vercel.json": text.encode(), "netlify.toml": text.encode()}), ()).cover("/a")


def test_more_patterns_than_are_looked_at_cover_everything():
    many = [f"/{number}/*" for number in range(3000)]
    assert not Redirects(many[:1000]).cover("/x")
    assert Redirects(many).cover("/x")


def test_redirects_of_the_repository_around_the_site(links, write, tmp_path):
    (tmp_path / ".git").mkdir()
    write({"netlify.toml": "redirects = [{from = '/a/*', to = '/b'}]\n", "site/astro.config.mjs": ""})
    from postlint.files.files import Files

    assert read(Files(str(tmp_path / "site")), ()).cover("/a/c")
    assert not Redirects(()).cover("/a/c")


@pytest.mark.parametrize("plugin", ["remark-toc", "./plain.mjs"])
def test_plugins_that_leave_links_alone(links, plugin):
    config = f"import p from '{plugin}';\nexport default {{ markdown: {{ remarkPlugins: [[p, {{ a: [1] }}]] }} }};\n"
    files = {"astro.config.mjs": config, "plain.mjs": "// href\nexport default () => (tree) => visit(tree, 'code');\n"}
    assert links("[a](/blog/none/)\n", **files)["/blog/none/"][0] == "error"


@pytest.mark.parametrize("plugin", ["remark-wiki-link", "./own.mjs", "./gone.mjs", "@/own"])
def test_plugins_that_may_change_links(links, plugin):
    config = f"import p from '{plugin}';\nexport default {{ markdown: {{ remarkPlugins: [p] }} }};\n"
    files = {"astro.config.mjs": config, "own.mjs": "export default () => (tree) => visit(tree, 'link');\n"}
    assert links("[a](/blog/none/)\n", **files) == {}


@pytest.mark.parametrize(
    ("anchor", "found"),
    [("one", 0), ("one-1", 0), ("one-2", 1), ("One", 1), ("two-x-y", 0), ("comments", 0), ("%6Fne", 0), ("none", 1)],
)
def test_anchors_of_other_pages(links, anchor, found):
    assert len(links(f"[a](/blog/a-long-day/#{anchor})\n")) == found


def test_anchors_of_pages_that_may_have_more(links):
    page = "src/content/blog/other.mdx"
    assert links("[a](/blog/other#x)\n", **{page: "# A\n"})
    assert links("[a](/blog/other#x)\n", **{page: "# A\n\n<Things />\n"}) == {}
    assert links("[a](/blog/other#x)\n", **{page: "# A {title}\n"}) == {}
    assert links("[a](/blog/other#x)\n", **{page: "# A\n\n<p id='x'>A</p>\n"}) == {}


def test_anchors_in_template_tags(write, main):
    post = (
        "---\nlayout: x\n---\n[a]({{ '/b/#absent' | relative_url }}) [b]({{ site.baseurl }}/b/#one) [c](/b/#{{ c }})\n"
    )
    write({"_config.yml": "permalink: pretty\n", "a.md": post, "b.md": "---\nlayout: x\n---\n# One\n"})
    found = main("check", "--select", "link", "--output-format", "json").report["diagnostics"]
    assert [d["message"] for d in found] == ["`b.md` has no `#absent`"]


def test_terms_of_definitions_may_have_ids(write, main):
    site = {"hugo.toml": "", "content/a.md": "+++\n+++\n[a](#b) [c](#d)\n\nB\n: A letter\n"}
    write(site)
    assert main("check", "--select", "link").out.startswith("Nothing")
    write({**site, "content/a.md": "+++\n+++\n[a](#b) [c](#d)\n"})
    assert len(main("check", "--select", "link", "--output-format", "json").report["diagnostics"]) == 2


def test_hugo_sites_with_a_content_folder_for_each_language(write, main):
    write(
        {
            "config/_default/hugo.toml": "defaultContentLanguage = 'en'\n",
            "config/_default/languages.en.toml": "contentDir = 'content/en'\n",
            "config/_default/languages.fr.toml": "contentDir = 'content/fr'\n",
            "content/en/files/a.pdf": "",
            "content/en/posts/a.md": "+++\n+++\n[a](/files/a.pdf) [b](/files/b.pdf) [c](/fr/posts/a/)\n",
            "content/fr/posts/a.md": "+++\n+++\n",
        }
    )
    found = main("check", "--select", "link", "--output-format", "json").report["diagnostics"]
    assert [d["message"].split("`")[1] for d in found] == ["/files/b.pdf"]


def test_inspect_says_where_every_link_leads(write, main):
    text = "[a](/blog/a-long-day/) [b](/f/a.pdf) [c](/none/) [d](https://example.com) [e](/tags/x) [f](/F/a.pdf)\n"
    write({**SITE, POST: text})
    known = [json.loads(line) for line in main("inspect", "--output-format", "jsonl").out.splitlines()]
    (post,) = (each for each in known if each["path"] == POST)
    assert [(link["reference"], link["status"], link["target"]) for link in post["links"]] == [
        ("/blog/a-long-day/", "ok", "src/content/blog/a-long-day.md"),
        ("/f/a.pdf", "ok", "public/f/a.pdf"),
        ("/none/", "missing", None),
        ("https://example.com", "external", None),
        ("/tags/x", "unknown", None),
        ("/F/a.pdf", "case", "public/f/a.pdf"),
    ]
    first = post["links"][0]
    assert text[first["start"] : first["end"]] == first["reference"]


def test_posts_that_share_an_address(write, main):
    pages = {
        "hugo.toml": "",
        "content/a.md": "+++\nurl = '/x/'\n+++\n",
        "content/b.md": "+++\nurl = '/x/'\ndraft = true\n+++\n",
        "content/c.md": "+++\naliases = ['/x/']\n+++\n",
        "content/d.md": "+++\nurl = '/y/'\n+++\n",
    }
    write(pages)
    found = main("check", "--select", "slug-duplicate", "--output-format", "json").report["diagnostics"]
    assert [(d["path"], d["severity"], d["message"]) for d in found] == [
        ("content/a.md", "warning", "`/x/` is also the address of the draft content/b.md"),
        ("content/b.md", "warning", "`/x/` is also the address of content/a.md"),
        ("content/c.md", "warning", "alias `/x/` is the address of content/a.md"),
    ]


def test_headings_that_another_file_brings(write, main):
    site = {".vitepress/config.js": "", "a.md": "# A\n\n[b](./b#none)\n", "b.md": "# B\n\n<!--@include: ./part.md-->\n"}
    write(site)
    assert main("check", "--select", "link").out.startswith("Nothing")
    write({**site, "b.md": "# B\n\n<!-- include -->\n"})
    assert len(main("check", "--select", "link", "--output-format", "json").report["diagnostics"]) == 1


def test_posts_that_are_missing_among_others_where_a_theme_cannot_be_seen(write, main):
    date = "---\ndate: 2024-0{}-02\n---\n"
    text = "[a](/post/2024/05/none/) [b](/post/2024/01/a/) [c](/handbook/) [d](/post/2024/feed/) [e](/wiki/x/)\n"
    write(
        {
            "hugo.toml": "baseURL = 'https://example.org/'\ntheme = 'elsewhere'\n"
            "[permalinks]\npost = '/:section/:year/:month/:contentbasename/'\n",
            **{f"content/post/{name}.md": date.format(month) for month, name in enumerate("abc", 1)},
            "content/post/d.md": date.format(4) + text,
        }
    )
    found = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    assert [(each["severity"], each["message"].split("`")[1]) for each in found] == [("warning", "/post/2024/05/none/")]


def test_a_deployment_below_a_folder_of_the_host(write, main):
    links = " ".join(f"[{name}](https://docs.example/docs/latest/guide/{name}/)" for name in ("a", "b", "c", "none"))
    write(
        {
            "hugo.toml": "baseURL = 'https://docs.example/'\n",
            **{f"content/guide/{name}.md": "+++\n+++\n" for name in "abc"},
            "content/docs/old.md": f"+++\n+++\n{links} [d](https://docs.example/guide/none/)\n",
        }
    )
    found = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("`")[1] for each in found] == ["https://docs.example/guide/none/"]


def test_a_repository_that_a_post_is_about(write, main):
    post = "---\n---\n[slides](https://ann.example/my-talk/) [old](https://ann.example/2023/my-talk/)\n"
    write({"_config.yml": "url: https://ann.example\n", "CNAME": "ann.example", "_posts/2024-01-02-my-talk.md": post})
    found = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("`")[1] for each in found] == ["https://ann.example/2023/my-talk/"]


def test_other_languages_of_a_mkdocs_site(write, main):
    settings = "site_name: A\nsite_url: https://docs.example/\nextra:\n  alternate:\n    - link: /\n    - link: /de/\n"
    write({"mkdocs.yml": settings, "docs/a.md": "[a](/de/a/) [b](/none/)\n", "docs/b.md": ""})
    found = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("`")[1] for each in found] == ["/none/"]


def test_a_slash_behind_a_source_file_of_a_mkdocs_site(write, main):
    write({"mkdocs.yml": "site_name: A\n", "docs/a.md": "[a](b.md/#c) [b](b.md/#d) [c](e.md/)\n", "docs/b.md": "# C\n"})
    found = main("check", "--select", "link", "--output-format", "json").report["diagnostics"]
    assert [(each["rule"], each["message"].split("`")[1]) for each in found] == [
        ("link-anchor", "docs/b.md"),
        ("link-missing", "e.md/"),
    ]


@pytest.mark.parametrize(("slash", "found"), [("true", ["./lang.md", "lang"]), ("false", ["lang"]), ("undefined", [])])
def test_a_relative_address_of_a_docusaurus_site(slash, found, write, main):
    settings = f"url: 'https://e.org', baseUrl: '/', trailingSlash: {slash}, presets: ['classic']"
    write({"docusaurus.config.js": f"export default {{ {settings} }};\n"})
    index = "[a](lang) [b](lang.md) [c](none)\n" if slash == "false" else "[c](none)\n"
    page = "<a href='./lang.md'>a</a>\n\n[a](lang)\n" if slash == "true" else "[a](./lang)\n"
    write({"docs/spec/README.md": index, "docs/spec/page.md": page, "docs/spec/lang.md": "# A\n"})
    reported = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("`")[1] for each in reported] == found


def test_headings_of_a_mkdocs_site_without_a_blank(write, main):
    links = "[a](#the-oven) [b](b.md#soup) [c](b.md#soups)"
    write({"mkdocs.yml": "site_name: A\n", "docs/a.md": f"##The oven\n\n{links}\n", "docs/b.md": "Text\n#Soup\n"})
    found = main("check", "--select", "link-anchor", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("`")[3] for each in found] == ["#soups"]


def test_a_file_that_the_contents_of_a_myst_project_leave_out(write, main):
    settings = "version: 1\nproject:\n  toc:\n    - file: index.md\n"
    write({"myst.yml": settings, "index.md": "# A\n\n[a](none.md)\n", "CHANGES.md": "# B\n\n[b](gone.md)\n"})
    found = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    assert [each["path"] for each in found] == ["index.md"]


def test_a_bare_address_that_a_template_goes_on_with(write, main):
    post = "+++\n+++\nGet https://e.org/dl/{{< version >}}/tool from https://e.org/old/\n"
    settings = "baseURL = 'https://e.org/'\nmarkup.goldmark.renderer.unsafe = true\n"
    write({"hugo.toml": settings, "content/a.md": post, "layouts/shortcodes/version.html": "1"})
    found = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("`")[1] for each in found] == ["https://e.org/old/"]


def test_posts_of_mdsvex_beside_the_route_that_shows_them(write, main):
    config = "import { mdsvex } from 'mdsvex';\nexport default { preprocess: [mdsvex({ extensions: ['.svx'] })] };\n"
    route = "export const load = ({ params }) => import.meta.glob('../*.svx')[`../${params.slug}.svx`]();\n"
    below = "src/routes/(site)/writing"
    posts = {
        f"{below}/{name}.svx": f"---\ntitle: {name}\n---\n[next](/writing/{name[::-1]})\n" for name in ("ab", "ba")
    }
    write({"svelte.config.js": config, f"{below}/[slug]/+page.ts": route, f"{below}/[slug]/+page.svelte": "", **posts})
    assert not main("check", "--output-format", "json").report["diagnostics"]


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ("site_url: https://e.org/\n", True),
        ("site_url: https://e.org/docs/\n", False),
        ("site_url: https://e.org/\nextra: {version: {provider: mike}}\n", False),
        ("site_name: A\n", False),
    ],
)
def test_a_link_above_the_root_of_a_mkdocs_site(settings, found, write, main):
    write({"mkdocs.yml": settings, "docs/index.md": "[the last version](../4.x/)\n"})
    assert ("link-missing" in main("check", "--output-format", "concise").out) is found


def test_one_language_of_several_mkdocs_sites(write, main):
    write({"de/mkdocs.yml": "INHERIT: ../en/mkdocs.yml\n", "de/docs/a.md": "[a](b.md)\n", "en/docs/b.md": "B\n"})
    write({"en/mkdocs.yml": "site_name: A\n"})
    assert main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"] == []


@pytest.mark.parametrize(
    ("files", "text", "anchors"),
    [
        ({"hugo.toml": ""}, "[a](#tag/Posts/operation/create) [b](#none)\n\n## One\n", ["none"]),
        ({"hugo.toml": ""}, "[a](#code-2)\n\n```py {anchorlinenos=true, lineanchors=code}\n1\n2\n```\n", []),
        ({"hugo.toml": ""}, "[a](#code-2)\n\n```py\n1\n2\n```\n", ["code-2"]),
    ],
)
def test_anchors_that_are_no_headings(write, main, files, text, anchors):
    write({**files, "content/a.md": f"+++\n+++\n{text}"})
    found = main("check", "--select", "link-anchor", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("#")[1].split("`")[0] for each in found] == anchors


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ('::h2{id="todo"}\nTodo\n::\n', []),
        (":::my-list{.wide}\nText\n:::\n", []),
        (":place{.x id=todo}\n", []),
        ("[Todo]{#todo}\n", []),
        # None of these has an id.
        ("::callout{icon=x}\nText\n\n## One\n::\n", ["todo"]),
        ("A: b::c, 12:30 and :smile:\n", ["todo"]),
        ("```md\n::my-list\n```\n", ["todo"]),
    ],
)
def test_components_of_nuxt_content_may_have_ids(write, main, text, anchors):
    write({"package.json": '{"dependencies": {"nuxt": "4", "@nuxt/content": "3"}}'})
    write({"nuxt.config.ts": "export default defineNuxtConfig({ modules: ['@nuxt/content'] })\n"})
    write({"content/a.md": f"---\ntitle: A\n---\n[a](#todo)\n\n{text}"})
    found = main("check", "--select", "link-anchor", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("#")[1].split("`")[0] for each in found] == anchors


def test_collections_of_nuxt_content_for_each_language(write, main):
    one = "{0}: defineCollection({{ type: 'page', source: {{ include: '{0}/**', prefix: '' }} }})"
    both = ", ".join(one.format(language) for language in ("en", "fr"))
    write({"package.json": '{"dependencies": {"nuxt": "4", "@nuxt/content": "3"}}'})
    write({"nuxt.config.ts": "export default defineNuxtConfig({ modules: ['@nuxt/content'] })\n"})
    write({"content.config.ts": f"export default defineContentConfig({{ collections: {{ {both} }} }})\n"})
    write({"app/pages/[...slug].vue": "<script setup>queryCollection(locale); createError(404)</script>\n"})
    write({f"content/{language}/index.md": "[a](/b)\n" for language in ("en", "fr")})
    assert main("check", "--output-format", "json").report["diagnostics"] == []


def test_labels_of_any_page_in_myst(write, main):
    write(
        {
            "docs/a.md": "---\ntitle: A\n---\n[a](#label)\n\n# One\n",
            "docs/b.md": "---\ntitle: B\n---\n(label)=\n# Two\n",
        }
    )
    check = ("check", "--select", "link-anchor", "--output-format", "json", "docs")
    assert len(main(*check).report["diagnostics"]) == 1
    write({"docs/myst.yml": "version: 1\n"})
    assert main(*check).report["diagnostics"] == []


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ({"redirects.js": "export default { '/blog/old': '/blog/a-long-day/' };\n"}, 1),
        ({"redirects.js": "export default { ...other };\n"}, 0),
        ({}, 0),
    ],
)
def test_redirects_of_a_module(links, more, count):
    config = "import redirects from './redirects.js';\nexport default { redirects: { ...redirects, '/a': '/b' } };\n"
    found = links("[a](/blog/old) [b](/blog/none/)\n", **{"astro.config.mjs": config, **more})
    assert len(found) == count


def test_words_right_behind_a_bare_address(write, main):
    text = "打开https://blog.example/notes/x.txt测试一下，还有 https://blog.example/notes/none 。\n"
    write({"config.toml": 'base_url = "https://blog.example"\n', "content/notes/a.md": f"+++\n+++\n{text}"})
    found = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("`")[1] for each in found] == ["https://blog.example/notes/none"]


def test_ids_whose_braces_are_escaped_for_mdx(write, main):
    text = "[a](#sq-mm) [b](#none)\n\n#### [<code>SQ_MM</code>](#sq-mm) \\{#sq-mm\\}\n"
    write({"docusaurus.config.js": "module.exports = { presets: [['classic', {}]] };\n", "docs/a.mdx": text})
    found = main("check", "--select", "link-anchor", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("#")[1].split("`")[0] for each in found] == ["none"]


def test_a_sign_too_many_before_an_anchor(write, main):
    write(
        {
            "_config.yml": "title: A\n",
            "package.json": '{"hexo": {}}',
            "source/_posts/a.md": "[a](##One) [b](#one)\n\n# One\n",
        }
    )
    found = main("check", "--select", "link-anchor", "--output-format", "json").report["diagnostics"]
    assert [each["message"] for each in found if "##" in each["message"]] == [
        "this page has no `##One`; did you mean `#One`?"
    ]


@pytest.mark.parametrize(
    ("framework", "site", "text"),
    [
        ("vuepress", {"docs/.vuepress/config.js": "module.exports = {}\n"}, "!!!include(docs/parts/b.md)!!!"),
        ("mkdocs", {"mkdocs.yml": "site_name: A\n"}, '--8<-- "b.md"'),
        ("mkdocs", {"mkdocs.yml": "site_name: A\n"}, "{!b.md!}"),
    ],
)
def test_headings_of_an_included_file(write, main, framework, site, text):
    write({**site, "docs/a.md": f"# A\n\n[b](#b)\n\n{text}\n"})
    check = ("check", "--select", "link-anchor", "--output-format", "json", "docs/a.md")
    assert main(*check).report["diagnostics"] == []
    write({"docs/a.md": "# A\n\n[b](#b)\n"})
    assert len(main(*check).report["diagnostics"]) == 1


def test_anchors_of_a_part_belong_to_the_page_that_takes_it_in(write, main):
    link = "+++\n+++\n[a](#setup)\n\n## One\n"
    write({"hugo.toml": "", "content/_includes/a.md": link, "content/b.md": link})
    found = main("check", "--select", "link-anchor", "--output-format", "json").report["diagnostics"]
    assert [each["path"] for each in found] == ["content/b.md"]


def test_docs_of_other_versions_are_built_elsewhere(write, main):
    host = "https://docs.example/docs"
    links = f"[a]({host}/2.5.0/setup/) [b]({host}/main/setup/) [c]({host}/1.0.0/none/) [d]({host}/none/)\n"
    write(
        {
            "hugo.toml": "baseURL = 'https://docs.example/'\n",
            "content/docs/1.0.0/setup.md": "+++\n+++\n",
            "content/docs/a.md": f"+++\n+++\n{links}",
        }
    )
    found = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("`")[1] for each in found] == [f"{host}/1.0.0/none/", f"{host}/none/"]


def test_an_image_of_another_bundle_by_its_address(write, main):
    write(
        {
            "hugo.toml": "[permalinks.page]\nblog = '/:year/:month/:day/:slug/'\n",
            "content/blog/0621-a/index.md": "+++\ndate = 2023-06-21\nslug = 'a'\n+++\n",
            "content/blog/0621-a/cover.jpg": "",
            "content/blog/b.md": "+++\ndate = 2023-06-22\nslug = 'b'\n+++\n"
            "![a](/2023/06/21/a/cover.jpg) ![b](/2023/06/21/a/none.jpg)\n",
        }
    )
    found = main("check", "--select", "image-missing", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("`")[1] for each in found] == ["/2023/06/21/a/none.jpg"]


def test_a_shortcode_whose_name_begins_with_an_underscore(write, main):
    write({"hugo.toml": "", "layouts/shortcodes/_param.html": "", "content/a.md": "+++\n+++\n{{% _param one %}}\n"})
    assert main("check", "--select", "template-syntax", "--output-format", "json").report["diagnostics"] == []
