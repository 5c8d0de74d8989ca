"""What postlint decides not to judge is counted, with the reason and the setting that changes it."""

import subprocess

import pytest
from conftest import BARE_ASTRO

from postlint import check_paths

HEAD = "---\ntitle: Post {0}\npubDate: 2024-01-02\n---\n\n"
LINE = (
    "150 images under /img/ were not checked: none of that folder is in the repository; "
    '[rules.image-missing] missing-folders = "each" checks them.\n'
)
SKIPPED = [
    {
        "what": "images under /img/",
        "count": 150,
        "reason": "none of that folder is in the repository",
        "setting": '[rules.image-missing] missing-folders = "each"',
    }
]


def posts(number, image):
    return {f"src/content/blog/p{n}.md": HEAD.format(n) + image.format(n) + "\n" for n in range(number)}


def found(ran):
    return [(d["path"], d["rule"], d["severity"], d["message"]) for d in ran.report["diagnostics"]]


MESSAGE = "none of the 150 images under `/img/` exists: there is no folder `public/img`"
FIRST = ("src/content/blog/p0.md", "image-missing", "warning", MESSAGE)


@pytest.mark.parametrize(
    "others", [{}, {"public/other/a.png": "", "src/content/blog/x.md": HEAD + "![A](/other/a.png)\n"}]
)
def test_a_whole_folder(main, astro, others):
    """One finding and one line, whether or not there are other images."""
    root = astro({**posts(150, "![A](/img/{0}.png)"), **others})
    ran = main("check", "--output-format", "json")
    assert (ran.status, found(ran)) == (0, [FIRST])
    assert ran.report["skipped"] == SKIPPED
    assert list(ran.report) == ["version", "tool", "summary", "skipped", "diagnostics"]
    for name in ("concise", "full", "grouped", "github"):
        assert main("check", "--output-format", name).out.endswith(LINE)
    assert LINE in main("check", "--statistics").out
    assert "not checked" not in main("check", "--quiet").out
    report = check_paths([root])
    assert [tuple(each) for each in report.skipped] == [tuple(SKIPPED[0].values())]


def test_one_image_among_many(main, astro):
    astro(
        {
            **posts(150, "![A](/img/{0}.png)"),
            "public/other/a.png": "",
            "src/content/blog/x.md": HEAD + "![A](/other/b.png)\n",
        }
    )
    assert ("src/content/blog/x.md", "error") in {
        (path, severity) for path, _, severity, _ in found(main("check", "--output-format", "json"))
    }
    astro({"public/img/0.png": ""})
    ran = main("check", "--output-format", "json")
    assert len(found(ran)) == 150, "of a folder that has images, each one that is missing is a finding"
    assert ran.report["skipped"] == []


def test_each_of_them(main, astro):
    astro({**posts(150, "![A](/img/{0}.png)"), "postlint.toml": SKIPPED[0]["setting"].replace("] ", "]\n") + "\n"})
    ran = main("check", "--output-format", "json")
    assert (ran.status, ran.report["summary"]["errors"], ran.report["skipped"]) == (1, 150, [])


def test_a_thousand_posts(main, astro):
    """Images beside their posts, none of which is there."""
    astro(posts(1000, "![A](./a{0}.png)"))
    ran = main("check", "--output-format", "json")
    message = "none of the 1000 images named relative to their posts exists"
    assert found(ran) == [("src/content/blog/p0.md", "image-missing", "warning", message)]
    assert ran.report["skipped"][0]["what"] == "images named relative to their posts"
    assert ran.report["skipped"][0]["count"] == 1000
    astro({f"src/content/blog/p{n}.md": HEAD.format(n) for n in range(60, 1000)})
    assert main("check", "--output-format", "json").report["summary"]["errors"] == 60


def test_a_change_is_judged_by_the_whole_site(main, astro):
    """The one post that is touched names an image of the folder that is missing: no error that a whole run does not have."""
    root = astro(posts(150, "![A](/img/{0}.png)"))
    for words in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *words], cwd=root, check=True)
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "-m", "A"], cwd=root, check=True
    )
    (root / "src/content/blog/p7.md").write_text(HEAD.format(7) + "![A](/img/7.png)\n\nMore.\n")
    subprocess.run(["git", "add", "."], cwd=root, check=True)
    for arguments in (("--staged",), ("--index-site", "src/content/blog/p7.md")):
        ran = main("check", "--output-format", "json", *arguments)
        assert (ran.status, found(ran)) == (0, [("src/content/blog/p7.md", *FIRST[1:])])
        assert ran.report["skipped"] == [{**SKIPPED[0], "count": 1}]


def test_fields_that_a_template_completes(main, write):
    write({".eleventy.js": "", **{f"{n}.md": f"---\ntitle: P{n}\nhero: image/{n}.jpg\n---\n" for n in range(4)}})
    said = main("check").out
    assert "4 images in `hero` were not checked: none of them is where the field says" in said


def test_several_sites(main, write):
    for site in ("one", "two"):
        made = {**BARE_ASTRO, **posts(150, "![A](/img/{0}.png)")}
        write({f"{site}/{path}": text for path, text in made.items()})
    ran = main("check", "--output-format", "json")
    assert [each["what"] for each in ran.report["skipped"]] == [
        "images under /img/ of one",
        "images under /img/ of two",
    ]


def test_nothing_is_left_out(main, astro):
    astro(posts(3, "![A](https://example.com/{0}.png)"))
    ran = main("check", "--output-format", "json")
    assert ran.report["skipped"] == []


def links(*targets):
    return HEAD.format("L") + "\n".join(f"[a]({target})" for target in targets) + "\n"


PAGES = {
    "reason": "templates, plugins or another repository may make them",
    "setting": '[rules.link-missing] unseen-pages = "report"',
}


def skipped_links(ran):
    return [(each["what"], each["count"], each["reason"], each["setting"]) for each in ran.report["skipped"]]


def test_links_to_pages_that_templates_may_make(main, astro):
    route = "---\nexport const getStaticPaths = () => [];\n---\n"
    astro(
        {
            "astro.config.mjs": "export default {};\n",
            **{f"src/pages/{name}/[id].astro": route for name in ("tags", "authors", "series", "years")},
            "src/content/blog/post.md": links(
                "/tags/a", "/tags/b/", "/authors/c", "/series/d", "/years/e", "/tags/a", "/"
            ),
        }
    )
    ran = main("check", "--output-format", "json")
    what = "links to pages under /tags/, /authors/, /series/ and 1 other folder"
    assert skipped_links(ran) == [(what, 6, PAGES["reason"], PAGES["setting"])]
    assert main("check").out.endswith(
        f"6 {what} were not checked: {PAGES['reason']}; {PAGES['setting']} checks them.\n"
    )
    astro({"postlint.toml": PAGES["setting"].replace("] ", "]\n") + "\n"})
    ran = main("check", "--output-format", "json")
    assert skipped_links(ran) == []
    assert [(d["rule"], d["severity"]) for d in ran.report["diagnostics"]] == [("link-missing", "warning")] * 6


def test_one_link(main, astro):
    astro({"src/pages/tags/[id].astro": "---\n---\n", "src/content/blog/post.md": links("/tags/a")})
    assert "1 link to a page under /tags/ was not checked: " in main("check").out
    assert main("check").out.endswith(' may make it; [rules.link-missing] unseen-pages = "report" checks it.\n')


@pytest.mark.parametrize(
    ("images", "said"),
    [
        (
            "![A](a.png)\n",
            "1 image was not checked: only the site's templates, plugins or modules know where it leads.\n",
        ),
        (
            "![A](a.png) ![B](b.png)\n",
            "2 images were not checked: only the site's templates, plugins or modules know where they lead.\n",
        ),
    ],
)
def test_images_that_a_module_copies(main, write, images, said):
    write(
        {
            "package.json": '{"dependencies": {"@nuxt/content": "3.16.0"}}',
            "nuxt.config.ts": "export default { modules: ['@nuxt/content', 'nuxt-content-assets'] }\n",
            "content/a.md": HEAD.format("A") + images,
        }
    )
    assert main("check").out.endswith(said)


def test_links_to_posts_whose_addresses_are_not_known(main, write):
    write(
        {
            "eleventy.config.js": "module.exports = () => ({ dir: { input: 'src' } });\n",
            "src/blog/blog.11tydata.js": "module.exports = { permalink: (data) => require('./of')(data) };\n",
            "src/blog/a.md": links("/2024/a/", "/2024/b/", "../b/", "/{{ tag }}/", "#here"),
            "src/blog/b.md": links("/2024/b/"),
        }
    )
    ((what, number, reason, setting), *others) = skipped_links(main("check", "--output-format", "json"))
    assert (what, number, setting) == ("links", 3, None)
    assert reason.startswith("the addresses of 2 posts are not known (")
    assert others == [("link", 1, "only the site's templates, plugins or code know where it leads", None)]


def test_links_of_a_site_without_a_framework(main, write):
    write({"posts/a.md": links("/2024/b/", "b.md", "c"), "posts/b.md": HEAD.format("B")})
    assert {setting for *_, setting in skipped_links(main("check", "--output-format", "json"))} == {'framework = "…"'}


@pytest.mark.parametrize(
    "target", ["/", "https://example.com/a", "mailto:a@b.c", "/{{ a }}", "#a", "/old/b", "/blog/a/", "/a.pdf"]
)
def test_links_that_are_judged_or_lead_elsewhere(main, astro, target):
    astro(
        {
            "astro.config.mjs": "export default { site: 'https://a.example' };\n",
            "src/pages/blog/[...slug].astro": "---\nimport { getCollection } from 'astro:content';\n"
            "export const getStaticPaths = async () =>"
            " (await getCollection('blog')).map((p) => ({ params: { slug: p.id } }));\n---\n",
            "public/_redirects": "/old/* /new/:splat\n",
            "public/a.pdf": "",
            "src/content/blog/a.md": links(target),
        }
    )
    assert skipped_links(main("check", "--output-format", "json")) == []


def test_links_of_posts_that_are_checked_alone(main, astro):
    """What other posts of the site are called is not known then, and that is nobody's decision."""
    astro({f"src/content/blog/{name}.md": links("/somewhere/else") for name in "ab"})
    assert skipped_links(main("check", "src/content/blog/a.md", "--output-format", "json")) == []
