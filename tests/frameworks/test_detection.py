"""Which framework a folder belongs to where several could claim it: the nearest, and the one whose settings are there."""

import sys
from pathlib import Path

import pytest
from conftest import write_files

from postlint import frameworks
from postlint.files.files import MemoryFiles
from postlint.frameworks import marks
from postlint.projects.project import Projects

NEXT = {
    "package.json": '{"dependencies": {"next": "16", "gray-matter": "4"}}',
    "app/page.tsx": "",
    "next.config.js": "",
}


@pytest.mark.parametrize(
    ("files", "post", "framework", "root"),
    [
        (NEXT, "posts/a.md", "next", ""),
        ({**NEXT, "apps/blog/astro.config.mjs": ""}, "apps/blog/src/content/blog/a.md", "astro", "apps/blog"),
        ({**NEXT, "docs/.vitepress/config.ts": ""}, "docs/a.md", "vitepress", "docs"),
        ({**NEXT, "website/docusaurus.config.js": ""}, "website/docs/a.md", "docusaurus", "website"),
        (
            {**NEXT, "blog/_config.yml": "title: x", "blog/Gemfile": "gem 'jekyll'"},
            "blog/_posts/a.md",
            "jekyll",
            "blog",
        ),
        ({**NEXT, "pyproject.toml": "", "mkdocs.yml": "site_name: x"}, "docs/a.md", "mkdocs", ""),
        ({**NEXT, "astro.config.mjs": ""}, "src/content/blog/a.md", "astro", ""),
        ({f"apps/web/{path}": text for path, text in NEXT.items()}, "apps/web/posts/a.md", "next", "apps/web"),
        ({f"apps/web/{path}": text for path, text in NEXT.items()}, "docs/a.md", "none", ""),
        ({"gatsby-config.js": "", "package.json": "{}"}, "content/blog/a.md", "gatsby", ""),
        ({"gatsby-config.js": "", "docs/mkdocs.yml": "site_name: x"}, "docs/docs/a.md", "mkdocs", "docs"),
        ({"_quarto.yml": "project:\n  type: website\n"}, "posts/a/index.qmd", "quarto", ""),
        ({"_quarto.yml": "project:\n  type: hugo\n", "hugo.toml": ""}, "content/a.md", "hugo", ""),
        ({"pyproject.toml": "", "docs/_quarto.yml": "project: {type: website}"}, "docs/a.qmd", "quarto", "docs"),
        ({"docs/.vuepress/config.js": "", "_config.yml": "title: x"}, "docs/a.md", "vuepress", "docs"),
        ({".vuepress/config.js": "", ".vitepress/config.js": ""}, "a.md", "vitepress", ""),
        ({"gatsby-config.js": "", "astro.config.ts": ""}, "src/content/blog/a.md", "astro", ""),
        ({"package.json": NEXT["package.json"], "src/index.ts": ""}, "docs/a.md", "none", ""),
        ({"eleventy.config.js": "", "website/pelicanconf.py": ""}, "website/content/a.md", "pelican", "website"),
        ({"eleventy.config.js": "", "website/pelicanconf.py": ""}, "posts/a.md", "eleventy", ""),
        (
            {"_config.yml": "source_dir: source\n", "package.json": '{"hexo": {}}', "source/_posts/b.md": ""},
            "source/_posts/a.md",
            "hexo",
            "",
        ),
        (
            {"nuxt.config.ts": "", "package.json": '{"dependencies": {"@nuxt/content": "3"}}'},
            "content/a.md",
            "nuxt",
            "",
        ),
        ({"nuxt.config.ts": "", "package.json": '{"dependencies": {"nuxt": "4"}}'}, "content/a.md", "none", ""),
        ({"book.toml": "[book]\n"}, "src/a.md", "mdbook", ""),
        ({"book.json": "{}"}, "posts/a.md", "none", ""),
        ({"quartz.config.ts": "", "package.json": "{}"}, "content/a.md", "quartz", ""),
        ({"quartz.config.yaml": "plugins: []"}, "content/a.md", "quartz", ""),
        ({"quartz.json": "{}"}, "content/a.md", "none", ""),
        ({".obsidian/app.json": "{}"}, "Notes/a.md", "obsidian", ""),
        ({"notes/.obsidian/app.json": "{}"}, "notes/b/a.md", "obsidian", "notes"),
        ({"notes/.obsidian/app.json": "{}"}, "a.md", "none", ""),
        ({".obsidian": "a file"}, "a.md", "none", ""),
        # A vault within a site, or with a site within it, leaves the site what it is.
        ({"quartz.config.ts": "", "content/.obsidian/app.json": "{}"}, "content/a.md", "quartz", ""),
        ({"hugo.toml": "", ".obsidian/app.json": "{}"}, "content/a.md", "hugo", ""),
        ({"mkdocs.yml": "site_name: x", "docs/.obsidian/app.json": "{}"}, "docs/a.md", "mkdocs", ""),
        ({"mkdocs.yml": "site_name: x", "docs/.obsidian/app.json": "{}"}, "docs/b/c/a.md", "mkdocs", ""),
        ({".obsidian/app.json": "{}", "site/hugo.toml": ""}, "site/content/a.md", "hugo", "site"),
        ({".obsidian/app.json": "{}", "site/hugo.toml": ""}, "notes/a.md", "obsidian", ""),
        ({".obsidian/app.json": "{}", "b/.obsidian/app.json": "{}"}, "b/a.md", "obsidian", "b"),
        ({"zensical.toml": "[project]\n", "mkdocs.yml": "site_name: x"}, "docs/a.md", "zensical", ""),
        ({"mkdocs.yml": "site_name: x", "requirements.txt": "zensical==0.0.60\n"}, "docs/a.md", "zensical", ""),
        ({"mkdocs.yml": "site_name: x", "requirements.txt": "zensical\nmkdocs-material\n"}, "docs/a.md", "mkdocs", ""),
        # MkDocs knows these plugins only with the theme Material, which Zensical has by itself.
        ({"mkdocs.yml": "site_name: x\nplugins:\n  - search\n  - blog:\n      a: 1\n"}, "docs/a.md", "zensical", ""),
        ({"mkdocs.yml": "site_name: x\nplugins: [search, tags]\n"}, "docs/a.md", "zensical", ""),
        ({"mkdocs.yml": "plugins: [tags]\ntheme: material\n"}, "docs/a.md", "mkdocs", ""),
        ({"mkdocs.yml": "plugins: [tags]\ntheme:\n  name: material\n"}, "docs/a.md", "mkdocs", ""),
        ({"mkdocs.yml": "plugins: [tags]\nINHERIT: base.yml\n"}, "docs/a.md", "mkdocs", ""),
        ({"mkdocs.yml": "plugins: [tags]\n", "requirements.txt": "mkdocs-plugin-tags\n"}, "docs/a.md", "mkdocs", ""),
        ({"mkdocs.yml": "plugins: [search]\nnav:\n  - blog: blog.md\n"}, "docs/a.md", "mkdocs", ""),
        ({"myst.yml": "version: 1\nproject:\n  title: T\n"}, "a.md", "mystmd", ""),
        ({"myst.yml": "version: 1\n"}, "docs/a.md", "none", ""),
        ({"conf.py": "extensions = ['myst_parser', 'ablog']\n"}, "posts/a.md", "ablog", ""),
        ({"conf.py": "extensions = ['myst_parser']\n"}, "docs/a.md", "none", ""),
        ({"svelte.config.js": "import { mdsvex } from 'mdsvex'"}, "src/routes/about/+page.md", "sveltekit", ""),
        ({"svelte.config.js": "export default {}"}, "posts/a.md", "none", ""),
        (
            {"source.config.ts": "", "package.json": '{"dependencies": {"fumadocs-mdx": "15"}}'},
            "content/docs/a.mdx",
            "fumadocs",
            "",
        ),
        ({"source.config.ts": "", "package.json": "{}"}, "content/docs/a.mdx", "none", ""),
        ({"conf.py": "POSTS = (('posts/*.md', 'posts', ''),)\nCOMPILERS = {}\n"}, "posts/a.md", "nikola", ""),
        ({"config.toml": 'base_url = "https://example.org"\n'}, "content/a.md", "zola", ""),
    ],
)
def test_detection(tmp_path, files, post, framework, root):
    (tmp_path / ".git").mkdir()
    write_files(tmp_path, {**files, post: "---\ntitle: A\n---\n"})
    project = Projects().of(str((tmp_path / post).parent.resolve()))
    assert (project.framework.name, project.root) == (framework, str((tmp_path / root).resolve()))


class Asked(MemoryFiles):
    """Has nothing, and remembers what it was asked for."""

    def __init__(self):
        super().__init__({})
        self.paths = set()

    def is_file(self, path):
        self.paths.add(path)
        return False

    def read_text(self, path):
        self.paths.add(path)

    def find_folder(self, folder, leaf=False):
        self.paths.add(folder)
        return super().find_folder(folder, leaf)

    def may_have(self, path):
        self.paths.add(path)
        return False


@pytest.mark.parametrize("name", [name for name in frameworks.names() if name != "none"])
def test_a_framework_is_asked_if_something_that_it_asks_for_is_there(name):
    files = Asked()
    assert frameworks.load(name).detect(files) is None
    asked = {path.partition("/")[0] for path in files.paths}
    listed = Asked()
    assert not marks.may_be(name, listed)
    assert asked - {"package.json"} <= listed.paths
    word = marks._MARKS[name][1]
    assert ("package.json" in asked) is (word is not None)
    if word:
        source = Path(sys.modules[frameworks.load(name).__module__].__file__).read_text("utf-8")
        assert f"'{word}' not in text" in source, "it is not detected by its package.json without that word"
