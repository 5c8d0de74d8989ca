"""`postlint rule`: explains one rule, or lists all."""

import json
import os

from postlint import rules
from postlint.catalog import explain, plugins
from postlint.cli.arguments import Parser
from postlint.errors import PostlintError
from postlint.projects.project import Projects
from postlint.rule import Rule


def main(arguments: list[str]) -> int:
    parser = Parser("rule", "Explain a rule or a family, or list all rules.")
    parser.add_argument("name", nargs="?", metavar="NAME", help="a rule or a family (default: list all rules)")
    parser.add_argument("--output-format", choices=("text", "json", "markdown"), default="text", help="how to print it")
    options = parser.read(arguments)
    known = _known()
    if options.name is None:
        chosen = list(known.values())
    elif options.name in known:
        chosen = [known[options.name]]
    elif family := [rule for rule in known.values() if rule.family == options.name]:
        chosen = family
    else:
        from postlint.suggest import closest

        meant = closest(options.name, dict.fromkeys([*known, *(rule.family for rule in known.values())]))
        hint = f"did you mean `{meant}`?" if meant else "`postlint rule` lists all rules"
        raise PostlintError(f"unknown rule `{options.name}`; {hint}")
    if options.output_format == "json":
        found = [explain.as_data(rule) for rule in chosen]
        print(json.dumps(found[0] if options.name in known else found, ensure_ascii=False, indent=1))
    elif options.output_format == "markdown" or options.name in known:
        print("\n".join(map(explain.markdown, chosen)), end="")
    else:
        _list(chosen)
    return 0


def _known() -> dict[str, type[Rule]]:
    config = Projects().config(os.getcwd())
    found = [rules.load(name) for name in rules.names()] + plugins.load(config.plugins, config.root)
    return {rule.name: rule for rule in found}


def _list(chosen: list[type[Rule]]) -> None:
    width = max(len(rule.name) for rule in chosen)
    family = None
    for rule in chosen:
        if rule.family != family:
            family = rule.family
            print(family)
        mark = "preview" if rule.preview else rule.severity if rule.default else "off"
        marks = f"{mark:8}{'fix' if explain.fixable(rule) else '':4}"
        print(f"  {rule.name:{width}}  {marks} {explain.summary(rule)}")
