"""What every page has: its head with style, script and policy, and how text becomes HTML."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

from postlint.reporters import visible
from postlint.reporters._spans import spans

_STEP = 2
"""Widths of bars are classes in steps of so many per cent, because the policy allows no `style` attributes."""

_HEAD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
"""


def head(title: str) -> str:
    """The page up to its body. `title` is text."""
    # Nothing is loaded, sent or embedded. What is in a post could not run even if it were not escaped.
    policy = (
        f"default-src 'none'; img-src data:; style-src {_source(style())}; script-src {_source(script())}; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
    return _HEAD.format(policy=policy, title=safe(title), style=style())


@cache
def style() -> str:
    widths = "".join(f".w{part} {{ inline-size: {part}% }}\n" for part in range(0, 101, _STEP))
    return _asset("_page.css") + widths


@cache
def script() -> str:
    return _asset("_page.js")


def width(number: int, whole: int) -> str:
    """The class of a bar that stands for `number` of `whole`; never empty."""
    return f"w{max(_STEP, round(100 * number / whole / _STEP) * _STEP)}" if number else "w0"


def safe(text: str) -> str:
    """`text` as HTML, for content and for quoted attributes; characters that cannot be seen are named."""
    return escape(visible(text))


def content(text: str) -> str:
    """`text` as HTML for content alone, where quotation marks need no escape."""
    return escape(visible(text), quote=False)


def prose(text: str) -> str:
    """`text` as HTML, with `<code>` for what is in backticks. Takes linear time."""
    return "".join(f"<code>{content(part)}</code>" if is_quoted else content(part) for is_quoted, part in spans(text))


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
