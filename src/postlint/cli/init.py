"""`postlint init`: writes the configuration of a site and a model of its posts, learned from the existing posts."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from postlint import schema
from postlint.checking.checker import Checker
from postlint.checking.run import UserPaths
from postlint.cli import no_posts
from postlint.cli.arguments import Parser
from postlint.errors import PostlintError
from postlint.files import reading
from postlint.files.files import Files
from postlint.files.writing import create
from postlint.front_matter import find
from postlint.front_matter.toml_writing import document as as_toml
from postlint.posts.document import Document
from postlint.projects import config as configuration
from postlint.projects import discovery
from postlint.projects.project import Project, Projects
from postlint.reporters import visible
from postlint.schema.learned.learning import learn
from postlint.schema.learned.model_source import Model, class_names, write

_CONFIG, _MODELS = "postlint.toml", "schemas.py"
_HEAD = "# `postlint config` shows all settings that apply here, including those that were detected.\n"
_ENOUGH = 5
"""The least number of posts from which a collection's model is learned."""
_SHOWN = 50


class _Site(NamedTuple):
    """A site, its posts with valid front matter by collection, and the models learned from some of these."""

    project: Project
    posts: Mapping[str, Sequence[Document]]
    models: Sequence[Model]

    def files(self) -> dict[str, str]:
        """The files to write: path → content."""
        models = {_MODELS: write(self.models)} if self.models else {}
        texts = {**models, _CONFIG: _config(self.project, {model.collection: model.name for model in self.models})}
        return {os.path.join(self.project.root, name): text for name, text in texts.items()}


def main(arguments: list[str]) -> int:
    parser = Parser(
        "init", "Learn from the existing posts what a post must have, and write postlint.toml and schemas.py."
    )
    parser.add_argument("--force", action="store_true", help="overwrite existing files")
    options = parser.read(arguments)
    projects = Projects(isolated=True)
    found = [_learned(project, posts) for project, posts in _sites(projects)]
    sites = [site for site in found if site.models] or [site for site in found if site.posts][:1]
    if not sites:
        if not found:
            raise PostlintError(f"{no_posts.what_was_looked_for([], projects)}; write a post first")
        raise PostlintError("found no posts with front matter to learn from in this folder")
    texts = [site.files() for site in sites]
    if not options.force:
        for site, files in zip(sites, texts, strict=True):
            _refuse_to_overwrite(site.project.root, files)
    for site, files in zip(sites, texts, strict=True):
        _tell(site, [path for path, text in files.items() if _write(path, text, options.force)])
    return 0


def _sites(projects: Projects) -> list[tuple[Project, list[discovery.Post]]]:
    """The sites in this folder, each with its posts, as if they had no settings yet."""
    own = projects.of(os.path.realpath(os.getcwd()))
    found: dict[str, tuple[Project, list[discovery.Post]]] = {}
    for post in discovery.here(os.getcwd(), projects):
        project = post.project
        if own.evidence and post.full.startswith(os.path.join(own.root, "")):
            # A folder of a site may look like a site of its own.
            project = own
            post = discovery.Post(own, os.path.relpath(post.full, own.root).replace(os.sep, "/"))
        found.setdefault(project.root, (project, []))[1].append(post)
    return list(found.values())


def _learned(project: Project, posts: Sequence[discovery.Post]) -> _Site:
    checker = Checker(project, [])
    by_collection: dict[str, list[Document]] = {}
    for post in posts:
        collection = project.collection(post.path)
        try:
            read = checker.document(post.path, reading.read(post.full)) if collection else None
        except reading.Unreadable:
            continue
        if collection and read and read.opening_line_end is not None:
            by_collection.setdefault(collection.name, []).append(read)
    names = [
        collection.name
        for collection in project.framework.collections
        if len(by_collection.get(collection.name, ())) >= _ENOUGH and collection.name not in project.framework.schemas
    ]
    roles = project.framework.roles
    habits = [learn([post.data for post in by_collection[name]], roles) for name in names]
    models = [Model(*parts) for parts in zip(class_names(names), names, habits, strict=True)]
    return _Site(project, by_collection, [model for model in models if model.habits.fields])


def _config(project: Project, models: Mapping[str, str]) -> str:
    framework = as_toml({"framework": project.framework.name}) if project.evidence else ""
    settings = ({"name": name, "schema": f"{_MODELS}:{model}"} for name, model in models.items())
    return "".join((_HEAD, framework, *(f"\n[[collections]]\n{as_toml(each)}" for each in settings)))


def _refuse_to_overwrite(root: str, files: Mapping[str, str]) -> None:
    there = {path for path, text in files.items() if os.path.lexists(path) and not _holds(path, text)}
    if not os.path.lexists(os.path.join(root, _CONFIG)) and (other := configuration.find(Files(root))):
        there.add(other.file or root)
    for path in sorted(there):
        raise PostlintError(f"{UserPaths(root).path(path)} already exists; --force overwrites {_CONFIG} and {_MODELS}")


def _holds(path: str, text: str) -> bool:
    try:
        return reading.read(path) == text.encode()
    except reading.Unreadable:
        return False


def _write(path: str, text: str, force: bool) -> bool:
    """Whether the file had to be written."""
    if _holds(path, text):
        return False
    create(path, text.encode(), overwrite=force)
    return True


def _tell(site: _Site, written: Sequence[str]) -> None:
    project, shown = site.project, UserPaths(site.project.root)
    names = [shown.path(path) for path in written]
    evidence = f" ({project.evidence})" if project.evidence else ""
    number = sum(map(len, site.posts.values()))
    _print(f"{project.framework.title}{evidence}: {number} posts with front matter.")
    _print(f"Written: {', '.join(names)}." if names else "Nothing to write: the existing files already say this.")
    for name in sorted(site.posts.keys() & project.framework.schemas.keys()):
        _print(f"{name}: the site's own schema applies, {schema.name_of(project.framework.schemas[name])}.")
    lines: list[str] = []
    for model in site.models:
        posts = site.posts[model.collection]
        loaded = schema.load(f"{_MODELS}:{model.name}", project.root)
        found = [list(_outliers(post, loaded, shown)) for post in posts]
        agree = sum(not messages for messages in found)
        _print(f"{model.name}: {agree} of {len(posts)} posts in {model.collection} agree with it.")
        lines += [line for messages in found for line in messages]
    for line in lines[:_SHOWN]:
        _print(line)
    if len(lines) > _SHOWN:
        _print(f"… and {len(lines) - _SHOWN} more; `postlint check --select schema` lists all.")
    if project.framework.name == "jekyll" and names:
        _print(f"Jekyll would copy these files to the site: add {_CONFIG} and {_MODELS} to `exclude` in _config.yml.")


def _outliers(post: Document, loaded: schema.Schema, shown: UserPaths) -> Iterator[str]:
    post.schema = loaded
    for violation in post.violations:
        place = find(post.front_matter.root, violation.location) if violation.kind != "missing" else None
        offset = (place[1].span if place else post.front_matter.opening).start
        yield f"{shown.path(post.path)}:{post.text.place(offset).line}: {violation.message}"


def _print(line: str) -> None:
    print(visible(line))
