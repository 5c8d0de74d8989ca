"""Images that are not there."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Severity
from postlint.files.endings import is_image
from postlint.files.files import Files
from postlint.posts.facts import Use
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site

# So many images of one field without a single one that is there lie on another host, whose name a template adds.
_MANY = 3
# So many images that are named from the repository's root, and more than are not, and the site's code takes that away.
_HABIT = 10
# So many images of one folder that holds none are put into it when the site is built, if nobody knows how it is built.
_FOLDER = 10
# So many images with an absolute path that are there show that others would be looked for among the site's own files.
_ROOTED = 20
_PNG = {"public/a.png": "", "src/content/blog/b.png": ""}
_ELSEWHERE = {f"{n}.md": f"---\nhero: image/{n}.jpg\n---\n" for n in range(4)}
_MARKED = {f"{n}.md": f"---\nhero: ⟦{n}.png⟧\n---\n" for n in range(4)}

_HOST = re.compile(r"(?:https?:)?//[^/]*", re.IGNORECASE)
# What JSX or a template would put in, in a post that is neither.
_EXPRESSION = re.compile(r"\{[^{}%]*\}")


class ImageMissing(SiteRule):
    """An image that is not where the site would look for it.

    It shows on its author's disk, perhaps, and nowhere else. Looked for as the site's framework serves files; what a
    template may build, and what lies on other hosts, is not judged. A warning only, where the framework leaves it to
    the site's own templates where an image lies; and then only if no file of that name is in any folder of that name
    (`img/a.png`), and if any of the images of the field is there; where no framework was found, neither are ten and more
    images of one folder without any, nor is a folder missed where hardly an image is named from the root.
    Nor is it reported that images are named from the root of the repository (`/public/a.png`) where most are: the site's
    code takes `/public` away. A site with a hundred images and more, none of them there, keeps them elsewhere.
    """

    told_of_others = True
    examples = (
        Good({"src/content/blog/post.md": "![a](/a.png) ![b](b.png) ![c](https://example.com/c.png)\n", **_PNG}),
        Good({"src/content/blog/post.md": "`![a](/none.png)`\n", **_PNG}),
        Good("![a](/no-file-system-to-ask.png)\n"),
        Good({"_config.yml": "", "_posts/2024-01-02-a.md": "---\n---\n<img src={logo}>\n"}, framework="jekyll"),
        Good(_ELSEWHERE, framework="eleventy"),
        Good({"a.md": "".join(f"![a](/img/{n}.png) [b](/img/{n}.jpg)\n" for n in range(100))}, framework="jekyll"),
        Good({"src/content/blog/post.md": "![a](/public/a.png)\n" * 10 + "![b](/a.png)\n", **_PNG}),
        Bad({"src/content/blog/post.md": "![a](⟦/public/a.png⟧)\n" * 10 + "![b](/a.png)\n" * 10, **_PNG}),
        Good({"old/2015/a.png": "", "content/a.md": "![a](2015/a.png) ![b](/x/2015/a.png)\n"}, framework="none"),
        Good(
            {"assets/a.css": "", "content/a.md": "".join(f"![a](/assets/{n}.png)\n" for n in range(10))},
            framework="none",
        ),
        Good({"files/b.png": "", "content/a.md": "![[b.png|100]] ![[c]]\n"}, framework="none"),
        Bad({"files/b.png": "", "content/a.md": "![[b.png]] ![[⟦d e.png⟧|100]]\n"}, framework="none"),
        Bad({"assets/a.css": "", "content/a.md": "![a](⟦/assets/b.png⟧)\n"}, framework="none"),
        Bad({"static/img/b.png": "", "a.md": "![a](⟦/img/x/a.png⟧)\n" * 10}, framework="none"),
        Good({"static/img/b.png": "", "a.md": "![a](/uploads/a.png)\n" + "![b](/img/b.png)\n" * 9}, framework="none"),
        Bad({"static/img/b.png": "", "a.md": "![a](⟦/uploads/a.png⟧)\n" + "![b](/img/b.png)\n" * 20}, framework="none"),
        Bad({"content/a.png": "", "content/a.md": "![a](⟦./2015/a.png⟧)\n"}, framework="none"),
        Bad({"img/4.png": "", "4.md": "---\nhero: 4.png\n---\n", **_MARKED}, framework="eleventy"),
        Bad({"src/content/blog/post.md": "![a](⟦/c.png⟧)\n", **_PNG}),
        Bad({"src/content/blog/post.md": "![a](⟦./sub/b.png⟧ 'Title')\n", **_PNG}),
        Bad({"src/content/blog/post.md": "![a](⟦/public/a.png⟧)\n", **_PNG}),
        Bad({"src/content/blog/post.md": "![a](⟦http://localhost:4321/a.png⟧)\n", **_PNG}),
        Bad(
            {"content/a.md": "![a](⟦C:/Users/me/a.png⟧) ![b](⟦file:///me/b.png⟧)\n", "static/c.png": ""},
            framework="hugo",
        ),
        Bad({"src/content/blog/post.md": "🚀 ![a](⟦/c.png⟧) ![b](⟦/d.png⟧)\n", **_PNG}),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        if site.files is None:
            return
        doubtful: dict[str, list[SiteFinding]] = {}
        filled: dict[str, list[SiteFinding]] = {}
        embedded: list[SiteFinding] = []
        embeds = False
        habitual = _is_habit(site)
        for facts, (use, found) in site.lost:
            if _EXPRESSION.fullmatch(use.target):
                continue
            if habitual and _is_from_repository(use, site.files):
                continue
            if use.leads.status == "missing":
                note = f": {use.leads.note}" if use.leads.note else ""
                message = f"image `{use.target}` is never served{note}"
                yield SiteFinding(facts.path, use.shown, message, use.field, severity=_doubt(site, use))
            elif all(there.status == "missing" for there in found):
                if use.leads.certain:
                    message = _message(use, site.files)
                    yield SiteFinding(facts.path, use.shown, message, use.field, severity=_doubt(site, use))
                elif site.files.has_end(_written(use)):
                    embeds = embeds or use.where == "shortcode"
                else:
                    message = _message(use, site.files)
                    finding = SiteFinding(facts.path, use.shown, message, use.field, severity=Severity.WARNING)
                    if use.where == "shortcode" and not site.framework.reader_known:
                        embedded.append(finding)
                    elif name := _completed(use):
                        doubtful.setdefault(name, []).append(finding)
                    elif site.framework.reader_known or not (empty := _empty_folder(use, site.files)):
                        yield finding
                    else:
                        filled.setdefault(empty, []).append(finding)
        shown = {name for _, use, _ in site.shown if (name := _completed(use))} if doubtful else set()
        for name, findings in doubtful.items():
            if name in shown or len(findings) < _MANY:
                yield from findings
        rooted = sum(use.target.startswith("/") for _, use, _ in site.shown) if filled else 0
        for folder, findings in filled.items():
            if len(findings) < _FOLDER and (rooted >= _ROOTED or not folder.startswith("/")):
                yield from findings
        # Images that are found by their names may all be kept elsewhere, too.
        if embeds or any(use.where == "shortcode" for _, use, _ in site.shown):
            yield from embedded


def _doubt(site: Site, use: Use) -> Severity | None:
    """A warning for what another server of the site's host may have."""
    return Severity.WARNING if site.is_doubtful(use.target) else None


def _is_from_repository(use: Use, files: Files) -> bool:
    """Whether the file is there, seen from the root of the repository and not of what is served."""
    return use.target.startswith("/") and files.find_file(use.target[1:]).status == "ok"


def _is_habit(site: Site) -> bool:
    """Whether most of the images with an absolute path are named from the root of the repository."""
    files = site.files
    if files is None:
        return False
    several = sum(_is_from_repository(use, files) for _, (use, _) in site.lost)
    return several >= _HABIT and several > sum(use.target.startswith("/") for _, use, _ in site.shown)


def _written(use: Use) -> str:
    """The path as it is written, without what only says where to begin, as far as it is part of the one looked for."""
    parts = [part for part in _HOST.sub("", use.target).split("/") if part not in ("", ".", "..")]
    looked_for = use.leads.paths[0].split("/")
    return "/".join(looked_for[-len(parts) :])


def _completed(use: Use) -> str | None:
    """The field, without the places in lists, of a path that a template may put any folder or host in front of."""
    bare = use.field is not None and not use.target.startswith(("/", "."))
    return re.sub(r"\[\d+\]", "", use.field or "") if bare else None


def _empty_folder(use: Use, files: Files) -> str | None:
    """The outermost folder that the image's path names, where no image lies in it or in a folder of it; with a slash
    before it where it begins at the root and is not there at all."""
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


def _message(use: Use, files: Files) -> str:
    paths = use.leads.paths
    near = next((found for path in paths if (found := files.near(path))), None)
    hint = f"; there is `{near}`" if near else ""
    places = " or ".join(f"`{path}`" for path in paths[:2]) + (" …" if len(paths) > 2 else "")
    note = f"; {use.leads.note}" if use.leads.note and not near else ""
    return f"image `{use.target}` does not exist: no {places}{hint}{note}"
