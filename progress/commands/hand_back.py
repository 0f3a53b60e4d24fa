"""Give work back to the queue when its mentor may no longer review it."""

import uuid
from datetime import datetime

from django.db.models import OuterRef

from accounts.models import User
from progress import events, outbox
from progress.models import HandOver, SecondOpinion, Submission
from progress.models.enrollment import reviews
from progress.models.submission import Submissions


def hand_back(
    *, actor: User, touched: Submissions, now: datetime, mentor: uuid.UUID | None = None
) -> int:
    """Drop the claims among `touched` whose holders may no longer review; return how many.

    Of `mentor` only, if one is named. A round keeps its message, its evidence, its earlier rounds
    and its place in line. Whose claim was live gets an event, so that who waits hears of it; what
    was handed over to them is looked for somebody else. Belongs in the transaction that changed who
    mentors whom, after the change.
    """
    may = reviews(OuterRef("claimed_by"), enrollment="enrollment__")
    lost = touched.waiting().exclude(claimed_by=None).exclude(may)
    if mentor is not None:
        lost = lost.filter(claimed_by=mentor)
    rows = list(lost.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    Submission.objects.filter(pk__in=[row.pk for row in rows]).update(
        claimed_by=None, claim_expires_at=None
    )
    _give_back_opinions()
    _end_hand_overs(touched, mentor, now)
    live = [row for row in rows if row.holder_at(now)]
    for row in live:
        outbox.record(
            events.Event(
                type=events.SUBMISSION_HANDED_BACK,
                occurred_at=now,
                actor_id=actor.pk,
                subject_id=row.pk,
                enrollment_id=row.enrollment_id,
                data={
                    "milestone": row.milestone_key,
                    "round": row.round,
                    "mentor": str(row.claimed_by_id),
                },
            )
        )
    return len(live)


def _give_back_opinions() -> None:
    """Drop the claims on second opinions whose holders may no longer give them.

    Of all there are: few are open at a time, so that it costs less than to say which.
    """
    may = reviews(OuterRef("claimed_by"), enrollment="enrollment__")
    lost = SecondOpinion.objects.waiting().exclude(claimed_by=None).exclude(may)
    lost.update(claimed_by=None, claim_expires_at=None)


def _end_hand_overs(touched: Submissions, mentor: uuid.UUID | None, now: datetime) -> None:
    may = reviews(OuterRef("mentor"), enrollment="submission__enrollment__")
    open_ones = HandOver.objects.open().filter(submission__in=touched.waiting())
    if mentor is not None:
        open_ones = open_ones.filter(mentor=mentor)
    lost = list(open_ones.exclude(may).values_list("pk", flat=True))
    HandOver.objects.standing().filter(pk__in=lost).update(ended_at=now)
