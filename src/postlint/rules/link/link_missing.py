"""Links to pages and files that are not there."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from postlint.body.addresses import OF_PROGRAMS, meant
from postlint.diagnostics import Edit, Fix, Severity
from postlint.files.files import Files, Found
from postlint.frameworks import web
from postlint.posts.facts import Link
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site import unjudged_links
from postlint.site.remedies import remedy, served
from postlint.site.site import Site
from postlint.suggest import in_case_of

_ROUTE = """---
export const getStaticPaths = async () =>
  (await getCollection("blog")).map((post) => ({ params: { slug: post.id }, props: post }));
---
"""
# What stands for any address in a sample.
_EXAMPLE = re.compile(r"^\.?/?(?:\.\.\.|…)$|(?:^|/)path/to/")
_SETTING = '[rules.link-missing] unseen-pages = "report"'
_HOST = re.compile(r"(?:https?:)?//[^/]*", re.IGNORECASE)
_SITE = {
    "astro.config.mjs": "export default {};\n",
    "src/pages/blog/[...slug].astro": _ROUTE,
    "src/pages/about.astro": "",
    "public/files/a.pdf": "",
    "src/content/blog/my-first-day.md": "",
}


class LinkMissing(SiteRule):
    """A link to a page or file of the site that does not exist.

    The link is looked up where the framework would serve it from: among the addresses of all posts, the aliases in
    their front matter, static files, and the redirects of the site's host.

    It is only a warning if:

    - something that cannot be seen may serve the address, but a post of the same name has another address;
    - another repository of the same owner may serve the address, below a domain on GitHub Pages;
    - a theme cannot be seen, and the address lies in a folder of other posts;
    - only the case of the address is wrong;
    - the settings do not give the posts' addresses, but many links show their form, and this link has it, too;
    - the site's settings keep a build with dead links alive, like VitePress's `ignoreDeadLinks`;
    - the page would be one that the framework makes by itself, such as `/tags/x/`, and no post has that tag.

    ## Why it matters

    Readers get a page that says "not found".

    ## How to fix it

    Correct the address. If a page or file has nearly the same address, the fix writes that one; it is unsafe, because
    another one may be meant.

    ## What it leaves alone

    - Links that a template, a plugin or another host might serve: they are counted at the end of a run, and reported with
      `unseen-pages = "report"`.
    - Addresses of other sites.
    - Code and comments.
    """

    reports_in_unchanged_posts = True
    unseen_pages: Annotated[
        Literal["skip", "report"],
        "Links to pages that templates, plugins or another repository may serve: count them, or report each as a warning.",
    ] = "skip"
    needs_other_posts = True
    examples = (
        Good(
            {
                "src/content/blog/post.md": "[a](/blog/my-first-day/) [b](/about) [c](/files/a.pdf) [d](/#top)\n",
                **_SITE,
            },
            name="pages, files and posts that exist",
            show=True,
        ),
        Good(
            {"src/content/blog/post.md": "[a](https://example.com/none) [b](mailto:a@b.c) `[c](/none/)`\n", **_SITE},
            name="other sites and code",
        ),
        Good("[a](/no-file-system-to-ask/)\n", name="no files to look in"),
        Good(
            {"src/content/blog/post.md": "<a href='...'>a</a> [b](/path/to/b) [c](/404.html) [d](/404)\n", **_SITE},
            name="any address, and the page of errors",
        ),
        Bad(
            {"src/content/blog/post.md": "[a](⟦/blogs/my-first-day/?a#b⟧ 'T')\n", **_SITE},
            fixed="[a](/blog/my-first-day/?a#b 'T')\n",
            name="a slip in an address",
            show=True,
            safe=False,
            message=(
                "broken link `/blogs/my-first-day/?a#b`: no page or file has this address; did you "
                "mean `/blog/my-first-day/`?"
            ),
        ),
        Bad(
            {"src/content/blog/post.md": "[a](⟦/files/b.pdf⟧) <a href='⟦/imprint⟧'>i</a>\n", **_SITE},
            name="a file and a page that do not exist",
            message=(
                ("broken link `/files/b.pdf`: no page or file has this address; did you mean `public/files/a.pdf`?"),
                "broken link `/imprint`: no page or file has this address",
            ),
        ),
        Bad(
            {
                "src/content/blog/post.md": "[a](⟦/tags/none/⟧)\n",
                "src/pages/tags/[tag].astro": "---\n---\n",
                **_SITE,
            },
            options={"unseen-pages": "report"},
            name="a page that a template may make",
            severity=Severity.WARNING,
            message="no post and no file of this site has the address `/tags/none/`",
        ),
        Bad(
            {"src/content/blog/post.md": "[a](⟦github.com/a⟧)\n", **_SITE},
            fixed="[a](https://github.com/a)\n",
            name="a host without https",
            show=True,
            safe=False,
            message="`github.com/a` is read as a page of this site; write `https://github.com/a`",
        ),
        Bad(
            {"content/a.md": "[a](⟦example.com⟧)\n", "static/b.pdf": ""},
            "[a](https://example.com)\n",
            framework="hugo",
            name="a host beside a static file",
            safe=False,
            message="`example.com` is read as a page of this site; write `https://example.com`",
        ),
        Bad(
            {
                "a.md": "[a](⟦/nowhere⟧) [b](/b) [c](/api/x)\n",
                "b.md": "# B\n",
                ".vitepress/config.js": "export default { ignoreDeadLinks: [/^\\/api\\//] }\n",
            },
            framework="vitepress",
            name="dead links that do not stop the build",
            severity=Severity.WARNING,
        ),
        Bad(
            {"content/a.md": "[example.ai](⟦example.ai⟧) [b](example.ai) [a.css](a.css)\n", "static/b.pdf": ""},
            "[example.ai](https://example.ai) [b](example.ai) [a.css](a.css)\n",
            framework="hugo",
            name="a host that the link shows",
            safe=False,
        ),
        Good(
            {"posts/a.md": "[a](example.com/b.md)\n", "posts/example.com/b.md": "Text.\n"},
            framework="none",
            name="a folder named like a host",
        ),
        Good(
            {"src/content/blog/post.md": "[a](https//example.com) [b](`/none`)\n", **_SITE},
            name="misspelled schemes and code as an address",
        ),
        Bad(
            {"src/content/blog/post.md": "⟦[a][1]⟧\n\n[1]: /blog/your-first-day\n", **_SITE},
            name="a definition",
            message="broken link `/blog/your-first-day`: no page or file has this address",
        ),
        Bad(
            {
                "eleventy.config.js": "module.exports = {};\n",
                "posts/my-first-day.md": "Text.\n",
                "posts/a.md": "[a](⟦/blog/my-first-day/⟧) [b](/blog/else/)\n",
                "lists.11ty.js": "module.exports = class {};\n",
            },
            fixed="[a](/posts/my-first-day/) [b](/blog/else/)\n",
            framework="eleventy",
            name="something that cannot be seen may serve it",
            severity=Severity.WARNING,
            safe=False,
            message=(
                "broken link `/blog/my-first-day/`: no page or file has this address; "
                "did you mean `/posts/my-first-day/`?"
            ),
        ),
        Bad(
            {"src/content/blog/post.md": "[a](⟦/Blog/My-First-Day/⟧)\n", **_SITE},
            fixed="[a](/blog/my-first-day/)\n",
            name="another case of a page",
            severity=Severity.WARNING,
            safe=False,
            message="`/Blog/My-First-Day/` differs from `/blog/my-first-day/` in case; most servers will not find it",
        ),
        Bad(
            {"src/content/blog/post.md": "[a](⟦/public/files/a.pdf⟧)\n", **_SITE},
            name="the folder of public files in an address",
            message=(
                "broken link `/public/files/a.pdf`: what lies in `public/` is served from the root; write `/files/a.pdf`"
            ),
        ),
        Bad(
            {"src/content/blog/post.md": "[a](⟦/Files/A.pdf⟧)\n", **_SITE},
            fixed="[a](/files/a.pdf)\n",
            name="another case of a file",
            safe=False,
            message="`/Files/A.pdf` differs from `public/files/a.pdf` in case; most servers will not find it",
        ),
        Bad(
            {
                "docs/a.md": "[a](⟦c.md⟧) [b](⟦./d.md⟧) [c](⟦bb.pdf⟧) [d](b.md)\n",
                "docs/b.md": "Text.\n",
                "docs/b.pdf": "",
            },
            framework="docusaurus",
            name="files that do not exist",
            message=(
                "broken link `c.md`: there is no `docs/c.md` or `c.md`",
                "broken link `./d.md`: there is no `docs/d.md`",
                "broken link `bb.pdf`: there is no `docs/bb.pdf`; did you mean `docs/b.pdf`?",
            ),
        ),
        Bad(
            {"docs/a.md": "[a](⟦/docs/b.md⟧)\n", "docs/b.md": "Text.\n", "mkdocs.yml": "site_name: A\n"},
            framework="mkdocs",
            name="an address from the root of the repository",
            message=(
                "broken link `/docs/b.md`: MkDocs leaves a link that begins with `/` as it is; write the file's path "
                "relative to this one"
            ),
        ),
        Bad(
            {
                "content/a.md": "[a](⟦@/c.md⟧) [b](⟦b.pdf⟧)\n",
                "content/b.md": "+++\n+++\n",
                "config.toml": "base_url = 'https://example.com'\n",
            },
            framework="zola",
            name="a link that stops the build, and one beside the post",
            message=(
                "broken link `@/c.md`: the build stops",
                "broken link `b.pdf`: a browser looks for it at `/a/b.pdf`",
            ),
        ),
        Bad(
            {
                "content/a.md": '[a](⟦b⟧) [c](⟦c.md⟧) [d]({{< ref "⟦c.md⟧" >}})\n',
                "content/b.md": "Text.\n",
                "hugo.toml": "baseURL = 'https://example.com/'\n",
            },
            framework="hugo",
            name="relative addresses and the shortcode",
            message=(
                "broken link `b`: no page or file has the address `/a/b`; did you mean `/b/`?",
                "broken link `c.md`: Hugo does not turn a file's path into an address; write the address, or use `ref`",
                "broken link `c.md`: `ref` finds no such page; the build stops",
            ),
        ),
        Bad(
            {
                "content/posts/a.md": "[a](⟦/posts/悬崖-边/⟧)\n",
                "content/posts/悬崖--边.md": "Text.\n",
                "hugo.toml": "baseURL = 'https://example.com/'\n",
            },
            fixed="[a](/posts/悬崖--边/)\n",
            framework="hugo",
            name="letters that addresses write as codes",
            safe=False,
            message="broken link `/posts/悬崖-边/`: no page or file has this address; did you mean `/posts/悬崖--边/`?",
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        doubts = site.doubtful_links.copy()
        for facts, link, found in site.dead_links:
            if link.shown is None and (link.target in OF_PROGRAMS or meant(link.target)):
                continue  # `link-syntax` says it better.
            if _EXAMPLE.search(link.target):
                continue
            if (finding := _dead(site, facts.path, link, found)) is not None:
                yield finding._replace(group=link.key)
            elif doubt := site.pages.doubt(link):
                doubts.append((facts, link, doubt))
        if self.unseen_pages == "report":
            for facts, link, doubt in doubts:
                if doubt == "pages":
                    message = f"no post and no file of this site has the address `{link.address}`"
                    yield SiteFinding(facts.path, link.span, message, severity=Severity.WARNING, group=link.key)
            doubts = [each for each in doubts if each[2] != "pages"]
        # A link to a note that nobody has written yet was checked.
        unwritten = site.framework.linking.before_written
        pairs = [(link, doubt) for _, link, doubt in doubts if link.certain or not unwritten]
        site.skipped += unjudged_links.skipped(pairs, site.facts, site.framework, _SETTING)


def _dead(site: Site, path: str, link: Link, found: Found) -> SiteFinding | None:
    """What is wrong with a link of the post at `path`; None if that is too uncertain."""
    if link.lacks is not None:
        return _beside(path, link)
    if found.status == "case":
        return _other_case(site, path, link, found) if link.certain else None
    if (finding := _of_host(path, link)) is not None:
        return finding
    if link.address is not None:
        return _no_page(site, path, link)
    if not link.certain or site.files is None:
        return None
    if (finding := _source(site, path, link)) is not None:
        return finding
    severity = Severity.WARNING if site.is_doubtful(link.target) else None
    return SiteFinding(path, link.span, _no_file(site, path, link, site.files), severity=severity)


def _other_case(site: Site, path: str, link: Link, found: Found) -> SiteFinding:
    actual, severity = found.path or "", None
    way = next((each for each in link.paths if each.casefold() == actual.casefold()), None)
    if way is None and link.address is not None and (spelled := site.pages.spelled(link.address)):
        way, actual, severity = link.address, spelled, Severity.WARNING
    fix = _fix(link, in_case_of(_bare(link.target), way, actual)) if way else None
    message = f"`{link.target}` differs from `{actual}` in case; most servers will not find it"
    return SiteFinding(path, link.span, message, fix=fix, severity=severity)


def _beside(path: str, link: Link) -> SiteFinding:
    better = f"{link.lacks}{link.target}"
    fix = None
    if link.written is None and link.lacks:
        fix = Fix(f"Write `{better}`", (Edit(link.start, link.start, link.lacks),), "unsafe")
    return SiteFinding(path, link.span, f"broken link `{link.target}`: {link.why}", fix=fix)


def _source(site: Site, path: str, link: Link) -> SiteFinding | None:
    """A link to the file of a post that exists, where the framework wants its address; None for others."""
    head, colon, _ = (link.why or "").partition("; write the address")
    bare = _bare(link.target)
    found = site.by_path.get(posixpath.normpath(posixpath.join(posixpath.dirname(path), bare.lstrip("/"))))
    if not colon or found is None or not found.address.addresses:
        return None
    serving = site.framework.serving
    better = ("" if serving.addresses_have_base else serving.base) + found.address.addresses[0]
    fix = None
    if link.written is None:
        edit = Edit(link.start, link.start + len(bare), better)
        fix = Fix(f"Write `{better}`", (edit,), "unsafe")
    hint = f"write `{better}{link.target[len(bare) :]}`"
    return SiteFinding(path, link.span, f"broken link `{link.target}`: {head}; {hint}", fix=fix)


def _no_file(site: Site, path: str, link: Link, files: Files) -> str:
    if found := remedy(link.target, path, link.paths, served(site.framework), files):
        return f"broken link `{link.target}`: {found.why}"
    near = next((near for path in link.paths if (near := files.near(path))), None)
    if near:
        why = f"there is no `{link.paths[0]}`; did you mean `{near}`?"
    elif link.why:
        why = link.why
    else:
        why = f"there is no {' or '.join(f'`{path}`' for path in link.paths[:2])}"
    return f"broken link `{link.target}`: {why}"


def _no_page(site: Site, path: str, link: Link) -> SiteFinding | None:
    assert link.address is not None
    old = _bare(link.target)
    learnt = site.pages.learnt_form(link.address)
    unmade = None if link.judged and link.certain else site.pages.why_unmade(link.address)
    if unmade:
        near = site.pages.near_made(link.address)
    else:
        near = site.pages.near(link.address) if link.certain or learnt else site.pages.surely_meant(link.address)
    if not (near or link.certain or learnt or unmade or site.is_among_posts(link.address)):
        return None
    near = near and _in_letters(near, old)
    fix = _fix(link, near)
    if near is None and site.files is not None and not unmade:
        near = next((near for each in link.paths if (near := site.files.near(each))), None)
    if near is None and site.files is not None and not unmade and "write `" not in (link.why or ""):
        found = remedy(link.target, path, link.paths, served(site.framework), site.files)
        if found:
            return SiteFinding(path, link.span, f"broken link `{link.target}`: {found.why}")
    why = link.why or learnt or unmade
    hint = f"; did you mean `{near}`?" if near else f"; {why}" if why else ""
    which = "this address" if old.startswith("/") or "{" in old else f"the address `{link.address}`"
    message = f"broken link `{link.target}`: no page or file has {which}{hint}"
    is_doubtful = site.is_doubtful(link.target) or (near is None and site.may_be_a_neighbours(link.target))
    is_sure = link.certain and not learnt and not unmade and not is_doubtful and not site.framework.linking.allows_dead
    return SiteFinding(path, link.span, message, fix=fix, severity=None if is_sure else Severity.WARNING)


def _of_host(path: str, link: Link) -> SiteFinding | None:
    if link.why != web.LACKS_ITS_SCHEME:
        return None
    better = f"https://{link.target}"
    fix = None if link.written else Fix(f"Write `{better}`", (Edit(link.start, link.start, "https://"),), "unsafe")
    message = f"`{link.target}` is read as a page of this site; write `{better}`"
    return SiteFinding(path, link.span, message, fix=fix)


def _fix(link: Link, better: str | None) -> Fix | None:
    """Write `better` for the link's address, and keep what follows it."""
    old = _bare(link.target)
    # A link in full keeps its host.
    host = _HOST.match(old)
    start = host.end() if host else 0
    if not better or link.written is not None or not (host or old.startswith("/")):
        return None
    if not old.endswith("/"):
        better = better.rstrip("/")
    return Fix(f"Write `{better}`", (Edit(link.start + start, link.start + len(old), better),), "unsafe")


def _in_letters(address: str, target: str) -> str:
    """`address` with letters in place of their codes, as people write it, unless `target` has codes, too."""
    if "%" not in address or "%" in target:
        return address
    from urllib.parse import unquote

    readable = unquote(address)
    return readable if readable.isprintable() and not set(" ()<>%?#").intersection(readable) else address


def _bare(target: str) -> str:
    return target.partition("#")[0].partition("?")[0]
