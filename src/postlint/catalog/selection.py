"""Which rules run: names and families from the configuration and the command line, the more specific one deciding."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from postlint import rules
from postlint.catalog import plugins
from postlint.diagnostics import Severity
from postlint.errors import PostlintError

if TYPE_CHECKING:
    from postlint.rule import Rule
    from postlint.settings import Config, PerPath

ALL = "all"


def check_selector(name: str, sources: Sequence[str] = (), root: str | None = None) -> None:
    """Raise PostlintError if `name` is neither a rule nor a family, built in or of the plugins `sources`."""
    known = rules.names()
    if name == ALL or name in known or name in known.values():
        return
    added = {word for rule in plugins.load(sources, root) for word in (rule.name, rule.family)}
    if name in added:
        return
    from postlint.suggest import closest

    meant = closest(name, [*known, *known.values(), *added])
    hint = f"did you mean `{meant}`?" if meant else "`postlint rule` lists all rules"
    raise PostlintError(f"unknown rule `{name}`; {hint}")


def active(config: "Config", tables: "Sequence[PerPath]" = ()) -> list["Rule"]:
    """The rules that `config` asks for, with their options, built-in ones first; for posts that have the per-path `tables`,
    of which later ones win. Raises PostlintError, also for unknown names."""
    from postlint.rule import configure

    sources = () if config.isolated else config.plugins
    for name in _named(config, tables):
        check_selector(name, sources, config.root)
    made: list[Rule] = []
    for name, family in rules.names().items():
        wanted = _decided(name, family, config, tables)
        is_on = name not in rules.OFF and (config.preview or name not in rules.PREVIEW)
        if wanted or (wanted is None and is_on):
            rule = rules.load(name)
            made.append(configure(rule, _checked(rule, config, tables)))
    for rule in [] if config.isolated else plugins.load(config.plugins, config.root):
        wanted = _decided(rule.name, rule.family, config, tables)
        if wanted or (wanted is None and rule.default and (config.preview or not rule.preview)):
            made.append(configure(rule, _checked(rule, config, tables)))
    for one in made:
        one.settle(config)
    return made


def severity(rule: "Rule", config: "Config", tables: "Sequence[PerPath]" = ()) -> Severity | None:
    """The severity that `config` and the per-path `tables` give to all findings of `rule`, None if they leave that to it."""
    tiers = (*(table.severity for table in reversed(tables)), config.severity)
    return next((found for tier in tiers if (found := tier.get(rule.name) or tier.get(rule.family))), None)


def stays(rule: "Rule", tables: "Sequence[PerPath]") -> bool:
    """Whether `rule`, which is on, stays on for the posts that have the per-path `tables`."""
    return _changed(True, rule.name, rule.family, tables) is True


def _named(config: "Config", tables: "Sequence[PerPath]") -> "Iterable[str]":
    yield from (*(config.select or ()), *config.extend_select, *config.ignore, *config.severity)
    for table in tables:
        yield from (*(table.select or ()), *table.extend_select, *table.ignore, *table.severity)


def _decided(name: str, family: str, config: "Config", tables: "Sequence[PerPath]") -> bool | None:
    """Whether a rule was asked for (True), refused (False), or never spoken of (None)."""
    return _changed(_wanted(name, family, config.select, config.extend_select, config.ignore), name, family, tables)


def _changed(wanted: bool | None, name: str, family: str, tables: "Sequence[PerPath]") -> bool | None:
    for table in tables:
        said = _wanted(name, family, table.select, table.extend_select, table.ignore)
        wanted = wanted if said is None else said
    return wanted


def option_problem(kind: Any, value: object) -> str | None:
    """What an option of type `kind` must be, if `value` is not that."""
    from typing import get_args, get_origin

    if get_origin(kind) is not None and get_args(kind) and isinstance(get_args(kind)[0], str):
        choices = get_args(kind)
        return None if value in choices else "one of " + ", ".join(f'"{choice}"' for choice in choices)
    if kind is bool:
        return None if isinstance(value, bool) else "true or false"
    if kind is int:
        return None if isinstance(value, int) and not isinstance(value, bool) else "a whole number"
    if kind is str:
        return None if isinstance(value, str) else "text in quotes"
    return None if isinstance(value, list) and all(isinstance(item, str) for item in value) else "a list of texts"


def _wanted(
    name: str, family: str, select: Sequence[str] | None, extend: Sequence[str], ignore: Sequence[str]
) -> bool | None:
    """Whether a rule was asked for (True), refused (False), or never spoken of (None)."""
    asked = max((_weight(name, family, word) for word in (*(select or ()), *extend)), default=0)
    refused = max((_weight(name, family, word) for word in ignore), default=0)
    if asked > refused:
        return True
    if refused or select is not None:
        return False
    return None


def _weight(name: str, family: str, selector: str) -> int:
    return 3 if selector == name else 2 if selector == family else 1 if selector == ALL else 0


def _checked(rule: type["Rule"], config: "Config", tables: "Sequence[PerPath]") -> Mapping[str, Any]:
    from postlint.rule import options

    values = dict(config.rules.get(rule.name, {}))
    for table in tables:
        values.update(table.rules.get(rule.name, {}))
    known = options(rule) if values else {}
    for name, value in values.items():
        if name not in known:
            raise PostlintError(f"{config.file or 'configuration'}: {rule.name} has no option `{name}`")
        if problem := option_problem(known[name].kind, value):
            raise PostlintError(f"{config.file or 'configuration'}: `{name}` of {rule.name} must be {problem}")
    return values
