"""Writes a string as YAML, in the style of the text that it replaces, so that every parser reads it back unchanged."""

import re
from json import dumps

from postlint.front_matter import Node
from postlint.front_matter.yaml import parse
from postlint.front_matter.yaml_types import SCHEMAS, resolver

# Characters that YAML 1.1 treats as line ends, or that must not be in a text unescaped.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLOCK = re.compile(r"[|>][^\n]*\n(?:[ \t\r]*\n)*( +)")
# Plain, these begin a document, a symbol of Ruby, a merge or the default of a mapping.
_NEVER_PLAIN = re.compile(r"---|\.\.\.|:|<<|=|.*\t", re.DOTALL)


def write(value: str, like: Node, source: str) -> str:
    """`value` as a scalar in place of `like` in `source`, the text that its span refers to.

    Keeps the quotes of `like` if they can contain `value`; a plain scalar gets quotes only if it needs them. Lone
    surrogates become U+FFFD.
    """
    value = _SURROGATE.sub("\ufffd", value)
    start, end = like.span
    written = next(form for form in _forms(value, like, source[start:end]) if form and _holds(form, value, like.flow))
    # There is no blank between a key's colon, or a dash, and an empty value.
    return f" {written}" if start == end and source[start - 1 : start] in (":", "-") else written


def write_key(name: str, written: str) -> str:
    """`name` as a key in the style of the key that was `written` so far."""
    name = _SURROGATE.sub("\ufffd", name)
    forms = {'"': (_double(name),), "'": (_single(name),)}.get(written[:1], (_plain(name), _single(name)))
    return next((form for form in forms if form and _holds_key(form, name)), _double(name))


def _forms(value: str, like: Node, written: str) -> tuple[str, ...]:
    last = _double(value)
    if like.style == "double":
        return (last,)
    if like.style == "single":
        return _single(value), last
    if like.style in ("literal", "folded"):
        return _block(value, written), last
    return _plain(value), _single(value), last


def _plain(value: str) -> str:
    typed = any(resolver(name)[0](value) != value for name in SCHEMAS)
    return "" if typed or "\n" in value or _NEVER_PLAIN.match(value) else value


def _single(value: str) -> str:
    return "" if "\n" in value else "'" + value.replace("'", "''") + "'"


def _double(value: str) -> str:
    # A JSON string is a YAML double-quoted one, except for characters that YAML calls unprintable.
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", dumps(value, ensure_ascii=False))


def _block(value: str, written: str) -> str:
    indent = _BLOCK.match(written)
    if not indent or not value.strip() or value[0] in " \n" or "\r" in value:
        return ""
    body = value.removesuffix("\n")
    if body.endswith("\n"):
        return ""
    header = (">" if "\n" not in body else "|") + ("" if body != value else "-")
    lines = (f"{indent[1]}{line}" if line else "" for line in body.split("\n"))
    return ("\r\n" if "\r\n" in written else "\n").join((header, *lines))


def _holds(form: str, value: str, flow: bool) -> bool:
    """Whether `form` reads as `value`; the double-quoted form, tried last, always does."""
    root = parse(f"[{form}, x]" if flow else f"k: {form}\nl: x", 0, "pyyaml")
    if not isinstance(root, Node):
        return False
    nodes = list(root.items or ()) if flow else [entry.node for entry in root.entries or ()]
    return len(nodes) == 2 and nodes[0].is_scalar and nodes[0].text == value and nodes[1].text == "x"


def _holds_key(form: str, name: str) -> bool:
    block, flow = parse(f"{form}: x", 0, "pyyaml"), parse(f"{{{form}: x}}", 0, "pyyaml")
    return all(
        isinstance(root, Node) and [(entry.name, entry.node.value) for entry in root.entries or ()] == [(name, "x")]
        for root in (block, flow)
    )
