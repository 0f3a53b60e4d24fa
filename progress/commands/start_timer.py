"""Start the timer."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict
from progress.commands.guards import require_learner, require_milestone, require_working
from progress.commands.pause_guards import require_outside
from progress.compiled import key_now
from progress.models import Enrollment, Timer


class TimerRunning(Conflict):
    """One timer at a time: another runs, perhaps on another device."""

    code = "timer-running"
    title = gettext_lazy("A timer is running already")


def start_timer(
    *,
    person: User,
    enrollment: Enrollment,
    milestone_key: str,
    started_at: datetime,
    now: datetime,
) -> tuple[Timer, bool]:
    """Run the learner's timer on a milestone since `started_at` (at the latest now).

    Returns it and whether it is new; starting the same again changes nothing. Raises
    NotYourEnrollment, NotOnTheWay, EnrollmentNotActive, EnrollmentPaused, TimerRunning.
    """
    require_learner(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        require_milestone(enrollment, key_now(enrollment, milestone_key))
        require_working(enrollment)
        # Its entry would be refused: better to say so before the work than after it.
        require_outside(enrollment.pauses.all(), now.astimezone(person.zone).date())
        timer, is_new = Timer.objects.select_for_update().get_or_create(
            learner=person,
            defaults={
                "enrollment": enrollment,
                "milestone_key": milestone_key,
                "started_at": min(started_at, now),
                "created_at": now,
            },
        )
        same = (timer.enrollment_id, timer.milestone_key) == (enrollment.pk, milestone_key)
        if not is_new and not (same and timer.started_at == min(started_at, now)):
            raise _running(timer)
    return timer, is_new


def _running(timer: Timer) -> TimerRunning:
    refusal = TimerRunning(_("Stop it or discard it first; it may run on another device."))
    refusal.members = {
        "running": {
            "enrollment_id": str(timer.enrollment_id),
            "milestone_key": timer.milestone_key,
            "started_at": timer.started_at.isoformat().replace("+00:00", "Z"),
        }
    }
    return refusal
