"""Days that count: a pause takes its days out of the calendar, before today and after."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from progress.rhythm import Interval

DAYS: Final = 7


def merged(pauses: Iterable[Interval]) -> list[tuple[date, date]]:
    """Return the pauses in order, those that touch or overlap as one; an open one ends never."""
    found: list[tuple[date, date]] = []
    for start, end in sorted((one.starts_on, one.ends_on or date.max) for one in pauses):
        if end < start:
            continue
        if found and (found[-1][1] == date.max or start <= found[-1][1] + timedelta(days=1)):
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def working_day(first: date, count: int, pauses: Iterable[Interval]) -> date | None:
    """Return the day that is number `count` (from 1) of those not paused, from `first` on.

    None if an open pause begins before it.
    """
    day = first + timedelta(days=count - 1)
    for start, end in merged(pauses):
        if end < first:
            continue
        if start > day:
            break
        if end == date.max:
            return None
        day += end - max(start, first) + timedelta(days=1)
    return day


def working_days(first: date, last: date, pauses: Iterable[Interval]) -> int:
    """Return how many days from `first` to `last`, both included, are not paused."""
    count = max((last - first).days + 1, 0)
    for start, end in merged(pauses):
        count -= max((min(end, last) - max(start, first)).days + 1, 0)
    return count


def weeks_before(
    today: date, minutes: Mapping[date, int], pauses: Sequence[Interval], *, most: int
) -> list[int]:
    """Return the minutes of the last whole weeks before `today`, the newest first.

    A week here is seven days in a row that were not paused, so that a pause is neither an empty
    week nor a short one. They reach back to the first day of `minutes`, at most `most` of them.
    """
    if not minutes:
        return []
    first, out = min(minutes), merged(pauses)
    weeks: list[int] = []
    sum_, days, day = 0, 0, today - timedelta(days=1)
    while day >= first and len(weeks) < most:
        while out and out[-1][0] > day:
            out.pop()
        if out and day <= out[-1][1]:
            day = out[-1][0] - timedelta(days=1)
            continue
        sum_, days = sum_ + minutes.get(day, 0), days + 1
        if days == DAYS:
            weeks.append(sum_)
            sum_ = days = 0
        day -= timedelta(days=1)
    return weeks
