"""An Astro site's routes: which pages show the entries of a collection, and which addresses are made by code."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from postlint.files.files import Files

_MOST_FILES = 4000
_PAGE = (".astro", ".html")
_CODE = (".ts", ".js", ".mts", ".mjs")
_PARAMETER = re.compile(r"\[(\.\.\.)?(\w+)\]")
# `getCollection("blog")`, and sites' own functions around it: `getCollectionByName("blog")`.
_GET = re.compile(r"""\bget[A-Z]\w{0,40}\(\s*["'`]([\w-]+)["'`]""")
_PARAMS_KEY = re.compile(r"\bparams\s*:")
_PROPERTY = r"(?:(?:\w+\.)?data\.\w+|(?!data\b)\w+\.(?:id|slug))"
_PARAMS = re.compile(rf"\bparams\s*:\s*\{{\s*(\w+)\s*:\s*({_PROPERTY}(?:\s*(?:\?\?|\|\|)\s*{_PROPERTY})*)\s*,?\s*\}}")
_TAKEN = re.compile(r"(?:\w+\.)?(data\.\w+)|\w+\.(id|slug)")
_SHORT = re.compile(r"\bparams\s*:\s*\{\s*(\w+)\s*,?\s*\}")
_IMPORT = re.compile(r"""\bimport\s*\{([^{}]*)\}\s*from\s*["']([^"']+)["']""")
_LIST = re.compile(r"""\bgetCollection\s*(?:<[^<>]*>)?\(\s*["'`]([\w-]+)["'`]""")
_MODULES = ("", ".ts", ".js", ".mjs", "/index.ts", "/index.js", ".astro")


class EntryRoute(NamedTuple):
    """The page that shows each entry of a collection: the entry's id is put between `before` and `after`. `rest` says
    that it may hold a `/`, `takes` which property the page takes (`id`, `slug`, `data.slug`), the first of several that
    there is; none if it says nothing."""

    before: str
    after: str
    rest: bool
    takes: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the front matter that the page takes."""
        return tuple(each[len("data.") :] for each in self.takes if each.startswith("data."))


class Routes(NamedTuple):
    """`entries`: collection → the one route of its entries, None if several may be. `prefixes`: what stands before
    the parameter of each dynamic page. `made`: addresses that code answers. `pages`: the files of those without
    parameters, by their addresses. `dynamic`: what all the others may answer. `open`: addresses of dynamic pages that
    show other things than known entries. `whole` says that all pages were read."""

    entries: dict[str, EntryRoute | None]
    prefixes: tuple[str, ...]
    made: "re.Pattern[str] | None"
    pages: Mapping[str, str] = {}
    open: "re.Pattern[str] | None" = None
    dynamic: "re.Pattern[str] | None" = None
    whole: bool = True


def read(files: Files, pages: str, collections: tuple[str, ...]) -> Routes:
    """The routes below the folder `pages`. A page whose parameter is made of more than the entry's id tells nothing."""
    found: dict[str, list[EntryRoute]] = {name: [] for name in collections}
    unclear: set[str] = set()
    prefixes, made = [], []
    plain: dict[str, str] = {}
    dynamic: list[tuple[str, bool, str | None]] = []
    seen = 0
    for route, path in _walk(files, pages):
        seen += 1
        ending = path[path.rfind(".") :]
        if ending in _CODE:
            made.append(pattern(route))
        parameters = _PARAMETER.findall(route)
        if not parameters:
            plain[f"/{route}".rstrip("/")] = path
        if not parameters or ending not in _PAGE:
            continue
        before, _, after = route.partition("[")
        prefixes.append(f"/{before}")
        text = files.read_text(path) or ""
        is_list = "paginate(" in text
        shown = set(_GET.findall(text)) & found.keys()
        takes: tuple[str, ...] = ()
        is_clear = True
        if "getStaticPaths" not in text and not shown:
            shown = {before.rstrip("/")} & found.keys()
        else:
            takes = _takes(text, parameters[-1][1])
            is_clear = bool(takes)
            shown = shown or (_listed(files, path, text) & found.keys() if takes else shown)
        if len(parameters) > 1 or not shown or not is_clear:
            # A list of tags or of pages is not the page of an entry, but a page that builds its own address may be.
            if parameters[-1][1] in ("slug", "id", "path", "post"):
                unclear |= shown
            dynamic.append((route, is_list, None))
            continue
        if len(shown) > 1:
            unclear |= shown
        shows_more = len(shown) > 1 or not takes or is_list or len(_PARAMS_KEY.findall(text)) != 1
        dynamic.append((route, is_list, None if shows_more else min(shown)))
        for name in shown:
            found[name].append(EntryRoute(f"/{before}", after.partition("]")[2], bool(parameters[0][0]), takes))
    entries = {name: routes[0] if len(routes) == 1 and name not in unclear else None for name, routes in found.items()}
    open_ = [pattern(route, is_list) for route, is_list, name in dynamic if name is None or entries[name] is None]
    all_ = [pattern(route, is_list) for route, is_list, _ in dynamic]
    before_all = tuple(dict.fromkeys(prefixes))
    return Routes(entries, before_all, _any(made), plain, _any(open_), _any(all_), whole=seen < _MOST_FILES)


def _takes(text: str, parameter: str) -> tuple[str, ...]:
    """The properties of an entry that the code `text` gives to `parameter`, the first of several that there is."""
    found = _PARAMS.search(text)
    given = found[2] if found and found[1] == parameter else None
    if given is None and (short := _SHORT.search(text)) and short[1] == parameter:
        values = rf"\b(?:const|let)\s+{parameter}\s*=\s*({_PROPERTY}(?:\s*(?:\?\?|\|\|)\s*{_PROPERTY})*)\s*[;\n]"
        set_once = re.findall(values, text)
        given = set_once[0] if len(set_once) == 1 and len(re.findall(rf"\b{parameter}\s*=[^=]", text)) == 1 else None
    return tuple(one or other for one, other in _TAKEN.findall(given or ""))


def _listed(files: Files, page: str, text: str) -> set[str]:
    """The collection whose entries a function of the site's own lists, which the code `text` of `page` imports."""
    out: set[str] = set()
    for found in _IMPORT.finditer(text):
        if not any(re.search(rf"\b{re.escape(name)}\(", text) for name in re.findall(r"\w+", found[1])):
            continue
        for stem in _resolved(page, found[2]):
            code = next((code for ending in _MODULES if (code := files.read_text(stem + ending))), None)
            if code:
                out |= set(_LIST.findall(code))
                break
    return out if len(out) == 1 else set()


def _resolved(page: str, module: str) -> list[str]:
    """The paths, without ending, that the name of a module of the site's own may stand for."""
    if module.startswith("."):
        return [posixpath.normpath(posixpath.join(posixpath.dirname(page), module))]
    if module.startswith(("@/", "~/", "src/", "@src/")):
        below = module.partition("/")[2]
        return [f"src/{below}"]
    return [f"src/{module.removeprefix('@')}"] if module.startswith("@") else []


def _any(patterns: list[str]) -> "re.Pattern[str] | None":
    return re.compile("|".join(patterns)) if patterns else None


def _walk(files: Files, pages: str) -> Iterator[tuple[str, str]]:
    """The routes below `pages` (`blog/[slug]`) and their files' paths, without names that begin with `_` or `.`."""
    pending, seen = [""], 0
    while pending and seen < _MOST_FILES:
        folder = pending.pop()
        for name, is_folder in files.names(f"{pages}/{folder}".rstrip("/")).items():
            if name.startswith(("_", ".")):
                continue
            seen += 1
            if is_folder:
                pending.append(f"{folder}{name}/")
            else:
                stem = name.rpartition(".")[0]
                yield folder.rstrip("/") if stem == "index" else folder + stem, f"{pages}/{folder}{name}"


def pattern(route: str, is_list: bool = False) -> str:
    """A regular expression, for the whole of an address, that fits what `route` may answer and little more; in one of
    `is_list` the last parameter is the number of a page."""
    out = ""
    segments = route.strip("/").split("/")
    for number, segment in enumerate(segments, 1):
        parameters = _PARAMETER.findall(segment)
        if is_list and number == len(segments) and _PARAMETER.fullmatch(segment):
            return out + (r"(?:/\d+)?" if parameters[0][0] else r"/\d+")
        if any(rest for rest, _ in parameters):
            return f"{out}(?:/.*)?"
        before, _, after = segment.partition("[")
        if len(parameters) == 1:
            out += f"/{re.escape(before)}[^/]+{re.escape(after.partition(']')[2])}"
        else:
            out += "/[^/]+" if parameters else f"/{re.escape(segment)}"
    return out
