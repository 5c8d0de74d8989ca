"""The pages that generators make by themselves: links to those that there are are fine, and links to others are dead."""

import json
import subprocess
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from comparison import find, post
from conftest import run_postlint, write_files

_ARTICLE = "Title: {}\nDate: {}\nTags: {}\nCategory: {}\n\nText.\n"
_PACKAGES = {
    "hexo": "8",
    "hexo-renderer-marked": "7",
    **{f"hexo-generator-{kind}": "2" for kind in ("index", "archive", "category", "tag")},
}


class Lists(NamedTuple):
    """A site, and the addresses that its post at `path` links to. About those in `unsure` postlint may know nothing."""

    program: str
    arguments: tuple[str, ...]
    output: str
    files: dict[str, str]
    path: str
    head: str
    addresses: tuple[str, ...]
    unsure: frozenset[str] = frozenset()
    needs_packages: bool = False


SITES = {
    "hugo": Lists(
        "hugo",
        ("--quiet",),
        "public",
        {
            "hugo.toml": "baseURL = 'https://example.org/'\n[taxonomies]\ntag = 'tags'\nseries = 'series'\n",
            "layouts/_default/single.html": "{{ .Content }}",
            "layouts/_default/list.html": "List",
            "content/posts/a.md": post(tags="[C, C++, Café, Web Dev, a.b, 日本]", series="[One Two]"),
            "content/posts/b.md": post(tags="[Hidden]", draft="true"),
        },
        "content/posts/links.md",
        post(),
        (
            *(
                "/tags/",
                "/tags/c/",
                "/tags/c++/",
                "/tags/café/",
                "/tags/cafe/",
                "/tags/web-dev/",
                "/tags/web-Dev/",
                "/tags/a.b/",
            ),
            *(
                "/tags/日本/",
                "/tags/hidden/",
                "/series/",
                "/series/one-two/",
                "/series/two/",
                "/categories/",
                "/posts/",
            ),
            *("/index.xml", "/posts/index.xml", "/tags/c/index.xml", "/tags/none/"),
        ),
        frozenset(("/tags/hidden/", "/tags/c/index.xml", "/categories/")),
    ),
    "hexo": Lists(
        "hexo",
        ("generate",),
        "public",
        {
            "_config.yml": "title: x\nurl: http://example.org\ntheme: plain\ntimezone: UTC\nper_page: 1\n"
            "permalink: :title/\ntag_map: {Blog: blogs}\n",
            "package.json": json.dumps({"hexo": {"version": "8.1.2"}, "dependencies": _PACKAGES}),
            **{
                f"themes/plain/layout/{name}.njk": "{{ page.content }}" for name in ("post", "index", "archive", "page")
            },
            "source/_posts/a.md": post(date="2023-05-10 12:00:00", tags="[C, Café, Blog]", categories="[Dev, Sub Cat]"),
            "source/_posts/b.md": post(date="2024-02-10 12:00:00", tag="lone", categories="\n- [X, Y]\n- Z"),
        },
        "source/_posts/links.md",
        post(date="2024-03-01 12:00:00"),
        (
            *("/tags/C/", "/tags/c/", "/tags/Cafe/", "/tags/blogs/", "/tags/Blog/", "/tags/lone/", "/tags/C/page/2/"),
            *("/categories/Dev/", "/categories/Dev/Sub-Cat/", "/categories/Z/", "/archives/", "/archives/2023/"),
            *(
                "/archives/2023/05/",
                "/archives/2022/",
                "/archives/page/3/",
                "/archives/page/4/",
                "/page/2/",
                "/page/4/",
            ),
            *("/archives/2024/page/2/", "/archives/2024/page/3/"),
        ),
        frozenset(("/categories/Z/",)),
        needs_packages=True,
    ),
    "jekyll": Lists(
        "jekyll",
        ("build", "--quiet"),
        "_site",
        {
            "_config.yml": "timezone: UTC\nplugins: [jekyll-archives, jekyll-paginate]\n"
            "paginate: 1\npaginate_path: /page:num/\njekyll-archives: {enabled: all}\n",
            "index.html": "---\n---\n",
            "_posts/2023-05-10-a.md": post(tags="[C++, Web Dev, Café]", categories="[One, Two Three]"),
            "_posts/2024-01-05-b.md": post(tags="x y", category="Solo"),
        },
        "_posts/2024-02-02-links.md",
        post(tag="lone tag"),
        (
            *(
                "/tag/c/",
                "/tag/web-dev/",
                "/tag/café/",
                "/tag/cafe/",
                "/tag/x/",
                "/tag/y/",
                "/tag/lone-tag/",
                "/tag/lone/",
            ),
            *(
                "/category/one/",
                "/category/two-three/",
                "/category/solo/",
                "/2023/",
                "/2023/05/",
                "/2023/05/10/",
                "/2022/",
            ),
            *("/page2/", "/page3/", "/page4/"),
        ),
        frozenset(("/2022/", "/page4/", "/2023/05/10/")),
    ),
    "mkdocs": Lists(
        "mkdocs",
        ("build", "-q"),
        "site",
        {
            "mkdocs.yml": "site_name: x\nsite_url: https://example.org/\ntheme: {name: material}\n"
            "plugins:\n- blog: {pagination_per_page: 1}\n",
            "docs/blog/index.md": "# Blog\n",
            "docs/blog/posts/a.md": "---\ndate: 2023-05-10\ncategories: [C++, Two Words, Café]\n---\n# A\n",
            "docs/blog/posts/b.md": "---\ndate: 2024-01-05\ncategories: [C++]\n---\n# B\n",
        },
        "docs/index.md",
        "# Home\n",
        (
            *("/blog/category/c/", "/blog/category/two-words/", "/blog/category/café/", "/blog/category/none/"),
            *(
                "/blog/archive/2023/",
                "/blog/archive/2022/",
                "/blog/page/2/",
                "/blog/page/3/",
                "/blog/category/c/page/2/",
            ),
        ),
        frozenset(("/blog/archive/2022/", "/blog/page/3/")),
    ),
    "pelican": Lists(
        "pelican",
        ("-q", "-s", "pelicanconf.py"),
        "output",
        {
            "pelicanconf.py": 'SITEURL = "https://example.org"\nPATH = "content"\nTIMEZONE = "UTC"\nAUTHOR = "Ann B"\n',
            "content/a.md": _ARTICLE.format("A", "2024-01-05", "C++, Web Dev, Café", "Dev Ops"),
            "content/b.md": _ARTICLE.format("B", "2024-01-06", "x", "misc") + "Status: draft\n",
        },
        "content/links.md",
        "Title: Links\nDate: 2024-01-07\n",
        (
            *("/tag/c.html", "/tag/web-dev.html", "/tag/cafe.html", "/tag/none.html", "/category/dev-ops.html"),
            *("/tags.html", "/categories.html", "/authors.html", "/archives.html", "/feeds/all.atom.xml"),
        ),
    ),
    "eleventy": Lists(
        "eleventy",
        ("--quiet",),
        "_site",
        {
            "eleventy.config.mjs": "export default function () {}\n",
            "package.json": '{"devDependencies": {"@11ty/eleventy": "^3.1.8"}}',
            "tags.njk": "---\npagination: {data: collections, size: 1, alias: tag, filter: [all, posts]}\n"
            "permalink: /tags/{{ tag | slugify }}/\n---\n",
            "posts/a.md": post(tags="[posts, Web Dev, Café, C++]"),
        },
        "posts/links.md",
        post(),
        ("/tags/web-dev/", "/tags/cafe/", "/tags/c/", "/tags/posts/", "/tags/none/"),
        frozenset(("/tags/posts/", "/tags/none/")),
    ),
}


@pytest.mark.generators
@pytest.mark.parametrize("name", SITES)
def test_lists(tmp_path, name):
    site = SITES[name]
    program = find(site.program)
    if program is None:
        pytest.skip(f"`{site.program}` is neither in POSTLINT_GENERATORS nor on PATH")
    links = "".join(f"\n[a]({address})\n" for address in site.addresses)
    write_files(tmp_path, {**site.files, site.path: f"{site.head}{links}"})
    told = run_postlint("inspect", "--output-format", "jsonl", cwd=tmp_path)
    (mine,) = (each for each in map(json.loads, told.out.splitlines()) if each["path"] == site.path)
    status = {unquote(link["reference"]): link["status"] for link in mine["links"]}
    checked = run_postlint(
        "check", "--no-cache", "--select", "link-missing", "--output-format", "json", cwd=tmp_path
    ).report
    dead = {each["message"].split("`")[1] for each in checked["diagnostics"] if each["path"] == site.path}
    if site.needs_packages:
        (tmp_path / "node_modules").symlink_to(program.parents[1])
    done = subprocess.run([program, *site.arguments], cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr

    def is_served(address):
        file = tmp_path / site.output / address.lstrip("/")
        return (file / "index.html").is_file() if address.endswith("/") else file.is_file()

    there = {address for address in site.addresses if is_served(address)}
    assert there - site.unsure == {address for address in status if status[address] == "ok"} - site.unsure
    assert there & dead == set()
    assert set(site.addresses) - there - site.unsure == dead - site.unsure
