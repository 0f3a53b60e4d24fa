"""A submission has waited three days → each active mentor of its learner."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from accounts.models import User
from notifications.catalogue.labels import about_milestone
from notifications.catalogue.review_waiting import ReviewWaiting
from notifications.models import Notification
from notifications.nudges.nudge import Nudge, Slot
from progress.models import Submission
from progress.states import EnrollmentState

DAYS = 3
PERIOD = f"day-{DAYS}"


class ReviewWaitingNudge(Nudge):
    """Due once 3 × 24 hours have passed, which is how long somebody has waited wherever they live;
    the policy's quiet hours then choose a humane moment in the mentor's zone.

    A round that a mentor holds a claim on is being worked on and is not due. If the claim runs out
    without a decision, it is.
    """

    kind = ReviewWaiting()

    def due(self, now: datetime, *, limit: int) -> Sequence[Slot]:
        """Return pairs of a waiting round and a mentor who has not been reminded of it."""
        mentorships = "enrollment__learner__mentorships_as_learner"
        told = Notification.objects.filter(
            person=OuterRef("mentor_id"),
            key=Concat(
                Value(f"{self.kind.name}:"), Cast(OuterRef("pk"), CharField()), Value(f":{PERIOD}")
            ),
        )
        rows: list[Any] = list(
            Submission.objects.waiting()
            .select_related("enrollment")
            .filter(
                Q(claim_expires_at=None) | Q(claim_expires_at__lte=now),
                submitted_at__lte=now - timedelta(days=DAYS),
                enrollment__state=EnrollmentState.ACTIVE,
                **{f"{mentorships}__state": "active", f"{mentorships}__mentor__is_active": True},
            )
            .annotate(mentor_id=F(f"{mentorships}__mentor"))
            .filter(~Exists(told))
            .order_by("submitted_at", "pk", "mentor_id")[:limit]
        )
        mentors = User.objects.in_bulk({row.mentor_id for row in rows})
        return [
            Slot(
                person=mentors[row.mentor_id],
                subject_id=row.pk,
                period=PERIOD,
                reason="review-waits",
                data={**about_milestone(row), "days": DAYS},
            )
            for row in rows
        ]
