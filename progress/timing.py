"""Minutes between two instants, on the local days they fall on. Pure."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)


def minutes_by_day(start: datetime, minutes: int, zone: ZoneInfo) -> dict[date, int]:
    """Return local day → minutes (at least 1 each) for `minutes` of work that began at `start`.

    They add up to `minutes`. A day is as long as it is in `zone`: 23 or 25 hours on the days the
    clock changes. `start` is aware; days on which less than a minute fell are left out.
    """
    found: dict[date, int] = {}
    end = start + minutes * MINUTE
    at, counted = start, 0
    while counted < minutes:
        day = at.astimezone(zone).date()
        midnight = _midnight_after(day, zone)
        upto = min(end, midnight)
        # Whole minutes since the start, so that roundings don't add up.
        total = minutes if upto == end else round((upto - start) / MINUTE)
        if total > counted:
            found[day] = total - counted
            counted = total
        at = upto
    return found


def fitted(by_day: Mapping[date, int], room: Mapping[date, int]) -> dict[date, int]:
    """Return `by_day` cut to the minutes that each day has room for; full days are left out."""
    cut = {day: min(minutes, room[day]) for day, minutes in by_day.items()}
    return {day: minutes for day, minutes in cut.items() if minutes > 0}


def _midnight_after(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant at which the next local day begins."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
