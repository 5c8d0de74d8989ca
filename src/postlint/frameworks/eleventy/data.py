"""Eleventy's data cascade, as far as it decides about addresses: data files, layouts and global data."""

import json
import posixpath
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.frameworks.eleventy import permalink_code
from postlint.frameworks.eleventy.settings import EleventySettings
from postlint.front_matter import Node, to_data, yaml
from postlint.javascript.literals import UNREADABLE, Function, parse_module

_MOST_FOLDERS = 3000
_NEVER = frozenset(("node_modules", "vendor", "dist", "bower_components"))
_CODE = (".11tydata.js", ".11tydata.cjs", ".11tydata.mjs", ".11tydata.ts")
_KEYS = (
    *("permalink", "layout", "date", "tags", "eleventyComputed", "pagination", "dynamicPermalink"),
    "templateEngineOverride",
)
_HEAD = re.compile(r"\ufeff?---[^\n]*\n(.*?)^---", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"^(permalink|layout)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)


class Data(NamedTuple):
    """What files beside the posts say. `folders` and `posts` hold the values of `_KEYS` by folder, and by the post's
    path without its ending; UNREADABLE stands for what code gives. `layouts` holds the permalink and the layout of each
    layout, by its path in the layouts' folder. `shared` is what holds for all."""

    folders: Mapping[str, Mapping[str, Any]] = {}
    posts: Mapping[str, Mapping[str, Any]] = {}
    layouts: Mapping[str, tuple[str | None, str | None]] = {}
    shared: Mapping[str, Any] = {}
    groups: tuple[str, ...] = ()


def read(files: Files, site: EleventySettings) -> Data:
    """Look through the folders of the site's input once."""
    folders: dict[str, dict[str, Any]] = {}
    posts: dict[str, dict[str, Any]] = {}
    groups: list[str] = []
    at = f"{site.input}/" if site.input else ""
    own_endings = (*(f".11tydata.{each}" for each in site.data_endings), *(f".{each}" for each in site.data_endings))
    skipped = {site.output, f"{at}{site.includes}", f"{at}{site.data}"}
    pending = [site.input]
    for _ in range(_MOST_FOLDERS):
        if not pending:
            break
        folder = pending.pop()
        names = files.names(folder)
        own = folder.rpartition("/")[2]
        for name, is_folder in names.items():
            path = f"{folder}/{name}" if folder else name
            if is_folder:
                if name not in _NEVER and not name.startswith(".") and path not in skipped:
                    pending.append(path)
            elif name.endswith((".json", *_CODE, *own_endings)):
                stem, found = name, None
                for ending in (*_CODE, ".11tydata.json", ".json", *own_endings):
                    if name.endswith(ending):
                        stem = name[: -len(ending)]
                        break
                into = folders if stem == own else posts if _has_post(names, stem) else None
                if into is not None:
                    found = _values(files.read_text(path) or "", name.rpartition(".")[2])
                    key = folder if into is folders else posixpath.join(folder, stem)
                    # Code is stronger than JSON, and a name with `.11tydata` than one without.
                    strong = ".11tydata." in name
                    into[key] = {**into.get(key, {}), **found} if strong else {**found, **into.get(key, {})}
        if own in ("posts", "blog", "articles", "notes", "content") or folder in folders:
            groups.append(folder)
    return Data(
        folders, posts, _layouts(files, site), _shared(files, site), tuple(g for g in groups if g != site.input)
    )


def _has_post(names: Mapping[str, bool], stem: str) -> bool:
    return any(f"{stem}.{ending}" in names for ending in ("md", "njk", "liquid", "html", "mdx", "markdown"))


def _values(text: str, ending: str) -> dict[str, Any]:
    if ending not in ("js", "cjs", "mjs", "ts"):
        data = _loaded(text, ending)
        if data is UNREADABLE:
            return {"permalink": UNREADABLE} if "permalink" in text else {}
        return {key: data[key] for key in _KEYS if key in data} if isinstance(data, dict) else {}
    exported = parse_module(text).exports.get("default", UNREADABLE)
    if isinstance(exported, Function):
        exported = exported.returns
    if not isinstance(exported, dict):
        return {"permalink": UNREADABLE} if "permalink" in text else {}
    out = {key: exported[key] for key in _KEYS if key in exported}
    if "permalink" in text and "permalink" not in out:
        out["permalink"] = UNREADABLE
    made = permalink_code.template(text) if isinstance(out.get("permalink"), Function) else None
    if made is not None:
        out["permalink"] = made
    computed = out.get("eleventyComputed")
    if isinstance(computed, dict) and isinstance(computed.get("permalink"), Function):
        made = permalink_code.template(text[text.index("eleventyComputed") :])
        out["eleventyComputed"] = {**computed, "permalink": UNREADABLE if made is None else made}
    return {key: value if isinstance(value, (str, bool, list, dict)) else UNREADABLE for key, value in out.items()}


def _loaded(text: str, ending: str) -> object:
    """The data of a file, by the parsers that sites give Eleventy for these endings; UNREADABLE for another ending."""
    if ending == "json":
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return {}
    if ending not in ("yml", "yaml"):
        return UNREADABLE
    root = yaml.parse(text, 0, "js-yaml-4")
    return to_data(root) if isinstance(root, Node) else {}


def _layouts(files: Files, site: EleventySettings) -> dict[str, tuple[str | None, str | None]]:
    at = f"{site.input}/" if site.input else ""
    out: dict[str, tuple[str | None, str | None]] = {}
    for base in dict.fromkeys((site.layouts, site.includes)):
        if not base:
            continue
        root = posixpath.normpath(at + base)
        pending = [""]
        for _ in range(200):
            if not pending:
                break
            folder = pending.pop()
            for name, is_folder in files.names(f"{root}/{folder}".rstrip("/")).items():
                if is_folder:
                    pending.append(f"{folder}{name}/")
                elif name.endswith((".njk", ".liquid", ".html", ".11ty.js", ".webc", ".hbs", ".ejs", ".md", ".vto")):
                    head = _HEAD.match(files.read_text(f"{root}/{folder}{name}") or "")
                    found = dict(_KEY.findall(head[1])) if head else {}
                    out.setdefault(folder + name, (found.get("permalink"), _plain(found.get("layout"))))
    return out


def _plain(text: str | None) -> str | None:
    return text.strip("\"'") if text else None


def _shared(files: Files, site: EleventySettings) -> dict[str, Any]:
    at = f"{site.input}/" if site.input else ""
    names = files.names(posixpath.normpath(at + site.data))
    out: dict[str, Any] = {}
    for name, is_folder in names.items():
        stem, _, ending = name.partition(".")
        if is_folder or stem not in ("permalink", "layout", "eleventyComputed"):
            continue
        text = files.read_text(f"{at}{site.data}/{name}") or ""
        if ending != "json":
            if stem != "eleventyComputed" or "permalink" in text:
                out["permalink" if stem == "eleventyComputed" else stem] = UNREADABLE
            continue
        try:
            out[stem] = json.loads(text)
        except (ValueError, RecursionError):
            out[stem] = UNREADABLE
    if site.permalink is not None:
        out["permalink"] = site.permalink if isinstance(site.permalink, (str, bool)) else UNREADABLE
    return out
