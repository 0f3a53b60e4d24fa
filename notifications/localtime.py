"""Wall-clock times and instants: pure.

A wall time and a zone are stored; an instant is worked out when it is needed, never by
adding hours.
"""

import datetime as dt
import zoneinfo
from functools import lru_cache

SECOND = dt.timedelta(seconds=1)


@lru_cache(maxsize=16_384)  # many people share a zone and an hour
def first_instant(day: dt.date, time: dt.time, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    """Return the first instant, in UTC, at which clocks in `zone` show `day` and `time` or later.

    A time that clocks show twice is the first of the two (PEP 495, fold=0); one that they skip is
    the instant of the skip, also where a whole day was skipped.
    """
    wall = dt.datetime.combine(day, time)
    early = _utc(wall, zone, fold=0)
    if _shown(early, zone) == wall:
        return early
    # Skipped. PEP 495: fold=1 uses the offset after the skip, which puts it before; fold=0 after.
    before, after = sorted((early, _utc(wall, zone, fold=1)))
    while after - before > SECOND:
        middle = before + ((after - before) / 2 // SECOND) * SECOND
        if _shown(middle, zone) >= wall:
            after = middle
        else:
            before = middle
    return after


def _utc(wall: dt.datetime, zone: zoneinfo.ZoneInfo, *, fold: int) -> dt.datetime:
    return wall.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC)


def _shown(instant: dt.datetime, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    """Return what clocks in `zone` show at `instant`."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)
