"""Which rules run: names and families from the configuration and the command line, the more specific one deciding."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from postlint import rules
from postlint.catalog import plugins
from postlint.diagnostics import Severity
from postlint.errors import PostlintError

if TYPE_CHECKING:
    from postlint.rule import Rule
    from postlint.settings import Config

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


def active(config: "Config") -> list["Rule"]:
    """The rules that `config` asks for, with their options, built-in ones first. Raises PostlintError, also for unknown
    names."""
    from postlint.rule import configure

    sources = () if config.isolated else config.plugins
    for name in (*(config.select or ()), *config.extend_select, *config.ignore, *config.severity):
        check_selector(name, sources, config.root)
    made: list[Rule] = []
    for name, family in rules.names().items():
        # Only if nothing names the rule, its class must be loaded to know its default.
        wanted = _wanted(name, family, config.select, config.extend_select, config.ignore)
        if wanted is not False:
            rule = rules.load(name)
            if wanted or rule.default:
                made.append(configure(rule, _checked(rule, config)))
    for rule in [] if config.isolated else plugins.load(config.plugins, config.root):
        wanted = _wanted(rule.name, rule.family, config.select, config.extend_select, config.ignore)
        if wanted or (wanted is None and rule.default):
            made.append(configure(rule, _checked(rule, config)))
    for one in made:
        one.settle(config)
    return made


def severity(rule: "Rule", config: "Config") -> Severity | None:
    """The severity that `config` gives to all findings of `rule`, None if it leaves that to the rule."""
    return config.severity.get(rule.name) or config.severity.get(rule.family)


def ignored(rule: "Rule", ignore: Iterable[str]) -> bool:
    """Whether the selectors `ignore` of a per-path table turn `rule` off."""
    return any(_weight(rule.name, rule.family, word) for word in ignore)


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


def _checked(rule: type["Rule"], config: "Config") -> Mapping[str, Any]:
    from postlint.rule import options

    values = config.rules.get(rule.name, {})
    known = options(rule) if values else {}
    for name, value in values.items():
        if name not in known:
            raise PostlintError(f"{config.file or 'configuration'}: {rule.name} has no option `{name}`")
        if problem := option_problem(known[name].kind, value):
            raise PostlintError(f"{config.file or 'configuration'}: `{name}` of {rule.name} must be {problem}")
    return values
