"""`postlint schema`: the JSON Schema of a post's front matter."""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from postlint import schema
from postlint.checking.checker import Checker
from postlint.cli.arguments import Parser
from postlint.cli.inputs import collection as collection_of
from postlint.cli.inputs import data as data_of
from postlint.errors import PostlintError
from postlint.files import reading
from postlint.projects import discovery
from postlint.projects.project import Project, Projects
from postlint.schema.completion import with_examples


def main(arguments: list[str]) -> int:
    parser = Parser("schema", "Print the JSON Schema of the posts' front matter.")
    parser.add_argument("--path", metavar="FILE", help="print the schema of this post")
    parser.add_argument("--config", metavar="FILE", help="use this configuration instead of the nearest postlint.toml")
    options = parser.read(arguments)
    projects = Projects(file=options.config)
    post = discovery.file(options.path, projects) if options.path else None
    project = post.project if post else projects.of(os.path.realpath(os.getcwd()))
    source = _source(project, post)
    described = schema.load(source, project.config.root or os.getcwd()).json_schema()
    offered = with_examples(described, _data(project, projects, source))
    print(json.dumps(offered, ensure_ascii=False, indent=2, default=str))
    return 0


def _data(project: Project, projects: Projects, source: "str | schema.Stated") -> Iterator[Mapping[str, Any]]:
    """The front matter of the posts that `source` applies to."""
    checker = Checker(project, [])
    for post in discovery.site(project, projects):
        collection = collection_of(post)
        own = collection.schema if collection else None
        if own is None or schema.name_of(own) == schema.name_of(source):
            try:
                yield checker.document(post.path, reading.read(post.full)).data
            except reading.Unreadable:
                continue


def _source(project: Project, post: discovery.Post | None) -> "str | schema.Stated":
    """The schema of `post`, or the one that all posts of the project have. Raises PostlintError."""
    if post is not None:
        collection = collection_of(post)
        sources: list[str | schema.Stated] = [collection.schema] if collection and collection.schema else []
        if not sources:
            sources += [stated for _, stated in project.declared(post.path, data_of(post))][:1]
    else:
        sources = [collection.schema for collection in project.config.collections if collection.schema]
        sources += [] if sources else project.framework.schemas.values()
        tools = project.framework.sources
        sources += [] if sources else [kept.schema for tool in tools for kept in tool.kept if kept.schema]
    if len({schema.name_of(source) for source in sources}) > 1:
        raise PostlintError("the posts here have different schemas; name one post with --path")
    if sources:
        return sources[0]
    if project.framework.name in schema.builtin_names():
        return project.framework.name
    raise PostlintError("no schema is configured here; set `schema` in a [[collections]] table of postlint.toml")
