"""A Quartz site's own settings: `quartz.config.ts` of version 4, `quartz.config.yaml` of version 5.

Sources: jackyzha0/quartz 4.5 (quartz/cfg.ts, quartz/plugins), 5.0 (plugins/loader/config-loader.ts); builds with 4.5.
"""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

from postlint.files.files import Files
from postlint.frameworks._shared import site_settings
from postlint.frameworks.answers import Setting
from postlint.javascript.literals import UNREADABLE, Call, parse_module

CONTENT = "content"
_IGNORED = ("private", "templates", ".obsidian")

Resolution = Literal["shortest", "absolute", "relative"]


class QuartzSettings(NamedTuple):
    """`version` is 4 or 5. `ignored` are globs below `content/`. `base` is the path of `baseUrl`. `resolution` says how
    links are looked for. `drafts_hidden`: `draft: true` hides a note; `explicit`: only `publish: true` shows one.
    `folders`, `aliases`, `assets`: lists of folders, redirects and other files are written. `wikilinks`: `[[…]]` is a link.
    `marks` and `language` are those of front matter. `dates`: it gives the dates of notes. `readable` is False if code
    decides about all this."""

    version: int = 4
    ignored: tuple[str, ...] = _IGNORED
    base: str = ""
    resolution: Resolution = "shortest"
    drafts_hidden: bool = True
    explicit: bool = False
    folders: bool = True
    aliases: bool = True
    assets: bool = True
    wikilinks: bool = True
    marks: str = "---"
    language: Literal["yaml", "toml"] = "yaml"
    dates: bool = True
    readable: bool = True
    reported: tuple[Setting, ...] = ()


def read(files: Files, name: str) -> QuartzSettings:
    """The settings in the file `name`."""
    if name.endswith(".ts"):
        config: Any = parse_module(files.read_text(name) or "").exports.get("default", UNREADABLE)
        if not isinstance(config, Mapping):
            return QuartzSettings(readable=False)
        general, plugins = config.get("configuration"), _called(config.get("plugins"))
    else:
        config = site_settings.read(files, name)
        if config is None:
            return QuartzSettings(version=5, readable=False)
        general, plugins = config.get("configuration"), _listed(config.get("plugins"))
    if not isinstance(general, Mapping) or plugins is None:
        return QuartzSettings(4 if name.endswith(".ts") else 5, readable=False)
    return _settings(4 if name.endswith(".ts") else 5, general, dict(plugins), name)


def _settings(
    version: int, general: Mapping[str, Any], plugins: dict[str, Mapping[str, Any]], name: str
) -> QuartzSettings:
    ignored = general.get("ignorePatterns", [])
    base = general.get("baseUrl")
    links = plugins.get("crawllinks", {})
    how = links.get("markdownLinkResolution", "absolute")
    obsidian = plugins.get("obsidianflavoredmarkdown")
    matter = plugins.get("frontmatter", {})
    marks = matter.get("delimiters")
    sources = plugins.get("createdmodifieddate", {}).get("priority")
    return QuartzSettings(
        version,
        tuple(each for each in ignored if isinstance(each, str)) if isinstance(ignored, list) else (),
        # Quartz wants no scheme here, yet serves the same addresses with one.
        urlsplit(f"//{base.rpartition('://')[2]}").path.rstrip("/") if isinstance(base, str) else "",
        how if how in ("shortest", "relative") else "absolute",
        "removedrafts" in plugins or "removedraft" in plugins,
        "explicitpublish" in plugins,
        "folderpage" in plugins,
        "aliasredirects" in plugins,
        "assets" in plugins or version == 5,
        obsidian is not None and obsidian.get("wikilinks") is not False,
        marks if isinstance(marks, str) and marks.strip() else "---",
        "toml" if matter.get("language") == "toml" else "yaml",
        not isinstance(sources, (list, tuple)) or "frontmatter" in sources,
        True,
        (Setting("baseUrl", base, name), Setting("markdownLinkResolution", how, name)),
    )


def _called(groups: Any) -> Iterator[tuple[str, Mapping[str, Any]]] | None:
    """The plugins of version 4, which are calls in three lists: their names in lower case, and their options."""
    if not isinstance(groups, Mapping):
        return None
    calls: list[Call] = []
    for key in ("transformers", "filters", "emitters"):
        plugins = groups.get(key)
        if not isinstance(plugins, list):
            return None
        calls += [each for each in plugins if isinstance(each, Call)]
    return (
        (call.name.rpartition(".")[2].lower(), call.args[0] if call.args and isinstance(call.args[0], Mapping) else {})
        for call in calls
    )


def _listed(plugins: Any) -> Iterator[tuple[str, Mapping[str, Any]]] | None:
    """Those of version 5, which are entries of one list."""
    if not isinstance(plugins, list):
        return None
    entries = [each for each in plugins if isinstance(each, Mapping) and each.get("enabled") is not False]
    return (
        (
            posixpath.basename(str(each.get("source", ""))).replace("-", "").lower(),
            each["options"] if isinstance(each.get("options"), Mapping) else {},
        )
        for each in entries
    )
