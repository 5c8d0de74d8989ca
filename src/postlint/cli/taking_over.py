"""The schemas and patterns of other linters of front matter, for `postlint init` to take over.

They are those of remark-lint-frontmatter-schema (https://github.com/JulianCataldo/remark-lint-frontmatter-schema), and of
check-jsonschema in pre-commit and in the scripts of a package (https://check-jsonschema.readthedocs.io).
"""

import posixpath
import re
import shlex
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from postlint.files.endings import SCHEMA_ENDINGS, is_markdown
from postlint.files.files import Files
from postlint.javascript.literals import Call
from postlint.javascript.modules import Modules
from postlint.schema.sources import files as config_files

_REMARK = "remark-lint-frontmatter-schema"
_SCRIPTS = tuple(f".remarkrc.{ending}" for ending in ("mjs", "js", "cjs", "ts"))
_DATA = (".remarkrc.json", ".remarkrc.yml", ".remarkrc.yaml", ".remarkrc")
_HOOKS = ".pre-commit-config.yaml"
_PACKAGE = "package.json"
_COMMANDS = re.compile(r"&&|\|\||[;|&]")
_MOST_VALUES = 5_000
# A regular expression of pre-commit that stands for all files of one ending below a folder.
_BELOW = re.compile(r"\^?((?:[\w-]|\\?\.|/)+)/(?:\.\*|\.\+|\[\^/\]\+)\\\.(md|mdx|markdown)\$?")


class Taken(NamedTuple):
    """A schema file and the patterns of the posts that it is for, relative to the site's root."""

    schema: str
    include: tuple[str, ...]
    origin: str

    @property
    def name(self) -> str:
        """A name for the collection: that of the file, without `.schema`."""
        return posixpath.basename(self.schema).partition(".")[0]


class TakenOver(NamedTuple):
    """What can be taken over, and what cannot, each in a sentence without a full stop."""

    taken: tuple[Taken, ...] = ()
    left: tuple[str, ...] = ()


def read(files: Files) -> TakenOver:
    """The set-ups at the root of `files`."""
    taken: list[Taken] = []
    left: list[str] = []
    for schema, globs, origin in (*_remark(files, left), *_check_jsonschema(files, left), *_scripts(files, left)):
        path = posixpath.normpath(schema)
        include = tuple(posixpath.normpath(glob) for glob in globs)
        if "://" in schema or "://" in "".join(globs):
            left.append(f"{origin}: postlint fetches no schemas; save a copy of it, then name that in `schema`")
        elif not path.endswith(SCHEMA_ENDINGS):
            left.append(f"{origin}: `{schema}` is neither JSON nor YAML")
        elif path.startswith(("..", "/")) or not files.is_file(path):
            left.append(f"{origin}: there is no file `{schema}`")
        elif not include:
            left.append(f"{origin}: `{schema}` has no patterns that postlint can read")
        else:
            taken.append(Taken(path, include, origin))
    return TakenOver(tuple(taken), tuple(left))


def _remark(files: Files, left: list[str]) -> Iterator[tuple[str, list[str], str]]:
    for name in (*_DATA, *_SCRIPTS, _PACKAGE):
        text = files.read_text(name) if files.is_file(name) else None
        if text is None or _REMARK not in text:
            continue
        if name in _SCRIPTS:
            config: Any = Modules(files).module(name).config
        else:
            # Without an ending it is JSON or YAML, and JSON is YAML.
            config = config_files.read(files, name) or {}
        found = list(_options(config.get("remarkConfig") if name == _PACKAGE else config))
        if not found and name != _PACKAGE:
            left.append(f"{name}: it states no schema that postlint can read; the `$schema` of a post counts as before")
        for options in found:
            if "embed" in options:
                left.append(
                    f"{name}: the schema in `embed` is code; save it as a JSON file, then name that in `schema`"
                )
            schemas = options.get("schemas")
            for schema, globs in schemas.items() if isinstance(schemas, dict) else ():
                if schema != "...":
                    yield schema, _texts(globs), name


def _options(value: Any) -> Iterator[Mapping[str, Any]]:
    """Every mapping in the settings of plugins that states schemas."""
    pending, seen = [value], 0
    while pending and seen < _MOST_VALUES:
        value = pending.pop()
        seen += 1
        if isinstance(value, dict):
            if "schemas" in value or "embed" in value:
                yield value
            pending += value.values()
        elif isinstance(value, list | tuple):
            pending += value
        elif isinstance(value, Call):
            pending += value.args


def _texts(value: Any) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _check_jsonschema(files: Files, left: list[str]) -> Iterator[tuple[str, list[str], str]]:
    config = config_files.read(files, _HOOKS) if files.is_file(_HOOKS) else None
    repositories = config.get("repos") if config else None
    for repository in repositories if isinstance(repositories, list) else ():
        hooks = repository.get("hooks") if isinstance(repository, dict) else None
        for hook in hooks if isinstance(hooks, list) else ():
            if not isinstance(hook, dict) or hook.get("id") != "check-jsonschema":
                continue
            pattern = hook.get("files")
            if not isinstance(pattern, str) or not re.search(r"md|markdown", pattern):
                continue  # it checks data files
            schema = _argument(_texts(hook.get("args")))
            found = _BELOW.fullmatch(pattern)
            if schema is None:
                left.append(f"{_HOOKS}: a hook check-jsonschema for `{pattern}` names no schema file of the site")
            elif found is None:
                left.append(f"{_HOOKS}: the regular expression `{pattern}` cannot be written as a pattern of paths")
            else:
                folder = found[1].replace("\\", "")
                yield schema, [f"{folder}/**/*.{found[2]}"], _HOOKS


def _scripts(files: Files, left: list[str]) -> Iterator[tuple[str, list[str], str]]:
    """The posts that a script of the package gives to check-jsonschema."""
    config = config_files.read(files, _PACKAGE) if files.is_file(_PACKAGE) else None
    scripts = config.get("scripts") if config else None
    for script in scripts.values() if isinstance(scripts, dict) else ():
        for command in _COMMANDS.split(script) if isinstance(script, str) and "check-jsonschema" in script else ():
            try:
                words = shlex.split(command)
            except ValueError:
                continue
            globs = [word for word in words if is_markdown(word)]
            if "check-jsonschema" not in words or not globs:
                continue  # it checks data files
            schema = _argument(words)
            if schema is None:
                left.append(f"{_PACKAGE}: a script checks `{globs[0]}` with check-jsonschema and names no schema file")
            else:
                yield schema, globs, _PACKAGE


def _argument(args: list[str]) -> str | None:
    """The file in `--schemafile FILE`, None if it is an address."""
    for number, arg in enumerate(args):
        name, equals, value = arg.partition("=")
        if name == "--schemafile":
            value = value if equals else (args[number + 1] if number + 1 < len(args) else "")
            return None if "://" in value or not value else value
    return None
