"""A Pelican site's own settings: the literal assignments of `pelicanconf.py`, which is never run."""

import posixpath
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.frameworks import own_host
from postlint.frameworks._shared import python_settings
from postlint.frameworks.answers import Setting
from postlint.frameworks.pelican import list_settings as lists
from postlint.frameworks.pelican.list_settings import ListSettings

CONFIG = "pelicanconf.py"
_PUBLISHED = "publishconf.py"
_SLUG_RULES = (("[^\\w\\s-]", ""), ("(?u)\\A\\s*", ""), ("(?u)\\s*\\Z", ""), ("[-\\s]+", "-"))
_METADATA = ("DEFAULT_METADATA", "EXTRA_PATH_METADATA")
_DATED = r"(?P<date>\d{4}-\d{2}-\d{2}).*"
_URLS = {
    "ARTICLE_SAVE_AS": "{slug}.html",
    "ARTICLE_LANG_SAVE_AS": "{slug}-{lang}.html",
    "DRAFT_SAVE_AS": "drafts/{slug}.html",
    "DRAFT_LANG_SAVE_AS": "drafts/{slug}-{lang}.html",
    "PAGE_SAVE_AS": "pages/{slug}.html",
    "PAGE_LANG_SAVE_AS": "pages/{slug}-{lang}.html",
    "DRAFT_PAGE_SAVE_AS": "drafts/pages/{slug}.html",
    "DRAFT_PAGE_LANG_SAVE_AS": "drafts/pages/{slug}-{lang}.html",
}


# What may set anything besides the assignments.
_OPEN = re.compile(
    r"^(?:globals|locals|vars)\(\)\.update\(|^(?:exec|execfile)\(|^from\s+[\w.]+\s+import\s+\*", re.MULTILINE
)
_COPY = re.compile(r"\b(?:cp|rsync|mv)\b[^\n#]*[\s\"'/](?:output|public)/?[\"']?\s*$", re.MULTILINE)


class PelicanSettings(NamedTuple):
    """`content` is the folder of the contents (empty: the root), None if it lies outside. `save_as` has templates of
    output files, None if one can't be read. `slug_rules` are substitutions, None if they are unusual. `dated`: an
    article may have its date from the settings; `default_date` is the one that they give to all without. `moved`: where
    EXTRA_PATH_METADATA puts files, None if that is not known. `base` is the path of SITEURL. `anchored`: headings
    have the ids of Python-Markdown's `toc`, which is off by default. `defaults` and `placed` are the metadata of all files,
    and of those below a path; `ignored` globs of names."""

    content: str | None = "content"
    articles: tuple[str, ...] = ("",)
    excluded: tuple[str, ...] = ("pages",)
    pages: tuple[str, ...] = ("pages",)
    static: tuple[str, ...] | None = ("images",)
    save_as: tuple[tuple[str, str | None], ...] = tuple(_URLS.items())
    named: "tuple[re.Pattern[str] | None, ...] | None" = (re.compile(_DATED),)
    by_path: "tuple[re.Pattern[str], ...] | None" = ()
    slug_source: str = "title"
    slug_rules: tuple[tuple[str, str], ...] | None = _SLUG_RULES
    unicode: bool = False
    keep_case: bool = False
    language: str = "en"
    category: str = "misc"
    folder_category: bool = True
    dated: bool = False
    default_date: str | None = None
    future: bool = True
    zone: str = "UTC"
    moved: tuple[str, ...] | None = ()
    base: str = ""
    anchored: bool = False
    plugins: tuple[str, ...] = ()
    defaults: Mapping[str, str] = {}
    placed: tuple[tuple[str, dict[str, str]], ...] = ()
    ignored: tuple[str, ...] = ()
    category_rules: tuple[tuple[str, str], ...] | None = ()
    author_rules: tuple[tuple[str, str], ...] | None = ()
    reported: tuple[Setting, ...] = ()
    tag_rules: tuple[tuple[str, str], ...] | None = ()
    made: ListSettings = ListSettings()
    home: own_host.Home | None = None


def read(files: Files) -> PelicanSettings:
    """The settings of the site at `files.root`; the defaults for what is not set."""
    text = files.read_text(CONFIG) or ""
    values = python_settings.assignments(text)
    open_ended = _OPEN.search(text) is not None
    reported = []

    def setting(key: str, default: Any, kind: type | tuple[type, ...]) -> Any:
        value = values.get(key, default)
        sound = isinstance(value, kind)
        reported.append(
            Setting(key, value if sound else "unreadable", CONFIG)
            if key in values
            else Setting(key, default, "assumed")
        )
        return value if sound else None

    # `pelican content` names the folder where the settings do not.
    usual = "content" if files.find_folder("content").status == "ok" else None
    folder = setting("PATH", usual or ".", str)
    if folder is None or folder.startswith("/"):
        folder = usual
    content = None if folder is None else posixpath.normpath(folder)
    pages = [_below(each) for each in _texts(setting("PAGE_PATHS", ["pages"], (list, tuple)))]
    articles = [_below(each) for each in _texts(setting("ARTICLE_PATHS", [""], (list, tuple)))]
    excluded = _texts(setting("ARTICLE_EXCLUDES", [], (list, tuple)))
    static = setting("STATIC_PATHS", ["images"], (list, tuple))
    rules = setting("SLUG_REGEX_SUBSTITUTIONS", _SLUG_RULES, (list, tuple))
    named = setting("FILENAME_METADATA", _DATED, str) if values.get("FILENAME_METADATA", "") is not None else ""
    by_path = setting("PATH_METADATA", "", str)
    url = setting("SITEURL", "", str) or ""
    base = _path(url)
    plugins = setting("PLUGINS", [], (list, tuple))
    is_all = not (open_ended and "STATIC_PATHS" not in values) and not _copies(files)
    return PelicanSettings(
        None if content is None or content.startswith("..") else "" if content == "." else content,
        tuple(articles),
        (*excluded, *pages),
        tuple(pages),
        tuple(each.strip("/") for each in _texts(static)) if static is not None and is_all else None,
        tuple((key, setting(key, default, str)) for key, default in _URLS.items()),
        _safe(named),
        _safe(by_path),
        setting("SLUGIFY_SOURCE", "title", str) or "title",
        _rules(rules),
        setting("SLUGIFY_USE_UNICODE", False, bool) is True,
        setting("SLUGIFY_PRESERVE_CASE", False, bool) is True,
        setting("DEFAULT_LANG", "en", str) or "en",
        setting("DEFAULT_CATEGORY", "misc", str) or "misc",
        setting("USE_FOLDER_AS_CATEGORY", True, bool) is not False,
        open_ended
        or bool(values.get("DEFAULT_DATE"))
        or any(_texts_of(values.get(key, {})) is None for key in _METADATA),
        _date(values.get("DEFAULT_DATE")),
        setting("WITH_FUTURE_DATES", True, bool) is not False,
        setting("TIMEZONE", "UTC", str) or "UTC",
        _moved(values.get("EXTRA_PATH_METADATA", {})),
        base,
        _anchored(values.get("MARKDOWN")),
        tuple(_texts(plugins)) if plugins is not None else ("unreadable",),
        _defaults(values),
        _placed(values.get("EXTRA_PATH_METADATA")),
        tuple(_texts(setting("IGNORE_FILES", [], (list, tuple)))),
        _rules(setting("CATEGORY_REGEX_SUBSTITUTIONS", (), (list, tuple))),
        _rules(setting("AUTHOR_REGEX_SUBSTITUTIONS", (), (list, tuple))),
        tuple(reported),
        _rules(setting("TAG_REGEX_SUBSTITUTIONS", (), (list, tuple))),
        lists.read(values),
        _home(files, url, base, _texts(static)),
    )


def _copies(files: Files) -> bool:
    """Whether a workflow copies files into the output after the build."""
    folder = ".github/workflows"
    names = [name for name in files.names(folder) if name.endswith((".yml", ".yaml"))]
    return any(_COPY.search(files.read_text(f"{folder}/{name}") or "") for name in names)


def _path(url: str) -> str:
    """The path of a site's address, without a slash at its end."""
    found = re.match(r"(?:https?:)?//[^/]+(/.*)", url)
    return found[1].rstrip("/") if found else ""


def _home(files: Files, url: str, base: str, static: list[str]) -> own_host.Home | None:
    """Where SITEURL says that the site is served; by custom, only the settings for publishing have it."""
    if not url:
        url = str(python_settings.assignments(files.read_text(_PUBLISHED) or "").get("SITEURL", ""))
    home = own_host.home(url, _path(url), adds_base=_path(url) != base)
    return home._replace(folders=tuple(each.strip("/").partition("/")[0] for each in static)) if home else None


def _texts_of(value: object) -> dict[str, str] | None:
    """The texts of a mapping, without its other values; None if it is not a mapping."""
    if not isinstance(value, dict):
        return None
    return {key: each for key, each in value.items() if isinstance(key, str) and isinstance(each, str)}


def _defaults(values: Mapping[str, Any]) -> dict[str, str]:
    author = values.get("AUTHOR")
    own = {"author": author} if isinstance(author, str) and author else {}
    reported = {**own, **(_texts_of(values.get("DEFAULT_METADATA")) or {})}
    # DEFAULT_CATEGORY is set afterwards.
    return {key: value for key, value in reported.items() if key != "category"}


def _placed(value: object) -> tuple[tuple[str, dict[str, str]], ...]:
    """EXTRA_PATH_METADATA in the order of its paths, in which a longer one comes after those that it lies in."""
    if not isinstance(value, dict):
        return ()
    return tuple((path, _texts_of(each) or {}) for path, each in sorted(value.items()) if isinstance(path, str))


def _moved(value: object) -> tuple[str, ...] | None:
    """The paths that EXTRA_PATH_METADATA names."""
    if not isinstance(value, dict) or not all(isinstance(each, dict) for each in value.values()):
        return None
    paths = [each.get("path", "") for each in value.values()]
    known = all(isinstance(path, str) and "{" not in path for path in paths)
    return tuple(path.strip("/") for path in paths) if known else None


def _date(value: object) -> str | None:
    """DEFAULT_DATE as text: a text, or what `datetime` is made of; None if it is the time of the file (`fs`)."""
    from datetime import datetime

    if isinstance(value, str):
        return value if value and value != "fs" else None
    try:
        return datetime(*value).isoformat(" ") if isinstance(value, (tuple, list)) else None
    except (TypeError, ValueError, OverflowError):
        return None


def _anchored(options: Any) -> bool:
    options = options if isinstance(options, dict) else {}
    names, configs = options.get("extensions"), options.get("extension_configs")
    own = configs.get("markdown.extensions.toc") if isinstance(configs, dict) else None
    listed = isinstance(names, (list, tuple)) and bool({"toc", "markdown.extensions.toc"} & set(_texts(names)))
    return "slugify" not in own if isinstance(own, dict) else listed


def _below(folder: str) -> str:
    return posixpath.normpath(folder or ".").removeprefix(".").strip("/")


def _texts(value: Any) -> list[str]:
    return [each for each in value or () if isinstance(each, str)]


def _safe(pattern: Any) -> "tuple[re.Pattern[str], ...] | None":
    """A site's own regular expression, where it is sure to be quick; None if it is not."""
    if pattern == "":
        return ()
    if not isinstance(pattern, str) or len(pattern) > 200:
        return None
    if re.search(r"\)[*+?{]", pattern) or sum(map(pattern.count, "*+")) > 3:
        return None
    try:
        return (re.compile(pattern),)
    except (re.error, OverflowError):
        return None


def _rules(value: Any) -> tuple[tuple[str, str], ...] | None:
    if value is None:
        return None
    out = []
    for each in value:
        if not isinstance(each, (list, tuple)) or len(each) < 2 or not all(isinstance(part, str) for part in each[:2]):
            return None
        rule = (each[0], each[1])
        if rule not in _SLUG_RULES and _safe(rule[0]) is None:
            return None
        out.append(rule)
    return tuple(out)
