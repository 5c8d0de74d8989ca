"""Front matter as one tree whatever its language: every key and value knows its span."""

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from postlint.text import Span

Language = Literal["yaml", "toml", "json", "metadata"]
Style = Literal["plain", "single", "double", "literal", "folded", "flow", "block"]


class Node(NamedTuple):
    """A value. `entries` is set for a mapping (in order, repeated keys kept), `items` for a list, else it is a scalar.

    `value` is the scalar as the framework's own parser types it; `text` its characters with quotes and escapes
    resolved but before typing. `span` covers the value as written, quotes included. Where `alias` is true the span is
    that of the anchored text, which other keys share: never edit there. `tag` is a tag written out in YAML (`!x`, or
    `tag:yaml.org,2002:str` for `!!str`); `flow` says that the value is inside `[ ]` or `{ }`.
    """

    span: Span
    value: object = None
    entries: "tuple[Entry, ...] | None" = None
    items: "tuple[Node, ...] | None" = None
    text: str = ""
    style: Style = "plain"
    alias: bool = False
    tag: str = ""
    flow: bool = False

    @property
    def is_scalar(self) -> bool:
        return self.entries is None and self.items is None

    def walk(self, keys: bool = False) -> "Iterator[Node]":
        """This node and all values in it, in no order; with `keys` the keys of mappings, too."""
        pending = [self]
        while pending:
            node = pending.pop()
            yield node
            for entry in node.entries or ():
                pending += (entry.key, entry.node) if keys else (entry.node,)
            pending += node.items or ()


class Entry(NamedTuple):
    """One `key: value`. `name` is the key's text, whatever its type (a list as key: as it is written)."""

    name: str
    key: Node
    node: Node


class Problem(NamedTuple):
    """Where a parser stopped, and why, in a blogger's words; `hint` says how to fix it if that is known."""

    span: Span
    message: str
    hint: str | None = None


class Fence(NamedTuple):
    """The delimiters of one language. `opening` must match at the start of the text, `closing` is searched after it.

    `closing` is None if the value itself has an end (JSON, and lines `Key: value`: `metadata`). `bare`: between the fences
    are the members of a JSON object without its braces; anything but JSON is not front matter.
    """

    language: Language
    opening: "re.Pattern[str]"
    closing: "re.Pattern[str] | None"
    bare: bool = False


class Dialect(NamedTuple):
    """How one framework finds front matter, and which YAML it speaks (a name in `yaml_types`).

    `newer_toml`: TOML 1.1. `refuses_repeats`: a key that is set twice is an error, and the front matter is lost.
    `lists`: keys whose value in `metadata` is a list of texts with commas between them. `joins`: in
    `metadata`, lines of one key are one text. `firsts`: keys of `metadata` whose first line counts; lines of any other
    key are a list.
    `breaks`: a first `---` may be a thematic break; YAML that cannot be parsed is front matter only if some line of it
    looks like a key. `tabs_indent`: tabs at the beginning of lines of YAML, except the first line, are treated as spaces.
    `dotted`: lines of `metadata` begin with `.. `, and may stand in an HTML comment.
    """

    fences: tuple[Fence, ...]
    yaml: str = "pyyaml"
    breaks: bool = False
    refuses_repeats: bool = False
    lists: tuple[str, ...] = ()
    newer_toml: bool = False
    joins: bool = False
    firsts: frozenset[str] = frozenset()
    tabs_indent: bool = False
    dotted: bool = False


class FrontMatter(NamedTuple):
    """The front matter of a post. `opening` is the delimiter that begins it, `span` the text between the delimiters, `body`
    the offset at which the post's text begins. Without front matter `language` is None and `body` is 0."""

    language: Language | None
    opening: Span
    span: Span
    body: int
    root: Node
    problem: Problem | None = None


QUOTES = "put the value in quotes"
"""The hint of a problem that quotes around the value mend."""

EMPTY = Node(Span(0, 0), entries=(), style="block")
_NONE = FrontMatter(None, Span(0, 0), Span(0, 0), 0, EMPTY)
# Patterns that only broken front matter needs, compiled on first use.
_KEY = {
    "yaml": r"[ \t\r]*\n[\w\"'][\w .\"'-]{0,60}:(?:\s|$)",
    "toml": r"[ \t\r]*\n(?:[\w\"'][\w.\"'-]{0,60}[ \t]*=|\[)",
    "json": r"\{?[ \t\r]*\n[ \t]*\"[^\"\n]{0,60}\"[ \t]*:",
}
_KEY_LINE = r"(?m)^[ \t]*[^\s:=#][^:=\n]{0,80}[:=](?:\s|$)"
_MARKER = r"(?m)^<{7} [^\n\r]*"
_ALMOST_FENCE = r"(?m)^[ \t]*(?:--|\+\+|[\u2013\u2014]|\.\.\.[ \t\r]*$)[^\n\r]*"
# Blanks that are none to YAML.
ODD_BLANKS = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff"
_NO_SPACE = rf"([A-Za-z_][\w-]*):(?:([{ODD_BLANKS}])|(?=[^\s/:]))"
_TOML_LINE = r"\s*([A-Za-z_][\w-]*)[ \t]*(=)[ \t]*(?:[\"'\[{\d]|true\b|false\b)"


def read(text: str, dialect: Dialect) -> FrontMatter:
    """Find the front matter of `text` as `dialect` does, and parse it. Never raises.

    `text` is a whole post without lone surrogates; all spans count its code points from 0. A fence that is never closed
    is a problem only if the next line looks like a key; the body then is the whole text, as for the frameworks.
    """
    for fence in dialect.fences:
        opening = fence.opening.match(text)
        if opening is None:
            continue
        if fence.bare:
            return _read_members(text, fence, opening)
        if fence.language == "json":
            return _read_json(text, fence, opening.end())
        if fence.language == "metadata":
            return _read_metadata(text, opening, dialect)
        closing = fence.closing.search(text, opening.end()) if fence.closing else None
        delimiter = _delimiter(text, opening)
        if closing is None:
            return _never_closed(text, fence, delimiter)
        span = Span(opening.end(), closing.start())
        root = _parse(text[span.start : span.end], span.start, fence.language, dialect)
        if isinstance(root, Node):
            body = _next_line(text, closing.end())
            if root.is_scalar:
                alone = FrontMatter(fence.language, delimiter, span, body, root._replace(entries=()))
                toml = _toml_in_yaml(text, span, fence.language, dialect)
                return alone._replace(problem=toml) if toml else _one_scalar(text, alone)
            return FrontMatter(fence.language, delimiter, span, body, root)
        slip = _long_fence(text, span, delimiter) or _toml_in_yaml(text, span, fence.language, dialect)
        root = slip or _conflict(text, span) or root
        if dialect.breaks and fence.language == "yaml" and not re.compile(_KEY_LINE).search(text, *span):
            return _NONE
        if not closing[0]:
            return _never_closed(text, fence, delimiter)
        return FrontMatter(fence.language, delimiter, span, _next_line(text, closing.end()), EMPTY, _shown(root))
    return _NONE


def _parse(source: str, base: int, language: Language, dialect: Dialect) -> Node | Problem:
    if language == "yaml":
        from postlint.front_matter import yaml_simple

        if dialect.tabs_indent and "\n\t" in source:
            source = re.sub(r"(?<=[\s\S]\n)\t+", lambda tabs: " " * len(tabs[0]), source)
        simple = yaml_simple.parse(source, base, dialect.yaml)
        if simple is not None:
            return simple
        from postlint.front_matter import yaml

        return yaml.parse(source, base, dialect.yaml)
    from postlint.front_matter import toml

    return toml.parse(source, base, dialect.newer_toml)


def _read_json(text: str, fence: Fence, start: int) -> FrontMatter:
    delimiter = Span(start, start + 1)
    closing = fence.closing.search(text, start + 1) if fence.closing else None
    if fence.closing and closing is None:
        return _never_closed(text, fence, delimiter)
    from postlint.front_matter import json

    root, end = json.parse_object(text, start)
    if isinstance(root, Problem):
        end = closing.end() if closing else end
        root = _conflict(text, Span(start, end)) or root
        return FrontMatter("json", delimiter, Span(start, end), _next_line(text, end), EMPTY, _shown(root))
    return FrontMatter("json", delimiter, root.span, _next_line(text, end), root)


def _read_members(text: str, fence: Fence, opening: "re.Match[str]") -> FrontMatter:
    closing = fence.closing.search(text, opening.end()) if fence.closing else None
    if closing is None:
        return _NONE
    from postlint.front_matter import json

    span = Span(opening.end(), closing.start())
    # The end of the fence's line makes room for the brace.
    root, end = json.parse_object(f"{text[: span.start - 1]}{{{text[span.start : span.end]}}}", span.start - 1)
    if isinstance(root, Problem) or end <= span.end:
        return _NONE
    return FrontMatter("json", _delimiter(text, opening), span, _next_line(text, closing.end()), root)


def _read_metadata(text: str, opening: "re.Match[str]", dialect: Dialect) -> FrontMatter:
    from postlint.front_matter import dotted, metadata

    if dialect.dotted:
        root, end, body = dotted.parse(text, opening.end(), "<!--" in opening[0])
    else:
        root, end, body = metadata.parse(text, opening.end(), dialect.lists, dialect.joins)
    if not root.entries:
        return _NONE
    return FrontMatter("metadata", _delimiter(text, opening), Span(opening.end(), end), body, root)


def _shown(problem: Problem) -> Problem:
    """`problem` with the code points of quoted characters that cannot be seen, or would not stay on the line."""
    if problem.message.isprintable():
        return problem
    message = "".join(char if char.isprintable() else f"U+{ord(char):04X}" for char in problem.message)
    return problem._replace(message=message)


def _delimiter(text: str, opening: "re.Match[str]") -> Span:
    """The fence alone, of a match that may take in blank lines around it."""
    written = opening[0].strip("\ufeff \t\r\n")
    start = text.index(written, opening.start())
    return Span(start, start + len(written))


def _one_scalar(text: str, found: FrontMatter) -> FrontMatter:
    """A block that is one piece of text gives no fields in any framework; its root keeps the text, without entries."""
    no_space = re.compile(_NO_SPACE).match(text, found.root.span.start)
    if not no_space:
        return found
    key = no_space[1]
    span, message = Span(no_space.end() - 1, no_space.end()), f"`{key}:` has no space after its colon"
    if no_space[2]:
        span = Span(*no_space.span(2))
        message = f"`{key}:` is followed by U+{ord(no_space[2]):04X} ({blank_name(no_space[2])}), not by a space"
    problem = Problem(span, f"{message}, so all of this is read as one text", f"write `{key}: ` with a space")
    return found._replace(problem=problem)


def blank_name(sign: str) -> str:
    """What Unicode calls `sign`, in lower case."""
    from unicodedata import name

    return name(sign, "a blank").lower()


def _long_fence(text: str, span: Span, delimiter: Span) -> Problem | None:
    """What is wrong with an opening fence that has more than three signs."""
    sign = text[span.start - 1 : span.start]
    if sign not in ("-", "+") or text[span.start : span.start + 1] != sign:
        return None
    line = text[delimiter.start :].partition("\n")[0].rstrip()
    if line.strip(f" {sign}\t"):
        return None
    signs = "hyphens" if sign == "-" else "plus signs"
    message = f"front matter must begin with `{sign * 3}`, not with `{line[:20]}`"
    return Problem(Span(delimiter.start, delimiter.start + len(line)), message, f"make it three {signs}")


def _toml_in_yaml(text: str, span: Span, language: Language, dialect: Dialect) -> Problem | None:
    """What is wrong with YAML whose first line is TOML."""
    found = re.compile(_TOML_LINE).match(text, *span) if language == "yaml" else None
    if found is None:
        return None
    knows_toml = any(fence.language == "toml" for fence in dialect.fences)
    hint = "put `+++` in place of each `---`" if knows_toml else f"write `{found[1]}: …`, with a colon"
    message = f"`{found[1]} =` is TOML, and front matter between lines `---` is YAML"
    return Problem(Span(*found.span(2)), message, hint)


def _conflict(text: str, span: Span) -> Problem | None:
    """The first marker of a conflict that Git could not merge."""
    found = re.compile(_MARKER).search(text, *span)
    if found is None:
        return None
    hint = "keep one of the two versions and remove the markers"
    return Problem(Span(*found.span()), "a merge conflict is not resolved here", hint)


def _next_line(text: str, at: int) -> int:
    return at + 2 if text.startswith("\r\n", at) else at + text.startswith("\n", at)


def _never_closed(text: str, fence: Fence, delimiter: Span) -> FrontMatter:
    if not re.compile(_KEY[fence.language]).match(text, delimiter.start if fence.language == "json" else delimiter.end):
        return _NONE
    closing = "}" if fence.language == "json" else text[delimiter.start : delimiter.end]
    hint = f"put a line `{closing}` after the last field"
    almost = re.compile(_ALMOST_FENCE).search(text, delimiter.end)
    if almost and fence.language != "json":
        hint = f"`{almost[0].strip()[:20]}` does not close it; put `{closing}` alone on a line after the last field"
    problem = Problem(delimiter, "front matter is never closed", hint)
    return FrontMatter(fence.language, delimiter, Span(delimiter.end, delimiter.end), 0, EMPTY, problem)


def repeats(root: Node, firsts: frozenset[str]) -> dict[str, object]:
    """The values of keys that are set twice in lines `Key: value`: the first one for `firsts`, a list for any other."""
    found: dict[str, list[object]] = {}
    for entry in root.entries or ():
        value = to_data(entry.node)
        found.setdefault(entry.name, []).extend(
            value if isinstance(value, list) and entry.name not in firsts else [value]
        )
    names = [name for name in found if name in firsts or len(found[name]) > 1]
    return {name: found[name][0] if name in firsts else found[name] for name in names}


def to_data(node: Node, merge: bool = True) -> object:
    """`node` as dict, list and scalars. The last of repeated keys wins, every key is its text.

    `merge`: the mappings under a plain `<<` add the keys that the mapping itself does not have.
    """
    if node.entries is not None:
        own = {entry.name: to_data(entry.node, merge) for entry in node.entries if not (merge and merged(entry))}
        if merge:
            for mapping in _merged_mappings(node):
                for name, value in _fields(to_data(mapping, merge)):
                    own.setdefault(name, value)
        return own
    if node.items is not None:
        return [to_data(item, merge) for item in node.items]
    return node.value


def retyped(node: Node, yaml: str) -> object:
    """`to_data` of YAML that was read by another parser, with its plain scalars as the parser `yaml` types them."""
    from postlint.front_matter.yaml_types import SCHEMAS, resolver

    return _retyped(node, *resolver(yaml), SCHEMAS[yaml].merge)


def _retyped(node: Node, resolve: Callable[[str], object], firsts: frozenset[str], merge: bool) -> object:
    if node.entries is not None:
        own = {e.name: _retyped(e.node, resolve, firsts, merge) for e in node.entries if not (merge and merged(e))}
        for mapping in _merged_mappings(node) if merge else ():
            for name, value in _fields(_retyped(mapping, resolve, firsts, merge)):
                own.setdefault(name, value)
        return own
    if node.items is not None:
        return [_retyped(item, resolve, firsts, merge) for item in node.items]
    if node.style != "plain" or node.tag:
        return node.value
    return resolve(node.text) if node.text[:1] in firsts else node.text


def find(node: Node, path: tuple[str | int, ...]) -> tuple[Span | None, Node] | None:
    """The value at `path` (keys, and list indexes from 0): the span of its key, or of the list item, and the node.

    Follows merge keys, and of repeated keys the last, as `to_data` does. For an empty path the span is None; if
    nothing is found, the result is None.
    """
    span = None
    for step in path:
        if node.items is not None:
            if not isinstance(step, int) or not 0 <= step < len(node.items):
                return None
            node = node.items[step]
            span = node.span
        else:
            entry = _entry(node, str(step))
            if entry is None:
                return None
            span, node = entry.key.span, entry.node
    return span, node


def repeated(root: Node) -> Iterator[tuple[tuple[str | int, ...], Entry, Entry]]:
    """Every entry whose key its mapping has already: its path, itself, and the first entry of that key."""
    pending: list[tuple[tuple[str | int, ...], Node]] = [((), root)]
    while pending:
        path, node = pending.pop()
        if node.items is not None:
            pending += [((*path, number), item) for number, item in enumerate(node.items) if not item.is_scalar]
            continue
        seen: dict[str, Entry] = {}
        for entry in node.entries or ():
            if not entry.node.is_scalar and not entry.node.alias:
                pending.append(((*path, entry.name), entry.node))
            first = seen.setdefault(entry.name, entry)
            if first is not entry and not merged(entry):
                yield (*path, entry.name), entry, first


def merges(dialect: Dialect) -> bool:
    """Whether the YAML parser of `dialect` takes `<<` for a merge key."""
    from postlint.front_matter.yaml_types import SCHEMAS

    return SCHEMAS[dialect.yaml].merge


def merged(entry: Entry) -> bool:
    """Whether `entry` is a merge key with something to merge."""
    if entry.name != "<<" or entry.key.style != "plain":
        return False
    if entry.node.items is not None:
        return all(item.entries is not None for item in entry.node.items)
    return entry.node.entries is not None


def _merged_mappings(node: Node) -> list[Node]:
    """The mappings merged into `node`, the strongest first."""
    sources = [entry.node for entry in node.entries or () if merged(entry)]
    return [mapping for source in sources for mapping in (source.items if source.items is not None else (source,))]


def _fields(data: object) -> list[tuple[str, object]]:
    return list(data.items()) if isinstance(data, dict) else []


def _entry(node: Node, name: str) -> Entry | None:
    for entry in reversed(node.entries or ()):
        if entry.name == name:
            return entry
    return next((found for mapping in _merged_mappings(node) if (found := _entry(mapping, name))), None)


def write_scalar(value: str, like: Node, source: str, language: Language) -> str:
    """The string `value` as written in place of `like` in `source`, the text that its span refers to.

    It keeps the kind of quotes of `like` if they can contain it, and is always read back as `value`.
    """
    if language == "yaml":
        from postlint.front_matter import yaml_writing

        return yaml_writing.write(value, like, source)
    if language == "metadata":
        return " ".join(value.split())
    if language == "toml":
        from postlint.front_matter import toml_writing

        return toml_writing.write(value, source[like.span.start : like.span.end])
    from postlint.front_matter import json

    return json.write(value)


def write_key(name: str, written: str, language: Language) -> str:
    """How a key is written to be called `name`, in the style of the key that is `written` so far."""
    if language == "yaml":
        from postlint.front_matter import yaml_writing

        return yaml_writing.write_key(name, written)
    if language == "metadata":
        return name
    if language == "toml":
        from postlint.front_matter import toml_writing

        return toml_writing.write_key(name, written)
    from postlint.front_matter import json

    return json.write(name)
