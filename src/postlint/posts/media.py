"""Where an image lies that a field of the front matter names, as the content tool says that reads or edits the post."""

import posixpath
import re

from postlint.frameworks.answers import EXTERNAL, Target, is_external
from postlint.schema import Media

_INDEX = re.compile(r"\[\d+\]")


def key(field: str) -> str:
    """`gallery[1].src` as a key of `Schema.media`: `gallery[].src`."""
    return _INDEX.sub("[]", field)


def target(media: Media, path: str, value: str) -> Target | None:
    """Where `value`, in the post at `path`, leads; None if the tool does not say."""
    if media.public is not None:
        return _public(media, path, value)
    if is_external(value):
        return Target("missing", note=f"{media.title} takes only files of the site here; {media.effect}")
    if value.startswith("/"):
        if not media.folder:
            return Target("missing", note=f"{media.title} takes it for a path on the disk; {media.effect}")
        return _file(media, posixpath.join(media.folder, value.lstrip("/")))
    return _file(media, posixpath.join(posixpath.dirname(path), value))


def beside(media: Media, path: str, value: str) -> Target | None:
    """The same for an image of the body: a path that is relative to the post."""
    if is_external(value) or value.startswith(("/", "#", "?")):
        return None
    return _file(media, posixpath.join(posixpath.dirname(path), re.split(r"[?#]", value, maxsplit=1)[0]))


def _file(media: Media, path: str) -> Target:
    clean = posixpath.normpath(path)
    if clean.startswith(("../", "/")):
        return Target("unknown")
    return Target("files", (clean,), note=media.effect or None)


def _slug(path: str) -> str:
    """The name of the post, or that of its folder."""
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0]
    return folder.rpartition("/")[2] if stem == "index" else stem


def _public(media: Media, path: str, value: str) -> Target | None:
    if is_external(value):
        return EXTERNAL
    public = (media.public or "").rstrip("/")
    if media.by_slug:
        slug = _slug(path)
        below = f"{public}/{slug}/" if public else ""
        if not value.startswith(below) or (not below and "/" in value):
            # The site may show what the tool does not find.
            return Target("unknown")
        return _file(media, posixpath.join(media.folder or "", slug, value[len(below) :]))
    if public and not value.startswith(f"{public}/"):
        return None
    if not public and value.startswith("/"):
        return None
    rest = value[len(public) :].lstrip("/")
    if media.by_name:
        rest = rest.rpartition("/")[2]
    folder = media.folder if media.folder is not None else posixpath.dirname(path)
    return _file(media, posixpath.join(folder, rest)) if rest else None
