"""YAML front matter by PyYAML's composer (libyaml's if available), which keeps a mark on every node."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

import yaml
from yaml.nodes import MappingNode, ScalarNode

from postlint.front_matter import QUOTES, Entry, Node, Problem, Style
from postlint.front_matter.yaml_types import SCHEMAS, Tabs, resolver
from postlint.text import Span

_DEEPEST = 100
_TOO_DEEP = "front matter is nested too deeply"
_MOST_OPENERS = 200
_MOST_ALIASED = 10_000
_OPENERS = ("[", "{", "- ", "? ")
# These nest by indentation alone, which takes a source of this length to get too deep.
_LINE_OPENERS = ("-\n", ":\n", "-\r", ":\r")
_LONG = _DEEPEST * _DEEPEST // 2
_STYLES: dict[str | None, Style] = {
    "": "plain",
    None: "plain",
    "'": "single",
    '"': "double",
    "|": "literal",
    ">": "folded",
}
# An anchor and a tag stand before the value they belong to, in either order, and are no part of it. Most posts have
# none, so these patterns are compiled when they are needed: that takes longer than to read a post.
_GAP = r"(?:\s|(?<=\s)#[^\n\r]*)*"
_PROPERTIES = rf"(?:&\S*{_GAP}(?:!\S*{_GAP})?|!\S*{_GAP}(?:&\S*{_GAP})?)"
_TAG = r"!<[^>\s]*>?|![^\s,\[\]{}]*"
_STANDARD = "tag:yaml.org,2002:"
# Characters that libyaml, and YAML 1.2, reject everywhere.
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]"


class _NoTypes:
    """Leaves out the resolver that PyYAML runs on every node; half of the time of composing is spent in it."""

    def resolve(self, kind: type, value: object, implicit: Any) -> object:
        return implicit

    def descend_resolver(self, node: object, index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass

    def dispose(self) -> None:
        pass


try:
    from yaml._yaml import CParser

    class _Composer(_NoTypes, CParser):
        def __init__(self, source: str) -> None:
            CParser.__init__(self, source)

except ImportError:
    from yaml.composer import Composer
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class _Composer(_NoTypes, Reader, Scanner, Parser, Composer):  # type: ignore[no-redef]
        def __init__(self, source: str) -> None:
            Reader.__init__(self, source)
            Scanner.__init__(self)
            Parser.__init__(self)
            Composer.__init__(self)


def parse(source: str, base: int, schema: str) -> Node | Problem:
    """The tree of `source`, one YAML document whose first character is code point `base` of the post.

    `schema` names a parser of `yaml_types`, which gives plain scalars their types. Never raises. Without a value the
    result is a mapping without entries.
    """
    if source[:1] == "\ufeff":  # libyaml does not count it
        source, base = source[1:], base + 1
    hidden = {} if source.isascii() or SCHEMAS[schema].line_ends else _hidden(source, "\x85\u2028\u2029")
    if SCHEMAS[schema].controls and (controls := re.compile(_CONTROL).findall(source)):
        hidden |= _hidden(source, "".join({*controls, *map(chr, hidden)}))
    known = source.translate(hidden) if hidden else source
    deep = _too_deep(known)
    if deep is not None:
        return Problem(Span(base + deep, base + deep + 1), _TOO_DEEP)
    try:
        root = _compose(known, SCHEMAS[schema].tabs)
    except RecursionError:  # only PyYAML's own parser recurses in Python, some hundred levels deep
        return Problem(Span(base, base + 1), _TOO_DEEP)
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        from postlint.front_matter.yaml_errors import explain

        return explain(source, base, error)
    if root is None:
        return Node(Span(base, base), entries=(), style="block")
    if hidden:
        _reveal(root, {stand_in: chr(real) for real, stand_in in hidden.items()})
    try:
        return _Tree(source, base, schema).node(root, 0, False, False)
    except _Stop as stop:
        return stop.problem


def _compose(source: str, tabs: Tabs) -> Any:
    """The root of `source`, with `tabs` as `Schema` has them."""
    try:
        return _Composer(source).get_single_node()
    except yaml.YAMLError:
        if tabs == "refused" or "\t" not in source:
            raise
        # Everything after it must stay in its place.
        kind = re.sub(r"(?m)^[ \t]+$", lambda found: " " * len(found[0]), source)
        kind = re.sub(
            r"(?m)^( *-)( *\t[ \t]*)(?=\S)(?![^\n]*:(?:\s|$))", lambda found: found[1] + " " * len(found[2]), kind
        )
        if tabs == "skipped":
            kind = re.sub(r"(\r?\n *)(\t[ \t]*)(?=\S)", lambda found: " " * len(found[2]) + found[1], kind)
        if kind == source:
            raise
        try:
            return _Composer(kind).get_single_node()
        except yaml.YAMLError:
            pass
        raise


def _hidden(source: str, signs: str) -> dict[int, str]:
    """For each of `signs` in `source`, which PyYAML reads as something else, a stand-in."""
    free = (chr(code) for code in range(0xE000, 0xF900) if chr(code) not in source)
    return {ord(sign): next(free, sign) for sign in signs if sign in source}


def _reveal(root: Any, real: dict[str, str]) -> None:
    """Undo `_hidden` in the texts of composed nodes."""
    table = str.maketrans(real)
    waiting, seen = [root], {id(root)}
    while waiting:
        node = waiting.pop()
        if type(node) is ScalarNode:
            node.value = node.value.translate(table)
            continue
        for child in chain.from_iterable(node.value) if type(node) is MappingNode else node.value:
            if id(child) not in seen:
                seen.add(id(child))
                waiting.append(child)


def _too_deep(source: str) -> int | None:
    """The offset at which nesting is too deep. Composing recurses on the C stack: some kB of `[` would kill the process."""
    openers = _OPENERS + _LINE_OPENERS if len(source) > _LONG else _OPENERS
    if sum(map(source.count, openers)) <= _MOST_OPENERS:
        return None
    depth = 0
    parser = _Composer(source)
    try:
        while parser.check_event():
            event = parser.get_event()
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > _DEEPEST:
                    return event.start_mark.index if event.start_mark else 0
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.MarkedYAMLError as error:
        # libyaml has had a limit of its own, 1,000 open brackets, since 0.2.6; it looks that far ahead for a key.
        if error.problem and "nesting depth" in error.problem and error.problem_mark:
            return error.problem_mark.index
    except (yaml.YAMLError, ValueError, OverflowError):
        pass  # composing will say where
    return None


class _Stop(Exception):
    def __init__(self, span: Span, message: str, hint: str | None = None) -> None:
        self.problem = Problem(span, message, hint)


_new = tuple.__new__  # a third of the price of a NamedTuple's own constructor, paid sixty times a post


class _Tree:
    """Turns PyYAML's nodes into ours."""

    def __init__(self, source: str, base: int, schema: str) -> None:
        self._source, self._base = source, base
        self._resolve, self._typed = resolver(schema)
        self._tags = SCHEMAS[schema].tags
        self._reads_tags = SCHEMAS[schema].reads_tags
        self._aliases = "*" in source and "&" in source
        self._seen: set[int] = set()
        self._open: set[int] = set()
        self._aliased = 0
        self._last = Span(base, base)

    def node(self, node: Any, depth: int, alias: bool, flow: bool) -> Node:
        """The tree of a composed node. `alias`: it was reached through one; `flow`: it is in a flow collection."""
        if self._aliases:
            alias = self._check_alias(node, alias)
        if type(node) is ScalarNode:
            return self._scalar(node, alias, flow)
        if depth >= _DEEPEST:
            at = self._base + node.start_mark.index
            raise _Stop(Span(at, at + 1), _TOO_DEEP)
        read = self._mapping if type(node) is MappingNode else self._sequence
        if not self._aliases:
            return read(node, depth + 1, alias, flow)
        self._open.add(id(node))
        found = read(node, depth + 1, alias, flow)
        self._open.discard(id(node))
        return found

    def _check_alias(self, node: Any, alias: bool) -> bool:
        """Whether `node` is an alias, which is composed as its anchor's own node; stops at one that grows too much."""
        if id(node) in self._open:
            raise _Stop(self._last, "an alias is inside the value that it names", "write the value out")
        alias = alias or id(node) in self._seen
        self._seen.add(id(node))
        self._aliased += alias
        if self._aliased > _MOST_ALIASED:
            raise _Stop(self._last, "aliases make this front matter too large", "write the values out")
        return alias

    def _nodes(self, nodes: Iterable[Any], depth: int, alias: bool, flow: bool) -> list[Node]:
        found = []
        base, resolve, typed, simple = self._base, self._resolve, self._typed, not self._aliases
        for node in nodes:
            if simple and type(node) is ScalarNode and not node.style:
                text, start, end = node.value, node.start_mark.index, node.end_mark.index
                # A plain scalar as long as its source has neither anchor nor tag nor folded lines, as is usual.
                if end - start == len(text):
                    value = resolve(text) if text[:1] in typed else text
                    span = _new(Span, (base + start, base + end))
                    found.append(_new(Node, (span, value, None, None, text, "plain", alias, "", flow)))
                    continue
            found.append(self.node(node, depth, alias, flow))
        return found

    def _scalar(self, node: Any, alias: bool, flow: bool) -> Node:
        text, style, tag = node.value, node.style, node.tag
        start, end = node.start_mark.index, node.end_mark.index
        if start < end and self._source[start] in "&!":
            start = min(_after_properties(self._source, start), end)
        if style and style in "|>":
            end = start + len(self._source[start:end].rstrip(" \t\r\n"))
        value, explicit = text, self._tag(node)
        if explicit and (self._reads_tags or explicit.endswith(":binary")):
            value = _tagged(explicit, text, self._resolve)
            value = value.decode("utf-8", "replace") if isinstance(value, bytes) and not self._reads_tags else value
        elif not style and (explicit or tag[0]):
            value = self._resolve(text)
        span = Span(self._base + start, self._base + end)
        if not alias:
            self._last = span
        return Node(span, value, None, None, text, _STYLES[style], alias, explicit, flow)

    def _mapping(self, node: Any, depth: int, alias: bool, flow: bool) -> Node:
        nodes = self._nodes(chain.from_iterable(node.value), depth, alias, flow or node.flow_style)
        entries = []
        for key, value in zip(nodes[::2], nodes[1::2], strict=True):
            name = key.text if key.entries is None and key.items is None else self._written_key(key, node)
            if not value.text and not alias:
                value = self._beside(value, key)
            entries.append(_new(Entry, (name, key, value)))
        span = self._extent(node, alias, nodes[:1], entries[-1][1:] if entries else ())
        tag = self._tag(node)
        style: Style = "flow" if node.flow_style else "block"
        return _new(Node, (span, None, tuple(entries), None, "", style, alias, tag, flow))

    def _sequence(self, node: Any, depth: int, alias: bool, flow: bool) -> Node:
        items = self._nodes(node.value, depth, alias, flow or node.flow_style)
        span = self._extent(node, alias, items[:1], items[-1:])
        tag = self._tag(node)
        style: Style = "flow" if node.flow_style else "block"
        return _new(Node, (span, None, None, tuple(items), "", style, alias, tag, flow))

    def _tag(self, node: Any) -> str:
        """The tag that is written out, or nothing."""
        tag = node.tag
        if type(tag) is not str:
            return ""
        if self._tags is not None and tag.removeprefix(_STANDARD) not in self._tags:
            start = self._source.find("!", node.start_mark.index)
            run = re.compile(_TAG).match(self._source, start)
            end = run.end() if run else start + 1
            written = self._source[start:end]
            message = f"`{written[:40]}` is read as a YAML tag, but not as a known one"
            raise _Stop(Span(self._base + start, self._base + end), message, QUOTES)
        return tag

    def _extent(self, node: Any, alias: bool, first: Sequence[Node], last: Sequence[Node]) -> Span:
        """The span of a collection which begins with the node in `first` and ends with those in `last`."""
        source, base = self._source, self._base
        start, end = node.start_mark.index, node.end_mark.index
        if start < len(source) and source[start] in "&!":
            start = min(_after_properties(source, start), end)
            start = min([start, *(part.span.start - base for part in first if alias or not part.alias)])
        if not (node.flow_style and source[end - 1] in "]}"):
            # It ends where the next token begins; blank lines and comments before that are not part of it.
            if last and (alias or not any(part.alias for part in last)):
                end = max(part.span.end for part in last) - base
            else:
                end = start + len(source[start:end].rstrip(" \t\r\n"))
        return Span(base + start, base + end)

    def _written_key(self, key: Node, mapping: Any) -> str:
        """The name of a key that is a list or a mapping: as it is written."""
        if key.entries is not None and key.style == "flow" and mapping.flow_style:
            raise _Stop(
                Span(key.span.start - 1, min(key.span.end + 1, self._base + len(self._source))),
                "`{{` begins a mapping in YAML, not a template",
                QUOTES,
            )
        return self._source[key.span.start - self._base : key.span.end - self._base]

    def _beside(self, value: Node, key: Node) -> Node:
        """An empty value without a colon (`? a`, `{a, b}`) is marked at the next token, but its place is after its key."""
        at = value.span.start - self._base
        empty = value.span.start == value.span.end and not (value.alias or value.tag or key.alias)
        if not empty or self._source[at - 1 : at] == ":" or value.span.start < key.span.end:
            return value
        return value._replace(span=Span(key.span.end, key.span.end))


def _after_properties(source: str, start: int) -> int:
    found = re.compile(_PROPERTIES).match(source, start)
    return found.end() if found else start


def _tagged(tag: str, text: str, resolve: Any) -> object:
    """The value under an explicit tag; text if the tag is unknown or does not fit."""
    kind = tag.removeprefix(_STANDARD)
    if kind == "binary":
        from base64 import b64decode

        try:
            return b64decode(re.sub(r"\s", "", text), validate=True)
        except ValueError:
            return text
    if kind in ("int", "float", "bool", "null", "timestamp"):
        value = resolve(text)
        return float(value) if kind == "float" and type(value) is int else value
    return text
