"""End a mentorship."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from progress import events, outbox
from progress.commands.hand_back import hand_back
from progress.commands.review_guards import hold_mentors
from progress.models import Mentorship, Submission


def end_mentorship(*, person: User, mentorship: Mentorship, now: datetime) -> None:
    """End it from now on; what the mentor held of this learner's work goes back to the queue.

    Unless they mentor the learner's cohort as well: then they may go on. Doing it again changes
    nothing.
    """
    with transaction.atomic():
        hold_mentors([mentorship.mentor_id])
        if not mentorship.end(now=now):
            return
        touched = Submission.objects.filter(enrollment__learner=mentorship.learner_id)
        hand_back(actor=person, touched=touched, mentor=mentorship.mentor_id, now=now)
        outbox.record(
            events.Event(
                type=events.MENTORSHIP_ENDED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=mentorship.pk,
            )
        )
