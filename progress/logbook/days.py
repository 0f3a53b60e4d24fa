"""Which days take an entry, and how much of them is left."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from backend.errors import FieldError
from backend.words import day_in_words
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
        detail = _("%(day)s is in the future; it is %(today)s where you are (%(time_zone)s).") % {
            "day": day_in_words(day),
            "today": day_in_words(today),
            "time_zone": person.time_zone,
        }
        raise DayInFuture(detail, errors=[FieldError("day", "in-future", detail)])
    started = enrollment.started_at.astimezone(person.zone).date()
    earliest = started - timedelta(days=DAYS_BEFORE_ENROLLMENT)
    if day < earliest:
        detail = _("You started on %(started)s; work is counted from %(earliest)s on.") % {
            "started": day_in_words(started),
            "earliest": day_in_words(earliest),
        }
        raise DayTooEarly(detail, errors=[FieldError("day", "too-early", detail)])
    if day < started and not note.strip():
        detail = _("You started on %(started)s. Say in the note what you did before that.") % {
            "started": day_in_words(started)
        }
        raise ReasonNeeded(detail, errors=[FieldError("note", "reason-needed", detail)])


def require_room(day: date, minutes: int, *, logged: int) -> None:
    """Pass if `minutes` fit a day on which `logged` minutes stand already; raise DayFull."""
    if logged + minutes > MINUTES_IN_A_DAY:
        left = MINUTES_IN_A_DAY - logged
        said = ngettext(
            "%(count)s minute is logged for %(day)s already; %(left)s are left.",
            "%(count)s minutes are logged for %(day)s already; %(left)s are left.",
            logged,
        )
        detail = said % {
            "count": logged,
            "day": day_in_words(day),
            "left": left,
        }
        raise DayFull(detail, errors=[FieldError("minutes", "day-full", detail)])
