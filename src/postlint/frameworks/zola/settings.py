"""A Zola site's own settings: `config.toml` (after 0.22 also `zola.toml`)."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from postlint.files.files import Files
from postlint.frameworks import own_host
from postlint.frameworks._shared.site_settings import read, table, texts
from postlint.frameworks.answers import Setting

_BASE_OPTION = re.compile(r"--base-url\b|\bzola\b[^\n]* -u[ =]")
_OTHERS = ("netlify.toml", "vercel.json", "package.json", "Makefile", "justfile")


class ZolaSettings(NamedTuple):
    """`base` is None if it is not known, else without a slash at its end. `languages` are those besides the
    default one. `taxonomies` is None if they are not known; `rendered` are those of the default language that get
    pages, each with the number of posts a page, 0 for all. `feeds` are the names of the feeds.
    `anchors`: how headings get their ids, as `slugs`."""

    base: str | None = ""
    language: str = "en"
    languages: frozenset[str] = frozenset()
    taxonomies: frozenset[str] | None = frozenset()
    slugs: str = "on"
    keep_dates: bool = False
    ignored: tuple[str, ...] = ()
    ignored_static: tuple[str, ...] = ()
    static: tuple[str, ...] = ("static",)
    templates: tuple[str, ...] = ("templates",)
    unseen: bool = False
    anchors: str = "on"
    reported: tuple[Setting, ...] = ()
    home: own_host.Home | None = None
    rendered: Mapping[str, int] = {}
    feeds: tuple[str, ...] = ()


def read_settings(files: Files, name: str | None) -> ZolaSettings:
    """The settings of the site at `files.root`, in the file called `name`; the defaults for what is not set."""
    config = read(files, name) if name else None
    known = config is not None
    config = config or {}
    language = config.get("default_language")
    language = language if isinstance(language, str) else "en"
    languages = table(config, "languages")
    slugs = table(config, "slugify").get("paths")
    anchors = table(config, "slugify").get("anchors")
    theme = config.get("theme")
    folder = f"themes/{theme}" if isinstance(theme, str) and theme and "/" not in theme else None
    seen = folder is None or bool(files.names(folder))
    groups = [config, *(options for options in languages.values() if isinstance(options, dict))]
    listed = [group["taxonomies"] for group in groups if isinstance(group.get("taxonomies"), list)]
    terms = {
        each["name"]
        for taxonomies in listed
        for each in taxonomies
        if isinstance(each, dict) and isinstance(each.get("name"), str)
    }
    base, origin = _base(files, config, name or "assumed")
    made = ZolaSettings(
        base if known else None,
        language,
        frozenset(languages) - {language},
        frozenset(terms) if known else None,
        slugs if slugs in ("safe", "off") else "on",
        table(config, "slugify").get("paths_keep_dates") is True,
        tuple(texts(config.get("ignored_content"))),
        tuple(texts(config.get("ignored_static"))),
        ("static", f"{folder}/static") if folder else ("static",),
        ("templates", f"{folder}/templates") if folder else ("templates",),
        not known or not seen,
        anchors if anchors in ("safe", "off") else "on",
        rendered=_rendered(config),
        feeds=_feeds(config),
    )
    origin_of = name if known else "assumed"
    reported = (
        Setting("base_url path", "unknown" if made.base is None else made.base or "/", origin),
        Setting("languages", [language, *sorted(made.languages)], origin_of or "assumed"),
        Setting("slugify.paths", made.slugs, origin_of or "assumed"),
        Setting("taxonomies", sorted(terms), origin_of or "assumed"),
        Setting("theme", theme if isinstance(theme, str) else "none", origin_of or "assumed"),
    )
    domains = own_host.domains(files, ("", *made.static))
    home = own_host.home(config.get("base_url"), "" if domains and not base else base, domains=domains)
    return made._replace(reported=reported, home=home)


def _rendered(config: dict[str, object]) -> dict[str, int]:
    listed = config.get("taxonomies")
    out = {}
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, dict) and isinstance(name := each.get("name"), str) and each.get("render") is not False:
            if "lang" in each or "paginate_path" in each:
                continue
            size = each.get("paginate_by")
            out[name] = size if isinstance(size, int) else 0
    return out


def _feeds(config: dict[str, object]) -> tuple[str, ...]:
    if config.get("generate_feeds", config.get("generate_feed")) is not True:
        return ()
    return tuple(texts(config.get("feed_filenames", config.get("feed_filename", "atom.xml"))))


def _base(files: Files, config: dict[str, object], name: str) -> tuple[str | None, str]:
    from urllib.parse import unquote, urlsplit

    value = config.get("base_url")
    path = unquote(urlsplit(value).path).strip("/") if isinstance(value, str) and len(value) < 2000 else ""
    if not path:
        return "", name
    if files.is_file("CNAME") or files.is_file("static/CNAME"):
        return None, "CNAME"
    folder = ".github/workflows"
    hidden = files.find_folder(".github").status == "ok"
    flows = [f"{folder}/{each}" for each in sorted(files.names(folder))[:20]] if hidden else []
    for other in (*_OTHERS, *flows):
        text = files.read_text(other) if files.is_file(other) else None
        if text and _BASE_OPTION.search(text):
            return None, other
    return f"/{path}", name
