"""Plan when in the week to work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import FieldError, Refused
from progress.commands.guards import EnrollmentNotActive, require_learner
from progress.models import Enrollment, PlannedSession
from progress.pausing import local_day
from progress.states import EnrollmentState

WEEK = 7 * 24 * 60


class SessionsOverlap(Refused):
    """One does one thing at a time."""

    code = "sessions-overlap"
    title = gettext_lazy("Two sessions overlap")


@dataclass(frozen=True, slots=True)
class Session:
    """A time each week: `weekday` 0 is Monday, `starts_at` is what clocks show."""

    weekday: int
    starts_at: time
    minutes: int

    @property
    def begins(self) -> int:
        """The minute of the week, counted from Monday 0:00."""
        return self.weekday * 24 * 60 + self.starts_at.hour * 60 + self.starts_at.minute


def plan_sessions(
    *, person: User, enrollment: Enrollment, sessions: Sequence[Session], now: datetime
) -> list[PlannedSession]:
    """Have these sessions planned, and no others; return them in the order of the week.

    One at the same weekday and time as before goes on from when it was planned first. Raises
    NotYourEnrollment, EnrollmentNotActive, SessionsOverlap.
    """
    require_learner(person, enrollment)
    in_order = sorted(sessions, key=lambda one: one.begins)
    _require_apart(in_order)
    with transaction.atomic():
        enrollment.hold()
        if enrollment.state != EnrollmentState.ACTIVE:
            raise EnrollmentNotActive(
                _("There is nothing to plan on an enrollment that is not active.")
            )
        rows = PlannedSession.objects.filter(enrollment=enrollment)
        known = {(row.weekday, row.starts_at): row for row in rows}
        kept = [known[key] for one in in_order if (key := (one.weekday, one.starts_at)) in known]
        rows.exclude(pk__in=[row.pk for row in kept]).delete()
        today = local_day(enrollment, now)
        planned = [
            PlannedSession(
                enrollment=enrollment,
                weekday=one.weekday,
                starts_at=one.starts_at,
                minutes=one.minutes,
                planned_on=today,
            )
            for one in in_order
        ]
        PlannedSession.objects.bulk_create(
            planned,
            update_conflicts=True,
            unique_fields=["enrollment", "weekday", "starts_at"],
            update_fields=["minutes"],
        )
    return list(rows.order_by("weekday", "starts_at"))


def _require_apart(in_order: Sequence[Session]) -> None:
    """Pass if each ends before the next begins, the last before the first of the next week."""
    for place, one in enumerate(in_order):
        is_last = place == len(in_order) - 1
        following = in_order[0].begins + WEEK if is_last else in_order[place + 1].begins
        if one.begins + one.minutes > following:
            said = _("The session at %(time)s goes on when another begins.") % {
                "time": one.starts_at.strftime("%H:%M")
            }
            raise SessionsOverlap(said, errors=[FieldError("sessions", "sessions-overlap", said)])
