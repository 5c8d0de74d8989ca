"""Which site a file belongs to: the nearest configuration, the nearest framework, and what both say about a path."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from postlint import frameworks
from postlint.files.files import Files, MemoryFiles
from postlint.files.globs import fixed_folder, matches
from postlint.files.repository import folders_up
from postlint.frameworks.answers import Collection
from postlint.frameworks.framework import Framework
from postlint.frameworks.marks import may_be, none_may_be
from postlint.projects import config as configuration
from postlint.projects.config import check_framework, load_config
from postlint.schema import Stated, sources
from postlint.schema.sources import Kept, Source
from postlint.settings import FILES, CollectionConfig, Config, PerPath

_BEGINNINGS = frozenset((*FILES, ".git"))


class Project(NamedTuple):
    """One site and its settings. `root` is absolute (`""` without a file system). `files` are the files below it, which the
    framework does not get. `evidence` is the file by which the framework was detected, None if there is none."""

    root: str
    files: Files
    framework: Framework
    config: Config
    evidence: str | None = None

    def to_config(self, path: str) -> str:
        """`path`, relative to the site's root, as seen from the configuration's folder."""
        if self.config.root is None or self.config.root == self.root:
            return path
        return os.path.relpath(os.path.join(self.root, path), self.config.root).replace(os.sep, "/")

    @property
    def is_marked(self) -> bool:
        """Whether something says that the root is that of a site: a framework, settings, or a repository. Else it is a
        folder that may hold anything, such as a home."""
        framework = self.evidence or self.config.framework not in ("auto", "none")
        return bool(framework or self.config.file) or self.files.is_repository

    @property
    def asks_posts(self) -> bool:
        """Whether it depends on the front matter of a post which collection it belongs to."""
        sources = self.framework.sources
        return any(mine.where for mine in self.config.collections) or any(
            kept.where for source in sources if source.reads for kept in source.kept
        )

    def reader(self, path: str) -> tuple[Source, Kept] | None:
        """The content tool that the site gets the post at `path` from, and what it declares of such posts. Without a
        framework, what an editor of the posts declares is all that is known of how they are read."""
        for source in self.framework.sources:
            if source.reads or self.framework.name == "none":
                for kept in source.kept:
                    if kept.takes(path):
                        return source, kept
        return None

    def declared(self, path: str, data: Mapping[str, Any]) -> Iterator[tuple[Source, Stated]]:
        """What the editors of the site's posts declare of the one at `path` with the front matter `data`."""
        for source in self.framework.sources:
            if source.reads:
                continue
            found = (each for each in source.kept if each.takes(path) and _has(data, dict(each.where)))
            for kept in found if source.every else islice(found, 1):
                if kept.schema:
                    yield source, kept.schema

    def collection(self, path: str, data: Mapping[str, Any] | None = None) -> CollectionConfig | None:
        """The first collection that the post at `path` (relative to the site's root) belongs to; without its front
        matter `data`, the first that it may belong to."""
        seen = self.to_config(path)
        own = None
        for mine in self.config.collections:
            if matches(seen, tuple(mine.exclude)) or not _has(data, mine.where):
                continue
            if mine.include and not matches(seen, tuple(mine.include)):
                continue
            if not mine.include or (mine.schema is None and self.framework.schemas):
                own = own or self._own_collection(path, data)
                if not mine.include and (own is None or own.name != mine.name):
                    continue
            return mine._replace(schema=own.schema) if own and mine.schema is None else mine
        return own or self._own_collection(path, data)

    @property
    def own_collections(self) -> tuple[Collection, ...]:
        """The framework's own collections. If the configuration names collections, a guess counts only for one that it
        names without patterns."""
        mine = self.config.collections
        without_patterns = {each.name for each in mine if not each.include}
        theirs = tuple(
            theirs
            for theirs in self.framework.collections
            if not mine or not theirs.guessed or theirs.name in without_patterns
        )
        if not self.framework.sources:
            return theirs
        kept = [kept for source in self.framework.sources if source.reads for kept in source.kept]
        if kept:
            # What the framework knows of these folders is less.
            folders = {fixed_folder(pattern) for each in kept for pattern in each.include}
            is_none = self.framework.name == "none"
            theirs = () if is_none else tuple(each for each in theirs if not _all_in(each, folders))
        elif self.framework.name == "none":
            written = (kept for source in self.framework.sources for kept in source.kept)
            kept = [kept for kept in written if not mine or kept.name in without_patterns]
        return (*(Collection(each.name, each.include, each.exclude) for each in kept), *theirs)

    def _own_collection(self, path: str, data: Mapping[str, Any] | None) -> CollectionConfig | None:
        """The same of the framework's own collections, with the schema that the site states for it."""
        for source in self.framework.sources:
            if source.reads and (kept := _first(source, path, data)):
                return CollectionConfig(kept.name, kept.include, kept.exclude, kept.schema)
            if source.reads and data is not None and source.may_keep(path):
                return None
        for theirs in self.own_collections:
            if matches(path, theirs.include) and not matches(path, theirs.exclude):
                stated = self.framework.schemas.get(theirs.name)
                return CollectionConfig(theirs.name, theirs.include, theirs.exclude, stated)
        return None

    def excluded(self, path: str) -> bool:
        return bool(self.config.exclude) and matches(self.to_config(path), tuple(self.config.exclude))

    def per_path(self, path: str) -> list[PerPath]:
        """The per-path tables that hold for the post at `path`."""
        return [self.config.per_path[number] for number in self.per_path_numbers(path)]

    def per_path_numbers(self, path: str) -> tuple[int, ...]:
        """Their indexes in the configuration."""
        seen = self.to_config(path)
        return tuple(n for n, table in enumerate(self.config.per_path) if matches(seen, tuple(table.paths)))


def _all_in(collection: Collection, folders: set[str]) -> bool:
    return all(fixed_folder(pattern) in folders for pattern in collection.include)


def _first(source: Source, path: str, data: Mapping[str, Any] | None) -> Kept | None:
    """The first kind of posts of `source` that the one at `path` is of."""
    return next((kept for kept in source.kept if kept.takes(path) and _has(data, dict(kept.where))), None)


def _bound(kind: type[Framework], files: Files) -> Framework:
    """A framework bound to the site at the root of `files`, with what its content tools declare."""
    framework = kind(files)
    framework.sources = (*framework.sources, *sources.read(files))
    return framework


def _has(data: Mapping[str, Any] | None, where: Mapping[str, Any]) -> bool:
    """Whether the front matter has the values in `where`, alone or in a list; True if the front matter is not known."""
    if data is None:
        return True
    found = ((data.get(key), value) for key, value in where.items())
    return all(value in one if isinstance(one, list) else one == value for one, value in found)


class Projects:
    """Finds the project of a folder; looks at each folder once.

    `fixed` or the one in `file` replaces the configuration that would be found; `isolated` looks for none. `change`
    gets every configuration before it is used. `files` answers with the files of a folder (absolute); without `runs_code`
    they may ask for no code to be run: of settings that name some, the rest holds.
    """

    def __init__(
        self,
        fixed: Config | None = None,
        file: str | None = None,
        isolated: bool = False,
        change: Callable[[Config], Config] = lambda config: config,
        files: Callable[[str], Files] = Files,
        runs_code: bool = True,
    ) -> None:
        self.files = files
        self._runs_code = runs_code
        if isolated:
            fixed = Config(isolated=True)
        elif file:
            fixed = load_config(file)
        if fixed:
            check_framework(fixed.framework)
        self._fixed = change(fixed) if fixed else None
        self._change = change
        self._of: dict[str, Project] = {}
        # By root, framework and configuration: a site may have a configuration for the site and others for parts of it.
        self._made: dict[tuple[str, str, int], Project] = {}
        self._detected: dict[tuple[str, str], tuple[type[Framework], str] | None] = {}
        self._configs: dict[str, Config] = {}
        self._folders: dict[str, Files] = {}
        self._repositories: dict[str, str | None] = {}

    def of(self, folder: str) -> Project:
        """The project of the posts in `folder` (absolute)."""
        if folder not in self._of:
            self._of[folder] = self._find(folder)
        return self._of[folder]

    def begins_in(self, folder: str) -> bool:
        """Whether a site, a repository or settings may begin in `folder`, which is no link. If not, its posts belong to the
        site above."""
        files = self._noted(folder, is_real=True)
        return not (none_may_be(self._all, files) and files.has_none(_BEGINNINGS))

    @cached_property
    def _all(self) -> frozenset[str]:
        """The names of all frameworks."""
        return frozenset(name for name in frameworks.names() if name != "none")

    def _find(self, folder: str) -> Project:
        config = self.config(folder)
        if config.framework == "none":
            return self._plain(folder, config)
        wanted = None if config.framework == "auto" else frameworks.load(config.framework)
        weaker: tuple[str, tuple[type[Framework], str]] | None = None
        for at in folders_up(folder):
            parent = os.path.dirname(at)
            found = self._detect(at, config.framework)
            if found and found[0].yields:
                weaker = weaker or (at, found)
            elif found:
                # The folder above may be the site's root all the same: it is known by a file in this folder.
                if not self._is_top(at):
                    evidence = found[0].detect(self._noted(parent))
                    if evidence and evidence.startswith(f"{os.path.basename(at)}/"):
                        above = self._detect(parent, config.framework)
                        at, found = (parent, above) if above == (found[0], evidence) else (at, found)
                return self._shared(self.files(at), found[0], config, found[1])
            if self._is_top(at):
                break
            known = self._of.get(parent)
            if known and known.evidence and known.config is config and not known.framework.yields:
                return known
        if weaker:
            at, found = weaker
            return self._shared(self.files(at), found[0], config, found[1])
        if wanted is None:
            return self._plain(folder, config)
        return self._shared(self.files(config.root or os.getcwd()), wanted, config)

    def _is_top(self, folder: str) -> bool:
        """Whether no site goes on above `folder`: it is that of a repository, or has none above."""
        return os.path.dirname(folder) == folder or self._repository(folder) == folder

    def _detect(self, folder: str, wanted: str) -> tuple[type[Framework], str] | None:
        """The framework whose site begins at `folder`, with the evidence; `wanted` is its name, or `auto` for any."""
        if (folder, wanted) not in self._detected:
            files = self._noted(folder)
            names = [name for name in frameworks.names() if name != "none"] if wanted == "auto" else [wanted]
            if none_may_be(self._all if wanted == "auto" else {wanted}, files):
                self._detected[folder, wanted] = None
                return None
            kinds = map(frameworks.load, (name for name in names if may_be(name, files)))
            self._detected[folder, wanted] = _first_shown(kinds, files)
        return self._detected[folder, wanted]

    def _noted(self, folder: str, is_real: bool = False) -> Files:
        """The files of `folder`, whose names are noted: settings and marks are looked for among them. `is_real`: it is known
        to be no link in the folder above."""
        if folder not in self._folders:
            above = self._folders.get(os.path.dirname(folder))
            self._folders[folder] = above.folder(os.path.basename(folder), is_real) if above else self.files(folder)
            self._folders[folder].note_names()
        return self._folders[folder]

    def _plain(self, folder: str, config: Config) -> Project:
        # Without a framework nothing marks a site's root: the repository is the best bound there is, else the folder
        # that postlint runs in, as far as it is around this one.
        root = (config.root if config.file else None) or self._repository(folder) or _working_folder(folder) or folder
        return self._shared(self.files(root), frameworks.load("none"), config)

    def _shared(self, files: Files, kind: type[Framework], config: Config, evidence: str | None = None) -> Project:
        root = files.root
        key = root, kind.name, id(config)
        if key not in self._made:
            self._made[key] = Project(root, files.at(root), _bound(kind, files), config, evidence)
        return self._made[key]

    def config(self, folder: str) -> Config:
        """The configuration that holds in `folder`: the fixed one, the nearest one upwards, or the defaults."""
        if self._fixed is not None:
            return self._fixed
        if folder not in self._configs:
            found = configuration.find(self._noted(folder), self._runs_code)
            parent = os.path.dirname(folder)
            if found is not None:
                found = self._change(found)
            elif parent == folder:
                found = self._change(Config())
            self._configs[folder] = found or self.config(parent)
        return self._configs[folder]

    def _repository(self, folder: str) -> str | None:
        if folder not in self._repositories:
            parent = os.path.dirname(folder)
            is_top = self._noted(folder).is_repository
            self._repositories[folder] = folder if is_top else None if parent == folder else self._repository(parent)
        return self._repositories[folder]


def _first_shown(kinds: Iterable[type[Framework]], files: Files) -> tuple[type[Framework], str] | None:
    """The first of `kinds` that the site at the root of `files` is of, with the evidence; one that yields comes last."""
    weaker = None
    for kind in kinds:
        if evidence := kind.detect(files):
            if not kind.yields:
                return kind, evidence
            weaker = weaker or (kind, evidence)
    return weaker


def _working_folder(folder: str) -> str | None:
    here = os.path.realpath(os.getcwd())
    return here if folder == here or folder.startswith(here.rstrip(os.sep) + os.sep) else None


def in_memory(config: Config | None, posts: Iterable[str], files: Mapping[str, bytes]) -> Project:
    """The project of posts that are not on disk: their paths, and path → content of the site's other files, from which
    a framework is detected unless `config` names it."""
    config = config or Config()
    check_framework(config.framework)
    held = MemoryFiles({**dict.fromkeys(posts, b""), **files})
    if config.framework != "auto":
        return Project("", held, _bound(frameworks.load(config.framework), held), config)
    if found := _first_shown(map(frameworks.load, frameworks.names()), held):
        kind, evidence = found
        return Project("", held, _bound(kind, held), config, evidence)
    return Project("", held, _bound(frameworks.load("none"), held), config)
