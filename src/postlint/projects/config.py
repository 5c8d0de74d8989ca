"""Reads the settings of a run from a file. Every error has file, line, column and a suggestion."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from postlint.diagnostics import Severity
from postlint.errors import PostlintError
from postlint.files import near_paths, reading
from postlint.front_matter import Entry, Node, Problem
from postlint.projects import extending, required_version
from postlint.projects.extending import Layer
from postlint.settings import FILES, CollectionConfig, Config, Origin, PerPath
from postlint.text import Span, Text

if TYPE_CHECKING:
    from postlint.files.files import Files
    from postlint.rule import Rule


_LONGEST_CHAIN = 20


def load_config(path: str) -> Config:
    """Read `path`: a `postlint.toml`, or a `pyproject.toml` with `[tool.postlint]`. Raises PostlintError."""
    config = _read(path)
    if config is None:
        raise PostlintError(f"{path}: it has no [tool.postlint] table")
    return config


def find(files: "Files", is_trusted: bool = True) -> Config | None:
    """The configuration at the root of `files`, None if there is none. Without `is_trusted`, the rules and schemas that it
    names are left out if they are code. Raises PostlintError for a broken one."""
    for name in FILES:
        if files.is_absent(name):
            continue
        try:
            config = _read(os.path.join(files.root, name), files, is_trusted)
        except reading.NoFile:
            continue
        if config is not None:
            return config
    return None


def _read(path: str, files: "Files | None" = None, is_trusted: bool = True) -> Config | None:
    """The configuration at `path`, in `files` or on disk. Raises NoFile if there is none in `files`."""
    layer = _layer(path, files, is_trusted, ())
    if layer is None:
        return None
    root = os.path.dirname(os.path.abspath(path))
    values = {name: value for name, value in layer.values.items() if is_trusted or name != "plugins"}
    return Config(**values, root=root, file=path, origins=layer.origins)


def _layer(path: str, files: "Files | None", is_trusted: bool, chain: tuple[str, ...]) -> Layer | None:
    """What the configuration at `path` says, with what it extends. `chain` are the files that extend it."""
    from postlint.front_matter import toml

    shown = _shown(path)
    try:
        data = files.read(os.path.basename(path)) if files else reading.read(path)
    except reading.Unreadable as error:
        if (files or chain) and isinstance(error, reading.NoFile):
            raise
        meant = near_paths.hint(shown) if isinstance(error, reading.NoFile) else ""
        raise PostlintError(f"{shown}: {error}{meant}") from None
    embedded = os.path.basename(path) == "pyproject.toml"
    if embedded and b"postlint" not in data:
        return None
    text = Text.from_bytes(data)
    if not text.decoded:
        raise PostlintError(f"{shown}: is not UTF-8")
    reader = _Reader(path, files, text, is_trusted, chain)
    tree = toml.parse(text.value, 0)
    if isinstance(tree, Problem):
        raise reader.error(tree.span, tree.message)
    for name in ("tool", "postlint") if embedded else ():
        below = next((entry.node for entry in tree.entries or () if entry.name == name), None)
        if below is None:
            return None
        tree = below
    return reader.top(tree)


def _shown(path: str) -> str:
    return path.removeprefix(os.path.join(os.getcwd(), ""))


def check_framework(name: str) -> None:
    """Raise PostlintError if `name` is neither a framework nor `auto`."""
    from postlint import frameworks

    # `auto` last: of equally near names, the first is suggested.
    known = [*frameworks.names(), "auto"]
    if name not in known:
        raise PostlintError(_unknown("framework", name, known))


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    from postlint.suggest import closest

    names = list(known)
    meant = closest(name, names)
    hint = f"did you mean `{meant}`?" if meant else f"the known ones are {', '.join(f'`{one}`' for one in names)}"
    return f"unknown {what} `{name}`; {hint}"


class _Reader:
    """Turns the tree of one file into values, or raises the first error with its place."""

    def __init__(
        self, path: str, files: "Files | None", text: Text, is_trusted: bool = True, chain: tuple[str, ...] = ()
    ) -> None:
        self._shown, self._text, self._is_trusted = _shown(path), text, is_trusted
        self._files = files
        self._chain = (*chain, os.path.abspath(path))
        self.root = os.path.dirname(os.path.abspath(path))
        self._plugins: Sequence[str] = ()
        self._leaves_out_rules = False
        self._origins: dict[str, Origin] = {}

    def top(self, node: Node) -> Layer:
        """The values of the file, with those of the configuration that it extends."""
        first = {entry.name: entry for entry in node.entries or ()}
        # A configuration for other versions may have settings that this one does not know.
        if "required-version" in first:
            self.required_version(first["required-version"])
        base = self.extended(first["extends"]) if "extends" in first else Layer({}, {})
        # Before the rest, since the names that may be selected depend on them.
        plugins = self.texts(first["plugins"]) if "plugins" in first else base.values.get("plugins", ())
        self._plugins = plugins if self._is_trusted else ()
        self._leaves_out_rules = bool(plugins) and not self._is_trusted
        values = self.table(node, _TOP, "setting")
        for name in ("required_version", "extends"):
            values.pop(name, None)
        for name in ("severity", "format", "rules"):
            for item in (first[name].node.entries or ()) if name in first else ():
                self._remember(f"{name}.{item.name}", item)
                for option in (item.node.entries or ()) if name == "rules" else ():
                    self._remember(f"{name}.{item.name}.{option.name}", option)
        return extending.merged(base, Layer(values, self._origins))

    def required_version(self, entry: Entry) -> str:
        wanted = self.text(entry)
        if problem := required_version.problem(wanted):
            raise self.error(entry.node.span, problem)
        return wanted

    def extended(self, entry: Entry) -> Layer:
        """What the configuration says that this one extends, as seen from this one's folder."""
        name = self.text(entry)
        try:
            path = extending.find(name, self.root)
            if path in self._chain:
                circle = " → ".join(map(_shown, (*self._chain[self._chain.index(path) :], path)))
                raise PostlintError(f"`extends` goes round in a circle: {circle}")
            if len(self._chain) > _LONGEST_CHAIN:
                raise PostlintError(f"more than {_LONGEST_CHAIN} configurations extend one another")
            folder = os.path.dirname(path)
            files = self._files.at(folder) if self._files else None
            is_installed = os.path.normpath(os.path.join(self.root, name)) != path
            if (
                not self._is_trusted
                and files
                and self._files
                and files.source != self._files.source
                and not is_installed
            ):
                raise PostlintError(f"`{name}` is outside of the repository")
        except PostlintError as error:
            raise self.error(entry.node.span, str(error)) from None
        try:
            layer = _layer(path, files, self._is_trusted, self._chain)
        except reading.NoFile:
            layer = None
        if layer is None:
            what = (
                "it has no [tool.postlint] table"
                if os.path.basename(path) == "pyproject.toml"
                else f"there is no such file{self._meant(name)}"
            )
            raise self.error(entry.node.span, f"`{name}`: {what}")
        return extending.moved(layer, folder, self.root)

    def _meant(self, name: str) -> str:
        """A suggestion for the file `name` that is not there; there is none for those of a commit or a package."""
        on_disk = self._files is None or self._files.source == "disk"
        return near_paths.hint(name, self.root) if on_disk and ":" not in name else ""

    def error(self, span: Span, message: str) -> PostlintError:
        place = self._text.place(span.start)
        return PostlintError(f"{self._shown}:{place.line}:{place.column}: {message}")

    def _remember(self, name: str, entry: Entry) -> None:
        place = self._text.place(entry.key.span.start)
        self._origins[name] = Origin(self._chain[-1], place.line, place.column)

    def table(self, node: Node, known: "Mapping[str, _Reading]", what: str, within: str = "") -> dict[str, Any]:
        out: dict[str, Any] = {}
        for entry in self.entries(node, what):
            if entry.name not in known:
                raise self.error(entry.key.span, _unknown(what, entry.name, known))
            name = entry.name.replace("-", "_")
            if name in out:
                raise self.error(entry.key.span, f"`{entry.name}` is set twice")
            out[name] = known[entry.name](self, entry)
            self._remember(within + entry.name, entry)
        return out

    def entries(self, node: Node, what: str) -> tuple[Entry, ...]:
        if node.entries is None:
            raise self.error(node.span, f"this must be a table of {what}s")
        return node.entries

    def text(self, entry: Entry) -> str:
        if not isinstance(entry.node.value, str):
            raise self.error(entry.node.span, f"`{entry.name}` must be text in quotes")
        return entry.node.value

    def flag(self, entry: Entry) -> bool:
        if not isinstance(entry.node.value, bool):
            raise self.error(entry.node.span, f"`{entry.name}` must be `true` or `false`, without quotes")
        return entry.node.value

    def texts(self, entry: Entry) -> tuple[str, ...]:
        items = entry.node.items
        if items is None:
            raise self.error(entry.node.span, f'`{entry.name}` must be a list of texts, such as ["a", "b"]')
        for item in items:
            if not isinstance(item.value, str):
                raise self.error(item.span, f"`{entry.name}` may contain only texts in quotes")
        return tuple(str(item.value) for item in items)

    def selectors(self, entry: Entry) -> tuple[str, ...]:
        named = zip(self.texts(entry), entry.node.items or (), strict=True)
        return tuple(self.selector(name, item.span) for name, item in named if not self._is_left_out(name))

    def selector(self, name: str, span: Span) -> str:
        from postlint.catalog.selection import check_selector

        try:
            check_selector(name, self._plugins, self.root)
        except PostlintError as error:
            raise self.error(span, str(error)) from None
        return name

    def _is_left_out(self, name: str) -> bool:
        """Whether `name` can only be a rule that is left out because it is code that is not trusted."""
        from postlint.catalog.selection import check_selector

        if self._leaves_out_rules:
            try:
                check_selector(name)
            except PostlintError:
                return True
        return False

    def framework(self, entry: Entry) -> str:
        name = self.text(entry)
        try:
            check_framework(name)
        except PostlintError as error:
            raise self.error(entry.node.span, str(error)) from None
        return name

    def severity(self, entry: Entry) -> dict[str, Severity]:
        out = {}
        for item in self.entries(entry.node, "rule name"):
            value = self.text(item)
            if value not in ("error", "warning"):
                raise self.error(
                    item.node.span, f'`{item.name}` must be "error" or "warning"; to turn a rule off, use `ignore`'
                )
            if not self._is_left_out(item.name):
                out[self.selector(item.name, item.key.span)] = Severity(value)
        return out

    def rules(self, entry: Entry) -> dict[str, dict[str, Any]]:
        from postlint.catalog.selection import option_problem
        from postlint.rule import options

        out: dict[str, dict[str, Any]] = {}
        for table in self.entries(entry.node, "rule"):
            if self._is_left_out(table.name):
                continue
            known = options(self.rule(table))
            values: dict[str, Any] = {}
            for item in self.entries(table.node, "option"):
                if not known:
                    raise self.error(item.key.span, f"{table.name} has no options")
                if item.name not in known:
                    raise self.error(item.key.span, _unknown(f"option of {table.name}", item.name, known))
                value = _plain(item.node)
                if problem := option_problem(known[item.name].kind, value):
                    raise self.error(item.node.span, f"`{item.name}` must be {problem}")
                values[item.name] = value
            out[table.name] = values
        return out

    def rule(self, entry: Entry) -> "type[Rule]":
        from postlint import rules
        from postlint.catalog import plugins

        if entry.name in rules.names():
            return rules.load(entry.name)
        self.selector(entry.name, entry.key.span)
        for rule in plugins.load(self._plugins, self.root):
            if rule.name == entry.name:
                return rule
        raise self.error(entry.key.span, f"`{entry.name}` is a family; only rules have options")

    def collections(self, entry: Entry) -> tuple[CollectionConfig, ...]:
        made = tuple(self.tables(entry, _COLLECTION, ("name",), "collection", CollectionConfig))
        return made if self._is_trusted else tuple(_without_code(one) for one in made)

    def where(self, entry: Entry) -> dict[str, str | int | float | bool]:
        out = {}
        for item in self.entries(entry.node, "front-matter key"):
            if not isinstance(item.node.value, (str, int, float, bool)):
                raise self.error(item.node.span, f"`{item.name}` must be text, a number, or true or false")
            out[item.name] = item.node.value
        return out

    def per_path(self, entry: Entry) -> tuple[PerPath, ...]:
        return tuple(self.tables(entry, _PER_PATH, ("paths",), "per-path table", PerPath))

    def format(self, entry: Entry) -> dict[str, Any]:
        from postlint.formatting.options import problem_of

        out: dict[str, Any] = {}
        for item in self.entries(entry.node, "setting"):
            if item.name not in _FORMAT:
                raise self.error(item.key.span, _unknown("setting of format", item.name, _FORMAT))
            out[item.name] = _plain(item.node)
            if problem := problem_of({item.name: out[item.name]}):
                raise self.error(item.node.span, problem)
        return out

    def tables(
        self,
        entry: Entry,
        known: "Mapping[str, _Reading]",
        required: tuple[str, ...],
        what: str,
        make: Callable[..., Any],
    ) -> list[Any]:
        if entry.node.items is None:
            raise self.error(entry.key.span, f"write [[{entry.name}]], with two brackets, since there can be several")
        out = []
        for number, item in enumerate(entry.node.items):
            values = self.table(item, known, "setting", f"{entry.name}[{number}].")
            for name in required:
                if name not in values:
                    raise self.error(item.span, f"a {what} needs `{name}`")
            out.append(make(**values))
        return out


def _without_code(collection: CollectionConfig) -> CollectionConfig:
    is_code = isinstance(collection.schema, str) and ":" in collection.schema
    return collection._replace(schema=None) if is_code else collection


_Reading = Callable[[_Reader, Entry], Any]
_COLLECTION: Mapping[str, _Reading] = {
    "name": _Reader.text,
    "include": _Reader.texts,
    "exclude": _Reader.texts,
    "schema": _Reader.text,
    "where": _Reader.where,
}
_PER_PATH: Mapping[str, _Reading] = {
    "paths": _Reader.texts,
    "select": _Reader.selectors,
    "extend-select": _Reader.selectors,
    "ignore": _Reader.selectors,
    "severity": _Reader.severity,
    "rules": _Reader.rules,
}
_FORMAT = ("wrap", "number", "extensions", "plugin")
_TOP: Mapping[str, _Reading] = {
    "framework": _Reader.framework,
    "select": _Reader.selectors,
    "extend-select": _Reader.selectors,
    "ignore": _Reader.selectors,
    "severity": _Reader.severity,
    "exclude": _Reader.texts,
    "plugins": _Reader.texts,
    "rules": _Reader.rules,
    "collections": _Reader.collections,
    "per-path": _Reader.per_path,
    "format": _Reader.format,
    "extends": _Reader.text,  # `top` has read it before
    "required-version": _Reader.required_version,
    "preview": _Reader.flag,
}


def _plain(node: Node) -> Any:
    from postlint.front_matter import to_data

    return to_data(node)
