"""The instant of the run."""

import os
from datetime import UTC, datetime

from postlint.errors import PostlintError

_VARIABLE = "SOURCE_DATE_EPOCH"
_ends: list[datetime] = []


def holds_until(instant: datetime) -> None:
    """Say that something that was found will be otherwise from `instant` on."""
    _ends.append(instant)


def end() -> datetime | None:
    """Until when all holds that was found since `begin`; None for ever."""
    return min(_ends, default=None)


def begin() -> None:
    """Forget what `holds_until` was given before."""
    _ends.clear()


def now() -> datetime:
    """The instant of this run, in UTC; for reproducible runs that of `SOURCE_DATE_EPOCH` (seconds since 1970) if it is
    set (https://reproducible-builds.org/specs/source-date-epoch/). Raises PostlintError if that is not such a number."""
    epoch = os.environ.get(_VARIABLE, "")
    if not epoch:
        return datetime.now(UTC)
    try:
        if epoch.isascii() and epoch.isdigit():
            return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        pass  # beyond the years that dates can have
    raise PostlintError(f"{_VARIABLE}: `{epoch[:30]}` is not a number of seconds since 1970; correct it or unset it")
