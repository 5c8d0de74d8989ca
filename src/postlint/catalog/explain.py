"""A rule in words: its docstring, options and examples, as Markdown or as data."""

import inspect
import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from postlint.files.endings import is_markdown
from postlint.rule import Bad, Good, Rule, options

URL = "https://github.com/postlint/postlint/blob/main/docs/rules/{name}.md"
_ESCAPE = re.compile(r"\\(?:[rtn]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")


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
        "url": rule.url,
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
    bad = [_example(e) for e in rule.examples if isinstance(e, Bad)]
    good = [_example(e) for e in rule.examples if isinstance(e, Good)]
    if bad:
        shown = "⟦ and ⟧ stand around what is reported"
        if any(_ESCAPE.search(part) for parts in bad for part in parts):
            shown += ", and `\\u200b` and the like for what cannot be seen"
        lines += ["## Reported", "", f"{shown}; none of these is in the post.", "", *_ruled(bad)]
    if good:
        lines += ["## Fine", "", *_ruled(good)]
    return "\n".join(lines).rstrip() + "\n"


def _ruled(examples: list[list[str]]) -> Iterator[str]:
    """The parts of the examples, with a line between any two where one has several parts."""
    ruled = any(len(parts) > 1 for parts in examples)
    for number, parts in enumerate(examples):
        if number and ruled:
            yield from ("---", "")
        for part in parts:
            yield from (part, "")


def _example(example: Good | Bad) -> list[str]:
    """The Markdown of one example: sentences and code blocks."""
    whole = example.text if isinstance(example.text, Mapping) else {example.path: example.text}
    posts: dict[str, list[str]] = {}
    for path, text in whole.items():
        if is_markdown(path):
            posts.setdefault(text, []).append(f"`{path}`")
    others = [f"`{path}`" for path in whole if not is_markdown(path)]
    told = [f"{_listed(others)} in the site"] if others else []
    parts = [f"With {_listed(told + _settings(example))}:"] if told or _settings(example) else []
    for text, paths in posts.items():
        if len(whole) > 1 or example.path != type(example)._field_defaults["path"]:
            parts.append(f"{_listed(paths)}:")
        parts.append(_block(text))
    if isinstance(example, Bad) and example.fixed is not None:
        parts += ["Fixed:", _block(example.fixed)]
    return parts


def _settings(example: Good | Bad) -> list[str]:
    told = [f"`{name} = {_toml(value)}`" for name, value in example.options.items()]
    if example.schema:
        told.append(f"`schema = {_toml(example.schema)}`")
    if example.framework != type(example)._field_defaults["framework"]:
        told.append(f"`framework = {_toml(example.framework)}`")
    return told


def _listed(words: list[str]) -> str:
    return ", ".join(words) if len(words) < 2 else f"{', '.join(words[:-1])} and {words[-1]}"


def _block(text: str) -> str:
    body = "".join(char if char.isprintable() or char == "\n" else _escaped(char) for char in text).removesuffix("\n")
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", body)), default=0))
    return f"{fence}md\n{body}\n{fence}"


def _escaped(char: str) -> str:
    if "\udc80" <= char <= "\udcff":  # a byte that is not UTF-8
        return f"\\x{ord(char) - 0xDC00:02x}"
    return char.encode("unicode_escape").decode()


def _kind(kind: Any) -> str:
    if choices := [c for c in get_args(kind) if isinstance(c, str)]:
        return " | ".join(f'"{choice}"' for choice in choices)
    return {bool: "true or false", int: "whole number", str: "text"}.get(kind, "list of texts")


def _toml(value: object) -> str:
    import json

    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
