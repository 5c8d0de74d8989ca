"""Field names that are confused with each other: by a typo, by spelling, or by meaning."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from postlint.schema import Violation
from postlint.suggest import LONGEST, closest, distance

_SEPARATORS = re.compile(r"[-_\s]+")

# A line for each thing, with its names in different frameworks and themes: no separators, small letters.
_MEANINGS = """
date data day pubdate pubdatetime publishdate publisheddate publishedat published publishat publish datetime created \
createdat createddate postdate releasedate
updated updateddate updatedat update lastmod lastmodified lastupdated lastupdate modified modifieddate moddate \
moddatetime dateupdated datemodified
expires expirydate expiry expiredate expirationdate unpublishdate
title headline heading name
description desc descr summary excerpt abstract intro teaser metadescription seodescription blurb
image img images cover coverimage coverimg heroimage hero thumbnail thumb banner picture photo ogimage featuredimage \
featureimage previewimage socialimage
tags tag keywords keyword labels topics
category categories cat cats section
author authors writer writers by creator byline
slug permalink url path
language lang locale
draft isdraft drafts wip
series serie collection
readingtime readtime minutesread minread
"""
_GROUPS: dict[str, int] = {
    word: group for group, words in enumerate(_MEANINGS.strip().splitlines()) for word in words.split()
}


def same(a: str, b: str) -> bool:
    """Whether two names differ in case and separators alone: `pub_date` and `pubDate`."""
    return _plain(a) == _plain(b)


def meant(key: str, known: Collection[str], present: Collection[str]) -> str | None:
    """The one of the `known` names that `key`, which is certainly wrong, stands for. `present` are the names that the post
    has, which cannot be meant. None if no name is near in spelling or meaning."""
    free = _free(known, present)
    spelled = next((name for name in free if same(key, name)), None) or closest(key, free)
    if spelled:
        return spelled
    group = _GROUPS.get(_plain(key))
    return next((name for name in free if group is not None and _GROUPS.get(_plain(name)) == group), None)


def near_misses(data: object, fields: Collection[str]) -> tuple[Violation, ...]:
    """Top-level keys of `data` that look like slips for one of `fields` that is missing.

    For schemas that allow other keys, so only names that are hardly intended: the same except for case and separators, or
    with one slip in five letters and more, two in nine. Singular and plural are both names, and so are `published` and
    `isPublished`, `image` and `image1`.
    """
    if not isinstance(data, Mapping):
        return ()
    return _near_misses(tuple([key for key in data if isinstance(key, str)]), tuple(fields))


@lru_cache(maxsize=1000)
def _near_misses(present: tuple[str, ...], known: tuple[str, ...]) -> tuple[Violation, ...]:
    # Most posts of a site have the same keys, in the same order.
    out = []
    for key in present:
        if key in known or len(key) > LONGEST:
            continue
        near = _neighbours(key, known)
        name = next((field for field in _free(known, present) if field in near), None) if near else None
        if name is not None:
            message = f"`{key}` is not a known field; did you mean `{name}`?"
            out.append(Violation("unknown", (key,), message, name, same(key, name)))
    return tuple(out)


@lru_cache(maxsize=1000)
def _neighbours(key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in known if _near(key, name))


def _near(key: str, name: str) -> bool:
    a, b = key.casefold(), name.casefold()
    if a == b or same(a, b):
        return True
    shorter = min(len(a), len(b))
    if shorter < 5 or _number(a) == _number(b) or _plain(key) in _GROUPS:
        return False
    # `image1` and `image2` are names of a series.
    if a[-1].isdigit() and _number(a.rstrip("0123456789_-")) == _number(b):
        return False
    limit = 2 if shorter >= 9 else 1
    return distance(a, b, limit + 1) <= limit


def _free(known: Collection[str], present: Collection[str]) -> list[str]:
    """The known names that are not there yet, nor in another spelling that is known as well."""
    there = {_plain(name) for name in known if name in present}
    return [name for name in known if _plain(name) not in there]


def _number(word: str) -> str:
    """The word without the parts that make a different name of it: the `is` of a flag, the ending of a plural."""
    word = word.removeprefix("is")
    for plural, singular in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(plural):
            return word[: -len(plural)] + singular
    return word.removesuffix("e")


def _plain(name: str) -> str:
    return _SEPARATORS.sub("", name).casefold()
