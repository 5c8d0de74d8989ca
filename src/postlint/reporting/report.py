"""The findings of a run: diagnostics in order, with counts."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from postlint.diagnostics import FILE_NOT_FIXED, Diagnostic, Severity, Skipped, about_file, order
from postlint.files import reading
from postlint.reporting.sites import CheckedSite, Images
from postlint.text import Text


class Summary(NamedTuple):
    """Counts of a run: posts that were looked at, findings by severity, and how many of them have a fix."""

    files: int
    errors: int
    warnings: int
    fixable: int


class Report:
    """The findings of a run, sorted by path, then start, then rule.

    `fixed` holds the findings that were fixed, `texts` the text before and after of every post that a fix changes,
    `contents` the bytes of the posts that are not on disk; both by the path in their diagnostics. `suppressed` is the
    number of findings that new comments suppress. `about` names what was checked if that is a change (`Staged changes`).
    `skipped` is what rules decided not to judge. `posts` are the paths of the posts that were looked at. `sites` describes
    the checked sites if that was asked for, and then `images` holds the small image files that findings are about.
    """

    def __init__(
        self,
        diagnostics: list[Diagnostic],
        files: int,
        fixed: list[Diagnostic] | None = None,
        texts: Mapping[str, tuple[str, str]] | None = None,
        contents: Mapping[str, bytes] | None = None,
        suppressed: int = 0,
        about: str | None = None,
        skipped: Sequence[Skipped] = (),
        posts: Sequence[str] = (),
        sites: Sequence[CheckedSite] = (),
        images: Images | None = None,
    ) -> None:
        self.posts = list(posts)
        self.sites = list(sites)
        self.images = images or {}
        self.about = about
        self.skipped = list(skipped)
        self.diagnostics = diagnostics
        self.files = files
        self.fixed = fixed or []
        self.texts = dict(texts or {})
        self.contents = contents or {}
        self.suppressed = suppressed
        self._read: tuple[str, Text | None] | None = None

    @cached_property
    def summary(self) -> Summary:
        errors = sum(d.severity is Severity.ERROR for d in self.diagnostics)
        fixable = sum(d.fix is not None for d in self.diagnostics)
        return Summary(self.files, errors, len(self.diagnostics) - errors, fixable)

    def text(self, path: str) -> Text | None:
        """The text that the diagnostics of `path` are about; None if it can no longer be read."""
        # Reporters go from post to post, and ask for each finding's.
        if self._read is None or self._read[0] != path:
            self._read = path, self._text(path)
        return self._read[1]

    def _text(self, path: str) -> Text | None:
        if path in self.texts:
            return Text(self.texts[path][1])
        try:
            return Text.from_bytes(self.contents[path] if path in self.contents else reading.read(path))
        except reading.Unreadable:
            return None

    def discard_fixes(self, path: str, reason: str) -> None:
        """Take back the fixes of the post at `path`: `reason` replaces all of its findings."""
        del self.texts[path]
        self.fixed = [d for d in self.fixed if d.path != path]
        kept = [d for d in self.diagnostics if d.path != path]
        self.diagnostics = order([*kept, about_file(path, FILE_NOT_FIXED, reason)])

    def to_json(self) -> str:
        """The report as `--output-format json` prints it."""
        from postlint.reporting.as_json import whole

        return whole(self.summary._asdict(), self.diagnostics, self.skipped)
