"""End the pause that a learner is in."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from progress import events, outbox
from progress.commands.guards import require_learner
from progress.models import Enrollment, Pause
from progress.pausing import local_day


def resume_enrollment(*, person: User, enrollment: Enrollment, now: datetime) -> bool:
    """Make today the first day after the pause; return whether there was one to end.

    Its last day becomes yesterday; a pause that began today has no day left and goes away. Who is
    not paused may ask as well: nothing changes. Raises NotYourEnrollment.
    """
    require_learner(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        today = local_day(enrollment, now)
        pause = Pause.objects.filter(enrollment=enrollment).around(today).first()
        if pause is None:
            return False
        rows = Pause.objects.filter(pk=pause.pk)
        if pause.starts_on == today:
            rows.delete()
        else:
            rows.update(ends_on=today - timedelta(days=1), changed_at=now)
        outbox.record(
            events.Event(
                type=events.ENROLLMENT_RESUMED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=pause.pk,
                enrollment_id=enrollment.pk,
                data={"starts_on": pause.starts_on.isoformat(), "on": today.isoformat()},
            )
        )
    return True
