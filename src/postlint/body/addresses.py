"""Addresses whose beginning is misspelled, so that browsers look for them on the page's own site, or nowhere."""

import re

OF_PROGRAMS = frozenset(("undefined", "NaN", "[object%20Object]"))
"""What JavaScript writes for a value that is missing, and so for an address that is."""
# What most addresses begin like; a second scheme would begin with an `h`.
_SOUND = re.compile(r"[/#]|https?://[^/hH]")
_DOUBLED = re.compile(r"https?[:;]?/{0,2}(?=https?://[^/])", re.IGNORECASE)
_MISSPELLED = re.compile(
    r"(?!https?://[^/])(?:h{0,3}t{1,4}p{1,3}s{0,2}|h+pt+s?|h+t+s)(?:[:;：]/{1,4}|//)(?=[^/\s])|://(?=[\w-]+\.)",
    re.IGNORECASE,
)
_WRAPPED = re.compile(
    r"(?:[\"'“”‘’(<]|%E2%80%9[89CD]|%2[27])+(https?://[^\s\"'“”‘’″′()<>]+)[\"'“”‘’″′)>]*", re.IGNORECASE
)
_CODED_QUOTES = ("%e2%80%98", "%e2%80%99", "%e2%80%9c", "%e2%80%9d", "%22", "%27")
_TICKED = re.compile(r"`((?:https?://|/)[^\s`]+)`", re.IGNORECASE)
# A whole link pasted where its address belongs.
_PASTED = re.compile(r"!?\[[^\[\]]*\]\((https?://[^\s()<>]+)\)")
# No address of a person ends like a file (`photo@2x.png`).
_MAIL = re.compile(
    r"(?:mailto:(?P<page>https?://[^\s]+)|(?:mailto:(?://+<?|<))?"
    r"(?P<to>[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}(?!(?:mdx?|html?|png|jpe?g|gif|svg|webp|avif|pdf|js|css)$)[a-z]{2,10})>?)",
    re.IGNORECASE | re.ASCII,
)


def meant(target: str) -> str | None:
    """The intended address if the scheme is misspelled or written twice (`htpps://`, `http://https://`,
    `mailto://`, or a mail address without `mailto:`), or if it is in its own quotes (also percent-encoded ones), brackets
    or backticks, or if a whole link was pasted in its place; None for all others. Takes linear time."""
    if _SOUND.match(target):
        return None
    if begin := _DOUBLED.match(target):
        return target[begin.end() :]
    if begin := _MISSPELLED.match(target):
        return ("https://" if "s" in begin[0].lower() or begin[0] == "://" else "http://") + target[begin.end() :]
    if target[:1] in "![" and (pasted := _PASTED.fullmatch(target)):
        return pasted[1]
    if mail := _MAIL.fullmatch(target):
        return mail["page"] or f"mailto:{mail['to']}"
    if whole := _WRAPPED.fullmatch(target) or _TICKED.fullmatch(target):
        return _unquoted(whole[1])
    return None


def _unquoted(address: str) -> str:
    """`address` without percent-encoded quotes at its end."""
    end, lower = len(address), address.lower()
    while mark := next((mark for mark in _CODED_QUOTES if lower.endswith(mark, 0, end)), None):
        end -= len(mark)
    return address[:end]
