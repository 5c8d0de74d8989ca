"""`postlint schema`: the JSON Schema of a post's front matter."""

import json
import os

from postlint import discovery, schema
from postlint.cli.arguments import Parser
from postlint.errors import PostlintError
from postlint.project import Projects


def main(arguments: list[str]) -> int:
    parser = Parser("schema", "Print the JSON Schema that applies to the posts.")
    parser.add_argument("--path", metavar="FILE", help="of this post")
    parser.add_argument("--config", metavar="FILE", help="the settings, instead of the nearest postlint.toml")
    options = parser.read(arguments)
    projects = Projects(file=options.config)
    if options.path:
        post = discovery.file(options.path, projects)
        project = post.project
        collection = project.collection(post.path)
        sources = [collection.schema] if collection and collection.schema else []
    else:
        project = projects.of(os.path.realpath(os.getcwd()))
        sources = list(dict.fromkeys(c.schema for c in project.config.collections if c.schema))
    if len(sources) > 1:
        raise PostlintError("several schemas apply here; name a post with --path")
    source = sources[0] if sources else project.framework.name
    if not sources and source not in schema.builtin_names():
        raise PostlintError("no schema is configured here; set `schema` in a [[collections]] table of postlint.toml")
    print(
        json.dumps(schema.load(source, project.config.root or os.getcwd()).json_schema(), ensure_ascii=False, indent=2)
    )
    return 0
