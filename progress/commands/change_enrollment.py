"""Change where an enrollment is heading."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from progress import events, outbox
from progress.commands.enroll import check_choices, check_target_date
from progress.commands.guards import require_learner
from progress.compiled import compiled
from progress.models import EarlierGoal, Enrollment
from progress.rhythm import monday_of


def change_enrollment(
    *, person: User, enrollment: Enrollment, changes: dict[str, Any], now: datetime
) -> Enrollment:
    """Store any of track, role, target_date, weekly_minutes; return the enrollment.

    Nothing logged or approved is lost by another track: what is not on it is kept, and back with
    it. Raises NotYourEnrollment, UnknownChoice, TargetDatePassed.
    """
    require_learner(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        check_choices(compiled(enrollment), track=changes.get("track"), role=changes.get("role"))
        if "target_date" in changes and changes["target_date"] != enrollment.target_date:
            check_target_date(changes["target_date"], person=person, now=now)
            # Days paused before it was chosen don't move it: the learner knew of them.
            changes = {**changes, "target_set_on": now.astimezone(person.zone).date()}
        changed = {n: value for n, value in changes.items() if getattr(enrollment, n) != value}
        if not changed:
            return enrollment
        if "weekly_minutes" in changed:
            # Past weeks keep the goal they had; this one and those ahead have the new one.
            this_week = monday_of(now.astimezone(person.zone).date())
            EarlierGoal.keep(enrollment, enrollment.weekly_minutes, until=this_week)
        for name, value in changed.items():
            setattr(enrollment, name, value)
        enrollment.save(update_fields=list(changed))
        outbox.record(
            events.Event(
                type=events.ENROLLMENT_CHANGED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=enrollment.pk,
                enrollment_id=enrollment.pk,
                data={n: _label(value) for n, value in changed.items() if n != "target_set_on"},
            )
        )
    return enrollment


def _label(value: str | int | date | None) -> str | int:
    """Return a value as an event has it; no target date is an empty one."""
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value
