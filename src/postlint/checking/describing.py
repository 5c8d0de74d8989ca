"""Describes the checked sites for reports that show them: what they are, and the images that findings are about."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from postlint.diagnostics import Diagnostic
from postlint.files.files import Files
from postlint.frameworks.framework import Framework
from postlint.posts.facts import Facts, Use
from postlint.projects.project import Project
from postlint.reporting.sites import CheckedPost, CheckedSite

SMALL = 12 * 1024
"""Bytes of the largest image file that is kept for a report: larger ones would have to be scaled down first."""
_ALL = 96 * 1024
"""Bytes of all of them together, so that a report stays small."""
_LONG = 2_000
"""A finding of more code points than this is about more than an image."""

Posts = Mapping[str, Facts | None]
"""The posts of a site by path; None for those that could not be read."""


class Description:
    """What the checked sites are, and the content of small image files that findings are about: each file once, by the path
    and the start of the finding."""

    def __init__(self) -> None:
        self.sites: list[CheckedSite] = []
        self.images: dict[tuple[str, int], bytes] = {}
        self._room = _ALL
        self._kept: set[tuple[str, str]] = set()

    def add(
        self,
        project: Project,
        files: Files | None,
        posts: Posts,
        diagnostics: Iterable[Diagnostic],
        shown: Callable[[str], str],
    ) -> None:
        """Describe the site of `project` with its `posts`. Paths are relative to its root; `shown` makes those of the report
        from them."""
        framework = project.framework
        title = None if framework.name == "none" else framework.title
        described = tuple(_post(shown(path), facts, framework) for path, facts in posts.items())
        root = shown("").rstrip("/")
        self.sites.append(CheckedSite(root, os.path.basename(project.root), title, project.evidence, described))
        if files:
            self._look(files, posts, diagnostics, shown)

    def _look(self, files: Files, posts: Posts, diagnostics: Iterable[Diagnostic], shown: Callable[[str], str]) -> None:
        uses: dict[str, list[Use]] = {}
        for d in diagnostics:
            facts = posts.get(d.path)
            if facts is None or d.end.offset - d.start.offset > _LONG:
                continue
            if d.path not in uses:
                uses[d.path] = facts.images
            path = next(_files_of(uses[d.path], d, files), None)
            if path is None or (files.root, path) in self._kept:
                continue
            size = files.size(path)
            if 0 < size <= min(SMALL, self._room) and len(data := files.head(path, size)) == size:
                self._kept.add((files.root, path))
                self._room -= size
                self.images[shown(d.path), d.start.offset] = data


def _post(path: str, facts: Facts | None, framework: Framework) -> CheckedPost:
    if facts is None:
        return CheckedPost(path, "", None, None, None, draft=False)
    day = _day(facts, framework)
    return CheckedPost(path, facts.title_text, facts.collection, facts.language, day, facts.draft)


def _day(facts: Facts, framework: Framework) -> date | None:
    dates = {dated.role: dated.moment.instant for dated in reversed(facts.dates)}
    instant = dates.get("published") or framework.named_date(facts.path)
    if instant is None and framework.front_matter.date_of_update_counts:
        instant = dates.get("updated")
    return instant.date() if instant else None


def _files_of(uses: Iterable[Use], d: Diagnostic, files: Files) -> Iterator[str]:
    """The image files that the place of `d` names."""
    for use in uses:
        if use.leads.status == "files" and use.span.start < d.end.offset and d.start.offset < use.span.end:
            found = (files.find_file(path).path for path in use.leads.paths)
            yield from (path for path in found if path is not None)
