"""`postlint config`: the settings that apply, what was detected, and where each of them comes from."""

import os
from collections.abc import Mapping

from postlint.cli.arguments import Parser
from postlint.cli.inputs import collection as collection_of
from postlint.projects import discovery
from postlint.projects.project import Projects
from postlint.reporters import visible
from postlint.schema import name_of


def main(arguments: list[str]) -> int:
    parser = Parser("config", "Show the settings that apply to this folder, or to a post.")
    parser.add_argument("--path", metavar="FILE", help="show the settings that apply to this post")
    parser.add_argument("--config", metavar="FILE", help="use this configuration instead of the nearest postlint.toml")
    parser.add_argument("--isolated", action="store_true", help="read no settings and run no user code")
    options = parser.read(arguments)
    projects = Projects(file=options.config, isolated=options.isolated)
    post = discovery.file(options.path, projects) if options.path else None
    project = post.project if post else projects.of(os.path.realpath(os.getcwd()))
    config = project.config
    lines: list[tuple[str, object, str]] = [
        ("configuration", config.file or "none found", ""),
        (
            "framework",
            project.framework.title,
            project.evidence or ("configured" if config.framework != "auto" else "nothing detected"),
        ),
        ("site root", project.root, ""),
    ]
    lines += [(setting.name, setting.value, setting.origin) for setting in project.framework.settings]
    for name in ("select", "extend_select", "ignore", "severity", "exclude", "plugins", "rules"):
        if value := getattr(config, name):
            lines.append((name.replace("_", "-"), value, config.file or ""))
    for table in project.per_path(post.path) if post else config.per_path:
        lines.append((f"per-path {_shown(table.paths)}", f"ignore {_shown(table.ignore)}", config.file or ""))
    for mine in config.collections:
        lines.append((f"collection {mine.name}", mine.include or "the framework's own patterns", config.file or ""))
    told = {name for name, _, _ in lines}
    for theirs in project.framework.collections:
        if f"collection {theirs.name}" not in told:
            lines.append((f"collection {theirs.name}", theirs.include, project.framework.name))
    if post:
        collection = collection_of(post)
        lines.append(("post", post.path, ""))
        lines.append(("in collection", collection.name if collection else "", ""))
        stated = collection.schema if collection else None
        lines.append(("schema", name_of(stated) if stated else "", ""))
    width = max(len(name) for name, _, _ in lines)
    for name, value, origin in lines:
        print(visible(f"{name:{width}}  {_shown(value) or 'none'}" + (f"  ({origin})" if origin else "")))
    return 0


def _shown(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {_shown(item)}" for name, item in value.items())
    return ", ".join(map(_shown, value)) if isinstance(value, (tuple, list)) else str(value)
