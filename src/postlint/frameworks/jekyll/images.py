"""Where a Jekyll site looks for images: nothing is rewritten, a browser asks for what the page says."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import Any

from postlint.frameworks import web
from postlint.frameworks._shared import liquid
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Embedded, Target, Where, is_external
from postlint.frameworks.jekyll.addresses import JekyllAddresses
from postlint.frameworks.jekyll.settings import JekyllSettings

_BY_CUSTOM = ("assets", "assets/images", "assets/img", "images", "img", "assets/images/posts", "uploads", "_images")
_POSTS = (".md", ".markdown", ".html", ".textile", ".mkd", ".txt")
_NAMED = re.compile(r"(?:.+/)?\d+-\d+-\d+-.")
_PREFIX_KEYS = ("media_subpath", "img_path")
# Stands for the site's own host, whatever it is.
OWN = "\x1a:"


class JekyllImages:
    """The images of one site's posts."""

    def __init__(self, site: JekyllSettings, addresses: JekyllAddresses) -> None:
        self._site = site
        self._addresses = addresses
        base = site.base or ""
        # What themes of old put before paths: the site's own address, or nothing at all.
        unset = dict.fromkeys(
            ("base", "base_path", "base_url", "BASE_PATH", "root", "root_path", "root_url"), OWN + base
        )
        own = {**unset, "site.baseurl": base, "site.url": OWN, "site.github.url": OWN + base}
        names = {**{f"site.{key}": text for key, text in site.texts.items()}, **own}
        filters = {"relative_url": base, "absolute_url": OWN + base}
        self._outputs = liquid.Outputs(names, filters)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None) -> Target:
        if where == "shortcode":
            return self._by_template(target, data)
        if web.is_on_disk(target):
            return Target("missing", note=web.ON_ITS_AUTHORS_DISK)
        if where == "field" and ("{{" in target or "{%" in target):
            return Target("missing", (), False, "Jekyll reads no Liquid in front matter; write the address itself")
        if linked := self.linked(target):
            return linked
        printed = self.printed(path, data, target)
        if printed is None or self._site.elsewhere:
            return UNKNOWN
        own = printed.startswith(OWN)
        printed = printed.removeprefix(OWN)
        if is_external(printed) and not own:
            return EXTERNAL
        if not printed or printed[0] in "#?" or OWN in printed:
            return UNKNOWN
        prefix = next((data[key] for key in _PREFIX_KEYS if isinstance(data.get(key), str)), None)
        if where == "field":
            return self._field(printed, prefix)
        if prefix is not None:
            return self._prefixed(printed, prefix)
        # kramdown leaves backslashes as they are, and browsers take them for slashes.
        asked = web.clean(printed).replace("\\", "/")
        if not asked.startswith("/") and own:
            asked = "/" + asked
        return self._asked(path, data, asked, "{" in target or own)

    def printed(self, path: str, data: Mapping[str, Any], target: str) -> str | None:
        """`target` with what Liquid prints in it; None if that is not known."""
        if "{" not in target:
            return target
        return self._outputs.render(target, self._addresses.values(self._addresses.place(path), data))

    def _asked(self, path: str, data: Mapping[str, Any], asked: str, from_liquid: bool) -> Target:
        """What a browser gets that reads `asked` in the page of the post at `path`."""
        site, base, note = self._site, self._site.base or "", None
        if not asked.startswith("/"):
            pages = self._addresses.address(path, {**data, "published": True})
            if not pages.addresses:
                return UNKNOWN
            asked = web.absolute(web.clean(pages.addresses[0]), asked)
            note = f"Jekyll leaves the path as it is, and the browser asks for `{asked}`"
        elif base:
            if not asked.startswith(f"{base}/"):
                if site.own_domain:
                    return self.served(asked, None)._replace(certain=False)
                return Target(
                    "missing", note=f"the site is served below `{base}/`; write `{{{{ site.baseurl }}}}{asked}`"
                )
            asked = asked[len(base) :]
        found = self.served(asked, note)
        if not site.base_is_set and not from_liquid and found.status == "files" and note is None:
            # Without a setting, GitHub Pages serves a project's site below the repository's name.
            rest = asked[1:].partition("/")[2]
            if rest and site.version < (4, 0):
                found = found._replace(paths=(*found.paths, *self.served(f"/{rest}", None).paths))
        return found

    def served(self, asked: str, note: str | None) -> Target:
        """What the site serves under the address `asked`."""
        site = self._site
        inner = posixpath.normpath(asked).strip("/")
        first, _, rest = inner.partition("/")
        at = f"{site.source}/" if site.source else ""
        paths = []
        settings = site.collections.get(first)
        if settings and settings.output and rest:
            folder = f"{site.collections_dir}/" if site.collections_dir else ""
            paths.append(f"{at}{folder}_{inner}")
        if hidden := self._addresses.hidden(inner, inner):
            if not paths:
                return Target("missing", note=note or hidden.text)
        else:
            paths.append(at + inner)
        certain = web.EXTENSION.search(inner) is not None and not site.makes_images
        return Target("files", tuple(paths), certain, note)

    def _prefixed(self, printed: str, prefix: str) -> Target:
        """The theme Chirpy puts a path from the front matter before each image of the post."""
        form = web.clean(printed)
        joined = posixpath.join("/", prefix, form.lstrip("/"))
        found = self.served(joined, None)
        if form.startswith("/"):
            found = found._replace(paths=(*found.paths, *self.served(form, None).paths))
        return found._replace(status="files" if found.paths else found.status)

    def _field(self, printed: str, prefix: str | None) -> Target:
        form = web.clean(printed)
        if not web.EXTENSION.search(form) or (web.HOST.match(form) and not form.startswith("assets.")):
            return UNKNOWN
        base = self._site.base or ""
        if base and form.startswith(f"{base}/"):
            form = form[len(base) :]
        at = f"{self._site.source}/" if self._site.source else ""
        inner = posixpath.normpath("/" + form.lstrip("/")).lstrip("/")
        folders = ("", *((prefix.strip("/"),) if prefix is not None else ()))
        if form.startswith("/") and prefix is None:
            return self.served(form, None)
        paths = [posixpath.normpath(at + posixpath.join(folder, inner)) for folder in (*folders, *_BY_CUSTOM)]
        return Target("files", tuple(dict.fromkeys(paths)), False)

    def linked(self, target: str) -> Target | None:
        """What `{% link path %}` or `{% post_url name %}`, with nothing but the base URL before it, leads to."""
        at = target.find("{%")
        if at < 0:
            return None
        found = liquid.tag(target[at:].split("#")[0].strip())
        if found is None or found[0] not in ("link", "post_url") or not found[1] or "{{" in found[1]:
            return UNKNOWN
        before = self._outputs.render(target[:at])
        if before is None:
            return UNKNOWN
        base = self._site.base or ""
        if self._site.version[0] >= 4 and base and before.removeprefix(OWN) == base:
            return Target(
                "missing", note=f"`{found[0]}` puts `{base}` before the address itself: do not write it again"
            )
        source = f"{self._site.source}/" if self._site.source else ""
        name = found[1].strip("/")
        if found[0] == "link":
            return Target("files", (source + name,), stops=True)
        if not _NAMED.match(name):
            return UNKNOWN  # no name of a post for Jekyll, but one for Pretzel
        posts = f"{self._site.collections_dir}/_posts/" if self._site.collections_dir else "_posts/"
        folder, _, stem = name.rpartition("/")
        places = [f"{source}{posts}{name}"]
        if folder:  # the folder may be wrong: Jekyll says so, and takes the post
            places += [f"{source}{folder}/_posts/{stem}", f"{source}{posts}{stem}"]
        # Without a folder, it is looked for in every one.
        certain = bool(folder) or not self._site.nested_posts
        return Target("files", tuple(place + ending for place in places for ending in _POSTS), certain, stops=True)

    def embedded(self, text: str) -> Sequence[Embedded]:
        """`{% include figure.html src="/a.png" %}`: parameters that are literal and name an image file."""
        found = liquid.tag(text)
        if found is None or found[0] not in ("include", "include_cached", "include_relative", "img", "image", "figure"):
            return ()
        out = []
        start = text.index(found[1]) if found[1] else 0
        for word, begin, end in liquid.words(found[1]):
            key, equals, value = word.partition("=")
            if equals and value[:1] in ("'", '"') and value[-1:] == value[:1] and len(value) > 1:
                value, begin, end = value[1:-1], begin + len(key) + 2, end - 1
            elif equals:
                continue
            if value and _is_image(value) and not value.startswith(("http:", "https:", "//")) and equals:
                out.append(Embedded("image", found[0], value, start + begin, start + end))
        return out

    def _by_template(self, target: str, data: Mapping[str, Any]) -> Target:
        """An image that a template's own code puts into the page: where, only that code knows."""
        printed = self._outputs.render(target)
        if printed is None or self._site.elsewhere:
            return UNKNOWN
        prefix = next((data[key] for key in _PREFIX_KEYS if isinstance(data.get(key), str)), None)
        found = self._field(printed.removeprefix(OWN), prefix)
        return found._replace(certain=False)


def _is_image(value: str) -> bool:
    return (
        value.lower()
        .partition("?")[0]
        .endswith((".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".ico"))
    )
