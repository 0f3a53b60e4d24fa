"""The rules of a time zone as iCalendar has them (RFC 5545 §3.6.5): pure.

Every change of the clock is written out, as it stands in the IANA data: some zones change four
times a year, and some by the moon, which no recurrence rule says.
"""

import zoneinfo
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)

Shown = tuple[timedelta, bool, str]
"""What clocks show at an instant: the offset from UTC, whether it is summer time, its name."""


@lru_cache(maxsize=256)
def rules_of(zone: zoneinfo.ZoneInfo, first: int, last: int) -> Timezone:
    """Return the VTIMEZONE of `zone` for the years `first` to `last`."""
    begins, ends = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    before = _shown(begins, zone)
    starts: dict[tuple[timedelta, Shown], list[datetime]] = defaultdict(list)
    starts[before[0], before].append(_wall(begins, before))
    for instant in _changes(zone, begins, ends):
        after = _shown(instant, zone)
        starts[before[0], after].append(_wall(instant, before))
        before = after
    rules = Timezone()
    rules.add("tzid", zone.key)
    for (offset_before, (offset, is_summer, name)), days in starts.items():
        part = TimezoneDaylight() if is_summer else TimezoneStandard()
        part.add("tzoffsetfrom", offset_before)
        part.add("tzoffsetto", offset)
        part.add("tzname", name)
        part.add("dtstart", days[0])
        if days[1:]:
            part.add("rdate", days[1:])
        rules.add_component(part)
    return rules


def _changes(zone: zoneinfo.ZoneInfo, begins: datetime, ends: datetime) -> Iterator[datetime]:
    """Yield the instants at which clocks in `zone` come to show something else."""
    before = begins
    while before < ends:
        after = before + DAY
        if _shown(before, zone) != _shown(after, zone):
            yield _first_other(before, after, zone)
        before = after


def _first_other(before: datetime, after: datetime, zone: zoneinfo.ZoneInfo) -> datetime:
    """Return the first instant at which clocks no longer show what they do `before`."""
    shown = _shown(before, zone)
    while after - before > SECOND:
        middle = before + ((after - before) / 2 // SECOND) * SECOND
        if _shown(middle, zone) == shown:
            before = middle
        else:
            after = middle
    return after


def _shown(instant: datetime, zone: zoneinfo.ZoneInfo) -> Shown:
    there = instant.astimezone(zone)
    return there.utcoffset() or timedelta(0), bool(there.dst()), there.tzname() or ""


def _wall(instant: datetime, shown: Shown) -> datetime:
    """Return what clocks would show at `instant`, had they not just changed."""
    return (instant + shown[0]).replace(tzinfo=None)
