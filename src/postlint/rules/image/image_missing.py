"""Images that do not exist."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Edit, Fix, Severity
from postlint.files.endings import is_image
from postlint.files.files import Files
from postlint.posts.facts import Use
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.remedies import remedy
from postlint.site.site import Site

# If so many images of one field do not exist, and none does, a template adds the name of another host.
_MANY = 3
# If so many images, and most of all, are named from the repository's root, the site's code removes that part.
_HABIT = 10
# If so many images of one folder do not exist, and none does, they are put into it when an unknown framework builds.
_FOLDER = 10
# If so many images with an absolute path exist, others would also be among the site's own files.
_ROOTED = 20
_PNG = {"public/a.png": "", "src/content/blog/b.png": ""}
_ELSEWHERE = {f"{n}.md": f"---\nhero: image/{n}.jpg\n---\n" for n in range(4)}
_MARKED = {f"{n}.md": f"---\nhero: ⟦{n}.png⟧\n---\n" for n in range(4)}

# A path that was pasted behind another (`../images../images/a.png`).
_PASTED = re.compile(r"[^/.]\.\./")
_HOST = re.compile(r"(?:https?:)?//[^/]*", re.IGNORECASE)
# An expression of JSX or a template, in a post that is neither.
_EXPRESSION = re.compile(r"\{[^{}%]*\}")


class ImageMissing(SiteRule):
    """An image that is not where the site would look for it.

    It is looked up where the site's framework would serve it from. If the framework leaves it to the site's own
    templates where an image lies, it is only a warning. Such an image is reported only if:

    - no folder has a file of that name (`img/a.png`);
    - the site has an image of the same field that exists, or fewer than three that do not.

    ## Why it matters

    The image may show up on the author's machine, but nowhere else.

    ## How to fix it

    Correct the address, or add the file. If the site has a file of nearly that name, the message names it.

    ## What it leaves alone

    - Images that a template may build, and images on other hosts.
    - Images named from the root of the repository (`/public/a.png`), if most images of the site are: the site's code
      removes `/public`.
    - Sites with a hundred or more images, none of which exists: they are kept elsewhere.
    - If no framework was found: ten or more images of one folder that has none, and a folder that does not exist if
      hardly any image is named from the root.
    """

    reports_in_unchanged_posts = True
    examples = (
        Good(
            {"src/content/blog/post.md": "![a](/a.png) ![b](b.png) ![c](https://example.com/c.png)\n", **_PNG},
            name="images that exist",
            show=True,
        ),
        Good({"src/content/blog/post.md": "`![a](/none.png)`\n", **_PNG}, name="code"),
        Good("![a](/no-file-system-to-ask.png)\n", name="no files to look in"),
        Good(
            {"_config.yml": "", "_posts/2024-01-02-a.md": "---\n---\n<img src={logo}>\n"},
            framework="jekyll",
            name="an expression in braces",
        ),
        Good(_ELSEWHERE, framework="eleventy", name="a field of which no image exists"),
        Good(
            {"a.md": "".join(f"![a](/img/{n}.png) [b](/img/{n}.jpg)\n" for n in range(100))},
            framework="jekyll",
            name="a hundred images that do not exist",
        ),
        Good(
            {"src/content/blog/post.md": "![a](/public/a.png)\n" * 10 + "![b](/a.png)\n", **_PNG},
            name="images named from the root of the repository",
        ),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/public/a.png⟧)\n" * 10 + "![b](/a.png)\n" * 10, **_PNG},
            name="some images named from the root of the repository",
            message=(
                "image `/public/a.png` does not exist: there is no `public/public/a.png`; what lies "
                "in `public/` is served from the root: write `/a.png`"
            ),
        ),
        Good(
            {"old/2015/a.png": "", "content/a.md": "![a](2015/a.png) ![b](/x/2015/a.png)\n"},
            framework="none",
            name="a file of that name in another folder",
        ),
        Good(
            {"assets/a.css": "", "content/a.md": "".join(f"![a](/assets/{n}.png)\n" for n in range(10))},
            framework="none",
            name="ten images of a folder without any",
        ),
        Good(
            {"files/b.png": "", "content/a.md": "![[b.png|100]] ![[c]]\n"},
            framework="none",
            name="embedded images that exist",
        ),
        Bad(
            {
                "src/content/blog/post.md": (
                    "---\npicture: ⟦/x.jxl⟧\nscreen: ⟦/y.apng⟧\nphoto: ⟦/z.heic⟧\nfile: /a.zip\n---\n"
                ),
                **_PNG,
            },
            name="images of rarer formats in the front matter",
        ),
        Bad(
            {"files/b.png": "", "content/a.md": "![[b.png]] ![[⟦d e.png⟧|100]]\n"},
            framework="none",
            name="an embedded image that does not exist",
            severity=Severity.WARNING,
            message="image `d e.png` does not exist: there is no `content/d e.png` or `d e.png`",
        ),
        Bad(
            {"assets/a.css": "", "content/a.md": "![a](⟦/assets/b.png⟧)\n"},
            framework="none",
            name="one image of a folder without any",
            severity=Severity.WARNING,
            message="image `/assets/b.png` does not exist: there is no `assets/b.png`",
        ),
        Bad(
            {"static/img/b.png": "", "a.md": "![a](⟦/img/x/a.png⟧)\n" * 10},
            framework="none",
            name="ten images of a folder beside one with images",
            severity=Severity.WARNING,
            message="image `/img/x/a.png` does not exist: there is no `static/img/x/a.png`",
        ),
        Good(
            {"static/img/b.png": "", "a.md": "![a](/uploads/a.png)\n" + "![b](/img/b.png)\n" * 9},
            framework="none",
            name="hardly any image named from the root",
        ),
        Bad(
            {"static/img/b.png": "", "a.md": "![a](⟦/uploads/a.png⟧)\n" + "![b](/img/b.png)\n" * 20},
            framework="none",
            name="many images named from the root",
            severity=Severity.WARNING,
            message="image `/uploads/a.png` does not exist: there is no `static/uploads/a.png`",
        ),
        Bad(
            {"content/a.png": "", "content/a.md": "![a](⟦./2015/a.png⟧)\n"},
            framework="none",
            name="a folder that does not exist",
            severity=Severity.WARNING,
            message=("image `./2015/a.png` does not exist: there is no `content/2015/a.png` or `static/2015/a.png` …"),
        ),
        Bad(
            {"img/4.png": "", "4.md": "---\nhero: 4.png\n---\n", **_MARKED},
            framework="eleventy",
            name="a field with one image that exists",
            severity=Severity.WARNING,
            message=(
                ("image `0.png` does not exist: there is no `0.png` or `assets/0.png` …; did you mean `img/4.png`?"),
                ("image `1.png` does not exist: there is no `1.png` or `assets/1.png` …; did you mean `img/4.png`?"),
                ("image `2.png` does not exist: there is no `2.png` or `assets/2.png` …; did you mean `img/4.png`?"),
                ("image `3.png` does not exist: there is no `3.png` or `assets/3.png` …; did you mean `img/4.png`?"),
            ),
        ),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/c.png⟧)\n", **_PNG},
            name="an absolute path",
            show=True,
            message="image `/c.png` does not exist: there is no `public/c.png`; did you mean `public/a.png`?",
        ),
        Bad(
            {"src/content/blog/post.md": "![a](⟦./sub/b.png⟧ 'Title')\n", **_PNG},
            name="a relative path with a title",
            show=True,
            message="image `./sub/b.png` does not exist: there is no `src/content/blog/sub/b.png`",
        ),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/public/a.png⟧)\n", **_PNG},
            name="the folder of static files in the path",
        ),
        Bad(
            {"src/content/blog/post.md": "![a](⟦http://localhost:4321/a.png⟧)\n", **_PNG},
            name="an address of the local machine",
            message=("image `http://localhost:4321/a.png` is not served: only its author's own computer answers there"),
        ),
        Bad(
            {"images/p.png": "", "content/a.md": "![a](⟦../images../images/p.png⟧) ![b](../images/p.png)\n"},
            framework="none",
            name="a path pasted behind another",
            severity=Severity.WARNING,
        ),
        Bad(
            {"content/a.md": "![a](⟦C:/Users/me/a.png⟧) ![b](⟦file:///me/b.png⟧)\n", "static/c.png": ""},
            framework="hugo",
            name="paths of the local machine",
            message=(
                (
                    "image `C:/Users/me/a.png` is not served: this is a path on its author's disk; put the file into the "
                    "site, and write its address there"
                ),
                (
                    "image `file:///me/b.png` is not served: this is a path on its author's disk; put the file into the "
                    "site, and write its address there"
                ),
            ),
        ),
        Bad(
            {
                "content/a.md": "![a](⟦/static/img/a.png⟧) ![b](⟦img\\a.png⟧) ![c](⟦/Users/me/static/img/a.png⟧)\n",
                "static/img/a.png": "",
                "static/a/img/a.png": "",
            },
            fixed="![a](/img/a.png) ![b](img/a.png) ![c](/img/a.png)\n",
            framework="hugo",
            name="files that are in the site under another path",
            safe=False,
            message=(
                (
                    "image `/static/img/a.png` does not exist: what lies in `static/` is served from the root; "
                    "write `/img/a.png`"
                ),
                "image `img\\a.png` does not exist: a backslash does not separate folders; write `img/a.png`",
                (
                    "image `/Users/me/static/img/a.png` does not exist: this is a path on its author's disk; "
                    "write `/img/a.png`"
                ),
            ),
        ),
        Bad(
            {"src/content/blog/post.md": "🚀 ![a](⟦/c.png⟧) ![b](⟦/d.png⟧)\n", **_PNG},
            name="two images behind an emoji",
            message=(
                "image `/c.png` does not exist: there is no `public/c.png`; did you mean `public/a.png`?",
                "image `/d.png` does not exist: there is no `public/d.png`; did you mean `public/a.png`?",
            ),
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        files = site.files
        if files is None:
            return
        habitual = _is_habit(site)
        uncertain = _Uncertain(site, files)
        for facts, (use, found) in site.missing_images:
            if _EXPRESSION.fullmatch(use.target) or (habitual and _is_from_repository(use, files)):
                continue
            if use.leads.status == "missing":
                yield _finding(site, facts.path, use, files, _doubt(site, use))
            elif any(file.status != "missing" for file in found):
                continue  # `image-case` reports it.
            elif use.leads.certain:
                yield _finding(site, facts.path, use, files, _doubt(site, use))
            else:
                uncertain.add(facts.path, use)
        yield from uncertain.findings()


class _Uncertain:
    """Images that only the site's own templates can place. Which of them are reported depends on all the others."""

    def __init__(self, site: Site, files: Files) -> None:
        self._site, self._files = site, files
        self._alone: list[SiteFinding] = []
        self._embedded: list[SiteFinding] = []
        self._by_field: dict[str, list[SiteFinding]] = {}
        self._by_folder: dict[str, list[SiteFinding]] = {}
        self._embeds = False

    def add(self, path: str, use: Use) -> None:
        """Take up an image of the post at `path` that is at none of its paths."""
        framework = self._site.framework
        if not _PASTED.search(use.target) and self._files.has_end(_written(use)):
            self._embeds = self._embeds or use.where == "shortcode"
            return
        finding = _finding(self._site, path, use, self._files, Severity.WARNING)
        if use.where == "shortcode" and not framework.front_matter.reader_known:
            self._embedded.append(finding)
        elif field := _completed(use):
            self._by_field.setdefault(field, []).append(finding)
        elif framework.front_matter.reader_known or not (empty := _empty_folder(use, self._files)):
            self._alone.append(finding)
        else:
            self._by_folder.setdefault(empty, []).append(finding)

    def findings(self) -> Iterable[SiteFinding]:
        yield from self._alone
        existing = (
            [use for _, use, _ in self._site.existing_images]
            if self._by_field or self._by_folder or self._embedded
            else []
        )
        fields = {_completed(use) for use in existing}
        for field, findings in self._by_field.items():
            if field in fields or len(findings) < _MANY:
                yield from findings
        rooted = sum(use.target.startswith("/") for use in existing)
        for folder, findings in self._by_folder.items():
            if len(findings) < _FOLDER and (rooted >= _ROOTED or not folder.startswith("/")):
                yield from findings
        # Images that are found by their names may all be kept elsewhere, too.
        if self._embeds or any(use.where == "shortcode" for use in existing):
            yield from self._embedded


def _doubt(site: Site, use: Use) -> Severity | None:
    """A warning for what another server of the site's host may have."""
    return Severity.WARNING if site.is_doubtful(use.target) else None


def _is_from_repository(use: Use, files: Files) -> bool:
    """Whether the file exists if its path begins at the root of the repository."""
    return use.target.startswith("/") and files.find_file(use.target[1:]).status == "ok"


def _is_habit(site: Site) -> bool:
    """Whether most of the images with an absolute path are named from the root of the repository."""
    files = site.files
    if files is None:
        return False
    several = sum(_is_from_repository(use, files) for _, (use, _) in site.missing_images)
    return several >= _HABIT and several > sum(use.target.startswith("/") for _, use, _ in site.existing_images)


def _written(use: Use) -> str:
    """The path as it is written, without a leading `/` or `../`, as far as it is part of the one looked for."""
    parts = [part for part in _HOST.sub("", use.target).split("/") if part not in ("", ".", "..")]
    looked_for = use.leads.paths[0].split("/")
    return "/".join(looked_for[-len(parts) :])


def _completed(use: Use) -> str | None:
    """The field, without the places in lists, of a path that a template may put any folder or host in front of."""
    bare = use.field is not None and not use.target.startswith(("/", "."))
    return re.sub(r"\[\d+\]", "", use.field or "") if bare else None


def _empty_folder(use: Use, files: Files) -> str | None:
    """The outermost folder in the image's path, if neither it nor a folder in it holds an image; with a slash before it
    if the path begins at the root and the folder does not exist."""
    above, slash, _ = _written(use).partition("/")
    folders = {path[: -len(_written(use))] + above for path in use.leads.paths if path.endswith(_written(use))}
    if not slash or any(_holds_images(files, folder) for folder in folders):
        return None
    is_gone = use.target.startswith("/") and not any(files.names(folder) for folder in folders)
    return f"/{above}" if is_gone else above


def _holds_images(files: Files, folder: str) -> bool:
    names = files.names(folder)
    inner = (files.names(f"{folder}/{name}") for name, is_folder in names.items() if is_folder)
    return any(is_image(name) for each in (names, *inner) for name in each)


def _finding(site: Site, path: str, use: Use, files: Files, severity: Severity | None) -> SiteFinding:
    """What is wrong with an image of the post at `path`, and what to write if that is known."""
    found = None
    if "write `" not in (use.leads.why or ""):
        found = remedy(use.target, path, use.leads.paths, site.framework.folders.public, files)
    if use.leads.status == "missing":
        why = found.why if found else use.leads.why
        message = f"image `{use.target}` is not served" + (f": {why}" if why else "")
    else:
        message = f"image `{use.target}` does not exist: {found.why}" if found else _message(use, files)
    fix = None
    if found and found.better and use.written.count(use.target) == 1:
        start = use.span.start + use.written.index(use.target)
        fix = Fix(f"Write `{found.better}`", (Edit(start, start + len(use.target), found.better),), "unsafe")
    return SiteFinding(path, use.shown, message, use.field, fix, severity)


def _message(use: Use, files: Files) -> str:
    paths = use.leads.paths
    near = next((similar for path in paths if (similar := files.near(path))), None)
    hint = f"; did you mean `{near}`?" if near else ""
    places = " or ".join(f"`{path}`" for path in paths[:2]) + (" …" if len(paths) > 2 else "")
    note = f"; {use.leads.why}" if use.leads.why and not near else ""
    return f"image `{use.target}` does not exist: there is no {places}{hint}{note}"
