"""Which days take an entry, and how much of them is left."""

from datetime import date, datetime, timedelta

from accounts.models import User
from backend.errors import FieldError
from progress.logbook.refusals import DayFull, DayInFuture, DayTooEarly, ReasonNeeded
from progress.models import Enrollment
from progress.models.log_entry import MINUTES_IN_A_DAY

DAYS_BEFORE_ENROLLMENT = 31


def require_day(
    enrollment: Enrollment, day: date, *, note: str, person: User, now: datetime
) -> None:
    """Pass if work on `day`, local to the learner, may be logged.

    Raises DayInFuture, DayTooEarly, ReasonNeeded.
    """
    today = now.astimezone(person.zone).date()
    if day > today:
        detail = f"{day} is in the future; it is {today} where you are ({person.time_zone})."
        raise DayInFuture(detail, errors=[FieldError("day", "in-future", detail)])
    started = enrollment.started_at.astimezone(person.zone).date()
    earliest = started - timedelta(days=DAYS_BEFORE_ENROLLMENT)
    if day < earliest:
        detail = f"You started on {started}; work is counted from {earliest} on."
        raise DayTooEarly(detail, errors=[FieldError("day", "too-early", detail)])
    if day < started and not note.strip():
        detail = f"You started on {started}. Say in the note what you did before that."
        raise ReasonNeeded(detail, errors=[FieldError("note", "reason-needed", detail)])


def require_room(day: date, minutes: int, *, logged: int) -> None:
    """Pass if `minutes` fit a day on which `logged` minutes stand already; raise DayFull."""
    if logged + minutes > MINUTES_IN_A_DAY:
        left = MINUTES_IN_A_DAY - logged
        detail = f"{logged} minutes are logged for {day} already; {left} are left."
        raise DayFull(detail, errors=[FieldError("minutes", "day-full", detail)])
