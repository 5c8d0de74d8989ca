"""A rule in words: its docstring in sections, its options and its chosen examples, as Markdown or as data."""

import inspect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args

from postlint.files.endings import is_markdown
from postlint.rule import Bad, Good, Option, Rule, options

URL = "https://github.com/postlint/postlint/blob/main/docs/rules/{name}.md"
REPORTS, LEAVES_ALONE, OPTIONS, SILENCE = "What it reports", "What it leaves alone", "Options", "How to silence it"
HEADINGS = (REPORTS, "Why it matters", "How to fix it", LEAVES_ALONE, OPTIONS, SILENCE)
"""The headings of a rule's page, in order."""

_MANY = 3
_ESCAPE = re.compile(r"\\(?:[rtn]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")


def summary(rule: type[Rule]) -> str:
    """The first paragraph of the rule's page, on one line."""
    return _docstring(rule).partition("\n\n")[0].replace("\n", " ")


def fixable(rule: type[Rule]) -> bool:
    """Whether the rule can repair at least one of its examples."""
    return any(isinstance(example, Bad) and example.fixed is not None for example in rule.examples)


def sections(rule: type[Rule]) -> dict[str, str]:
    """The sections of the rule's page by their headings, in order, as Markdown; without examples.

    They come from the docstring, except "Options" and, unless the docstring has it, "How to silence it".
    """
    first, *others = re.split(r"^## +", _docstring(rule), flags=re.MULTILINE)
    written = {REPORTS: first.strip()} if first.strip() else {}
    for part in others:
        heading, _, text = part.partition("\n")
        above = written.get(heading.strip(), "")
        written[heading.strip()] = f"{above}\n\n{text.strip()}".strip()
    generated = {SILENCE: _silence(rule)}
    if known := options(rule):
        generated[OPTIONS] = _options(rule, known.values())
    found = generated | written
    return {heading: found[heading] for heading in dict.fromkeys((*HEADINGS, *found)) if heading in found}


def as_data(rule: type[Rule]) -> dict[str, Any]:
    """One rule, as `postlint rule --output-format json` prints it."""
    return {
        "name": rule.name,
        "family": rule.family,
        "severity": rule.severity.value,
        "default": rule.default,
        "fixable": fixable(rule),
        "summary": summary(rule),
        "description": _docstring(rule),
        "sections": [{"heading": heading, "text": text} for heading, text in sections(rule).items()],
        "options": [
            {"name": o.name, "type": _kind(o.kind), "default": o.default, "description": o.description}
            for o in options(rule).values()
        ],
        "url": rule.url,
    }


def markdown(rule: type[Rule]) -> str:
    """The rule's page."""
    facts = [f"family `{rule.family}`", str(rule.severity), _when(rule)]
    if fixable(rule):
        facts.append("has a fix")
    lines = [f"# {rule.name}", "", f"*{', '.join(facts)}*", ""]
    parts = sections(rule)
    bad, good = chosen(rule)
    for heading in dict.fromkeys((*HEADINGS, *parts)):
        if heading not in parts and not (heading == LEAVES_ALONE and good):
            continue
        lines += [f"## {heading}", ""]
        if text := parts.get(heading):
            lines += [text, ""]
        if heading == REPORTS and bad:
            lines += [*_marks(bad), *_parted(bad)]
        if heading == LEAVES_ALONE and good:
            lines += _parted(good)
    return "\n".join(lines).rstrip() + "\n"


def _when(rule: type[Rule]) -> str:
    if rule.preview:
        return "on with `preview = true`"
    return "on by default" if rule.default else "off by default"


def chosen(rule: type[Rule]) -> tuple[list[Bad], list[Good]]:
    """The examples on the rule's page: those marked with `show`, or else the first two `Bad` and the first `Good`."""
    bad = [example for example in rule.examples if isinstance(example, Bad)]
    good = [example for example in rule.examples if isinstance(example, Good)]
    if any(example.show for example in rule.examples):
        return [example for example in bad if example.show], [example for example in good if example.show]
    return bad[:2], good[:1]


def _docstring(rule: type[Rule]) -> str:
    return inspect.cleandoc(rule.__doc__ or "")


def _options(rule: type[Rule], known: Iterable[Option]) -> str:
    values = [f"{o.name} = {in_toml(o.default)}  # {o.description}" for o in known]
    return "\n".join(("```toml", f"[rules.{rule.name}]", *values, "```"))


_SILENCE = """\
For the next line, or for a whole post:

```md
<!-- postlint-disable-next-line {name} -- your reason -->
<!-- postlint-disable-file {name} -- your reason -->
```

In MDX, write `{{/* postlint-disable-next-line {name} -- your reason */}}`. For a line of YAML or TOML front matter, put
`# postlint-disable-line {name} -- your reason` at its end.

For the whole site, or for some of its folders, in the configuration:

```toml
ignore = ["{name}"]

[[per-path]]
paths = ["drafts/**"]
ignore = ["{name}"]
```"""


def _silence(rule: type[Rule]) -> str:
    return _SILENCE.format(name=rule.name)


def _marks(bad: Iterable[Bad]) -> tuple[str, str]:
    """The sentence that explains the signs in the examples, and the blank line after it."""
    signs = "⟦ and ⟧ mark what is reported"
    if any(_ESCAPE.search(part) for example in bad for part in _example(example)):
        signs += ", and escapes such as `\\u200b` stand for invisible characters"
    return f"{signs}; they are not part of the post.", ""


def _parted(examples: Sequence[Good | Bad]) -> Iterator[str]:
    """The Markdown of the examples, with a line between two of them unless their names part them."""
    for number, example in enumerate(examples):
        if number and not example.name:
            yield from ("---", "")
        for part in _example(example):
            yield from (part, "")


def _example(example: Good | Bad) -> list[str]:
    """The Markdown of one example: sentences and code blocks."""
    parts = [*_caption(example), *_posts(example)]
    if isinstance(example, Bad):
        parts += _messages(example)
        parts += ["Fixed:", *map(_block, example.fixed_texts)] if example.fixed_texts else []
    return parts


def _texts(example: Good | Bad) -> Mapping[str, str]:
    return example.text if isinstance(example.text, Mapping) else {example.path: example.text}


def _caption(example: Good | Bad) -> list[str]:
    """What the example is about, the other files of its site, and its settings."""
    files = [f"`{path}`" for path in _texts(example) if not is_markdown(path)]
    settings = _listed([*([f"{_listed(files)} in the site"] if files else []), *_settings(example)])
    if example.name:
        return [_sentence(example.name) + (f" ({settings}):" if settings else ":")]
    return [f"With {settings}:"] if settings else []


def _posts(example: Good | Bad) -> Iterator[str]:
    """The posts of the example, equal ones once, and only one of many in which nothing is marked."""
    texts = _texts(example)
    paths: dict[str, list[str]] = {}
    for path, text in texts.items():
        if is_markdown(path):
            paths.setdefault(text, []).append(f"`{path}`")
    beside = [text for text in paths if "⟦" not in text]
    shown = beside if len(beside) <= _MANY else beside[:1]
    left_out = sum(len(paths[text]) for text in beside[len(shown) :])
    is_named = len(texts) > 1 or example.path != type(example)._field_defaults["path"]
    for text in (*shown, *(text for text in paths if "⟦" in text)):
        if is_named:
            more = len(paths[text]) - _MANY
            yield f"{_listed([*paths[text][:_MANY], *([f'{more} more posts'] if more > 0 else [])])}:"
        yield _block(text)
        if left_out and text == shown[-1]:
            yield f"… and {left_out} more posts like it."


def _messages(example: Bad) -> list[str]:
    stated = (example.message,) if isinstance(example.message, str) else example.message or ()
    messages = [*dict.fromkeys(stated)]
    if len(messages) == 1:
        return [f"Message: {messages[0]}"]
    return ["Messages:", "\n".join(f"- {message}" for message in messages)] if messages else []


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _settings(example: Good | Bad) -> list[str]:
    settings = [f"`{name} = {in_toml(value)}`" for name, value in example.options.items()]
    if example.schema:
        settings.append(f"`schema = {in_toml(example.schema)}`")
    if example.framework != type(example)._field_defaults["framework"]:
        settings.append(f"`framework = {in_toml(example.framework)}`")
    return settings


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


def in_toml(value: object) -> str:
    import json

    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
