"""The packages of a Node.js project: from `package.json`, and from lock files if a range does not decide."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from postlint.files.files import Files

_GROUPS = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
_MAJOR = re.compile(r"[\^~=v\s]*(\d{1,6})(?:\.[\dx*]+)*(?:-[\w.]+)?\s*$")


class Packages(NamedTuple):
    """The packages that a project asks for: name → range of versions. `readable` is False if `package.json`
    is missing or not a JSON object, so that a package's absence means nothing."""

    ranges: Mapping[str, str]
    readable: bool


def read(files: Files) -> Packages:
    """The packages of the project at `files.root`."""
    text = files.read_text("package.json")
    if text is None:
        return Packages({}, False)
    import json

    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return Packages({}, False)
    if not isinstance(data, dict):
        return Packages({}, False)
    ranges: dict[str, str] = {}
    for group in reversed(_GROUPS):
        entries = data.get(group)
        if isinstance(entries, dict):
            ranges.update((name, wanted) for name, wanted in entries.items() if isinstance(wanted, str))
    return Packages(ranges, True)


def major(files: Files, packages: Packages, name: str) -> tuple[int, str] | None:
    """The major version of the package `name` and the file that states it, None if no file does.

    A range such as `^7.1.0` gives it; for others (`>=5`, `latest`, `catalog:`) the lock file is searched.
    """
    wanted = packages.ranges.get(name, "")
    if found := _MAJOR.match(wanted):
        return int(found[1]), "package.json"
    escaped = re.escape(name)
    for file, pattern in (
        ("package-lock.json", rf'"(?:node_modules/)?{escaped}":\s*\{{\s*"version":\s*"(\d+)'),
        ("pnpm-lock.yaml", rf"^ +'?{escaped}'?:(?:\s+specifier: [^\n]*\s+version:)? (\d+)\.|^ +'?/?{escaped}@(\d+)\."),
        ("yarn.lock", rf'^"?{escaped}@[^\n]*:\n  version:? "?(\d+)'),
        ("bun.lock", rf'^ *"{escaped}": \["{escaped}@(\d+)'),
    ):
        text = files.read_text(file)
        if text and (found := re.search(pattern, text, re.MULTILINE)):
            return int(next(group for group in found.groups() if group)), file
    return None
