"""Close the question for a second opinion that a milestone has outrun."""

from collections.abc import Collection
from datetime import datetime

from accounts.models import User
from progress import events, outbox
from progress.models import Enrollment, SecondOpinion
from progress.models.second_opinion import Because


def close_second_opinion(
    *,
    enrollment: Enrollment,
    keys: Collection[str],
    because: Because,
    actor: User,
    now: datetime,
) -> bool:
    """Withdraw what is asked for on the milestone stored under `keys`; return whether it was.

    Belongs in the transaction of whatever outran it, under the enrollment's `hold()`.
    """
    rows = SecondOpinion.objects.waiting().select_related("submission")
    opinion = rows.filter(enrollment=enrollment, submission__milestone_key__in=keys).first()
    if opinion is None or not opinion.withdraw(because, now=now):
        return False
    outbox.record(
        events.Event(
            type=events.SECOND_OPINION_WITHDRAWN,
            occurred_at=now,
            actor_id=actor.pk,
            subject_id=opinion.pk,
            enrollment_id=enrollment.pk,
            data={
                "milestone": opinion.submission.milestone_key,
                "round": opinion.submission.round,
                "because": because.value,
            },
        )
    )
    return True
