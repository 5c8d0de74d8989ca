"""`postlint init`: writes the configuration of a site and a model of its posts, learned from the existing posts."""

import os
from collections.abc import Iterator, Mapping, Sequence
from tempfile import TemporaryDirectory
from typing import NamedTuple

from postlint import schema
from postlint.checking import run
from postlint.checking.checker import Checker
from postlint.checking.run import UserPaths
from postlint.cli import no_posts, taking_over
from postlint.cli.arguments import Parser
from postlint.cli.taking_over import Taken, TakenOver
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
from postlint.reporters import count, visible
from postlint.schema.learned.learning import Habits, learn
from postlint.schema.learned.model_source import Model, class_names, write
from postlint.settings import FILES

_CONFIG, _MODELS = "postlint.toml", "schemas.py"
_HEAD = "# `postlint config` shows all settings that apply here, including those that were detected.\n"
_ENOUGH = 5
"""The least number of posts from which a collection's model is learned."""
_SHOWN = 50
_BASELINE = ".postlint-baseline.json"
_RULES = {"missing": "schema-missing-field", "unknown": "schema-unknown-field", "invalid": "schema-invalid-value"}
_LENIENT = "# Some posts do not keep what the models say yet. Once they do, remove this, and it is an error.\n"


class _Site(NamedTuple):
    """A site, its posts with valid front matter by collection, the models learned from some of these, the places where
    content tools declare the schemas of others, and what other linters were set up to check."""

    project: Project
    posts: Mapping[str, Sequence[Document]]
    models: Sequence[Model]
    declared: Mapping[str, str]
    taken: TakenOver

    @property
    def names(self) -> tuple[str, str]:
        """The names of the configuration and of the file of models. The site's build must not copy them to the site: Jekyll
        copies what does not begin with a dot or an underline (https://jekyllrb.com/docs/structure/)."""
        if self.project.framework.name != "jekyll":
            return _CONFIG, _MODELS
        there = next((name for name in FILES[:2] if self.project.files.is_file(name)), f".{_CONFIG}")
        return there, f"_{_MODELS}"

    def files(self, lenient: Sequence[str] = ()) -> dict[str, str]:
        """The files to write: path → content. The findings of the `lenient` rules are warnings."""
        config, models = self.names
        texts = {models: write(self.models)} if self.models else {}
        schemas = {model.collection: f"{models}:{model.name}" for model in self.models}
        texts[config] = _config(self.project, schemas, lenient, self.taken.taken)
        return {os.path.join(self.project.root, name): text for name, text in texts.items()}


def main(arguments: list[str]) -> int:
    parser = Parser(
        "init", "Learn from the existing posts what a post must have, and write postlint.toml and schemas.py."
    )
    parser.add_argument("--force", action="store_true", help="overwrite existing files")
    options = parser.read(arguments)
    projects = Projects(isolated=True)
    found = [_learned(project, posts) for project, posts in _sites(projects)]
    sites = [site for site in found if site.models or site.taken.taken] or [site for site in found if site.posts][:1]
    if not sites:
        why = "" if found else f": {no_posts.what_was_looked_for([], projects)}"
        raise PostlintError(f"found no posts with front matter to learn from in this folder{why}")
    texts = [site.files(_too_strict(site)) for site in sites]
    if not options.force:
        for site, files in zip(sites, texts, strict=True):
            _refuse_to_overwrite(site, files)
    for site, files in zip(sites, texts, strict=True):
        _tell(site, [path for path, text in files.items() if _write(path, text, options.force)])
    _offer_baseline(sites)
    return 0


def _too_strict(site: _Site) -> list[str]:
    """The rules about schemas of which posts that are there would have errors by the models learned."""
    kinds: set[str] = set()
    for model in site.models:
        # The models are not on disk yet.
        with TemporaryDirectory() as folder:
            with open(os.path.join(folder, _MODELS), "w", encoding="utf-8") as file:
                file.write(write([model]))
            loaded = schema.load(f"{_MODELS}:{model.name}", folder)
            for post in site.posts[model.collection]:
                post.schema = loaded
                kinds.update(violation.kind for violation in post.violations)
    return [_RULES[kind] for kind in sorted(kinds)]


def _offer_baseline(sites: Sequence[_Site]) -> None:
    """Say how the findings that there are can be recorded, so that only new ones are shown."""
    projects = Projects()
    found = 0
    for site in sites:
        posts = discovery.given([site.project.root], projects)
        found += len(run.run(run.on_disk(posts, projects, complete=True)).diagnostics)
    if found:
        _print(f"`postlint check` has {count(found, 'finding')} in these posts. To see only new ones from now on:")
        _print(f"  postlint check --write-baseline {_BASELINE}   # once")
        _print(f"  postlint check --baseline {_BASELINE}         # in hooks and CI")


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
    taken = taking_over.read(project.files)
    declared = {name: place for name, read in by_collection.items() if (place := _declared(read))}
    known = {*project.framework.schemas, *declared}
    names = [
        collection.name
        for collection in project.own_collections
        if len(by_collection.get(collection.name, ())) >= _ENOUGH and collection.name not in known
    ]
    if taken.taken:
        # What a linter was told to check is what the site wants.
        names = []
    habits = [_habits(project, by_collection[name]) for name in names]
    models = [Model(*parts) for parts in zip(class_names(names), names, habits, strict=True)]
    return _Site(project, by_collection, [model for model in models if model.habits.fields], declared, taken)


def _habits(project: Project, posts: Sequence[Document]) -> Habits:
    """What `posts` have in common. Where a file's name gives a date, none is missing."""
    dated = all(post.published or project.framework.named_date(post.path) for post in posts)
    return learn([post.data for post in posts], project.framework.roles, ("published",) if dated else ())


def _declared(posts: Sequence[Document]) -> str | None:
    """Where content tools declare what these posts must have; None if they do not."""
    for post in posts:
        if post.source is not None and post.schema is not None:
            return post.source.path
        if post.declared:
            return post.declared[0].name
    return None


def _config(project: Project, schemas: Mapping[str, str], lenient: Sequence[str], taken: Sequence[Taken]) -> str:
    framework = as_toml({"framework": project.framework.name}) if project.evidence else ""
    collections = [
        *(as_toml({"name": each.name, "include": list(each.include), "schema": each.schema}) for each in taken),
        *(as_toml({"name": name, "schema": named}) for name, named in schemas.items()),
    ]
    tables = [f"\n[[collections]]\n{text}" for text in collections]
    if lenient:
        tables.append(f"\n{_LENIENT}[severity]\n{as_toml(dict.fromkeys(lenient, 'warning'))}")
    return "".join((_HEAD, framework, *tables))


def _refuse_to_overwrite(site: _Site, files: Mapping[str, str]) -> None:
    root = site.project.root
    there = {path for path, text in files.items() if os.path.lexists(path) and not _holds(path, text)}
    if not os.path.lexists(os.path.join(root, site.names[0])) and (other := configuration.find(Files(root))):
        there.add(other.file or root)
    for path in sorted(there):
        raise PostlintError(
            f"{UserPaths(root).path(path)} already exists; --force overwrites {' and '.join(site.names)}"
        )


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
    _print(f"{project.framework.title}{evidence}: {count(number, 'post')} with front matter.")
    _print(f"Written: {', '.join(names)}." if names else "Nothing to write: the existing files already say this.")
    for name in sorted(site.posts.keys() & project.framework.schemas.keys()):
        _print(f"{name}: the site's own schema applies, {schema.name_of(project.framework.schemas[name])}.")
    for name, place in sorted(site.declared.items()):
        _print(f"{name}: what the site's content tool declares applies, {place}.")
    for taken in site.taken.taken:
        _print(f"Taken over from {taken.origin}: {taken.schema} for {', '.join(taken.include)}.")
    for left in site.taken.left:
        _print(f"Not taken over: {left}.")
    lines: list[str] = []
    for model in site.models:
        posts = site.posts[model.collection]
        loaded = schema.load(f"{site.names[1]}:{model.name}", project.root)
        found = [list(_outliers(post, loaded, shown)) for post in posts]
        agree = sum(not messages for messages in found)
        _print(f"{model.name}: {agree} of {len(posts)} posts in {model.collection} agree with it.")
        lines += [line for messages in found for line in messages]
    for line in lines[:_SHOWN]:
        _print(line)
    if len(lines) > _SHOWN:
        _print(f"… and {len(lines) - _SHOWN} more; `postlint check --select schema` lists all.")
    if lines:
        _print(f"What these posts do not keep is a warning, by [severity] in {site.names[0]}.")


def _outliers(post: Document, loaded: schema.Schema, shown: UserPaths) -> Iterator[str]:
    post.schema = loaded
    for violation in post.violations:
        place = find(post.front_matter.root, violation.location) if violation.kind != "missing" else None
        offset = (place[1].span if place else post.front_matter.opening).start
        yield f"{shown.path(post.path)}:{post.text.place(offset).line}: {violation.message}"


def _print(line: str) -> None:
    print(visible(line))
