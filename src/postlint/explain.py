"""A rule in words: its docstring, options and examples, as Markdown or as data."""

import inspect
from collections.abc import Mapping
from typing import Any, get_args

from postlint.rule import Bad, Good, Rule, options

URL = "https://github.com/postlint/postlint/blob/main/docs/rules/{name}.md"


def summary(rule: type[Rule]) -> str:
    """The first sentence of the rule's page."""
    return inspect.cleandoc(rule.__doc__ or "").partition("\n\n")[0].replace("\n", " ")


def fixable(rule: type[Rule]) -> bool:
    """Whether the rule can repair at least one of its examples."""
    return any(isinstance(example, Bad) and example.fixed is not None for example in rule.examples)


def as_data(rule: type[Rule]) -> dict[str, Any]:
    """What `postlint rule --output-format json` says of one rule."""
    return {
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity.value,
        "default": rule.default,
        "fixable": fixable(rule),
        "summary": summary(rule),
        "description": inspect.cleandoc(rule.__doc__ or ""),
        "options": [
            {"name": o.name, "type": _kind(o.kind), "default": o.default, "description": o.description}
            for o in options(rule).values()
        ],
        "url": URL.format(name=rule.name),
    }


def markdown(rule: type[Rule]) -> str:
    """The rule's page."""
    first, _, rest = inspect.cleandoc(rule.__doc__ or "").partition("\n\n")
    facts = [f"family `{rule.family}`", str(rule.severity), "on by default" if rule.default else "off by default"]
    if fixable(rule):
        facts.append("has a fix")
    lines = [f"# {rule.name}", "", first, "", f"*{', '.join(facts)}*", ""]
    if rest:
        lines += [rest, ""]
    if known := options(rule):
        lines += ["## Options", "", "```toml", f"[rules.{rule.name}]"]
        lines += [f"{o.name} = {_toml(o.default)}  # {o.description}" for o in known.values()]
        lines += ["```", ""]
    for kind, title in ((Bad, "## Reported"), (Good, "## Fine")):
        shown = [example for example in rule.examples if isinstance(example, kind)]
        if shown:
            lines += [title, ""]
            for example in shown:
                lines += _example(example)
    return "\n".join(lines).rstrip() + "\n"


def _example(example: Good | Bad) -> list[str]:
    posts: Mapping[str, str] = example.text if isinstance(example.text, Mapping) else {example.path: example.text}
    lines = []
    for path, text in posts.items():
        plain = text.replace("⟦", "").replace("⟧", "")
        body = plain.rstrip("\n").encode("unicode_escape").decode() if not _is_showable(plain) else plain.rstrip("\n")
        fence = "`" * max(3, 1 + max((len(run) for run in _runs(body)), default=0))
        lines += [f"`{path}`" + (":" if body else ""), ""]
        lines += [f"{fence}md", body, fence, ""] if body else []
    return lines


def _is_showable(text: str) -> bool:
    return all(char.isprintable() or char == "\n" for char in text)


def _runs(text: str) -> list[str]:
    import re

    return re.findall("`+", text)


def _kind(kind: Any) -> str:
    if choices := [c for c in get_args(kind) if isinstance(c, str)]:
        return " | ".join(f'"{choice}"' for choice in choices)
    return {bool: "true or false", int: "whole number", str: "text"}.get(kind, "list of texts")


def _toml(value: object) -> str:
    import json

    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
