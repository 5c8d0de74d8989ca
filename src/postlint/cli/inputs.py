"""Which posts a command is about, and which settings hold for them: paths, the site that is here, or standard input."""

import argparse
import os
import sys

from postlint.errors import PostlintError
from postlint.files import reading
from postlint.posts.document import Document
from postlint.projects import discovery
from postlint.projects.config import check_framework
from postlint.projects.project import Projects
from postlint.settings import CollectionConfig, Config
from postlint.text import Text


def add_options(parser: argparse.ArgumentParser, isolated: str) -> None:
    """PATH and what else says how posts are read; `isolated` is the help of that option."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files or folders; - for standard input")
    add("--stdin-filename", metavar="PATH", help="where the text from standard input belongs")
    add("--config", metavar="FILE", help="the settings, instead of the nearest postlint.toml")
    add("--isolated", action="store_true", help=isolated)
    add("--framework", metavar="NAME", help="read the posts as this framework does (none: as no framework's)")


def with_framework(config: Config, options: argparse.Namespace) -> Config:
    """`config` with the framework that `options` name. Raises PostlintError for an unknown one."""
    if options.framework:
        check_framework(options.framework)
        return config._replace(framework=options.framework)
    return config


def posts(options: argparse.Namespace, projects: Projects) -> tuple[list[discovery.Post], dict[str, bytes]]:
    """The posts that `options.paths` name, those of the site here without any; and the text from standard input, by its
    path on disk, where `-` is named. Raises PostlintError."""
    if "-" not in options.paths:
        if options.stdin_filename:
            raise PostlintError("--stdin-filename needs `-` as PATH: the text comes from standard input")
        return (
            discovery.given(options.paths, projects) if options.paths else discovery.here(os.getcwd(), projects)
        ), {}
    if len(options.paths) > 1:
        raise PostlintError("`-` (standard input) is the only PATH, where it is one")
    post = discovery.file(options.stdin_filename or "stdin.md", projects)
    return [post], {post.full: sys.stdin.buffer.read()}


def collection(post: discovery.Post) -> CollectionConfig | None:
    """The collection that `post` belongs to; where it is not there yet, the first that it may belong to."""
    project = post.project
    try:
        text = Text.from_bytes(reading.read(post.full)) if project.asks_posts else None
    except reading.Unreadable:
        text = None
    return project.collection(post.path, Document(post.path, text, project.framework).data if text else None)
