"""VitePress: pages by their path, rewrites, and images and links as its build resolves them."""

from pathlib import Path
from typing import ClassVar

from comparison import PNG, Comparison, post

CONFIG = """export default {
  ignoreDeadLinks: true,
  srcExclude: ["excluded/**"],
  rewrites: { "old/:page": "new/:page" },
  appearance: false,
};
"""
THEME = """import { h } from "vue";
import { Content } from "vitepress";
export default { Layout: () => h("div", [h(Content)]) };
"""


class TestVitePress(Comparison):
    program = "vitepress"
    arguments = ("build",)
    output = ".vitepress/dist"
    needs_packages = True
    # Whether addresses are those of pages is not told where the site asks for no check of them.
    silent: ClassVar = frozenset(f"links/{name}.md" for name in ("lost", "rooted-lost", "html-lost", "case"))
    files: ClassVar = {
        ".vitepress/config.mjs": CONFIG,
        ".vitepress/theme/index.js": THEME,
        "package.json": '{"type": "module", "devDependencies": {"vitepress": "^1.6.4"}}',
        "public/a.png": PNG,
        "public/with space.png": PNG,
        "images/beside.png": PNG * 2000,
        "images/with space.png": PNG * 3000,
        "sources/b.png": PNG * 4000,
    }
    posts: ClassVar = {
        "index.md": post(),
        "plain.md": post(),
        "Some Name.md": post(),
        "v1.2.md": post(),
        "Ünïcode.md": post(),
        "percent%20.md": post(),
        "sub/index.md": post(),
        "sub/README.md": post(),
        "sub/dist/x.md": post(),
        "old/moved.md": post(),
        "old/deep/stays.md": post(),
        "excluded/x.md": post(),
        "_underscore.md": post(),
        ".hidden.md": post(),
        "slugged.md": post(slug="x", permalink="/y/", draft="true", date="2999-01-01"),
        "images/rooted.md": post("![a](/a.png)"),
        "images/beside.md": post("![a](./beside.png)"),
        "images/bare.md": post("![a](beside.png)"),
        "images/up.md": post("![a](../sources/b.png)"),
        "images/source.md": post("![a](/sources/b.png)"),
        "images/space.md": post("![a](<./with space.png>)"),
        "images/coded.md": post("![a](./with%20space.png)"),
        "images/reference.md": post("![a][b]\n\n[b]: ./beside.png"),
        "images/html.md": post('<img src="./beside.png">'),
        "images/query.md": post("![a](/a.png?x#y)"),
        "links/file.md": post("[a](../plain.md)"),
        "links/bare.md": post("[a](../plain)"),
        "links/html-ending.md": post("[a](../plain.html)"),
        "links/rooted.md": post("[a](/plain)"),
        "links/rooted-file.md": post("[a](/plain.md#x)"),
        "links/folder.md": post("[a](/sub/)"),
        "links/moved.md": post("[a](/new/moved)"),
        "links/lost.md": post("[a](./lost.md)"),
        "links/case.md": post("[a](../Plain.md)"),
        "links/rooted-lost.md": post("[a](/lost)"),
        "links/html.md": post('<a href="../plain.html">a</a>'),
        "links/html-file.md": post('<a href="../plain.md">a</a>'),
        "links/html-lost.md": post('<a href="/lost.html">a</a>'),
        "links/document.md": post("[a](/a.pdf)"),
        "links/image.md": post("[a](/a.png)"),
        "links/reference.md": post("[a][b]\n\n[b]: ../plain.md"),
        "old/relative.md": post("[a](./moved.md)"),
    }

    @classmethod
    def build(cls, program: Path, root: Path) -> None:
        super().build(program, root)
        for script in (root / cls.output).rglob("*.js"):
            script.unlink()
