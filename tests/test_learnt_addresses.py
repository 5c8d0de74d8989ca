"""Addresses that the site's settings do not give are learnt from links, if enough of them fit."""

import pytest

from postlint.posts.facts import Facts, Link
from postlint.site.learnt_addresses import Form, learn

# Postlint runs no code of a site, so the addresses of these posts are not known.
ELEVENTY = {
    "eleventy.config.js": "module.exports = function (config) { return { dir: { input: 'src' } }; };\n",
    "src/blog/blog.11tydata.js": "module.exports = { permalink: (data) => require('./addresses').of(data) };\n",
    "src/blog/addresses.js": "",
}


def name(number):
    return f"a-post-{number}"


def day(number):
    return f"2024-{number % 12 + 1:02}-05"


def address(number):
    return f"/blog/2024/{number % 12 + 1:02}/{name(number)}/"


def dated(number, *also):
    """A post with a link to the next and with those of `also`; the addresses have year and month."""
    head = f"---\ntitle: Post {number}\ndate: {day(number)}\n---\n\n"
    return {
        f"src/blog/{day(number)}-{name(number)}.md": head + "\n".join((f"[next]({address(number + 1)})", *also)) + "\n"
    }


def plain(number, *also):
    links = (f"[next](/writing/{name(number + 1)})", *also)
    return {f"src/blog/{name(number)}.md": f"---\ntitle: Post {number}\n---\n\n" + "\n".join(links) + "\n"}


@pytest.fixture
def found(write, main):
    """The findings about links: (path, rule, severity, message)."""

    def check(*files):
        write({**ELEVENTY, **{path: text for each in files for path, text in each.items()}})
        diagnostics = main("check", "--select", "link", "--output-format", "json").report["diagnostics"]
        return [(d["path"], d["rule"], d["severity"], d["message"]) for d in diagnostics]

    return check


def chain(make, count):
    """`count` posts, each of which links to the next, and the one that the last links to."""
    return [make(number) for number in range(count)] + [dict.fromkeys(make(count), "---\ntitle: Z\n---\n")]


LAST = "src/blog/x.md"


def last(*links):
    return {LAST: "---\ntitle: X\n---\n\n" + "\n".join(links) + "\n"}


def test_a_form_with_dates(found):
    gone, moved = found(
        *chain(dated, 40), last("[a](/blog/2024/07/a-post-that-is-gone/)", "[b](/blog/2024/07/a-post-7/)")
    )
    assert gone[:3] == moved[:3] == (LAST, "link-missing", "warning")
    assert gone[3] == (
        "broken link `/blog/2024/07/a-post-that-is-gone/`: no page or file has this address; "
        "40 links show that posts are at `/blog/{year}/{month}/{file name without its date}/`"
    )
    assert moved[3].endswith("; did you mean `/blog/2024/08/a-post-7/`?")


def test_too_few_links(found):
    assert found(*chain(dated, 15), last("[a](/blog/2024/07/a-post-that-is-gone/)")) == []


def test_too_many_links_that_do_not_fit(found):
    others = [f"[a](/blog/2023/07/from-elsewhere-{n}/)" for n in range(10)]
    assert found(*chain(dated, 40), last(*others)) == []


GONE = ("[a](/writing/a-post-that-is-gone)",)


@pytest.mark.parametrize(("number", "known"), [(120, True), (60, False)])
def test_a_form_without_dates_needs_more_links(found, number, known):
    messages = found(*chain(plain, number), last(*GONE))
    assert bool(messages) is known
    assert all("posts are at `/writing/{file name}/`" in message for *_, message in messages)


@pytest.mark.parametrize(
    "target",
    ["/writing/", "/writing/archive", "/writing/page-2", "/writing/feed.xml", "/other/a-post", "/writing/a/b-c"],
)
def test_pages_that_templates_may_make(found, target):
    assert found(*chain(plain, 120), last(f"[a]({target})")) == []


def test_anchors_of_learnt_pages(found):
    """A page is known by a link that fits, so its headings are."""
    with_ids = {
        "eleventy.config.js": "import { IdAttributePlugin } from '@11ty/eleventy';\n"
        "export default function (config) { config.addPlugin(IdAttributePlugin); return { dir: { input: 'src' } }; }\n"
    }
    ((_, rule, _, message),) = found(*chain(dated, 40), with_ids, last("[a](/blog/2024/06/a-post-5/#none)"))
    assert rule == "link-anchor"
    assert message.endswith("has no `#none`")


def test_a_time_near_midnight_may_be_another_day(found):
    posts = chain(dated, 40)
    late = {"src/blog/2024-03-31-late.md": "---\ntitle: Late\ndate: 2024-03-31T23:30:00Z\n---\n"}
    assert found(*posts, late, last("[a](/blog/2024/04/late/)")) == []


def test_only_some_of_the_posts_were_given(write, main):
    posts = [*chain(dated, 40), last("[a](/blog/2024/07/a-post-that-is-gone/)")]
    write({**ELEVENTY, **{path: text for each in posts for path, text in each.items()}})
    assert main("check", LAST, "--output-format", "json").report["diagnostics"] == []


def facts(path, instant):
    published = [["published", "date", [instant, None, False], [0, 1]]]
    address = [None, None, None, [], None]
    return Facts([path, "a", address, None, None, False, published, [], ["", []], None, False], ([], [], [], []))


def link(address):
    return Link(address, 0, 1, True, (), address, True, None, None, None, None)


@pytest.mark.parametrize(
    ("instant", "day"), [("9999-12-31T23:59:59", "9999/12/31"), ("0001-01-01T00:00:00", "0001/01/01")]
)
def test_dates_at_the_ends_of_the_calendar(instant, day):
    posts = [facts(f"a/x{n}.md", instant) for n in range(30)]
    learnt = learn(posts, [link(f"/{day}/x{n}/") for n in range(30)], lambda link: False)
    assert learnt.posts[f"/{day}/x7"] == "a/x7.md"


def test_a_form_in_words():
    assert Form(("blog", "{year}"), "slug").shown() == "/blog/{year}/{slug}/"


def test_a_route_of_the_sites_own_code(write, main):
    """Astro's route may answer every address that fits it, as long as nothing is known of its posts' addresses."""
    site = {
        "astro.config.mjs": "export default {};\n",
        "src/pages/writing/[...slug].astro": "---\nexport { getStaticPaths } from 'a-package';\n---\n",
        "public/_redirects": "/writing/old-post /writing/a-post-1\n",
    }
    posts = {
        path.replace("src/blog", "src/content/writing"): text for n in range(121) for path, text in plain(n).items()
    }
    lost = {"src/content/writing/x.md": "---\ntitle: X\n---\n\n[a](/writing/is-gone) [b](/writing/old-post)\n"}
    write({**site, **posts, **lost})
    found = main("check", "--select", "link", "--output-format", "json").report["diagnostics"]
    assert [(d["message"].split("`")[1], d["severity"]) for d in found] == [
        ("/writing/a-post-121", "warning"),
        ("/writing/is-gone", "warning"),
    ]
