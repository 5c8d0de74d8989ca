"""Hexo: posts by their path, front matter of several kinds, images from the root and by tags, and links to posts."""

import subprocess
from pathlib import Path
from typing import ClassVar

from comparison import PNG, Comparison, post

_DAY = "2024-01-05 12:00:00"
_PACKAGES = '{"hexo": {"version": "8.1.2"}, "dependencies": {"hexo": "^8.0.0", "hexo-renderer-marked": "^7.0.0"}}'
_LAYOUT = "hexo.extend.renderer.register('tpl', 'html', ({ text }, { page }) => page.content, true);\n"


def dated(body: str = "", **fields: str) -> str:
    return post(body, **{"date": _DAY, **fields})


class TestHexo(Comparison):
    program = "hexo"
    needs_packages = True
    output = "public"
    files: ClassVar = {
        "_config.yml": (
            "title: x\nurl: http://example.org\ntheme: plain\ntimezone: ''\n"
            "permalink: :year/:month/:day/:title/\npost_asset_folder: true\n"
        ),
        "package.json": _PACKAGES,
        "themes/plain/layout/post.tpl": "",
        "themes/plain/layout/page.tpl": "",
        "themes/plain/layout/index.tpl": "",
        "themes/plain/scripts/layout.js": _LAYOUT,
        "source/images/a.png": PNG,
        "source/images/_a.png": PNG,
        "source/_posts/tags/own/in.png": PNG,
        "source/plain.html": "<p>Plain</p>",
    }
    posts: ClassVar = {
        "source/_posts/plain.md": dated(),
        "source/_posts/Some Name & Co.md": dated(),
        "source/_posts/Ünïcode 日本.md": dated(),
        "source/_posts/folder/below.md": dated(),
        "source/_posts/titled.md": dated(title="Another"),
        "source/_posts/own.md": dated(permalink="elsewhere/:title/"),
        "source/_posts/file.md": dated(permalink="elsewhere/page.html"),
        "source/_posts/hidden.md": dated(published="false"),
        "source/_posts/quoted.md": dated(published="'false'"),
        "source/_posts/drafted.md": dated(draft="true"),
        "source/_posts/future.md": dated(date="2999-01-01 00:00:00"),
        "source/_posts/rolled.md": dated(date="2024-02-30"),
        "source/_posts/slashes.md": dated(date="2024/3/4"),
        "source/_posts/text.md": dated(date="'2024-03-04 05:06:07'"),
        "source/_posts/broken.md": dated(title="a: b"),
        "source/_posts/twice.md": "---\ntitle: a\ntitle: b\n---\n",
        "source/_posts/unopened.md": f"title: a\ndate: {_DAY}\n---\n",
        "source/_posts/members.md": f';;;\n"title": "a", "date": "{_DAY}"\n;;;\n',
        "source/_posts/percent%.md": dated(),
        "source/_posts/_underscore.md": dated(),
        "source/_drafts/draft.md": dated(),
        "source/page.md": post(),
        "source/sub/index.md": post(),
        "source/moved.md": post(permalink="other/"),
        "source/_posts/images/static.md": dated("![a](/images/a.png)"),
        "source/_posts/images/rootless.md": dated("![a](images/a.png)"),
        "source/_posts/images/case.md": dated("![a](/images/A.png)"),
        "source/_posts/images/lost.md": dated("![a](/images/lost.png)"),
        "source/_posts/images/underscore.md": dated("![a](/images/_a.png)"),
        "source/_posts/images/html.md": dated('<img src="/images/a.png">'),
        "source/_posts/images/tag.md": dated("{% img /images/a.png %}"),
        "source/_posts/images/after.md": dated("{{ 1 }} ![a](/images/a.png)"),
        "source/_posts/images/within.md": dated("Text {{ 1 }} ![a](/images/a.png)"),
        "source/_posts/images/comment.md": dated("{# note #} ![a](/images/a.png)"),
        "source/_posts/tags/own.md": dated("{% asset_img in.png %}"),
        "source/_posts/tags/none.md": dated("{% asset_img in.png %}"),
        "source/_posts/tags/path.md": dated("![a]({% asset_path in.png %})"),
        "source/_posts/links/page.md": dated("[a](/2024/01/05/plain/)"),
        "source/_posts/links/post.md": dated("{% post_link plain %}"),
        "source/_posts/links/title.md": dated("{% post_link Another %}"),
        "source/_posts/links/below.md": dated("{% post_link folder/below 'text' %}"),
        "source/_posts/links/markdown.md": dated("[a](plain.md)"),
        "source/_posts/links/html.md": dated("[a](/plain.html)"),
        "source/_posts/links/single.md": dated("[a](/page.html)"),
        "source/_posts/links/index.md": dated("[a](/sub/)"),
    }

    @classmethod
    def build(cls, program: Path, root: Path) -> None:
        done = subprocess.run([program, "generate"], cwd=root, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
