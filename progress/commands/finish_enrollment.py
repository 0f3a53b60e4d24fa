"""Finish an enrollment when the last of its rules holds."""

from datetime import datetime

from progress import events, outbox
from progress.models import Enrollment
from progress.standing import standing_of


def finish_enrollment(*, enrollment: Enrollment, now: datetime) -> bool:
    """Complete the enrollment if every stage's rule holds; return whether this call did it.

    Belongs in the transaction of whatever may have been the last step.
    """
    if not standing_of(enrollment).evaluation.complete or not enrollment.complete(now=now):
        return False
    outbox.record(
        events.Event(
            type=events.ENROLLMENT_COMPLETED,
            occurred_at=now,
            actor_id=enrollment.learner_id,
            subject_id=enrollment.pk,
            enrollment_id=enrollment.pk,
        )
    )
    return True
