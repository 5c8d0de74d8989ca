"""Where an Astro site looks for images: imported and optimised, or asked for by a browser."""

import posixpath
import re

from postlint.frameworks import web
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Target, Where, is_external
from postlint.frameworks.astro.addresses import AstroAddresses
from postlint.frameworks.astro.routes import Routes
from postlint.frameworks.astro.settings import AstroSettings
from postlint.javascript.tsconfig import Aliases

_OPTIMISED = re.compile(r"\.(?:jpe?g|png|tiff|webp|gif|svg|avif)$", re.IGNORECASE)
_ALIAS = ("@", "~", "#", "$")
_PACKAGE = re.compile(r"@[\w-]+/[\w.-]+/|[#$]")
# Addresses that Astro, Vite and hosts answer themselves.
GENERATED = ("/_astro/", "/_image", "/@", "/_vercel/", "/.netlify/", "/_ipx/", "/cdn-cgi/")


class AstroImages:
    """The images of one site's posts."""

    def __init__(
        self,
        site: AstroSettings,
        routes: Routes,
        aliases: Aliases,
        addresses: AstroAddresses,
        plain: tuple[str, ...] = (),
        imported: tuple[tuple[str, frozenset[str]], ...] = (),
    ) -> None:
        """`plain` are the folders of collections whose schemas make no images of paths, with a slash at the end;
        `imported` those of collections whose schemas make images of some fields, with these fields."""
        self._site = site
        self._unmade = plain
        self._imported = imported
        self._routes = routes
        self._aliases = aliases
        self._addresses = addresses
        self._public_is_known = not site.public.startswith("..")

    def image(self, path: str, target: str, where: Where) -> Target:
        if is_external(target):
            return EXTERNAL
        if not target or target[0] in "#?" or "{" in target or "<%" in target:
            return UNKNOWN
        if where == "field":
            return self._field(path, target)
        if target[0] == "/":
            if where == "import":
                return Target("files", (web.clean(target)[1:], self._site.public + web.clean(target)))
            return self._public(target)
        if where == "html":
            return self.beside_page(
                path, target, "raw HTML is left as it is: the browser asks for this next to the page"
            )
        if where == "reference" and self._site.major >= 7 and not self._site.plugins:
            note = "Astro 7 leaves an image whose path stands in a definition as it is; write `![…](path)`"
            return self.beside_page(path, target, note)
        return self._asset(path, target, where)

    def field(self, path: str, target: str, field: str) -> Target:
        """An image that the front matter names in `field`."""
        for folder, fields in self._imported:
            if path.startswith(folder) and re.sub(r"\[\d+\]", "[]", field) in fields:
                return self._of_schema(path, target)
        return self.image(path, target, "field")

    def _of_schema(self, path: str, target: str) -> Target:
        """An image that `image()` in the schema imports: relative to the post, from the site's root, or by an alias
        (assets/utils/resolveImports.js; what is no path to a known format stays text)."""
        if is_external(target):
            return EXTERNAL
        if not _OPTIMISED.search(target):
            note = "`image()` takes jpeg, png, tiff, webp, gif, svg and avif files only; anything else stays text"
            return Target("missing", (), False, note)
        where: str | None = None
        folder = posixpath.dirname(path)
        if target.startswith("/"):
            lies = target[1:] if target.startswith(f"/{self._site.source}/") else self._site.public + target
            if lies != target[1:] and self._public_is_known:
                where = f"`image()` takes no address; write `{posixpath.relpath(lies, folder)}`"
            return Target("files", (target[1:],), note=where, stops=True)
        beside = posixpath.normpath(posixpath.join(folder, target))
        if beside.startswith(".."):
            return UNKNOWN
        resolved = () if target.startswith(".") else self._aliases.resolve(target)
        if not resolved and not target.startswith(".") and self._may_be_alias(target):
            return UNKNOWN
        if not resolved and target.startswith((f"{self._site.source}/", f"{self._site.public}/")):
            where = f"its path begins at the post; write `{posixpath.relpath(target, folder)}`"
        return Target("files", (*_inside(resolved), beside), note=where, stops=True)

    def _asset(self, path: str, target: str, where: Where) -> Target:
        """An image that Astro or Vite imports: relative to the post, or by an alias."""
        form = web.decoded(target)
        if where in ("markdown", "reference"):
            if not _OPTIMISED.search(target):
                return self._plain(target)
        else:
            form = web.SUFFIX.sub("", form)
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
        if beside.startswith(".."):
            return UNKNOWN
        if form.startswith("."):
            return Target("files", (beside,), where != "jsx")
        resolved = self._aliases.resolve(form)
        if not resolved and (where == "import" or self._may_be_alias(form)):
            return UNKNOWN
        note, public = None, self._site.public
        if form.startswith(f"{public}/"):
            note = f"what lies in `{public}/` is served from the root; write `{form[len(public) :]}`"
        return Target("files", (beside, *_inside(resolved)), where != "jsx", note)

    def _plain(self, target: str) -> Target:
        """An image that Astro shows without address, because it knows no such format."""
        if self._site.plugins:
            return UNKNOWN
        if "?" in target or "#" in target:
            return Target("missing", note="with `?` or `#` in its path Astro makes an image without address")
        return Target("missing", note="Astro makes images of jpeg, png, tiff, webp, gif, svg and avif files only")

    def _may_be_alias(self, form: str) -> bool:
        """Whether `form`, which no alias of `tsconfig.json` fits, may stand for a file that is not known."""
        if self._site.aliases and form.startswith(self._site.aliases):
            return True
        return _PACKAGE.match(form) is not None or (form.startswith(_ALIAS) and not self._aliases.complete)

    def _public(self, target: str) -> Target:
        """What a browser asks for by its address: a file of the public folder, or what code answers."""
        site, address = self._site, web.clean(target)
        certain = web.EXTENSION.search(address) is not None
        if address.startswith(GENERATED) or not self._public_is_known:
            return UNKNOWN
        paths = [address]
        if site.base is None:
            paths.append("/" + address[1:].partition("/")[2])
            certain = False
        elif site.base and address.startswith(f"{site.base}/"):
            paths = [address[len(site.base) :]]
        elif site.base and site.plugins:
            certain = False
        elif site.base:
            return Target("missing", note=f"the site is served below `{site.base}/`; write `{site.base}{target}`")
        for pattern in (self._routes.made, site.redirects):
            if pattern and any(pattern.fullmatch(each) for each in paths):
                return UNKNOWN
        note = None
        if paths[0].startswith(f"/{site.public}/"):
            note = f"what lies in `{site.public}/` is served from the root; write `{target[len(site.public) + 1 :]}`"
        elif paths[0].startswith(f"/{site.source}/"):
            note = f"what lies in `{site.source}/` has no address of its own; write a path relative to the post"
        return Target("files", tuple(site.public + each for each in paths), certain, note)

    def beside_page(self, path: str, target: str, note: str) -> Target:
        """What a browser resolves against the page's own address, which is served from the public folder."""
        if not self._public_is_known:
            return UNKNOWN
        form = web.clean(target)
        pages = self._addresses.address(path, {})
        if pages.addresses:
            # No `..` leads a browser out of the host's root.
            base = f"{self._site.base or ''}/"
            asked = {web.absolute(address, form) for address in pages.addresses}
            inside = tuple(self._site.public + each[len(base) - 1 :] for each in sorted(asked) if each.startswith(base))
            return Target("files", inside, True, note) if inside else Target("missing", note=note)
        id_ = (pages.key or "").partition("/")[2]
        folders = {prefix + each for prefix in self._routes.prefixes[:16] for each in (id_, posixpath.dirname(id_))}
        paths = (posixpath.normpath(f"{self._site.public}/{folder}/{form}") for folder in sorted(folders))
        inside = tuple(dict.fromkeys(each for each in paths if each.startswith(f"{self._site.public}/")))
        return Target("files", inside, True, note) if inside else Target("missing", note=note)

    def _field(self, path: str, target: str) -> Target:
        """An image in the front matter: relative to the post with `image()`, else as the site's templates have it."""
        form, site = web.SUFFIX.sub("", target), self._site
        if not web.EXTENSION.search(form) or web.HOST.match(form):
            return UNKNOWN
        if form.startswith("/"):
            found = self._public(target)
            if found.status == "missing":
                found = Target("files", (site.public + web.clean(target),), False, found.note)
            if found.status == "files" and form.startswith(f"/{site.source}/"):
                found = found._replace(paths=(form[1:], *found.paths))
            return found
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
        if beside.startswith(".."):
            return UNKNOWN
        if form.startswith("."):
            return Target("files", (beside,), not path.startswith(self._unmade))
        if resolved := self._aliases.resolve(form):
            return Target("files", _inside(resolved) or (beside,))
        if form.startswith(_ALIAS):
            sure = self._aliases.file and not self._may_be_alias(form)
            return Target("files", (beside,)) if sure else UNKNOWN
        assets = f"{site.source}/assets"
        folders = (
            site.public,
            f"{site.public}/images",
            assets,
            f"{assets}/images",
            f"{site.source}/images",
            site.source,
        )
        more = (posixpath.normpath(posixpath.join(folder, form)) for folder in (*folders, ""))
        return Target("files", _inside((beside, *more)), False)


def _inside(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `paths` that do not lead out of the site."""
    return tuple(path for path in paths if not path.startswith(".."))
