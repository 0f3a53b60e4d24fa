"""Remove a pause."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from progress import events, outbox
from progress.commands.guards import require_learner
from progress.models import Pause


def remove_pause(*, person: User, pause: Pause, now: datetime) -> None:
    """Take a pause back as if it had never been planned; its event stays.

    To end one that has begun, see `resume_enrollment`. Raises NotYourEnrollment.
    """
    require_learner(person, pause.enrollment)
    with transaction.atomic():
        pause.enrollment.hold()
        removed, _ = Pause.objects.filter(pk=pause.pk).delete()
        if not removed:
            return
        outbox.record(
            events.Event(
                type=events.PAUSE_REMOVED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=pause.pk,
                enrollment_id=pause.enrollment_id,
                data={
                    "starts_on": pause.starts_on.isoformat(),
                    "ends_on": str(pause.ends_on or ""),
                },
            )
        )
