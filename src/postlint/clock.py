"""The instant of the run."""

import os
from datetime import UTC, datetime


def now() -> datetime:
    """The instant of this run: `SOURCE_DATE_EPOCH` (seconds since 1970) where it is set, for reproducible runs."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
