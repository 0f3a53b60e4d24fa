"""Change where an enrollment is heading."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
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
        goal = enrollment.weekly_minutes
        if changes.get("weekly_minutes", goal) != goal:
            # Past weeks keep the goal they had; this one and those ahead have the new one.
            this_week = monday_of(now.astimezone(person.zone).date())
            EarlierGoal.keep(enrollment, goal, until=this_week)
        for name, value in changes.items():
            setattr(enrollment, name, value)
        enrollment.save(update_fields=list(changes))
    return enrollment
