"""The posts that a command works on, and their settings: from paths, the site in this folder, or standard input."""

import argparse
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from postlint.errors import PostlintError
from postlint.files import reading
from postlint.text import Text

if TYPE_CHECKING:
    from postlint.projects import discovery
    from postlint.projects.project import Projects
    from postlint.settings import CollectionConfig, Config

ALLOW_EMPTY = "exit with status 0 if there are no posts"


def add_options(
    parser: argparse.ArgumentParser, isolated: str, settings: "argparse._ArgumentGroup | None" = None
) -> None:
    """Add PATH and the options for reading posts, those about settings to the group `settings`; `isolated` is the help text
    of `--isolated`."""
    add = parser.add_argument
    add("paths", nargs="*", metavar="PATH", help="files or folders; - for standard input")
    add("--stdin-filename", metavar="PATH", help="the file that the text from standard input stands for")
    add("--allow-empty", action="store_true", help=ALLOW_EMPTY)
    add = (settings or parser).add_argument
    add("--config", metavar="FILE", help="use this configuration instead of the nearest postlint.toml")
    add("--isolated", action="store_true", help=isolated)
    add("--framework", metavar="NAME", help="read the posts as this framework does (none: without a framework)")


def with_framework(config: "Config", options: argparse.Namespace) -> "Config":
    """`config` with the framework that `options` name. Raises PostlintError for an unknown one."""
    if options.framework:
        from postlint.projects.config import check_framework

        check_framework(options.framework)
        return config._replace(framework=options.framework)
    return config


def posts(
    options: argparse.Namespace, projects: "Projects", may_be_empty: bool = False
) -> "tuple[list[discovery.Post], dict[str, bytes]]":
    """The posts that `options.paths` name, or without paths those of the site in this folder; and, if `-` is named, the text
    from standard input by its path on disk. Raises PostlintError, also if there are none, unless that is allowed."""
    from postlint.projects import discovery

    if "-" not in options.paths:
        if options.stdin_filename:
            raise PostlintError("--stdin-filename needs `-` (standard input) as PATH")
        return on_disk(options.paths, projects, may_be_empty or options.allow_empty), {}
    if len(options.paths) > 1:
        raise PostlintError("`-` (standard input) must be the only PATH")
    post = discovery.file(options.stdin_filename or "stdin.md", projects)
    return [post], {post.full: sys.stdin.buffer.read()}


def on_disk(paths: list[str], projects: "Projects", may_be_empty: bool) -> "list[discovery.Post]":
    """The posts that `paths` name, or without paths those of the site in this folder. Raises PostlintError for a path
    that is not there and, unless it `may_be_empty`, if there are none."""
    from postlint.cli import no_posts
    from postlint.projects import discovery

    found = discovery.given(paths, projects) if paths else discovery.here(os.getcwd(), projects)
    posts = [post for post in found if not discovery.is_other_file(post)]
    if not posts and not may_be_empty:
        raise no_posts.refusal(paths, projects)
    if len(posts) < len(found):
        no_posts.name_others({post.full for post in found}.difference(post.full for post in posts))
    return posts


def collection(post: "discovery.Post") -> "CollectionConfig | None":
    """The collection that `post` belongs to. If the file does not exist yet, the first collection that it may belong to."""
    found = data(post) if post.project.asks_posts else {}
    return post.project.collection(post.path, found or None)


def data(post: "discovery.Post") -> Mapping[str, Any]:
    """The front matter of `post`; nothing if the file does not exist yet."""
    from postlint.posts.document import Document

    project = post.project
    try:
        document = Document(post.path, Text.from_bytes(reading.read(post.full)), project.framework)
    except reading.Unreadable:
        return {}
    if reader := project.reader(post.path):
        source, kept = reader
        document.dialect = kept.dialect or source.dialect
    return document.data
