"""Images that nothing uses."""

import re
from collections.abc import Iterable, Iterator, Mapping

from postlint.diagnostics import Severity
from postlint.files.endings import IMAGE_ENDING
from postlint.files.files import Files
from postlint.files.globs import fixed_folder, matches
from postlint.posts.collecting import START
from postlint.posts.document import Document
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site

_IMAGE = re.compile(rf"[^/]+{IMAGE_ENDING}", re.IGNORECASE)
# The name of an image file as it stands in any text; what ends it in one language may be part of it in another.
_BREAK = re.compile(r"[\s/\\\"'`()<>\[\]|,;={}]")
_NAMED = re.compile(rf"[^\s/\\\"'`()<>\[\]|,;={{}}]{{1,200}}{IMAGE_ENDING}(?![\w-])", re.IGNORECASE)
# Patterns in scripts and templates, and folders to whose name a script or template adds the rest.
_GLOB = re.compile(r"[\"'`]([^\"'`\s*]{0,100}\*[^\"'`\s]{0,100})[\"'`]")
_FOLDER = re.compile(r"([\w.@-]{1,100})/(?=[\"'`]|\$\{|\{\{|\{%)")
_TEXTS = frozenset(
    (
        *("astro", "cjs", "css", "ejs", "erb", "haml", "hbs", "htm", "html", "j2", "jade", "jinja", "jinja2", "js"),
        *(
            "json",
            "json5",
            "jsx",
            "less",
            "liquid",
            "md",
            "mdx",
            "markdown",
            "mjs",
            "mts",
            "mustache",
            "njk",
            "php",
            "pug",
        ),
        *(
            "py",
            "qmd",
            "rb",
            "rst",
            "sass",
            "scss",
            "styl",
            "svelte",
            "svg",
            "swig",
            "tera",
            "toml",
            "ts",
            "tsx",
            "txt",
        ),
        *("vue", "webmanifest", "xml", "xsl", "xslt", "yaml", "yml", "adoc", "csv", "ipynb"),
    )
)
_SKIPPED = frozenset(("node_modules", "vendor", "_site", "dist", "target", "__pycache__", "venv"))
# Browsers, phones and hosts ask for these by themselves.
_ASKED_FOR = re.compile(
    r"favicon|apple-touch-icon|android-chrome|mstile|safari-pinned-tab|browserconfig", re.IGNORECASE
)
_MOST_FILES = 200_000


class ImageUnused(SiteRule):
    """An image file that nothing in the site uses.

    An image counts as used if its name stands anywhere in a post, a template, a style sheet, a script or a settings
    file, if a pattern in one of these matches it, or if one of these adds names to its folder's. Nothing is reported if
    only some posts are checked.

    ## Why it matters

    The file is uploaded with every build and copied with every clone, and nobody sees it.

    ## How to fix it

    Delete the file. Before that, search for its name: a name that code puts together from parts cannot be recognized.

    ## What it leaves alone

    Files that browsers, phones and hosts ask for by themselves, such as `favicon.ico`.
    """

    needs_other_posts = True
    severity = Severity.WARNING
    default = False
    examples = (
        Good(
            {"src/content/blog/post.md": "![a](/a%20b.png)\n", "public/a b.png": ""},
            name="an image in a post",
            show=True,
        ),
        Good(
            {"src/content/blog/post.md": "Text\n", "src/style.css": "a { background: url(b.png) }", "public/b.png": ""},
            name="an image in a style sheet",
        ),
        Bad(
            {"src/content/blog/post.md": "![a](/a.png)\n", "public/a.png": "", "public/b.png": "⟦⟧"},
            name="an image that nothing uses",
            show=True,
            message="nothing in this site uses this image; delete it if it is not needed",
        ),
        Good(
            {"src/content/blog/post.md": "Text\n", "public/favicon-32x32.png": "", "assets/a.png": ""},
            name="an icon, and a folder that is not served",
        ),
        Good(
            {
                "src/content/blog/post.md": "Text\n",
                **{
                    f"src/a.{ending}": f"{ending}.png"
                    for ending in ("astro", "css", "js", "json", "pug", "py", "txt", "vue")
                },
                **{f"public/{e}.png": "" for e in ("astro", "css", "js", "json", "pug", "py", "txt", "vue")},
            },
            name="names in files of many kinds",
        ),
        Good(
            {
                "src/content/blog/post.md": '<img src="/Photo of Cat.png"> ![a](/B.PNG) ![a](/x?u=%2Fc%2Fd.png)\n',
                "public/Photo of Cat.png": "",
                "public/b.png": "",
                "public/d.png": "",
            },
            name="blanks, capitals and escaped slashes",
        ),
        Good(
            {
                "src/content/blog/post.md": "Text\n",
                "src/a.js": "import.meta.glob('./../public/images/*.png')",
                "public/images/b.png": "",
            },
            name="a pattern in a script",
        ),
        Bad(
            {
                "src/content/blog/post.md": "![a](/a.svg)\n",
                "public/a.svg": "<svg><text>'images/*.png' and 'images/' + x</text></svg>",
                "public/images/b.png": "⟦⟧",
            },
            name="a pattern in a drawing",
        ),
        Bad(
            {
                "src/content/blog/post.md": "Text\n",
                "node_modules/a.js": "b.png",
                "venv/a.py": "b.png",
                ".cache/a.js": "b.png",
                "public/b.png": "⟦⟧",
                "public/deep/c.png": "⟦⟧",
            },
            name="names in what is installed or hidden",
        ),
        Good(
            {
                "src/content/blog/post.md": "Text\n",
                "src/a.js": "const address = `/images/${name}.png`;",
                "src/b.css": "a { background: url('Photo of Cat.png') } b { background: url(capital.png) }",
                "public/images/b.png": "",
                "public/Photo of Cat.png": "",
                "public/Capital.png": "",
            },
            name="names that a script completes, and names in a style sheet",
        ),
        Bad(
            {
                "src/content/blog/post.md": "Text\n",
                "src/a.js": "import.meta.glob('**/*'); const address = `/images/${name}.png`;",
                "public/b.png": "⟦⟧",
            },
            name="a pattern that matches every file",
        ),
    )

    def note(self, post: Document) -> list[str] | None:
        return sorted(_names(post.text.value)) or None

    def check_site(self, site: Site, notes: Mapping[str, list[str]]) -> Iterable[SiteFinding]:
        if site.files is None or not site.complete:
            return
        framework = site.framework
        folders = {*framework.folders.public, *(fixed_folder(p) for c in framework.collections for p in c.include)}
        named = {name for names in notes.values() for name in names}
        globs: set[str] = set()
        built: set[str] = set()
        images = []
        for path in _walk(site.files):
            ending = path.rpartition(".")[2].lower()
            if _IMAGE.fullmatch(path.rpartition("/")[2]) and any(
                path.startswith(f"{f}/" if f else "") for f in folders
            ):
                images.append(path)
            if ending in _TEXTS and path not in site.by_path:
                text = site.files.read_text(path) or ""
                named |= _names(text)
                if ending != "svg":
                    globs.update(_GLOB.findall(text))
                    built.update(_FOLDER.findall(text))
        patterns = tuple(f"**/{glob.lstrip('./@~')}" for glob in globs if glob.strip("*/."))
        shown = {path for _, _, path in site.existing_images}
        for path in sorted(images):
            *above, name = path.split("/")
            # A name with a blank may have been cut in two by what is around it.
            is_named = name.lower() in named or _BREAK.split(name)[-1].lower() in named
            is_built = above[-1:] and above[-1] in built
            if not (path in shown or is_named or is_built or _ASKED_FOR.match(name) or matches(path, patterns)):
                yield SiteFinding(path, START, "nothing in this site uses this image; delete it if it is not needed")


def _names(text: str) -> set[str]:
    """The names of image files that stand in `text`, in lower case."""
    from urllib.parse import unquote

    found = {name.lower() for name in _NAMED.findall(text)}
    return found | {unquote(name).rpartition("/")[2] for name in found if "%" in name}


def _walk(files: Files) -> Iterator[str]:
    """The paths of all files of the site, hidden folders and what is installed or built left out."""
    pending, seen = [""], 0
    while pending and seen < _MOST_FILES:
        folder = pending.pop()
        for name, is_folder in files.names(folder).items():
            seen += 1
            path = f"{folder}/{name}" if folder else name
            if not is_folder:
                yield path
            elif name not in _SKIPPED and not name.startswith("."):
                pending.append(path)
