"""What Zola stops at in shortcodes (getzola/zola 0.22, `components/markdown/src/content.pest` and `shortcode/parser.rs`)."""

import re

from postlint.body.templates import Engine, Stop
from postlint.body.templates.liquid import short
from postlint.text import Span

_STRING = r"\"[^\"]*\"|'[^']*'|`[^`]*`"
_SCALAR = rf"(?:true|false|{_STRING}|-?\d+(?:\.\d+)?)"
_ARRAY = rf"\[(?:[^\[\]\"'`]|{_STRING}|\[[^\[\]]*\])*\]"
_ARGUMENT = rf"[A-Za-z_]\w*\s*=\s*(?:{_SCALAR}|{_ARRAY})"
_CALL = rf"([A-Za-z_][A-Za-z0-9_]*)\s*\(\s*(?:{_ARGUMENT}(?:\s*,\s*{_ARGUMENT})*\s*)?\)"
_SHORTCODE = re.compile(
    rf"\{{\{{/\*\s*{_CALL}\s*\*/\}}\}}"
    rf"|\{{%/\*[^%]*\*/%\}}"
    rf"|\{{\{{\s*{_CALL}\s*\}}\}}"
    rf"|\{{%\s*{_CALL}\s*%\}}"
    rf"|\{{%\s*(end)\s*%\}}"
)
_LINE, _BODY, _END = 2, 3, 4
_ESCAPE = {_LINE: "if it is text, write `{{{{/* {name}() */}}}}`", _BODY: "if it is text, write `{{%/* {name}() */%}}`"}


def stops(text: str, start: int, engine: Engine) -> list[Stop]:
    """See `templates.stops`."""
    found: list[Stop] = []
    opened: list[tuple[str, Span]] = []
    for match in _SHORTCODE.finditer(text, start):
        which = match.lastindex
        whole = Span(*match.span())
        if which == _END:
            if not opened:
                message = f"`{match[0]}` closes no open shortcode"
                return [*found, Stop(whole, message, "", "remove it, or write `{%/* end */%}` if it is text")]
            opened.pop()
        elif which in (_LINE, _BODY):
            name = match[which]
            if name not in engine.tags:
                message = f"no template for the shortcode `{name}` exists in the site, its theme or Zola"
                span = Span(*match.span(which))
                found.append(Stop(span, message, f"shortcode {name}", _ESCAPE[which].format(name=name)))
            if which == _BODY:
                opened.append((match[0], whole))
    if opened:
        written, whole = opened[-1]
        found.append(Stop(whole, f"`{short(written)}` is never closed", "", "add `{% end %}`"))
    return found
