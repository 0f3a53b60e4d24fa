"""Hand rounds that wait too long to a mentor with room."""

import uuid
from datetime import datetime

from django.db import transaction

from progress import events, outbox
from progress.commands.review_guards import hold_mentors
from progress.ladder import Step
from progress.models import HandOver, Submission
from progress.queries.hand_overs_due import hand_overs_due, never_tried


def hand_over_late_reviews(*, now: datetime) -> int:
    """Hand over what is due at `now`; return how many rounds were.

    Once for each round and mentor, however often, late, or in how many processes at once it runs.
    A round for which nobody has room is noted as tried, and looked at again each time.
    """
    count = sum(_hand_over(round_id, mentor_id, now) for round_id, mentor_id in hand_overs_due(now))
    tried = never_tried(now).values_list("pk", flat=True)
    HandOver.objects.bulk_create(
        [HandOver(submission_id=pk, tried_at=now) for pk in tried],
        batch_size=1_000,
        ignore_conflicts=True,
    )
    return count


def _hand_over(round_id: uuid.UUID, mentor_id: uuid.UUID, now: datetime) -> bool:
    """Hand over one round, if it is still due to this mentor; return whether this call did it.

    The mentor's row is locked before the round's, as by who claims: so of two processes the second
    counts what the first has given, and nobody gets more than they have room for.
    """
    with transaction.atomic():
        hold_mentors([mentor_id])
        late = Submission.objects.late(Step.HAND_OVER, now=now).filter(pk=round_id)
        row = late.select_for_update(no_key=True, of=("self",)).first()
        if row is None or hand_overs_due(now, only=row.pk) != [(row.pk, mentor_id)]:
            return False
        given = {"mentor_id": mentor_id, "handed_at": now}
        tried = HandOver.objects.standing().filter(submission=row, mentor=None)
        if not tried.update(**given):
            HandOver.objects.create(submission=row, tried_at=now, **given)
        outbox.record(
            events.Event(
                type=events.SUBMISSION_HANDED_OVER,
                occurred_at=now,
                actor_id=None,
                subject_id=row.pk,
                enrollment_id=row.enrollment_id,
                data={
                    "milestone": row.milestone_key,
                    "round": row.round,
                    "mentor": str(mentor_id),
                    "days": (now - row.submitted_at).days,
                },
            )
        )
    return True
