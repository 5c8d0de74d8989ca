"""A Next.js site's own settings, as far as they stand literally in `next.config.*` and `package.json`."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.frameworks import own_host
from postlint.frameworks._shared.script_settings import ScriptSettings
from postlint.frameworks.answers import Setting
from postlint.javascript import package_json
from postlint.javascript.literals import UNREADABLE, Function, parse_module

_ADDRESS = re.compile(
    r"\b(?:siteUrl|metadataBase)\s*:\s*(?:process\.env\.\w{1,60}\s*\|\|\s*)?(?:new URL\(\s*)?['\"](https?://[^'\"\s]{1,200})['\"]"
)
_ADDRESSED = (
    *(f"next-sitemap.config.{ending}" for ending in ("js", "cjs", "mjs")),
    *(f"{folder}app/layout.{ending}" for folder in ("", "src/") for ending in ("tsx", "jsx", "js")),
    *(f"data/siteMetadata.{ending}" for ending in ("js", "mjs", "ts")),
)


class NextSettings(NamedTuple):
    """`base` is what all addresses begin with (empty, or `/x`) and `slash` whether they end in one: None if that can't
    be read. `rewritten`: what addresses begin with that rewrites or redirects lead elsewhere, None if code says so.
    `localised`: languages may stand before addresses. `content_base` is what nextra puts before the addresses of its
    content."""

    base: str | None = ""
    slash: bool | None = False
    rewritten: tuple[str, ...] | None = ()
    content_base: str | None = ""
    localised: bool = False
    packages: Mapping[str, str] = {}
    nextra: int | None = None
    reported: tuple[Setting, ...] = ()
    home: own_host.Home | None = None

    def leads_elsewhere(self, address: str) -> bool:
        """Whether `address` may be answered by other means than a file or page of that name."""
        return self.rewritten is None or address.startswith(self.rewritten)


def read(files: Files, name: str | None) -> NextSettings:
    """The settings in the file `name` and in `package.json`; the defaults for what is not set."""
    text = (files.read_text(name) if name else None) or ""
    module = parse_module(text)
    config, packages = module.config, package_json.read(files)
    open_ended = UNREADABLE in (config.get("..."), module.exports.get("default"))
    settings = ScriptSettings(config, name, open_ended)
    setting, reported = settings.read, settings.reported

    base, slash = setting("basePath", ""), setting("trailingSlash", False)
    nextra = package_json.major(files, packages, "nextra") if "nextra" in packages.ranges else None
    if nextra:
        reported.append(Setting("nextra", *nextra))
    return NextSettings(
        base.rstrip("/") if isinstance(base, str) else None,
        slash if isinstance(slash, bool) else None,
        None if open_ended else _rewritten(config),
        _content_base(text),
        "i18n" in config,
        packages.ranges,
        nextra[0] if nextra else 4 if "nextra" in packages.ranges else None,
        tuple(reported),
        own_host.home(_url(files), base.rstrip("/") if isinstance(base, str) else None, adds_base=True),
    )


def _url(files: Files) -> str | None:
    """The site's address, where it stands literally: for its metadata, its site map or, as starters have it, in a file of
    the site's data."""
    for name in _ADDRESSED:
        text = files.read_text(name) if files.is_file(name) else None
        if text and (found := _ADDRESS.search(text)):
            return found[1]
    return None


def _rewritten(config: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The beginnings of the `source` of every rewrite and redirect, up to the first parameter."""
    found = []
    for key in ("rewrites", "redirects"):
        value = config.get(key, ())
        value = value.returns if isinstance(value, Function) else value
        groups = value.values() if isinstance(value, dict) else (value,)
        for group in groups:
            for rule in group if isinstance(group, (list, tuple)) else (None,):
                source = rule.get("source") if isinstance(rule, dict) else None
                if not isinstance(source, str):
                    return None
                found.append(re.split(r"[:*(]", source, maxsplit=1)[0])
    return tuple(found)


def _content_base(text: str) -> str | None:
    """nextra's option, which stands in the call that makes the function around the settings."""
    if "contentDirBasePath" not in text:
        return ""
    found = re.search(r"\bcontentDirBasePath\s*:\s*['\"](/?[^'\"\n]*)['\"]", text)
    return f"/{found[1].strip('/')}".rstrip("/") if found else None
