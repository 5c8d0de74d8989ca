"""Outcomes on their way from a worker process: rows of plain data, which take a tenth of the time that objects take."""

import marshal
import pickle
from array import array
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from postlint import engine, site
from postlint.engine import Outcome
from postlint.files import Files
from postlint.frameworks import Address, Moment, Target
from postlint.site import Dated, Facts, Link, Use, Value
from postlint.text import Span

_new = tuple.__new__  # a third of the price of a NamedTuple's own constructor


def check(pickled: bytes, posts: Sequence[tuple[str, bytes | None]], run: int) -> bytes:
    """What `engine.check_some` finds, and which images are not on disk, for `unpack`.

    `run` is a number that no other run has: what one has seen of the disk does not hold for the next.
    """
    outcomes = engine.check_some(pickled, posts)
    root = engine.checker(pickled).project.root
    if root:
        files = _files(root, run)
        outcomes = [o._replace(lost=site.lose(o.facts, files)) if o.facts else o for o in outcomes]
    return pack(outcomes)


@lru_cache(maxsize=1)
def _files(root: str, run: int) -> Files:
    return Files(root)


def pack(outcomes: Sequence[Outcome]) -> bytes:
    """`outcomes` for `unpack`, in this version of Python."""
    rows = [(o.path, o.facts and facts_row(o.facts), o.lines.tobytes()) for o in outcomes]
    rest = [(o.diagnostics, o.notes, o.suppressions, o.lost) for o in outcomes]
    return marshal.dumps((rows, pickle.dumps(rest)))


def unpack(data: bytes) -> list[Outcome]:
    rows, pickled = marshal.loads(data)  # noqa: S302 - it comes from a worker alone
    rest = pickle.loads(pickled)  # noqa: S301
    return [
        _new(Outcome, (path, row and facts(row), diagnostics, notes, array("I", lines), suppressions, lost))
        for (path, row, lines), (diagnostics, notes, suppressions, lost) in zip(rows, rest, strict=True)
    ]


Row = tuple[Any, ...]


def facts_row(facts: Facts) -> Row:
    """`facts` as tuples, texts, numbers, booleans and None."""
    path, collection, address, title, slug, draft, dates, tags, images, links, *rest = facts
    return (
        path,
        collection,
        tuple(address),
        title and _value_row(title),
        slug and _value_row(slug),
        draft,
        [_dated_row(date) for date in dates],
        [_value_row(tag) for tag in tags],
        [_use_row(use) for use in images],
        [tuple(link) for link in links],
        *rest,
    )


def facts(row: Row) -> Facts:
    """The facts of which `row` was made."""
    path, collection, address, title, slug, draft, dates, tags, images, links, *rest = row
    return Facts(
        path,
        collection,
        _new(Address, address),
        title and _value(title),
        slug and _value(slug),
        draft,
        tuple([_dated(date) for date in dates]),
        tuple([_value(tag) for tag in tags]),
        tuple([_use(use) for use in images]),
        tuple([_new(Link, link) for link in links]),
        *rest,
    )


def _value_row(value: Value) -> Row:
    field, text, (start, end) = value
    return field, text, start, end


def _value(row: Row) -> Value:
    field, text, start, end = row
    return _new(Value, (field, text, _new(Span, (start, end))))


def _dated_row(date: Dated) -> Row:
    role, field, (instant, *moment), (start, end) = date
    return role, field, instant and instant.isoformat(), tuple(moment), start, end


def _dated(row: Row) -> Dated:
    role, field, instant, moment, start, end = row
    return Dated(role, field, Moment(instant and datetime.fromisoformat(instant), *moment), Span(start, end))


def _use_row(use: Use) -> Row:
    target, written, span, shown, where, leads, field = use
    return target, written, tuple(span), tuple(shown), where, tuple(leads), field


def _use(row: Row) -> Use:
    target, written, span, shown, where, leads, field = row
    return _new(Use, (target, written, _new(Span, span), _new(Span, shown), where, _new(Target, leads), field))
