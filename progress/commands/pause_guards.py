"""Refusals about pauses."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.errors import Conflict, FieldError, Refused
from backend.words import day_in_words
from progress.models import Enrollment, Pause
from progress.pausing import local_day
from progress.rhythm import Interval

FARTHEST = timedelta(days=366)
"""How far ahead a pause may start, and how long one with an end may be."""


class EnrollmentPaused(Conflict):
    """A paused day takes no log entry, in whatever order the two arrive."""

    code = "enrollment-paused"
    title = gettext_lazy("You are paused on that day")


class PauseOutOfRange(Refused):
    """Days that can't be meant."""

    code = "pause-out-of-range"
    title = gettext_lazy("These days can't be a pause")


class PauseOverlaps(Conflict):
    """A day is paused once."""

    code = "pause-overlaps"
    title = gettext_lazy("There is a pause on some of these days already")


def require_outside(pauses: Iterable[Pause], day: date) -> None:
    """Pass if none of the enrollment's pauses is around `day`; raise EnrollmentPaused.

    Read them after `hold()`, so that a pause that is planned at the same moment is seen.
    """
    pause = next((one for one in pauses if one.interval.covers(day)), None)
    if pause is None:
        return
    detail = _(
        "%(day)s is in your pause %(days)s. End or shorten the pause, then send the entry again."
    ) % {"day": day_in_words(day), "days": _words(pause.interval)}
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
            raise PauseOverlaps(
                _("There is a pause %(days)s already.") % {"days": _words(other.interval)}
            )


def _check_range(enrollment: Enrollment, days: Interval, now: datetime) -> None:
    today = local_day(enrollment, now)
    started = local_day(enrollment, enrollment.started_at)
    if days.starts_on < started:
        raise _wrong(
            "starts_on",
            _("You started on %(started)s; a pause begins on that day or later.")
            % {"started": day_in_words(started)},
        )
    if days.starts_on > today + FARTHEST:
        raise _wrong(
            "starts_on",
            _("A pause starts by %(day)s at the latest.") % {"day": day_in_words(today + FARTHEST)},
        )
    if days.ends_on is None:
        return
    if days.ends_on < days.starts_on:
        raise _wrong(
            "ends_on",
            _("A pause that starts on %(day)s ends then or later.")
            % {"day": day_in_words(days.starts_on)},
        )
    if days.ends_on > days.starts_on + FARTHEST:
        detail = _("A pause with an end lasts %(days)s days at most. Leave the end open.") % {
            "days": FARTHEST.days
        }
        raise _wrong("ends_on", detail)


def _wrong(field: str, detail: str) -> PauseOutOfRange:
    return PauseOutOfRange(detail, errors=[FieldError(field, "out-of-range", detail)])


def _words(days: Interval) -> str:
    if days.ends_on is None:
        return _("from %(first)s on") % {"first": day_in_words(days.starts_on)}
    return _("from %(first)s to %(last)s") % {
        "first": day_in_words(days.starts_on),
        "last": day_in_words(days.ends_on),
    }
