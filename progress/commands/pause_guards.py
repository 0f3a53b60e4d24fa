"""Refusals about pauses."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from backend.errors import Conflict, FieldError, Refused
from progress.models import Enrollment, Pause
from progress.pausing import local_day
from progress.rhythm import Interval

FARTHEST = timedelta(days=366)
"""How far ahead a pause may start, and how long one with an end may be."""


class EnrollmentPaused(Conflict):
    """A paused day takes no log entry, in whatever order the two arrive."""

    code = "enrollment-paused"
    title = "You are paused on that day"


class PauseOutOfRange(Refused):
    """Days that can't be meant."""

    code = "pause-out-of-range"
    title = "These days can't be a pause"


class PauseOverlaps(Conflict):
    """A day is paused once."""

    code = "pause-overlaps"
    title = "There is a pause on some of these days already"


def require_outside(pauses: Iterable[Pause], day: date) -> None:
    """Pass if none of the enrollment's pauses is around `day`; raise EnrollmentPaused.

    Read them after `hold()`, so that a pause that is planned at the same moment is seen.
    """
    pause = next((one for one in pauses if one.interval.covers(day)), None)
    if pause is None:
        return
    detail = (
        f"{day} is in your pause {_words(pause.interval)}. "
        "End or shorten the pause, then send the entry again."
    )
    raise EnrollmentPaused(detail, errors=[FieldError("day", "paused", detail)])


def check_pause(
    enrollment: Enrollment, days: Interval, *, now: datetime, besides: uuid.UUID | None = None
) -> None:
    """Pass if the enrollment can be paused on `days`; `besides` is the pause that is being changed.

    Raises PauseOutOfRange, PauseOverlaps. Belongs after `hold()` (one query).
    """
    _check_range(enrollment, days, now)
    for other in Pause.objects.filter(enrollment=enrollment).order_by("starts_on"):
        if other.pk != besides and other.interval.overlaps(days):
            raise PauseOverlaps(f"There is a pause {_words(other.interval)} already.")


def _check_range(enrollment: Enrollment, days: Interval, now: datetime) -> None:
    today = local_day(enrollment, now)
    started = local_day(enrollment, enrollment.started_at)
    if days.starts_on < started:
        raise _wrong("starts_on", f"You started on {started}; a pause begins on that day or later.")
    if days.starts_on > today + FARTHEST:
        raise _wrong("starts_on", f"A pause starts by {today + FARTHEST} at the latest.")
    if days.ends_on is None:
        return
    if days.ends_on < days.starts_on:
        raise _wrong("ends_on", f"A pause that starts on {days.starts_on} ends then or later.")
    if days.ends_on > days.starts_on + FARTHEST:
        detail = f"A pause with an end lasts {FARTHEST.days} days at most. Leave the end open."
        raise _wrong("ends_on", detail)


def _wrong(field: str, detail: str) -> PauseOutOfRange:
    return PauseOutOfRange(detail, errors=[FieldError(field, "out-of-range", detail)])


def _words(days: Interval) -> str:
    if days.ends_on is None:
        return f"from {days.starts_on} on"
    return f"from {days.starts_on} to {days.ends_on}"
