"""Addresses whose beginning is misspelled, so that browsers look for them on the page's own site, or nowhere."""

import re

_DOUBLED = re.compile(r"https?[:;]?/{0,2}(?=https?://[^/])", re.IGNORECASE)
_MISSPELLED = re.compile(
    r"(?!https?://[^/])(?:h{0,3}t{1,4}p{1,3}s{0,2}|h+pt+s?|h+t+s)(?:[:;：]/{1,4}|//)(?=[^/\s])", re.IGNORECASE
)
_WRAPPED = re.compile(r"[\"'“”‘’(<]+(https?://[^\s\"'“”‘’″′()<>]+)[\"'“”‘’″′)>]*", re.IGNORECASE)


def meant(target: str) -> str | None:
    """The address that was meant by one of which the scheme is misspelled or written twice (`htpps://`, `http://https://`,
    `mailto://`), or that stands in quotes or brackets of its own; None for all others. Takes linear time."""
    if begin := _DOUBLED.match(target):
        return target[begin.end() :]
    if begin := _MISSPELLED.match(target):
        return ("https://" if "s" in begin[0].lower() else "http://") + target[begin.end() :]
    if target[:9].lower() == "mailto://":
        return "mailto:" + target[9:].lstrip("/")
    if whole := _WRAPPED.fullmatch(target):
        return whole[1]
    return None
