"""Which posts a run is about: the paths it was given, or those of the sites that are here."""

import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from postlint.errors import PostlintError
from postlint.files import looks
from postlint.files.endings import is_markdown
from postlint.files.files import NO_SOURCES, Files
from postlint.files.globs import fixed_folder
from postlint.files.near_paths import hint
from postlint.frameworks.answers import ABOUT_THE_REPOSITORY
from postlint.projects.project import Project, Projects

_NO_SITES = frozenset(
    ("themes", "exampleSite", "example", "examples", "fixtures", "__fixtures__", "test", "tests", "templates")
)
"""Names of folders in a site that may hold other sites, which are not the author's."""
_BACKUP = r"(?i)(?:^|[-_.])(?:backups?|bak)(?:$|[-_.])"
"""The name of a folder in a site that holds a copy of it, or what it was."""
_SECTIONS = frozenset(("vendor", "dist", "target"))
"""Names of folders of code that a section of posts may have, too."""
_SUBMODULE = re.compile(r"^[ \t]*path[ \t]*=[ \t]*(\S[^\r\n]*?)[ \t]*$", re.MULTILINE)
_BOM = b"\xef\xbb\xbf"


class Post(NamedTuple):
    """A file to check: its project, and its path relative to that project's root."""

    project: Project
    path: str

    @property
    def full(self) -> str:
        """The path on disk."""
        return os.path.join(self.project.root, self.path)


def given(paths: list[str], projects: Projects) -> list[Post]:
    """The posts that `paths` name: a file whatever it is, of a folder the posts below it. Sorted, each once.

    Raises PostlintError for a path that is not there.
    """
    found: dict[tuple[str, str], Post] = {}
    for path in paths:
        # What a file says counts for itself alone; that it is no folder is part of its state.
        looks.post(os.path.abspath(path))
        if os.path.isdir(path):
            looks.at(os.path.abspath(path))
            folder = os.path.realpath(path)
            looks.followed(os.path.abspath(path), folder)
            posts: Iterator[Post] | list[Post] = _folder(folder, projects)
        elif os.path.lexists(path):
            posts = [file(path, projects)]
        else:
            raise PostlintError(f"{path}: no such file or folder{hint(path)}")
        for post in posts:
            found[post.project.root, post.path] = post
    return [found[key] for key in sorted(found)]


def file(path: str, projects: Projects) -> Post:
    """The post at `path`, which need not exist (text from standard input has a path, too)."""
    # The folder is resolved, the name is not: a link to a file is a post at the place of the link.
    above = os.path.dirname(os.path.abspath(path))
    folder = os.path.realpath(above)
    looks.followed(above, folder)
    return _post(os.path.join(folder, os.path.basename(path)), projects)


def site(project: Project, projects: Projects) -> list[Post]:
    """All posts of a site, as its framework or the configuration's collections tell, sorted by path.

    Posts of another site inside of it do not belong to it. A folder may have a configuration of its own: the projects of
    its posts have the same root and another configuration.
    """
    patterns = [pattern for collection in project.own_collections for pattern in collection.include]
    starts = {os.path.join(project.root, fixed_folder(pattern)) for pattern in patterns}
    if project.config.root:
        mine = [pattern for collection in project.config.collections for pattern in collection.include]
        starts |= {os.path.join(project.config.root, fixed_folder(pattern)) for pattern in mine}
    found = {}
    for start in sorted(starts):
        files = project.files.at(os.path.normpath(start))
        for full in _walk(files, project):
            path = _relative(full, project.root)
            if path is None or _stem(full) in project.framework.excluded_names:
                continue
            nearest = projects.of(os.path.dirname(full))
            if nearest.root != project.root:
                continue
            is_post = _may_hold_posts if full in files.closed else _has
            if is_post(nearest, path):
                found[path] = Post(nearest, path)
    return [found[path] for path in sorted(found)]


def here(folder: str, projects: Projects) -> list[Post]:
    """The posts of the site that `folder` is in, and of the sites up to three folders below it, up to two if nothing says
    that `folder` is part of a site or a repository. Sorted by site and path.

    In a site with posts of its own, sites in folders that hold examples or packages do not count.
    """
    folder = os.path.realpath(folder)
    own = projects.of(folder)
    if not depth(own, folder):
        return []
    posts = site(own, projects)
    is_site = bool(own.config.collections or (own.evidence and posts))
    others = [post for below in _sites_below(own, folder, projects, is_site) for post in site(below, projects)]
    return [*posts, *others] if is_site else others or posts


def sites_below(project: Project, projects: Projects) -> list[Project]:
    """The sites with posts in folders below the project's root."""
    found = _sites_below(project, project.root, projects, _is_site(project))
    return [below for below in found if site(below, projects)]


def has_loose_posts(project: Project, folder: str, projects: Projects) -> bool:
    """Whether Markdown files lie in `folder`, which no site is in, as near to it as sites are looked for."""
    files = projects.files(folder)
    below = (files.at(path) for path in _folders(files, depth(project, folder), frozenset()))
    return any(
        not is_folder and is_markdown(name) and _stem(name) not in ABOUT_THE_REPOSITORY
        for each in (files, *below)
        for name, is_folder in each.entries("")
    )


def is_around_sites(project: Project, projects: Projects) -> bool:
    """Whether the project is not a site, but what lies around others, such as the root of a repository of several sites.
    Its Markdown files are posts only if they are named."""
    if _is_site(project) or project.config.framework not in ("auto", "none") or not project.is_marked:
        return False
    return bool(sites_below(project, projects))


def _is_site(project: Project) -> bool:
    return project.evidence is not None or bool(project.config.collections)


def _sites_below(own: Project, folder: str, projects: Projects, is_site: bool) -> list[Project]:
    skipped = _NO_SITES if is_site else frozenset[str]()
    folders = _folders(projects.files(folder), depth(own, folder), skipped)
    below = (projects.of(path) for path in folders if projects.begins_in(path))
    sites = {project.root: project for project in below if project.root.startswith(os.path.join(folder, ""))}
    if is_site:
        sites = {root: each for root, each in sites.items() if not _is_backup(_relative(root, folder) or "")}
    return [sites[root] for root in sorted(sites) if root != own.root and _is_site(sites[root])]


def depth(project: Project, folder: str) -> int:
    """How many folders below `folder`, which `project` is the project of, are searched for sites."""
    if project.is_marked:
        return 3
    # Below the root of a disk lie other people's files.
    return 0 if os.path.dirname(folder) == folder else 2


def is_post(post: Post, any_ending: bool = False) -> bool:
    """Whether the site shows this file: it is in one of the site's collections, if there are any, and nothing leaves it
    out. `any_ending`: take a file for a post whatever its name ends in, because the user named it."""
    if not any_ending and not is_markdown(post.path):
        return False
    project = post.project
    if project.excluded(post.path) or _stem(post.path) in project.framework.excluded_names:
        return False
    has_collections = project.evidence is not None or bool(project.config.collections)
    return not has_collections or project.collection(post.path) is not None


def is_other_file(post: Post) -> bool:
    """Whether the file is clearly not a post: its name does not end like a post's, no collection has it, and it has no front
    matter."""
    if is_markdown(post.path) or post.project.collection(post.path) is not None:
        return False
    looks.at(post.full)
    if not os.path.isfile(post.full):
        return False
    try:
        with open(post.full, "rb") as file:
            begin = file.read(len(_BOM) + 3).removeprefix(_BOM)
    except OSError:
        return False
    return not begin.startswith((b"---", b"+++")) or post.path.lower().endswith((".yml", ".yaml"))


def _folder(folder: str, projects: Projects) -> list[Post]:
    """The posts below `folder`: of a site the ones in its collections, else everything that is Markdown."""
    own, other, closed = [], [], []
    files = projects.files(folder)
    for full in _walk(files, projects.of(folder)):
        post = _post(full, projects)
        if full in files.closed:
            if full == folder or _may_hold_posts(post.project, post.path):
                closed.append(post)
        elif post.project.excluded(post.path):
            continue
        elif post.project.collection(post.path) and _stem(full) not in post.project.framework.excluded_names:
            own.append(post)
        elif _stem(full) not in ABOUT_THE_REPOSITORY:
            other.append(post)
    # A folder that belongs to no collection of its site was named on purpose; one that holds a whole site was not.
    return [*(own or other), *closed]


def _has(project: Project, path: str) -> bool:
    return project.collection(path) is not None and not project.excluded(path)


def _may_hold_posts(project: Project, folder: str) -> bool:
    """Whether a collection has posts in `folder`. One that begins at the root does not count: there, a folder may hold
    anything, such as a database."""
    inner = [f"{folder}/post{ending}" for ending in (".md", ".mdx")]
    kinds = [project.collection(path) for path in inner if not project.excluded(path)]
    return any(fixed_folder(pattern) for kind in kinds if kind for pattern in kind.include)


def _post(full: str, projects: Projects) -> Post:
    project = projects.of(os.path.dirname(full))
    path = _relative(full, project.root)
    if path is None:
        raise PostlintError(f"{full}: is outside its site, {project.root}")
    return Post(project, path)


def _walk(files: Files, project: Project) -> Iterator[str]:
    """Markdown files of a site, without hidden folders that its settings do not name, built sites, and what .gitignore
    names; and of the other folders those that may not be listed, which are then among `files.closed`."""
    from postlint.files.gitignore import Ignore

    patterns = [pattern for each in project.framework.collections for pattern in each.include]
    named = {part for pattern in patterns for part in pattern.split("/") if part[:1] == "."}
    folders = filter(None, map(fixed_folder, patterns))
    content = tuple(os.path.join(project.root, *folder.split("/"), "") for folder in folders)
    ignore = Ignore(files, project.root)
    elsewhere = _submodules(project)
    pending = [files.root]
    while pending:
        at = pending.pop()
        entries = files.entries(at)
        if at in files.closed:
            yield at
        for name, is_folder in entries:
            path = os.path.join(at, name)
            if is_folder:
                # Below a folder of posts, such a name is a section: `content/android/vendor`.
                is_section = name in _SECTIONS and path.startswith(content)
                is_hidden = (name in NO_SOURCES and not is_section) or (name.startswith(".") and name not in named)
                if not is_hidden and not ignore(path, folder=True):
                    pending.append(path)
            elif is_markdown(name) and not ignore(path) and not (elsewhere and _is_in(elsewhere, path)):
                yield path


def _submodules(project: Project) -> tuple[str, ...]:
    """The folders of other repositories that `.gitmodules` names."""
    text = project.files.read_text(".gitmodules") if project.files.is_file(".gitmodules") else None
    return tuple(os.path.join(os.path.realpath(project.root), path, "") for path in _SUBMODULE.findall(text or ""))


def _is_in(folders: tuple[str, ...], path: str) -> bool:
    """Whether the file at `path` is a link into one of the `folders` that are not checked out."""
    target = os.path.realpath(path) if os.path.islink(path) else ""
    if not target.startswith(folders) or os.path.exists(target):
        return False
    looks.whether_there(target, False)
    return True


def _folders(files: Files, most: int, skipped: frozenset[str]) -> Iterator[str]:
    """Folders at most `most` levels below the root, without those of the names `skipped` and what .gitignore names."""
    from postlint.files.gitignore import Ignore

    ignore = Ignore(files, files.root)
    pending = [("", most)] if most else []
    while pending:
        below, left = pending.pop()
        for name, is_folder in files.entries(below):
            full = os.path.join(files.root, below, name)
            if not is_folder or name in NO_SOURCES or name in skipped or name.startswith("."):
                continue
            if not ignore(full, folder=True):
                yield full
                if left > 1:
                    pending.append((os.path.join(below, name), left - 1))


def _is_backup(path: str) -> bool:
    return any(re.search(_BACKUP, name) for name in path.split("/"))


def _relative(full: str, root: str) -> str | None:
    below = root if root.endswith(os.sep) else root + os.sep
    if not full.startswith(below):
        return None
    path = full[len(below) :]
    return path if os.sep == "/" else path.replace(os.sep, "/")


def _stem(path: str) -> str:
    return path.replace(os.sep, "/").rpartition("/")[2].rpartition(".")[0].lower()
