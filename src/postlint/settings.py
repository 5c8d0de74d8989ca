"""The settings of a run, as data."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from postlint.diagnostics import Severity

if TYPE_CHECKING:
    from postlint.schema import Stated


FILES = ("postlint.toml", ".postlint.toml", "pyproject.toml")


class CollectionConfig(NamedTuple):
    """Posts of one kind. Patterns are relative to the configuration's folder; without `include`, they are those of the
    framework's own collection of that name. `schema` as in the documentation, or what the site itself states.
    `where`: only the posts that have these values in their front matter."""

    name: str
    include: Sequence[str] = ()
    exclude: Sequence[str] = ()
    schema: "str | Stated | None" = None
    where: Mapping[str, str | int | float | bool] = {}


class PerPath(NamedTuple):
    """Settings that hold for some posts only. Patterns are relative to the configuration's folder.

    `select` None leaves the selection as it is for other posts; the other fields change it.
    """

    paths: Sequence[str]
    ignore: Sequence[str] = ()
    select: Sequence[str] | None = None
    extend_select: Sequence[str] = ()
    severity: Mapping[str, Severity] = {}
    rules: Mapping[str, Mapping[str, Any]] = {}


class Origin(NamedTuple):
    """Where a setting is written: `file` is absolute, `line` and `column` count from 1."""

    file: str
    line: int
    column: int


class Config(NamedTuple):
    """The settings of a run: those of `postlint.toml`, in Python's spelling, and where they were read.

    `select` None means the rules that are on by default. `root` is the folder that patterns and schemas are relative
    to, None for the working directory; `file` the file that was read. `isolated`: no user code is run. `publish`: drafts
    are checked as if they were published. `preview`: rules that are new and may still change run, too. `format` holds the
    settings of mdformat. `origins` says where each setting was read, in `file` or in a configuration that it extends:
    `ignore`, `severity.date-future`, `collections[0].include`, ….
    """

    framework: str = "auto"
    select: Sequence[str] | None = None
    extend_select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    severity: Mapping[str, Severity] = {}
    exclude: Sequence[str] = ()
    collections: Sequence[CollectionConfig] = ()
    rules: Mapping[str, Mapping[str, Any]] = {}
    per_path: Sequence[PerPath] = ()
    format: Mapping[str, Any] = {}
    plugins: Sequence[str] = ()
    root: str | None = None
    file: str | None = None
    isolated: bool = False
    publish: bool = False
    preview: bool = False
    origins: Mapping[str, Origin] = {}
