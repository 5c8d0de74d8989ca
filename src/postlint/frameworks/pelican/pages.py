"""Where a Pelican site writes its articles and pages, and where their images and links are looked for.

Sources: pelican/{contents,generators,readers,urlwrappers}.py (4.12).
"""

import posixpath
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from postlint.clock import now
from postlint.frameworks._shared.python_slugs import pelican as slugify
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Address, Moment, Reason, Target, Where, is_external
from postlint.frameworks.pelican.settings import PelicanSettings
from postlint.frameworks.web import EXTENSION, HOST, absolute, clean, page

# The default INTRASITE_LINK_REGEX: [{|](?P<what>.*?)[|}]
_INTRASITE = re.compile(r"[{|]([^|}]*)[|}]\s*(.*)", re.DOTALL)
# Plugins that may put files among those that are served.
_SERVING = re.compile(
    r"image|img|photo|thumb|gallery|static|asset|media|svg|file|download|copy|unreadable", re.IGNORECASE
)
_ENCODED = re.compile(r"%7B(static|attach|filename)%7D", re.IGNORECASE)
_KNOWN = ("static", "attach", "filename")
_MADE = ("category", "tag", "author", "index", "archives")
_CONTENT = (".md", ".markdown", ".mkd", ".mdown", ".rst")
_FIELD = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_STATUS = ("published", "draft", "hidden", "skip", "")
_FIELDS = ("slug", "lang", "date", "path", "category", "author")
_UNREADABLE = Reason("postlint cannot read the template of addresses")
_FORMATS = {"%Y": 4, "%m": 2, "%d": 2, "%H": 2, "%M": 2, "%S": 2}


def first(data: Mapping[str, Any], key: str) -> str:
    """The text of a key: of several lines the first."""
    value = data.get(key)
    if isinstance(value, list):
        value = value[0] if value else ""
    return value if isinstance(value, str) else ""


_DEEP = 2
"""The slashes of an address at the top of the site, below which other pages may lie."""


class PelicanPages:
    """The addresses, images and links of one site's articles and pages."""

    def __init__(self, site: PelicanSettings, moment: Callable[[object, str], Moment]) -> None:
        self._site = site
        self._save_as = dict(site.save_as)
        self._moment = moment
        self.at = f"{site.content}/" if site.content else ""

    def is_page(self, path: str) -> bool:
        below = path[len(self.at) :]
        return any(folder and below.startswith(f"{folder}/") for folder in self._site.pages)

    def named(self, path: str) -> dict[str, str] | None:
        """What the file's name and path tell, None if that is not known."""
        site, out = self._site, {}
        if site.named is None or site.by_path is None:
            return None
        stem = posixpath.basename(path).rpartition(".")[0]
        for patterns, text in ((site.named, stem), (site.by_path, path[len(self.at) :])):
            for pattern in patterns:
                found = pattern.match(text) if pattern else None
                out.update({key: value for key, value in found.groupdict().items() if value} if found else {})
        return out

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        site = self._site
        if site.content is None or not path.startswith(self.at):
            return Address(None, reason=Reason("it lies outside the folder of the contents"))
        named = self.named(path)
        if named is None:
            return Address(None, reason=Reason("postlint cannot read the patterns of file names"))
        # What the header says comes before what the name says.
        fields = {**named, **{key: first(data, key) for key in data if first(data, key)}}
        fields = {**site.defaults, **self._placed(path), **fields}
        if "title" in data:
            fields["title"] = str(data["title"]) if isinstance(data["title"], list) else first(data, "title")
        if "lang" in data:
            fields["lang"] = first(data, "lang")
        if "title" not in fields:
            return Address((), reason=Reason("Pelican skips a file without `Title`", field="title", kind="missing"))
        status = fields.get("status", "").lower()
        if status not in _STATUS or status == "skip":
            known = ", ".join(f"`{each}`" for each in _STATUS if each)
            text = f"`Status` is `{status[:40]}`; Pelican knows {known}"
            return Address((), reason=Reason(text, field="status", asked=status == "skip"))
        is_page = self.is_page(path)
        if site.default_date and not is_page:
            fields.setdefault("date", site.default_date)
        if "date" in fields:
            fields["date"] = fields["date"].replace("_", " ")
        written = {key: fields[key] for key in ("date", "modified") if fields.get(key)}
        if "date" in named:
            written["name"] = named["date"]
        empty = any(key in data and data[key] in ("", None) for key in ("date", "modified"))
        if empty or any(self._is_no_date(text) for text in written.values()):
            field = next((key for key in ("date", "modified") if key in data), None)
            return Address(
                (), reason=Reason("Pelican cannot read its date and skips the file", False, field, kind="value")
            )
        if not is_page and "date" not in written and status != "draft" and not site.dated:
            return Address((), reason=Reason("Pelican skips an article without `Date`", field="date", kind="missing"))
        at = self._moment(written["date"], written["date"]).instant if "date" in written else None
        if at and not is_page and not site.future and _aware(at) > now():
            status = "draft"
        return self._written(path, fields, at, is_page, status == "draft")

    def _is_no_date(self, text: str) -> bool:
        """Whether Pelican certainly cannot read `text` as a date. One without month and day is a date."""
        from postlint.frameworks._shared import dateutil

        moment = self._moment(text, text)
        return moment.problem is not None and moment.instant is None and not dateutil.parse(text).incomplete

    def _written(self, path: str, fields: dict[str, str], at: datetime | None, is_page: bool, draft: bool) -> Address:
        site = self._site
        if own := fields.get("save_as"):
            if _leads_out(own):
                text = "`Save_as` leads out of the site; Pelican skips the file"
                return Address((), reason=Reason(text, field="save_as"))
            return Address((served(own),), served(own))
        language = fields.get("lang", site.language)
        key = "DRAFT_PAGE" if is_page and draft else "PAGE" if is_page else "DRAFT" if draft else "ARTICLE"
        template = self._save_as[f"{key}_LANG_SAVE_AS" if language != site.language else f"{key}_SAVE_AS"]
        if template is None:
            return Address(None, reason=_UNREADABLE)
        if template == "":
            return Address((), reason=Reason("the site's settings write no file for it", asked=True))
        if re.search(r"[{}]", _FIELD.sub("", template)):
            return Address(None, reason=_UNREADABLE)
        parts: list[str] = []
        last = 0
        for found in _FIELD.finditer(template):
            if found[1] not in (*_FIELDS, *fields) and not site.plugins and not site.dated:
                reason = Reason(f"it has no `{found[1]}`, which the settings put into its address", stops=True)
                return Address((), reason=reason)
            value = self._value(found[1], found[2], path, fields, at, language)
            if value is None:
                reason = Reason(f"postlint cannot compute `{{{found[1]}}}` in its address")
                return Address(None, reason=reason)
            parts += [template[last : found.start()], value]
            last = found.end()
        written = "".join(parts) + template[last:]
        if _leads_out(written):
            return Address((), reason=Reason("its address leads out of the site; Pelican skips the file"))
        return Address((served(written),), served(written))

    def _value(
        self, name: str, form: str | None, path: str, fields: dict[str, str], at: datetime | None, language: str
    ) -> str | None:
        site = self._site
        if name == "date":
            return _dated(at, form) if at and form else None
        if form:
            return None
        if name == "slug":
            return self.slug(path, fields)
        if name == "lang":
            return language
        if name == "path":
            return path[len(self.at) :]
        if name == "category":
            folder = posixpath.basename(posixpath.dirname(path[len(self.at) :])) if site.folder_category else ""
            return self._slugged(fields.get("category") or folder or site.category, site.category_rules)
        if name == "author":
            return self._slugged(fields["author"], site.author_rules) if fields.get("author") else None
        return fields.get(name) if name not in ("tags", "authors") else None

    def slug(self, path: str, fields: Mapping[str, str]) -> str | None:
        """The slug as it is set, else the one that is made of the title or of the file's name."""
        if own := fields.get("slug"):
            return own
        if self._site.slug_source == "basename":
            return self._slugged(posixpath.basename(path).rpartition(".")[0])
        return self._slugged(fields["title"]) if self._site.slug_source == "title" else None

    def _slugged(self, text: str, rules: tuple[tuple[str, str], ...] | None = ()) -> str | None:
        """`rules` are those of what it is the slug of, where the settings have any."""
        site = self._site
        rules = site.slug_rules if rules == () else rules
        return None if rules is None else slugify(text, rules, site.unicode, site.keep_case)

    def term_slug(self, kind: str, text: str) -> str | None:
        """The slug of a `tag`, `category` or `author` (urlwrappers.py); None if it is not known."""
        site = self._site
        rules = {"tag": site.tag_rules, "category": site.category_rules, "author": site.author_rules}
        return self._slugged(text, rules[kind])

    def _placed(self, path: str) -> dict[str, str]:
        """What EXTRA_PATH_METADATA says of the file and of the folders that it lies in."""
        below, out = path[len(self.at) :], {}
        for place, fields in self._site.placed:
            if below == place or below.startswith(f"{place.rstrip('/')}/"):
                out.update(fields)
        return out

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where) -> Target:
        site = self._site
        if site.content is None or not path.startswith(self.at):
            return EXTERNAL if is_external(target) else UNKNOWN
        if found := _INTRASITE.match(target):
            return self._intrasite(path, found[1], found[2], where)
        if is_external(target):
            return EXTERNAL
        if encoded := _encoded(target, where):
            return encoded
        form = clean(target)
        if not form or "{" in target or "|" in target:
            return UNKNOWN
        if where == "field":
            return self._field(form)
        if where not in ("markdown", "reference", "html"):
            return UNKNOWN
        if form.startswith("/"):
            asked = form[len(site.base) :] if site.base and form.startswith(f"{site.base}/") else form
            return self._asked(asked, certain=not site.base or asked != form)
        address = self.address(path, data)
        if not address.addresses:
            return UNKNOWN
        return self._asked(absolute(address.addresses[0], form), relative=True)

    def _intrasite(self, path: str, what: str, rest: str, where: Where) -> Target:
        """`{static}x` and the like: from the folder of the contents, else from the post's own."""
        if what not in _KNOWN:
            if what.lower() in _KNOWN:
                return Target("missing", note=f"Pelican knows `{{{what.lower()}}}` in small letters only")
            if what in _MADE or where == "field" or self._site.plugins or not re.fullmatch(r"[\w ]+", what):
                return UNKNOWN
            return Target("missing", note=f"Pelican knows no `{{{what}}}`")
        form = re.split(r"[?#]", rest, maxsplit=1)[0].replace("%20", " ").strip()
        if not form:
            return UNKNOWN
        start = self.at if form.startswith("/") else f"{posixpath.dirname(path)}/"
        found = posixpath.normpath(start + form.lstrip("/"))
        if found.startswith(".."):
            return UNKNOWN
        if what != "filename" and found.endswith(_CONTENT) and not self._site.plugins:
            return Target("missing", note="this file becomes a page and is not copied; write `{filename}`")
        if what == "filename" and where != "field":
            static = self._site.static
            below = found[len(self.at) :]
            if static is None or "unreadable" in self._site.plugins:
                return UNKNOWN
            if not below.endswith((*_CONTENT, ".html", ".htm")) and not _inside(unquote(below), static):
                note = "`{filename}` finds what lies below STATIC_PATHS only; write `{static}`"
                return Target("missing", note=note)
        # Pelican does not find what is percent-encoded; the browser does, if it is copied anyway.
        decoded = unquote(found)
        served = decoded != found and _inside(decoded[len(self.at) :], self._site.static or ())
        return Target("files", (found, decoded) if served else (found,), where != "field")

    def _asked(self, address: str, certain: bool = True, relative: bool = False) -> Target:
        """What a browser asks for by its address: a file below one of STATIC_PATHS."""
        site, below = self._site, address.lstrip("/")
        if site.static is None or any(map(_SERVING.search, site.plugins)) or below.startswith("theme/"):
            certain = False
        if site.moved is None or below in site.moved:
            certain = False
        if site.static is not None and _inside(below, site.static):
            return Target("files", (self.at + below,), certain)
        if relative and certain:
            note = "it is asked for from the address of the page; write `{static}` before its path"
            return Target("missing", note=note)
        # Files that are linked to from an article, with `{static}` or `{attach}`, are served, too.
        return Target("files", (self.at + below,), certain)

    def _field(self, form: str) -> Target:
        """An image of the header is what the theme makes of it."""
        if not EXTENSION.search(form) or HOST.match(form):
            return UNKNOWN
        below = form.lstrip("/")
        folders = ("", *(self._site.static or ()), "images", "extra")
        paths = (posixpath.normpath(f"{self.at}{folder}/{below}".replace("//", "/")) for folder in folders)
        inside = tuple(dict.fromkeys(each for each in paths if not each.startswith("..")))
        return Target("files", inside, certain=False) if inside else UNKNOWN

    def _is_inside(self, own: str, asked: str) -> bool:
        """Whether `asked` lies below the post's `own` address, where neither templates nor other articles have pages."""
        if self._site.plugins or self._site.moved is None or EXTENSION.search(asked):
            return False
        return own.count("/") > _DEEP and own.endswith("/") and asked.startswith(own) and asked != own

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where) -> Target:
        found = _INTRASITE.match(target)
        if found and found[1] in _MADE:
            return UNKNOWN
        if found and self._site.content is not None and path.startswith(self.at):
            return self._intrasite(path, found[1], found[2], where)
        if is_external(target):
            return EXTERNAL
        if encoded := _encoded(target, where):
            return encoded
        form = clean(target)
        if not form or where not in ("markdown", "reference", "html") or "{" in target:
            return UNKNOWN
        if path and not path.startswith(self.at):
            return UNKNOWN
        if form.endswith(_CONTENT) and not form.startswith("/") and not self._site.plugins:
            return Target(
                "missing", note=f"Pelican does not turn a file's path into an address; write `{{filename}}{form}`"
            )
        address = self.address(path, data)
        if not form.startswith("/") and not address.addresses:
            return UNKNOWN
        asked = form if form.startswith("/") else absolute((address.addresses or ("/",))[0], form)
        own = next(iter(address.addresses or ()), "")
        if not form.startswith("/") and self._is_inside(own, asked):
            return page(asked, (self.at.rstrip("/"),), self._site.base, certain=True)
        # Templates and plugins make pages, too, and articles may be written in other languages than Markdown.
        return page(asked, (self.at.rstrip("/"),), self._site.base, certain=False)


def _encoded(target: str, where: Where) -> Target | None:
    """What comes of `%7Bstatic%7D`, which Pelican leaves as it is; None for other targets."""
    found = _ENCODED.match(target)
    if found is None or where == "field":
        return None
    return Target("missing", note=f"Pelican replaces `{{{found[1]}}}` only where its brackets are written as they are")


def served(written: str) -> str:
    """The address of the file `written` below the output."""
    address = "/" + posixpath.normpath(written).lstrip("/")
    if written.endswith("/.html"):
        address = f"/{written.lstrip('/')}"
    return address.removesuffix("index.html") if address.endswith("/index.html") else address


def _leads_out(written: str) -> bool:
    return f"{posixpath.normpath(written)}/".startswith(("../", "/"))


def _inside(path: str, folders: tuple[str, ...]) -> bool:
    return any(not folder or folder == "." or path == folder or path.startswith(f"{folder}/") for folder in folders)


def _dated(at: datetime, form: str) -> str | None:
    """`{date:%Y}`: Python's `strftime`, in English and as far as every system has it."""
    out = ""
    for token in re.findall(r"%-?[A-Za-z%]|[^%]+|%", form):
        name = token.replace("-", "")
        if name in _FORMATS or name in ("%a", "%A", "%b", "%B", "%%", "%j", "%y"):
            text = at.strftime(name)
            out += text.lstrip("0") or "0" if token.startswith("%-") else text
        elif token.startswith("%"):
            return None
        else:
            out += token
    return out


def _aware(at: datetime) -> datetime:
    from datetime import UTC

    return at if at.tzinfo else at.replace(tzinfo=UTC)
