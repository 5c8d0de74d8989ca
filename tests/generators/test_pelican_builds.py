"""Pelican: slugs of titles, headers that are no YAML, and the braces that stand for sources."""

from typing import ClassVar

from comparison import PNG, Comparison

CONF = """SITENAME = "x"
SITEURL = "https://example.org"
PATH = "content"
TIMEZONE = "UTC"
STATIC_PATHS = ["images"]
PLUGINS = []
THEME = "theme"
DIRECT_TEMPLATES = []
AUTHOR_SAVE_AS = TAG_SAVE_AS = CATEGORY_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""


def article(body: str = "", **fields: str) -> str:
    """An article with `fields` as its header, a title and a date among them."""
    given = {"Title": "", "Date": "2024-01-05", **fields}
    return "".join(f"{key}: {value}\n" for key, value in given.items() if value) + f"\n{body}\n"


class TestPelican(Comparison):
    program = "pelican"
    arguments = ("-s", "pelicanconf.py", "-q")
    output = "output"
    silent: ClassVar = frozenset(
        f"content/{name}.md" for name in ("links/lost", "links/html", "images/lost", "images/unknown", "links/tag")
    )
    files: ClassVar = {
        "pelicanconf.py": CONF,
        "theme/templates/article.html": "{{ article.content }}",
        "theme/templates/page.html": "{{ page.content }}",
        "theme/static/x.css": "",
        "content/images/a.png": PNG,
        "content/images/with space.png": PNG,
        "content/posts/beside.png": PNG,
        "content/extra/b.png": PNG,
        "content/extra/c.png": PNG,
    }
    posts: ClassVar = {
        "content/plain.md": article(Title="Some Title"),
        "content/posts/signs.md": article(Title="C++ & C#: what's new?"),
        "content/posts/accents.md": article(Title="Émile à Paris"),
        "content/posts/quoted.md": article(Title='"Quoted"'),
        "content/posts/underscore.md": article(Title="_under_score_"),
        "content/posts/own.md": article(Title="A", Slug="Own Slug/x"),
        "content/posts/url.md": article(Title="B", Save_as="else/where.html", Url="else/where.html"),
        "content/posts/hidden.md": article(Title="Hidden", Status="hidden"),
        "content/posts/skipped.md": article(Title="Skipped", Status="skip"),
        "content/posts/wrong.md": article(Title="Wrong", Status="nope"),
        "content/posts/untitled.md": article(),
        "content/posts/2024-01-06-named.md": article(Title="Named", Date=""),
        "content/posts/undated.md": article(Title="Undated", Date=""),
        "content/posts/baddate.md": article(Title="Bad date", Date="2024-13-45"),
        "content/posts/words.md": article(Title="Words", Date="Jan 5, 2024 3pm"),
        "content/posts/short.md": article(Title="Short", Date="99-01-05"),
        "content/posts/future.md": article(Title="Future", Date="2999-01-01"),
        "content/posts/french.md": article(Title="Français", Lang="fr"),
        "content/posts/fenced.md": f"---\n{article(Title='Fenced').strip()}\n---\n",
        "content/posts/.dotted.md": article(Title="Dotted"),
        "content/posts/x.MD": article(Title="Capital"),
        "content/pages/about.md": article(Title="About"),
        "content/posts/blank.md": "\n" + article(Title="Blank"),
        "content/images/static.md": article("![a]({static}/images/a.png)", Title="i1"),
        "content/images/case.md": article("![a]({static}/images/A.png)", Title="i2"),
        "content/images/outside.md": article("![a]({static}/extra/b.png)", Title="i3"),
        "content/images/attach.md": article("![a]({attach}../posts/beside.png)", Title="i4"),
        "content/images/filename.md": article("![a]({filename}/extra/c.png)", Title="i5"),
        "content/images/lost.md": article("![a]({static}/images/lost.png)", Title="i6"),
        "content/images/plain.md": article("![a](images/a.png)", Title="i7"),
        "content/images/rooted.md": article("![a](/images/a.png)", Title="i8"),
        "content/images/space.md": article("![a]({static}/images/with space.png)", Title="i9"),
        "content/images/coded.md": article("![a]({static}/images/with%20space.png)", Title="i10"),
        "content/images/html.md": article('<img src="{static}/images/a.png">', Title="i11"),
        "content/images/pipe.md": article("![a](|static|/images/a.png)", Title="i13"),
        "content/images/big.md": article("![a]({STATIC}/images/a.png)", Title="i14"),
        "content/posts/relative.md": article("![a]({static}beside.png)", Title="i15"),
        "content/links/file.md": article("[a]({filename}/plain.md)", Title="l1"),
        "content/links/anchor.md": article("[a]({filename}../plain.md#x)", Title="l2"),
        "content/links/nofile.md": article("[a]({filename}/nope.md)", Title="l3"),
        "content/links/source.md": article("[a](../plain.md)", Title="l4"),
        "content/links/address.md": article("[a](/some-title.html)", Title="l5"),
        "content/links/lost.md": article("[a](/lost.html)", Title="l6"),
        "content/links/static.md": article("[a]({static}/plain.md)", Title="l7"),
        "content/links/page.md": article("[a]({filename}/pages/about.md)", Title="l8"),
    }
