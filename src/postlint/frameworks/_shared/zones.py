"""Time zones by the names that sites give them."""

from datetime import datetime, tzinfo
from functools import lru_cache


@lru_cache
def zone(name: str) -> tzinfo | None:
    """The zone called `name`, None if this computer does not know it."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def local(wall: datetime, name: str) -> datetime:
    """What the clock shows in the zone called `name`; naive if that is empty or not known."""
    found = zone(name) if name else None
    return wall.replace(tzinfo=found) if found else wall
