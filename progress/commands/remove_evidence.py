"""Take evidence away."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from progress import events, outbox
from progress.commands.guards import require_learner
from progress.models import Evidence


def remove_evidence(*, person: User, evidence: Evidence, now: datetime) -> None:
    """Remove `evidence` from the learner's lists; rounds submitted with it keep their copy.

    Doing it again changes nothing. Raises NotYourEnrollment.
    """
    require_learner(person, evidence.enrollment)
    with transaction.atomic():
        evidence.enrollment.hold()
        if Evidence.objects.present().filter(pk=evidence.pk).update(removed_at=now):
            outbox.record(
                events.Event(
                    type=events.EVIDENCE_REMOVED,
                    occurred_at=now,
                    actor_id=person.pk,
                    subject_id=evidence.pk,
                    enrollment_id=evidence.enrollment_id,
                    data={"kind": evidence.kind},
                )
            )
