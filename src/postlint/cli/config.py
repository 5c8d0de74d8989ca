"""`postlint config`: the settings that apply, what was detected, and where each of them comes from."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from postlint.cli.arguments import Parser
from postlint.cli.inputs import collection as collection_of
from postlint.cli.inputs import data as data_of
from postlint.projects import discovery
from postlint.projects.project import Project, Projects
from postlint.reporters import count, visible
from postlint.schema import name_of
from postlint.schema.sources import Source
from postlint.settings import Config


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
    lines += [(setting.name, setting.value, _of_site(setting.origin)) for setting in project.framework.settings]
    lines += [_tool(source) for source in project.framework.sources]
    lines += _settings(config)
    lines += _per_path(config, project.per_path_numbers(post.path) if post else range(len(config.per_path)))
    lines += _collections(project, projects)
    if post is None:
        below = discovery.sites_below(project, projects)
        lines += [("another site", site.root, site.evidence or site.config.file or "") for site in below]
    if post:
        collection = collection_of(post)
        lines.append(("post", post.path, ""))
        lines.append(("in collection", collection.name if collection else "", ""))
        stated = collection.schema if collection else None
        reader = project.reader(post.path)
        title = reader[0].title if reader and reader[0].reads else ""
        lines.append(("schema", name_of(stated) if stated else "", title))
        is_own = stated is not None and stated in [one.schema for one in config.collections]
        declared = [] if is_own else project.declared(post.path, data_of(post))
        lines += [("also checked against", each.source, source.title) for source, each in declared]
    width = max(len(name) for name, _, _ in lines)
    for name, value, origin in lines:
        print(visible(f"{name:{width}}  {_shown(value) or 'none'}" + (f"  ({origin})" if origin else "")))
    return 0


def _of_site(origin: str) -> str:
    """Where a setting of the site was read."""
    return "not found, so assumed" if origin == "assumed" else origin


def _tool(source: Source) -> tuple[str, object, str]:
    """A content tool of the site: what it declares, and where."""
    known = sum(kept.schema is not None for kept in source.kept)
    what = "reads the site's posts" if source.reads else "edits the site's posts"
    return source.title, f"{what}; {count(known, 'schema')}", source.path


def _settings(config: Config) -> Iterator[tuple[str, object, str]]:
    """The settings that are set; a table of several, in a line for each place that they come from."""
    for name in ("select", "extend_select", "ignore", "exclude", "plugins"):
        if value := getattr(config, name):
            yield name.replace("_", "-"), value, _origin(config, name.replace("_", "-"))
    for name in ("severity", "rules", "format"):
        table: Mapping[str, object] = getattr(config, name)
        by_origin: dict[str, dict[str, object]] = {}
        for key, value in table.items():
            options = value if name == "rules" and isinstance(value, Mapping) else {"": value}
            for option, one in options.items():
                place = _origin(config, f"{name}.{key}.{option}" if option else f"{name}.{key}")
                by_origin.setdefault(place, {})[f"{key}.{option}" if option else key] = one
        for origin, values in by_origin.items():
            yield name, values, origin


def _per_path(config: Config, numbers: Iterable[int]) -> Iterator[tuple[str, object, str]]:
    for number in numbers:
        table = config.per_path[number]
        values = {name.replace("_", "-"): value for name, value in table._asdict().items() if value and name != "paths"}
        if table.select is not None:
            values["select"] = table.select
        yield f"per-path {_shown(table.paths)}", values, _origin(config, f"per-path[{number}].paths")


def _collections(project: Project, projects: Projects) -> Iterator[tuple[str, object, str]]:
    """The collections, with the number of their posts (by their paths)."""
    mine, title = project.config.collections, project.framework.title
    configured = {(each.name, each.include, each.exclude) for each in mine}
    of_mine, of_theirs = Counter[str](), Counter[str]()
    for post in discovery.site(project, projects):
        if found := project.collection(post.path):
            is_mine = (found.name, found.include, found.exclude) in configured
            (of_mine if is_mine else of_theirs)[found.name] += 1
    told: set[str] = set()
    for number, each in enumerate(mine):
        own = next((theirs.include for theirs in project.own_collections if theirs.name == each.name), ())
        said = [_origin(project.config, f"collections[{number}].name")]
        if each.name not in told:
            said.append(count(of_mine[each.name], "post"))
        if own and not of_theirs[each.name]:
            whose = "what was found" if project.framework.name == "none" else f"{title}'s own"
            said.append(f"{'instead of' if each.include else 'with the patterns of'} {whose}")
        yield f"collection {each.name}", each.include or own, "; ".join(said)
        told.add(each.name)
    for theirs in project.own_collections:
        # What the configuration leaves to the framework is still read. Folders that no framework names may hold no post.
        is_guess = theirs.guessed or project.framework.name == "none"
        if of_theirs[theirs.name] or not (theirs.name in told or is_guess):
            said = [project.framework.name, count(of_theirs[theirs.name], "post")]
            yield f"collection {theirs.name}", theirs.include, "; ".join(said)


def _origin(config: Config, name: str) -> str:
    """Where a setting comes from: its file and line, or the whole configuration's file."""
    origin = config.origins.get(name)
    return f"{_path(origin.file)}:{origin.line}" if origin else _path(config.file or "")


def _path(path: str) -> str:
    return path.removeprefix(os.path.join(os.getcwd(), ""))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"  # as TOML, YAML, JSON and JavaScript write them
    if isinstance(value, Mapping):
        return ", ".join(f"{name} = {_inner(item)}" for name, item in value.items())
    return ", ".join(map(_shown, value)) if isinstance(value, (tuple, list)) else str(value)


def _inner(value: object) -> str:
    """The same of a value in a table: a table there has braces, as in TOML."""
    return f"{{ {_shown(value)} }}" if isinstance(value, Mapping) else _shown(value)
