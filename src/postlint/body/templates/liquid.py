"""What Liquid stops at: Ruby's, as Jekyll calls it, and LiquidJS, as Eleventy does.

Sources: gems liquid 4.0.4 and 5.4 (`tokenizer.rb`, `block_body.rb`, the tags' own files) and jekyll 4.3 (`tags/`), package
liquidjs 10 (`tokenizer.ts`, `parser.ts`). What the versions read differently is left alone.
"""

import re
from typing import NamedTuple

from postlint.body.templates import Engine, Stop, unclosed
from postlint.text import Span

_OPENING = re.compile(r"\{[{%]")
_TAG = re.compile(r"\{%-?\s*([\w#][\w-]*)")
_INSIDE = {
    "if": ("elsif", "else"),
    "unless": ("elsif", "else"),
    "case": ("when", "else"),
    "for": ("else",),
}
_BRANCHES = frozenset(("elsif", "else", "when"))
_COMMON_PAIRS = frozenset(("if", "unless", "case", "for", "tablerow", "capture", "comment", "raw"))
_COMMON_TAGS = frozenset(
    ("assign", "break", "continue", "cycle", "decrement", "increment", "include", "render", "echo", "liquid", "#")
)
_OWN_PAIRS = {"liquid": frozenset(("ifchanged", "highlight")), "liquidjs": frozenset(("block",))}
_OWN_TAGS = {
    "liquid": frozenset(("include_relative", "link", "post_url")),
    "liquidjs": frozenset(("layout",)),
}
_HIGHLIGHT = re.compile(r'[a-zA-Z0-9.+#_-]+(?:\s+\w+(?:=(?:\w+|"[0-9\s]*[0-9]"))?)*')
_FOR = re.compile(r"[\w-]+\s+in\s+\S")
_ONE_EQUALS = re.compile(r"[\w.\[\]\"'-]+\s+=\s+[\w.\[\]\"'-]+")
_FILTER = re.compile(r"\|\s*([A-Za-z_][\w-]*)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
# A value, and a sign that LiquidJS takes for no part of what may follow it; texts are covered by NUL.
_AFTER_VALUE = re.compile(r"-?\s*(?:\0+|[\w.-]+(?:\[[^\[\]]*\])?)\s*([:+&~;/\\}]|=(?!=)|!(?!=)|\|\s*\|)")
# What no value begins with in LiquidJS.
_NO_VALUE = re.compile(r"[#/!@$|{`]|$")
_INCLUDED = re.compile(r"([\w.-][\w./-]*)(?=\s|$)")
FILTERS = frozenset(
    (
        *("escape", "xml_escape", "escape_once", "newline_to_br", "strip_html", "abs", "at_least", "at_most", "ceil"),
        *("divided_by", "floor", "minus", "plus", "modulo", "times", "round", "url_decode", "url_encode"),
        *("cgi_escape", "uri_escape", "slugify", "join", "last", "first", "reverse", "sort", "sort_natural", "size"),
        *("map", "sum", "compact", "concat", "push", "unshift", "pop", "shift", "slice", "where", "reject"),
        *("where_exp", "reject_exp", "group_by", "group_by_exp", "has", "has_exp", "find_index", "find_index_exp"),
        *("find", "find_exp", "uniq", "sample", "date", "date_to_xmlschema", "date_to_rfc822", "date_to_string"),
        *("date_to_long_string", "append", "prepend", "lstrip", "downcase", "upcase", "remove", "remove_first"),
        *("remove_last", "rstrip", "split", "strip", "strip_newlines", "squish", "capitalize", "replace"),
        *("replace_first", "replace_last", "truncate", "truncatewords", "normalize_whitespace", "number_of_words"),
        *("array_to_sentence_string", "base64_encode", "base64_decode", "sha256", "hmac_sha256", "default", "raw"),
        *("jsonify", "to_integer", "json", "inspect"),
    )
)
"""The filters of LiquidJS 10."""
_FORMS = {
    "if": "{% if condition %}",
    "unless": "{% unless condition %}",
    "for": "{% for item in list %}",
    "tablerow": "{% tablerow item in list %}",
    "case": "{% case value %}",
    "when": "{% when value %}",
    "assign": "{% assign name = value %}",
    "capture": "{% capture name %}",
    "cycle": '{% cycle "a", "b" %}',
}


_PRINTED = re.compile(r"\{\{-?\s*([A-Za-z_][\w-]*)(?:\.[\w-]+|\[[^\[\]{}]*\])*\s*-?\}\}")
_ASSIGNED = re.compile(r"\{%-?\s*(?:assign|capture|for|tablerow|increment|decrement)\s+([\w-]+)")
_RAW_BLOCK = re.compile(r"\{%-?\s*raw\s*-?%\}(?:[\s\S]*?\{%-?\s*endraw\b|[\s\S]*)")
_LITERALS = frozenset(("true", "false", "nil", "null", "empty", "blank", "forloop", "tablerowloop"))


class _Open(NamedTuple):
    name: str
    span: Span
    known: bool


def stops(text: str, start: int, engine: Engine) -> list[Stop]:
    """See `templates.stops`. Takes linear time."""
    return _Reader(text, engine).read(start)


def own_tags(kind: str) -> set[str]:
    """The tags of the language itself that have a name."""
    return {*_COMMON_PAIRS, *_COMMON_TAGS, *_OWN_PAIRS[kind], *_OWN_TAGS[kind]} - {"#"}


def dropped(text: str, start: int, engine: Engine, code: tuple[Span, ...]) -> list[Span]:
    """The outputs in `code` that print nothing, because no such name has a value in a page."""
    if engine.variables is None:
        return []
    known = engine.variables | _LITERALS | set(_ASSIGNED.findall(text, start))
    raw = raw_blocks(text, start)
    return [
        Span(*found.span())
        for span in code
        for found in _PRINTED.finditer(text, *span)
        if found[1] not in known and not any(begin <= found.start() < end for begin, end in raw)
    ]


def raw_blocks(text: str, start: int) -> list[Span]:
    """What stands between `{% raw %}` and `{% endraw %}`, with the tags."""
    return [Span(*found.span()) for found in _RAW_BLOCK.finditer(text, start)] if "raw" in text else []


class _Reader:
    def __init__(self, text: str, engine: Engine) -> None:
        self._text, self._engine = text, engine
        self._ruby = engine.kind == "liquid"
        self._pairs = _COMMON_PAIRS | _OWN_PAIRS[engine.kind]
        self._tags = _COMMON_TAGS | _OWN_TAGS[engine.kind]
        self._open: list[_Open] = []
        self._found: list[Stop] = []
        self._unknown: set[str] = set()

    def read(self, start: int) -> list[Stop]:
        text = self._text
        match = _OPENING.search(text, start)
        while match:
            at = match.start()
            end = self._output(at) if text[at + 1] == "{" else self._tag(at)
            if end is None:
                return self._found
            match = _OPENING.search(text, end)
        for opened in reversed(self._open):
            if opened.known:
                written = text[opened.span.start : opened.span.end]
                self._found.append(unclosed(opened.span, short(written), f"{{% end{opened.name} %}}"))
                break
        return self._found

    def _output(self, at: int) -> int | None:
        """The end of the output that begins at `at`; None if nothing can be read behind it."""
        text = self._text
        end = text.find("}", at + 2) if self._ruby else text.find("}}", at + 2)
        if end < 0 or (self._ruby and not text.startswith("}}", end)):
            line = line_end(text, at)
            last = min(end + 1, line) if end >= 0 else line
            self._stop(
                Span(at, last), f"`{short(text[at:last])}` is not closed by `}}}}`", f"close it with `}}}}`, or {RAW}"
            )
            return None
        if not self._ruby and not self._is_readable(Span(at, end + 2), at + 2, end, True):
            return None
        return end + 2

    def _is_readable(self, whole: Span, start: int, end: int, is_value: bool) -> bool:
        """Whether LiquidJS goes on behind what it reads from `start` to `end`; reports what it refuses."""
        content = self._text[start:end]
        bare = _QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), content)
        if "'" in bare or '"' in bare:
            return False  # How far a text without its closing quote reaches is another thing in each version.
        if is_value and _NO_VALUE.match(content.strip("-").strip()):
            written = short(self._text[whole.start : whole.end])
            self._stop(whole, f"`{written}` holds no value that Liquid can read", f"write a name, or {RAW}")
            return False
        if is_value and (sign := _AFTER_VALUE.match(bare)):
            written = short(self._text[whole.start : whole.end])
            at = start + sign.start(1)
            self._stop(Span(at, at + 1), f"`{sign[1][0]}` cannot stand in `{written}`", f"correct it, or {RAW}")
            return False
        known = self._engine.filters
        for found in _FILTER.finditer(bare) if known else ():
            if known and found[1] not in known:
                message = f"`{found[1]}` is not a filter that {self._engine.title} knows"
                span = Span(start + found.start(1), start + found.end(1))
                self._found.append(Stop(span, message, f"filter {found[1]}"))
        return True

    def _tag(self, at: int) -> int | None:
        """The same for a tag."""
        text = self._text
        end = text.find("%}", at + 2)
        line = line_end(text, at)
        if end < 0:
            self._stop(
                Span(at, line), f"`{short(text[at:line])}` is not closed by `%}}`", f"close it with `%}}`, or {RAW}"
            )
            return None
        whole = Span(at, end + 2)
        named = _TAG.match(text, at, end)
        if named is None:
            self._stop(whole, f"`{short(text[at : end + 2])}` names no tag", f"write the tag's name, or {RAW}")
            return None
        name = named[1]
        markup = text[named.end() : end].rstrip("-").strip()
        if name == "#":
            return whole.end
        if name in ("raw", "comment"):
            return self._verbatim(name, whole)
        if not self._known(name, whole):
            return None
        return whole.end if self._is_well_formed(name, markup, whole) else None

    def _verbatim(self, name: str, whole: Span) -> int | None:
        """The end of what is not read as Liquid."""
        closing = re.compile(rf"\{{%-?\s*end{name}\b[^%]*%\}}").search(self._text, whole.end)
        if closing is None:
            self._stop(
                whole, f"`{short(self._text[whole.start : whole.end])}` is never closed", f"add `{{% end{name} %}}`"
            )
            return None
        # Comments hold others in one version, and none in the other.
        nested = name == "comment" and re.compile(r"\{%-?\s*comment\b").search(self._text, whole.end, closing.start())
        return None if nested else closing.end()

    def _known(self, name: str, whole: Span) -> bool:
        """Whether reading can go on behind the tag `name`: opens and closes pairs, and reports what is wrong."""
        added = self._engine.tags
        innermost = self._open[-1] if self._open else None
        if name.startswith("end") and name not in added and name not in self._tags:
            return self._close(name, whole)
        if name in _BRANCHES and name not in added:
            if innermost is None or (innermost.known and name not in _INSIDE.get(innermost.name, ())):
                self._misplaced(name, whole, innermost)
                return False
            return True
        if name in self._pairs:
            self._open.append(_Open(name, whole, True))
        elif name in added:
            if added[name] is not False:
                self._open.append(_Open(name, whole, added[name] is True))
        elif name not in self._tags:
            self._unknown.add(name)
            message = f"`{name}` is not a tag that {self._engine.title} knows"
            self._found.append(Stop(whole, message, f"tag {name}"))
        return True

    def _close(self, name: str, whole: Span) -> bool:
        wanted = name[3:]
        if wanted in self._unknown:
            return True
        while self._open and not self._open[-1].known and self._open[-1].name != wanted:
            self._open.pop()  # It may have no closing tag.
        if self._open and self._open[-1].name == wanted:
            self._open.pop()
            return True
        if wanted not in self._pairs and wanted not in self._engine.tags and not self._open:
            self._found.append(Stop(whole, f"`{name}` is not a tag that {self._engine.title} knows", f"tag {name}"))
            return True
        self._misplaced(name, whole, self._open[-1] if self._open else None)
        return False

    def _misplaced(self, name: str, whole: Span, innermost: _Open | None) -> None:
        if innermost is None:
            self._stop(
                whole, f"`{name}` stands outside of any tag that it belongs to", "remove it, or add the opening tag"
            )
            return
        opened = f"`{short(self._text[innermost.span.start : innermost.span.end])}`"
        self._stop(
            whole,
            f"`{name}` does not belong to the open tag {opened}",
            f"close that with `{{% end{innermost.name} %}}` first",
        )

    def _is_well_formed(self, name: str, markup: str, whole: Span) -> bool:
        if self._is_refused(name, markup):
            written = short(self._text[whole.start : whole.end])
            self._stop(whole, f"`{written}` is not complete", f"write `{_FORMS[name]}`")
            return False
        if self._ruby:
            return self._suits_jekyll(name, markup, whole)
        return name not in ("assign", "echo") or self._is_readable(whole, whole.start + 2, whole.end - 2, False)

    def _is_refused(self, name: str, markup: str) -> bool:
        if name in self._engine.tags:
            return False
        if name in ("if", "unless", "case", "when", "capture", "cycle"):
            return not markup
        if name == "elsif":
            return False
        if name in ("for", "tablerow"):
            return not _FOR.match(markup)
        return name == "assign" and "=" not in markup

    def _suits_jekyll(self, name: str, markup: str, whole: Span) -> bool:
        if name == "highlight" and name not in self._engine.tags and not _HIGHLIGHT.fullmatch(markup):
            self._stop(whole, "`highlight` needs a language", "write `{% highlight text %}`")
            return False
        if name in ("if", "unless") and len(self._open) == 1 and _ONE_EQUALS.fullmatch(markup):
            self._stop(whole, "`=` does not compare in Liquid", "write `==`")
            return False
        includes = self._engine.includes
        if name == "include" and includes is not None and name not in self._engine.tags:
            found = _INCLUDED.match(markup)
            if found and found[1] not in includes:
                at = self._text.index(found[1], whole.start)
                missing = f"`_includes/{found[1]}` does not exist"
                self._stop(Span(at, at + len(found[1])), missing, "create it, or correct its name")
        return True

    def _stop(self, span: Span, message: str, hint: str) -> None:
        self._found.append(Stop(span, message, "", hint))


RAW = "put text between `{% raw %}` and `{% endraw %}`"


def short(written: str) -> str:
    """`written` on one line of at most 40 characters."""
    line = " ".join(written.split())
    return line if len(line) <= 40 else f"{line[:39]}…"


def line_end(text: str, at: int) -> int:
    """Where the line ends that `at` stands on."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if text[end - 1 : end] == "\r" else end
