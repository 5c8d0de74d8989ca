"""Images that do not exist."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from postlint.diagnostics import Edit, Fix, Severity, Skipped
from postlint.files.endings import is_image
from postlint.files.files import Files
from postlint.posts.facts import Use
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.remedies import Remedy, remedy, served
from postlint.site.site import MANY_IMAGES, Site

# If so many images of one field do not exist, and none does, a template adds the name of another host.
_MANY = 3
# If so many images, and most of all, are named from the repository's root, the site's code removes that part.
_HABIT = 10
# If so many images of one folder do not exist, and none does, they are put into it when an unknown framework builds.
_FOLDER = 10
# If so many images with an absolute path exist, others would also be among the site's own files.
_ROOTED = 20
_SETTING = '[rules.image-missing] missing-folders = "each"'
_HUNDRED = "".join(f"![a](/img/{n}.png) [b](/img/{n}.jpg)\n" for n in range(100))
_PNG = {"public/a.png": "", "src/content/blog/b.png": ""}
_ELSEWHERE = {f"{n}.md": f"---\nhero: image/{n}.jpg\n---\n" for n in range(4)}
_MARKED = {f"{n}.md": f"---\nhero: ⟦{n}.png⟧\n---\n" for n in range(4)}

# A path that was pasted behind another (`../images../images/a.png`).
_PASTED = re.compile(r"[^/.]\.\./")
_BELOW = "the site is served below"
_HOST = re.compile(r"(?:https?:)?//[^/]*", re.IGNORECASE)
# An expression of JSX or a template, in a post that is neither.
_EXPRESSION = re.compile(r"\{[^{}%]*\}")
# What stands for any path in a sample.
_EXAMPLE = re.compile(r"(?:^|/)path/to/")


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
    - A hundred or more images of one folder, or of the whole site, none of which exists: they are kept elsewhere. There
      is one warning for each folder.
    - If no framework was found: ten or more images of one folder that has none, and a folder that does not exist if
      hardly any image is named from the root.

    A line at the end of the run counts the images that were not checked. To report each of them, set
    `missing-folders = "each"`.
    """

    reports_in_unchanged_posts = True
    missing_folders: Annotated[
        Literal["once", "each"],
        "What to report if no image of a folder exists: one warning for the folder, or each image.",
    ] = "once"
    examples = (
        Good(
            {"src/content/blog/post.md": "![a](/a.png) ![b](b.png) ![c](https://example.com/c.png)\n", **_PNG},
            name="images that exist",
            show=True,
        ),
        Good({"src/content/blog/post.md": "`![a](/none.png)`\n", **_PNG}, name="code"),
        Good(
            {"_config.yml": "", "_posts/2024-01-02-a.md": "---\nsuffix: .png\n---\n", "b.png": ""},
            framework="jekyll",
            name="an ending alone",
        ),
        Good("![a](/no-file-system-to-ask.png)\n", name="no files to look in"),
        Good(
            {"_config.yml": "", "_posts/2024-01-02-a.md": "---\n---\n<img src={logo}>\n"},
            framework="jekyll",
            name="an expression in braces",
        ),
        Good(_ELSEWHERE, framework="eleventy", name="a field of which no image exists"),
        Bad(
            {"_config.yml": "", "a.md": _HUNDRED.replace("/img/0.png", "⟦/img/0.png⟧")},
            framework="jekyll",
            name="a hundred images that do not exist",
            severity=Severity.WARNING,
            message="none of the 100 images under `/img/` exists: there is no folder `img`",
        ),
        Good(
            {"content/a.md": _HUNDRED, "static/c.png": ""},
            framework="none",
            name="a folder whose images the code of a site may serve",
        ),
        Bad(
            {
                "a.md": _HUNDRED.replace("/img/0.png", "⟦/img/0.png⟧") + "![c](/photos/c.png) ![d](⟦/photos/d.png⟧)\n",
                "photos/c.png": "",
            },
            framework="jekyll",
            name="a folder that does not exist beside one that does",
            severity=(Severity.WARNING, Severity.ERROR),
            message=(
                "none of the 100 images under `/img/` exists: there is no folder `img`",
                "image `/photos/d.png` does not exist: there is no `photos/d.png`; did you mean `photos/c.png`?",
            ),
        ),
        Bad(
            {"_config.yml": "", "a.md": re.sub(r"/img/\d+\.png", r"⟦\g<0>⟧", _HUNDRED.replace("jpg)", "txt)"))},
            framework="jekyll",
            options={"missing-folders": "each"},
            name="a hundred images that do not exist, each reported",
        ),
        Good(
            {"src/content/blog/post.md": "![a](/public/a.png)\n" * 10 + "![b](/a.png)\n", **_PNG},
            name="images named from the root of the repository",
        ),
        Bad(
            {"src/content/blog/post.md": "![a](⟦/public/a.png⟧)\n" * 10 + "![b](/a.png)\n" * 10, **_PNG},
            fixed="![a](/a.png)\n" * 10 + "![b](/a.png)\n" * 10,
            safe=False,
            name="some images named from the root of the repository",
            message="image `/public/a.png` does not exist: what lies in `public/` is served from the root; write `/a.png`",
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
            fixed="![a](/a.png)\n",
            safe=False,
            name="the folder of static files in the path",
        ),
        Bad(
            {
                "astro.config.mjs": "export default { base: '/sub' };\n",
                "src/content/blog/post.md": "![a](⟦/a.png⟧) ![a](⟦/b.png⟧) ![a](⟦/public/a.png⟧) ![a](/sub/a.png)\n",
                "public/a.png": "",
            },
            fixed="![a](/a.png) ![a](/b.png) ![a](/sub/a.png) ![a](/sub/a.png)\n",
            safe=False,
            name="a site below a path",
            message=(
                "image `/a.png` is not served: the site is served below `/sub/`; write `/sub/a.png`",
                "image `/b.png` does not exist: no file of the site ends with `b.png`; the address must begin with `/sub/`",
                "image `/public/a.png` is not served: what lies in `public/` is served below `/sub/`; write `/sub/a.png`",
            ),
        ),
        Bad(
            {"src/content/blog/post.md": "![a](⟦http://localhost:4321/a.png⟧)\n", **_PNG},
            name="an address of the local machine",
            message=("image `http://localhost:4321/a.png` is not served: only its author's own computer answers there"),
        ),
        Bad(
            {
                "src/content/blog/post.md": (
                    "![a](⟦https://github.com/a/b/blob/main/c.png⟧) ![b](⟦https://gitlab.com/a/b/c/-/blob/main/d.png⟧)"
                    " ![c](https://github.com/a/b/blob/main/c.png?raw=true) ![d](https://github.com/a/b/raw/main/c.png)\n"
                ),
                **_PNG,
            },
            name="a page about a file",
            message=(
                (
                    "image `https://github.com/a/b/blob/main/c.png` is not served: this is a page about the file; "
                    "write `https://raw.githubusercontent.com/a/b/main/c.png`"
                ),
                (
                    "image `https://gitlab.com/a/b/c/-/blob/main/d.png` is not served: this is a page about the file; "
                    "write `https://gitlab.com/a/b/c/-/raw/main/d.png`"
                ),
            ),
        ),
        Bad(
            {"images/p.png": "", "content/a.md": "![a](⟦../images../images/p.png⟧) ![b](../images/p.png)\n"},
            framework="none",
            name="a path pasted behind another",
            severity=Severity.WARNING,
        ),
        Bad(
            {"assets/a%20b.png": "", "a.md": "![a](⟦/assets/a%20b.png⟧)\n", "_config.yml": ""},
            framework="jekyll",
            name="a file whose own name has codes",
            message=(
                "image `/assets/a%20b.png` does not exist: the file has codes such as `%20` in its name; "
                "rename it to `a b.png`"
            ),
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
        Good(
            {f"posts/{n:02}.md": f"---\nhero: {n}.png\nimages: [b{n}.png]\n---\n" for n in range(10)}
            | {"posts/e.png": ""},
            framework="none",
            name="three paths of a field that a template may complete",
        ),
        Bad(
            {f"posts/{n}.md": f"---\nhero: ⟦{n}.png⟧\nimages: [⟦b{n}.png⟧]\n---\n" for n in range(2)}
            | {"posts/e.png": ""},
            framework="none",
            name="two paths of a field",
            severity=Severity.WARNING,
        ),
        Bad(
            {f"posts/{n:02}.md": f"---\nhero: /h{n}.png\nimage: ⟦./i{n}.png⟧\n---\n" for n in range(3)}
            | {"posts/e.png": "", "static/c.png": ""},
            framework="none",
            name="paths that no template completes",
            severity=Severity.WARNING,
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        files = site.files
        if files is None:
            return
        habitual = _is_habit(site)
        whole = _WholeFolders(site, files) if self.missing_folders == "once" else None
        uncertain = _Uncertain(site, files, whole is not None)
        for facts, (use, found) in site.missing_images:
            if (
                _EXPRESSION.fullmatch(use.target)
                or _EXAMPLE.search(use.target)
                or (habitual and _is_from_repository(use, files))
            ):
                continue
            if use.leads.status == "missing":
                yield _finding(site, facts.path, use, files, _doubt(site, use))
            elif any(file.status != "missing" for file in found):
                continue  # `image-case` reports it.
            elif whole and whole.takes(facts.path, use):
                continue
            elif use.leads.certain:
                yield _finding(site, facts.path, use, files, _doubt(site, use))
            else:
                uncertain.add(facts.path, use)
        yield from uncertain.findings()
        if whole:
            yield from whole.findings()
        _skip_unknown(site)


def _skip_unknown(site: Site) -> None:
    """Mention the images of which only templates, plugins or unknown mounts know where they lead. An address that is an
    expression speaks for itself."""
    posts = (facts for facts in site.reported if any(status == "unknown" for status, _ in facts.image_leads))
    uses = (use for facts in posts for use in facts.images if use.leads.status == "unknown")
    by_note = Counter(use.leads.note for use in uses if not set("{}<>").intersection(use.target))
    for note, number in by_note.items():
        where = "it leads" if number == 1 else "they lead"
        reason = note or f"only the site's templates, plugins or modules know where {where}"
        site.skipped.append(Skipped(_images(number), number, reason))


def _images(number: int) -> str:
    return "image" if number == 1 else "images"


class _WholeFolders:
    """Folders of which no image exists, though many are named: they are kept elsewhere. Each is reported once."""

    def __init__(self, site: Site, files: Files) -> None:
        self._site, self._files = site, files
        self._folders = dict(self._whole_folders()) if len(site.missing_images) else {}
        self._first: dict[str, tuple[str, Use]] = {}
        self._counts: Counter[str] = Counter()

    def _whole_folders(self) -> Iterator[tuple[str, int]]:
        """The folders, with the number of their images in all posts."""
        missing = self._site.all_missing_images
        if len(missing) < MANY_IMAGES:
            return
        counts = Counter(_outer_folder(use) for _, (use, _) in missing if use.leads.status == "files")
        is_elsewhere = self._site.images_elsewhere
        existing = set() if is_elsewhere else {_outer_folder(use) for _, use, _ in self._site.existing_images}
        for folder, number in counts.items():
            if folder in existing or (not is_elsewhere and (number < MANY_IMAGES or folder in ("", "/"))):
                continue
            # A few images of a folder that has others are mistakes of their own.
            example = next(use for _, (use, _) in missing if _outer_folder(use) == folder)
            is_empty = not any(_holds_images(self._files, place) for place in _places(example))
            if is_empty or (is_elsewhere and number >= _FOLDER):
                yield folder, number

    def takes(self, path: str, use: Use) -> bool:
        """Whether the image is in one of them; if so, it is counted."""
        folder = _outer_folder(use)
        if folder not in self._folders or _known_remedy(self._site, path, use, self._files):
            return False
        self._first.setdefault(folder, (path, use))
        self._counts[folder] += 1
        return True

    def findings(self) -> Iterable[SiteFinding]:
        """One finding for each folder, at its first image."""
        for folder, (path, use) in self._first.items():
            number, place = self._folders[folder], next(iter(_places(use)), None)
            if number == 1:
                yield SiteFinding(path, use.shown, _message(use, self._files), use.field, severity=Severity.WARNING)
                continue
            where = f"under `{folder}`" if folder.startswith("/") else "named relative to their posts"
            is_there = place is not None and bool(self._files.names(place))
            why = f": there is no {'image in' if is_there else 'folder'} `{place}`" if folder != "/" and place else ""
            message = f"none of the {number} images {where} exists{why}"
            # The code of a site of no known framework may serve them.
            if self._site.framework.front_matter.reader_known:
                yield SiteFinding(path, use.shown, message, use.field, severity=Severity.WARNING)
            what = f"images under {folder}" if folder.startswith("/") else "images named relative to their posts"
            reason = "none of that folder is in the repository" if folder.startswith("/") else "none of them exists"
            self._site.skipped.append(Skipped(what, self._counts[folder], reason, _SETTING))


def _outer_folder(use: Use) -> str:
    """The first folder of a path from the root, with slashes around it; empty for a relative path."""
    target = _HOST.sub("", use.target, count=1)
    if not target.startswith("/"):
        return ""
    first, slash, _ = target.lstrip("/").partition("/")
    return f"/{first}/" if slash else "/"


def _places(use: Use) -> list[str]:
    """The folders on disk that the first folder of the image's path stands for."""
    above, slash, _ = _written(use).partition("/")
    ends = (path for path in use.leads.paths if slash and path.endswith(_written(use)))
    return [path[: -len(_written(use))] + above for path in ends] if _outer_folder(use) else []


class _Uncertain:
    """Images that only the site's own templates can place. Which of them are reported depends on all the others."""

    def __init__(self, site: Site, files: Files, skips: bool) -> None:
        self._site, self._files, self._skips = site, files, skips
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
            what = f"image{'s' if len(findings) > 1 else ''} in `{field}`"
            reason = "none of them is where the field says, so a template may complete the path"
            yield from self._judged(findings, field in fields or len(findings) < _MANY, what, reason)
        rooted = sum(use.target.startswith("/") for use in existing)
        for folder, findings in self._by_folder.items():
            is_certain = len(findings) < _FOLDER and (rooted >= _ROOTED or not folder.startswith("/"))
            what = f"image{'s' if len(findings) > 1 else ''} under {folder}/"
            yield from self._judged(findings, is_certain, what, "none of that folder is in the repository")
        # Images that are found by their names may all be kept elsewhere, too.
        embeds = self._embeds or any(use.where == "shortcode" for use in existing)
        what = f"embedded image{'s' if len(self._embedded) > 1 else ''}"
        yield from self._judged(self._embedded, embeds, what, "none of them is in the repository")

    def _judged(
        self, findings: Sequence[SiteFinding], is_certain: bool, what: str, reason: str
    ) -> Sequence[SiteFinding]:
        """`findings` if they are certain enough; otherwise they are skipped."""
        if is_certain or not self._skips or not findings:
            return findings
        self._site.skipped.append(Skipped(what, len(findings), reason, _SETTING))
        return ()


def _doubt(site: Site, use: Use) -> Severity | None:
    """A warning for what another server of the site's host may have, and for what is not certain."""
    is_doubtful = not use.leads.certain or site.is_doubtful(use.target)
    return Severity.WARNING if is_doubtful else None


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


def _known_remedy(site: Site, path: str, use: Use, files: Files) -> Remedy | None:
    found = remedy(use.target, path, use.leads.paths, served(site.framework, use.where), files)
    if found is not None and found.better is None and not found.is_elsewhere and "write `" in (use.leads.why or ""):
        return None
    return found


def _finding(site: Site, path: str, use: Use, files: Files, severity: Severity | None) -> SiteFinding:
    """What is wrong with an image of the post at `path`, and what to write if that is known."""
    found = _known_remedy(site, path, use, files)
    if use.leads.status == "missing" and found is None and _is_nowhere(use, files):
        base = site.framework.serving.base
        also = f"; the address must begin with `{base}/`" if _BELOW in (use.leads.why or "") else ""
        message = f"image `{use.target}` does not exist: no file of the site ends with `{_bare(use)}`{also}"
    elif use.leads.status == "missing":
        why = found.why if found else use.leads.why
        message = f"image `{use.target}` is not served" + (f": {why}" if why else "")
    else:
        message = f"image `{use.target}` does not exist: {found.why}" if found else _message(use, files)
    fix = None
    if found and found.better and use.written.count(use.target) == 1:
        start = use.span.start + use.written.index(use.target)
        fix = Fix(f"Write `{found.better}`", (Edit(start, start + len(use.target), found.better),), "unsafe")
    return SiteFinding(path, use.shown, message, use.field, fix, severity, use.key)


def _is_nowhere(use: Use, files: Files) -> bool:
    """Whether no file has the path of an image that would only have to be written or copied in another way."""
    return any(part in (use.leads.why or "") for part in (_BELOW, "nothing copies")) and not files.has_end(_bare(use))


def _bare(use: Use) -> str:
    """The path without what stands before it."""
    parts = _HOST.sub("", re.split(r"[?#]", use.target, maxsplit=1)[0]).split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def _message(use: Use, files: Files) -> str:
    paths = use.leads.paths
    near = next((similar for path in paths if (similar := files.near(path))), None)
    hint = f"; did you mean `{near}`?" if near else ""
    places = " or ".join(f"`{path}`" for path in paths[:2]) + (" …" if len(paths) > 2 else "")
    note = f"; {use.leads.why}" if use.leads.why and not near else ""
    return f"image `{use.target}` does not exist: there is no {places}{hint}{note}"
