"""A Hugo site's content folders: which language and logical path a file has, bundles, and what sections hand down."""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.files.globs import matches
from postlint.frameworks._shared.site_settings import texts
from postlint.frameworks.answers import Reason
from postlint.frameworks.hugo.settings import HugoSettings, Mount, cascade_rules
from postlint.frameworks.hugo.slugs import lower
from postlint.front_matter import Dialect, to_data
from postlint.front_matter import read as read_front_matter

ENDINGS = ("md", "markdown", "mdown")
PAGES = (*ENDINGS, "html", "htm", "adoc", "asciidoc", "ad", "org", "rst", "pandoc", "pdc")
# What may decide whether a page has an address, and which.
_MOVING = frozenset(
    (
        *("url", "slug", "title", "markup", "build", "_build", "headless", "published", "draft", "outputs"),
        *("date", "publishdate", "pubdate", "lastmod", "modified", "expirydate", "unpublishdate"),
    )
)
_CUSTOM = re.compile(r"\._[^/]*_(?:\.|$)")


def _is_left_out(mount: Mount, inside: str) -> bool:
    """Whether the filters of `mount` leave out the file at `inside` it, or a folder that it lies in."""
    ends = [at for at, char in enumerate(inside) if char == "/"] + [len(inside)]
    if any(fnmatchcase(inside[:end], glob) for glob in mount.excluded for end in ends):
        return True
    return bool(mount.included) and not any(fnmatchcase(inside, glob) for glob in mount.included)


class Place(NamedTuple):
    """Where a file stands among the content: below `mount`, in `folder` (relative to the content's root, `""` there)
    and `own_folder` (as it lies in the site); its `name` without language and ending, its language, and the `others`
    that it is a page in, too: those that share its content folder."""

    mount: Mount
    folder: str
    own_folder: str
    name: str
    language: str
    bundle: bool = False
    section: bool = False
    others: tuple[str, ...] = ()


class Tree:
    """The content of one site. Looks at folders and sections when they are asked for."""

    def __init__(self, site: HugoSettings, files: Files | None, dialect: Dialect) -> None:
        self.site = site
        self._files = files
        self._dialect = dialect
        self._sections: dict[str, Mapping[str, Any]] = {}
        self._ignored = [pattern for text in site.ignored if (pattern := _regex(text))]

    def place(self, path: str) -> Place | Reason | None:
        """The place of the post at `path`; why Hugo makes no page of it; or None if that is not known."""
        # Asked of a post for its address and for each of its links, and of every page that a link may lead to.
        if path not in self._places:
            self._places[path] = self._place(path)
        return self._places[path]

    @cached_property
    def _places(self) -> dict[str, Place | Reason | None]:
        return {}

    def _place(self, path: str) -> Place | Reason | None:
        mount = self.mount(path)
        if mount is None:
            return Reason("it does not lie in a content folder", asked=True)
        inside = path[len(mount.source) + 1 :] if mount.source != "." else path
        for part in inside.split("/"):
            if part[:1] in (".", "#") or part.endswith("~"):
                return Reason("Hugo ignores names that begin with `.` or `#` or end with `~`", asked=True)
        if _is_left_out(mount, inside):
            return Reason("the mount of its folder leaves it out", asked=True)
        for pattern in self._ignored:
            if pattern.search(path) or pattern.search(f"/{path}"):
                return Reason("`ignoreFiles` in the settings excludes it", asked=True)
        folder, _, file = inside.rpartition("/")
        name, _, ending = file.rpartition(".")
        if ending.lower() not in ENDINGS:
            return None if ending.lower() in PAGES else Reason(f"Hugo makes no pages of `.{ending}` files")
        if _CUSTOM.search(name):
            return None
        language, others = mount.language or self.site.language, self._sharing(mount)
        stem, _, code = name.rpartition(".")
        if stem:
            if code.lower() in self.site.disabled:
                return Reason(f"the settings disable the language `{code}`", asked=True)
            if code.lower() in self.site.languages:
                name, language, others = stem, code.lower(), ()
            elif set(stem.lower().split(".")[1:]) & self.site.languages.keys():
                return None
        own_folder = path.rpartition("/")[0]
        folder = "/".join(part for part in (mount.target, folder) if part)
        section = name.lower() == "_index"
        return Place(mount, folder, own_folder, name, language, name == "index", section, others)

    def _sharing(self, mount: Mount) -> tuple[str, ...]:
        """The other languages that have the content folder of `mount` for their own."""
        same = (each.language for each in self.site.content if each.source == mount.source and mount.language)
        return tuple(code for code in dict.fromkeys(same) if code and code != mount.language)

    def mount(self, path: str) -> Mount | None:
        """The content folder that `path` lies in; the deepest one of several."""
        best = None
        for mount in self.site.content:
            inside = mount.source == "." or path.startswith(f"{mount.source}/")
            if inside and (best is None or len(mount.source) > len(best.source)):
                best = mount
        return best

    def hidden_by(self, place: Place) -> str | None:
        """The folder of the page bundle that the file is a mere resource of."""
        folder = place.own_folder
        if place.bundle:
            folder = folder.rpartition("/")[0] if folder != place.mount.source else ""
        while folder and (folder == place.mount.source or folder.startswith(f"{place.mount.source}/")):
            if self.index_languages(folder):
                return folder
            folder = folder.rpartition("/")[0]
        return None

    def index_languages(self, folder: str) -> frozenset[str]:
        """The languages of the `index` files in `folder` (of the site); none if it is not a page bundle."""
        # Asked for every post of a folder, which may have thousands.
        known = self._index_languages.get(folder)
        if known is None:
            known = self._index_languages[folder] = frozenset(self._indexes(folder))
        return known

    @cached_property
    def _index_languages(self) -> dict[str, frozenset[str]]:
        return {}

    def _indexes(self, folder: str) -> Iterator[str]:
        for name, is_folder in self._names(folder).items():
            if name.startswith("index.") and not is_folder:
                *codes, ending = name.lower().split(".")[1:]
                if ending in PAGES and len(codes) < 2:
                    yield codes[0] if codes else ""

    def index(self, folder: str) -> dict[str, Any]:
        """The front matter of the first `index` file in `folder` (of the site) that is Markdown, keys in lower case."""
        names = sorted(name for name in self._names(folder) if name.startswith("index.") and name.endswith(ENDINGS))
        return self.front_matter(self._files.read_text(f"{folder}/{names[0]}") if self._files and names else None)

    def has_bundle(self, place: Place) -> bool:
        """Whether a page bundle of the same name lies beside the page, which then takes its place."""
        return bool(self.index_languages(f"{place.own_folder}/{place.name}"))

    def section(self, folder: str, language: str) -> Mapping[str, Any]:
        """The front matter of the `_index` file of `folder` (of the site), its keys in lower case."""
        for name in (f"{folder}/_index.{language}.md", f"{folder}/_index.md"):
            if name not in self._sections:
                there = name.rpartition("/")[2] in self._names(folder)
                text = self._files.read_text(name) if self._files and there else None
                self._sections[name] = self.front_matter(text)
            if self._sections[name]:
                return self._sections[name]
        return {}

    def is_section(self, folder: str) -> bool:
        """Whether `folder` (of the site) has an `_index` file."""
        return any(name.startswith("_index.") for name in self._names(folder))

    def _names(self, folder: str) -> Mapping[str, bool]:
        return self._files.names(folder) if self._files else {}

    def folders(self, place: Place) -> list[tuple[str, str]]:
        """The folders from the content's root down to the post's section, each as it lies in the site and its name."""
        out = [(place.mount.source, "")]
        inside = place.own_folder[len(place.mount.source) + 1 :] if place.own_folder != place.mount.source else ""
        parts = inside.split("/") if inside else []
        if place.bundle and parts:
            parts.pop()
        for part in parts:
            out.append((f"{out[-1][0]}/{part}", part))
        return out

    def inherited(self, place: Place, logical: str, kind: str, own: object = None) -> dict[str, Any] | None:
        """What the site, the sections above, and the page itself by its `own` rules, hand down to the page (`cascade`);
        None if that is not known."""
        out: dict[str, Any] = {}
        rules: list[Mapping[str, Any]] = list(self.site.cascade)
        above = self.folders(place)
        for folder, _ in above[:-1] if place.section else above:
            rules += cascade_rules(self.section(folder, place.language).get("cascade"))
        for rule in [*rules, *cascade_rules(own)]:
            applies = _applies(rule, place, logical, kind)
            given = handed_down(rule)
            if applies is None:
                if _MOVING & given.keys():
                    return None
            elif applies:
                out.update(given)
        return out

    def front_matter(self, text: str | None) -> dict[str, Any]:
        """The front matter of the page `text`, its keys in lower case."""
        data = to_data(read_front_matter(text, self._dialect).root) if text else None
        return lowered(data) if isinstance(data, dict) else {}


def handed_down(rule: Mapping[str, Any]) -> dict[str, Any]:
    """The front matter that a rule of `cascade` gives to the pages that it is for."""
    own = lowered(rule)
    params = lowered(own["params"]) if isinstance(own.get("params"), dict) else {}
    return {**params, **{key: value for key, value in own.items() if key not in ("target", "_target", "params")}}


def lowered(data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` with its keys as Hugo knows them: in lower case."""
    return {lower(key): value for key, value in data.items()}


def _applies(rule: Mapping[str, Any], place: Place, logical: str, kind: str) -> bool | None:
    own = next((rule[key] for key in ("target", "_target") if isinstance(rule.get(key), dict)), None)
    target: dict[str, Any] = lowered(own) if own else {}
    if target.keys() - {"path", "kind", "lang", "environment", "sites"}:
        return None
    languages = _languages(target.get("sites"))
    if languages is None:
        return None
    path, wanted, language = target.get("path"), target.get("kind"), target.get("lang")
    if isinstance(path, str) and not matches(logical, (path.lower(),)):
        return False
    if isinstance(wanted, str) and not matches(kind, (wanted.lower(),)):
        return False
    environment = target.get("environment")
    if isinstance(environment, str) and not matches("production", (environment.lower(),)):
        return False
    if not matches(place.language, languages):
        return False
    return not (isinstance(language, str) and not matches(place.language, (language.lower(),)))


def _languages(sites: object) -> tuple[str, ...] | None:
    """The patterns of the languages that a target's `sites` are for; None if versions or roles take part."""
    if sites is None:
        return ("**",)
    given = lowered(sites) if isinstance(sites, dict) else {}
    matrix = given.get("matrix")
    if not isinstance(matrix, dict) or given.keys() - {"matrix"}:
        return None
    found = {key: texts(value) for key, value in lowered(matrix).items()}
    languages = found.pop("languages", ["**"])
    if any(each not in ("*", "**") for patterns in found.values() for each in patterns):
        return None
    return None if any(each.startswith("!") for each in languages) else tuple(each.lower() for each in languages)


def _regex(text: str) -> "re.Pattern[str] | None":
    try:
        return re.compile(text)
    except (re.error, RecursionError):
        return None
