"""Astro: the ids of entries, pages by their path, dates, and images as its Markdown pipeline resolves them."""

from typing import ClassVar

from comparison import PNG, Comparison, post

ROUTE = """---
import { getCollection, render } from "astro:content";
export async function getStaticPaths() {
  const posts = await getCollection("blog");
  return posts.map((post) => ({ params: { slug: post.id }, props: { post } }));
}
const { Content } = await render(Astro.props.post);
---
<Content />
"""
COLLECTIONS = """import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";
const blog = defineCollection({ loader: glob({ pattern: "**/[^_]*.md", base: "./src/content/blog" }) });
export const collections = { blog };
"""


class TestAstro(Comparison):
    program = "astro"
    arguments = ("build", "--silent")
    output = "dist"
    needs_packages = True
    silent: ClassVar = frozenset(f"src/content/blog/links/{name}.md" for name in ("lost", "relative", "short"))
    files: ClassVar = {
        "astro.config.mjs": 'export default { site: "https://example.org", devToolbar: { enabled: false } };\n',
        "package.json": '{"type": "module", "dependencies": {"astro": "^5.0.0"}}',
        "tsconfig.json": '{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["src/*"]}}}',
        "src/content.config.ts": COLLECTIONS,
        "src/pages/blog/[...slug].astro": ROUTE,
        "src/assets/a.png": PNG,
        "src/content/blog/images/beside.png": PNG,
        "src/content/blog/images/With Space.png": PNG,
        "public/p.png": PNG,
        "public/with space.png": PNG,
        "public/blog/images/html-beside/served.png": PNG,
    }
    posts: ClassVar = {
        "src/content/blog/plain.md": post(),
        "src/content/blog/Some Name & Co.md": post(),
        "src/content/blog/v1.2.md": post(),
        "src/content/blog/Ünïcode 日本.md": post(),
        "src/content/blog/2024-01-05-dated.md": post(),
        "src/content/blog/own.md": post(slug="Own Slug/x"),
        "src/content/blog/quoted.md": post(slug="'a--b'"),
        "src/content/blog/folder/index.md": post(),
        "src/content/blog/_underscore.md": post(),
        "src/content/blog/_folder/x.md": post(),
        "src/content/blog/.hidden.md": post(),
        "src/content/blog/future.md": post(date="2999-01-01"),
        "src/content/blog/emoji 🎉 x.md": post(),
        "src/content/blog/README.md": post(),
        "src/content/blog/other.mdx": post(),
        "src/content/blog/toml.md": "+++\nslug = 'by-toml'\n+++\n",
        "src/content/blog/blank.md": "\n\n" + post(slug="after-blank"),
        "src/pages/Page One.md": post(),
        "src/pages/sub/index.md": post(),
        "src/pages/_left.md": post(),
        "src/pages/v1.2.markdown": post(),
        "src/content/blog/images/beside.md": post("![a](./beside.png)"),
        "src/content/blog/images/bare.md": post("![a](beside.png)"),
        "src/content/blog/images/up.md": post("![a](../../../assets/a.png)"),
        "src/content/blog/images/alias.md": post("![a](@/assets/a.png)"),
        "src/content/blog/images/coded.md": post("![a](./With%20Space.png)"),
        "src/content/blog/images/public.md": post("![a](/p.png)"),
        "src/content/blog/images/case.md": post("![a](/P.png)"),
        "src/content/blog/images/folder.md": post("![a](/public/p.png)"),
        "src/content/blog/images/source.md": post("![a](/src/assets/a.png)"),
        "src/content/blog/images/space.md": post("![a](</with space.png>)"),
        "src/content/blog/images/lost.md": post("![a](/lost.png)"),
        "src/content/blog/images/query.md": post("![a](/p.png?x#y)"),
        "src/content/blog/images/html.md": post('<img src="/p.png">'),
        "src/content/blog/images/html-beside.md": post('<img src="./beside.png">'),
        "src/content/blog/images/html-served.md": post('<img src="../html-beside/served.png">'),
        "src/content/blog/links/page.md": post("[a](/blog/plain/)"),
        "src/content/blog/links/bare.md": post("[a](/blog/plain)"),
        "src/content/blog/links/file.md": post("[a](../plain.md)"),
        "src/content/blog/links/relative.md": post("[a](../../plain/)"),
        "src/content/blog/links/short.md": post("[a](../plain/)"),
        "src/content/blog/links/lost.md": post("[a](/blog/lost/)"),
        "src/content/blog/links/static.md": post("[a](/p.png)"),
    }
