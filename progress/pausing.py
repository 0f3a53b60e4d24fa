"""What pauses make of an enrollment: its status, and where its target has moved to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from progress.models import Enrollment
from progress.rhythm import Interval, moved, pause_around, paused_until
from progress.states import EnrollmentState, EnrollmentStatus


@dataclass(frozen=True, slots=True)
class Pausing:
    """An enrollment on a day, its pauses considered.

    `paused_until` is the last paused day, None when it is not paused or nobody knows yet;
    `target` is the target date, moved by the pauses.
    """

    status: EnrollmentStatus
    paused_until: date | None
    target: date | None


def local_day(enrollment: Enrollment, now: datetime) -> date:
    """Return the day it is at `now` where the learner is."""
    return now.astimezone(enrollment.learner.zone).date()


def intervals_of(enrollment: Enrollment) -> list[Interval]:
    """Return the enrollment's pauses in order (one query, none after `with_pauses()`)."""
    found = [pause.interval for pause in enrollment.pauses.all()]
    return sorted(found, key=lambda pause: pause.starts_on)


def pausing_of(
    enrollment: Enrollment, *, now: datetime, pauses: Sequence[Interval] | None = None
) -> Pausing:
    """Return what an enrollment's pauses make of it at `now`.

    A query as in `intervals_of`, unless `pauses` has what that returns.
    """
    set_on = enrollment.target_set_on or local_day(enrollment, enrollment.started_at)
    return pausing_on(
        local_day(enrollment, now),
        state=enrollment.state,
        pauses=intervals_of(enrollment) if pauses is None else pauses,
        target=enrollment.target_date,
        set_on=set_on,
    )


def pausing_on(
    today: date, *, state: str, pauses: Sequence[Interval], target: date | None, set_on: date
) -> Pausing:
    """Return what `pauses`, in order, make of an enrollment in `state`.

    `today` is the learner's day, `target` their target date, chosen on the day `set_on`.
    """
    if not pauses:  # as for most, and a cohort's report asks a thousand times
        return Pausing(status=EnrollmentStatus(state), paused_until=None, target=target)
    paused = state == EnrollmentState.ACTIVE and pause_around(pauses, today) is not None
    return Pausing(
        status=EnrollmentStatus.PAUSED if paused else EnrollmentStatus(state),
        paused_until=paused_until(pauses, today) if paused else None,
        target=None if target is None else moved(target, set_on, pauses, today=today),
    )
