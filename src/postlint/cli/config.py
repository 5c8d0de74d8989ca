"""`postlint config`: the settings that apply, what was detected, and where each came from."""

import argparse
import os

from postlint import discovery
from postlint.project import Projects
from postlint.reporters import visible


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="postlint config", description="Show the settings that apply here, or to a file.")
    parser.add_argument("--path", metavar="FILE", help="show what applies to this post")
    parser.add_argument("--config", metavar="FILE", help="the settings, instead of the nearest postlint.toml")
    parser.add_argument("--isolated", action="store_true", help="read no settings and run no user code")
    options = parser.parse_args(arguments)
    projects = Projects(file=options.config, isolated=options.isolated)
    post = discovery.file(options.path, projects) if options.path else None
    project = post.project if post else projects.of(os.path.realpath(os.getcwd()))
    config = project.config
    lines = [
        ("configuration", config.file or "none found", ""),
        ("framework", project.framework.title, project.evidence or ("configured" if config.framework != "auto" else "nothing detected")),
        ("site root", project.root, ""),
    ]
    lines += [(setting.name, setting.value, setting.origin) for setting in project.framework.settings]
    for name in ("select", "extend_select", "ignore", "exclude", "plugins", "severity", "rules"):
        if value := getattr(config, name):
            lines.append((name.replace("_", "-"), value, config.file or ""))
    for mine in config.collections:
        lines.append((f"collection {mine.name}", ", ".join(mine.include), config.file or ""))
    for theirs in project.framework.collections:
        lines.append((f"collection {theirs.name}", ", ".join(theirs.include), project.framework.name))
    if post:
        collection = project.collection(post.path)
        lines.append(("post", post.path, ""))
        lines.append(("in collection", collection.name if collection else "none", ""))
        lines.append(("schema", (collection.schema if collection else None) or "none", ""))
    width = max(len(name) for name, _, _ in lines)
    for name, value, origin in lines:
        shown = ", ".join(map(str, value)) if isinstance(value, (tuple, list)) else value
        print(visible(f"{name:{width}}  {shown}" + (f"  ({origin})" if origin else "")))
    return 0
