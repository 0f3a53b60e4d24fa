"""End a mentorship."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from progress import events, outbox
from progress.models import Mentorship, Submission


def end_mentorship(*, person: User, mentorship: Mentorship, now: datetime) -> None:
    """End it from now on; what the mentor held of this learner's work goes back to the queue.

    Doing it again changes nothing.
    """
    with transaction.atomic():
        if not mentorship.end(now=now):
            return
        held = Submission.objects.waiting().filter(
            enrollment__learner_id=mentorship.learner_id, claimed_by_id=mentorship.mentor_id
        )
        held.update(claimed_by=None, claim_expires_at=None)
        outbox.record(
            events.Event(
                type=events.MENTORSHIP_ENDED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=mentorship.pk,
            )
        )
