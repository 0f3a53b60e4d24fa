"""A submission has waited too long, whatever was tried → each coordinator of its learner."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from accounts.models import User
from notifications.catalogue.labels import about_milestone
from notifications.catalogue.review_late import ReviewLate
from notifications.catalogue.review_waiting import period_of
from notifications.catalogue.timed import Slot
from notifications.models import Notification
from notifications.nudges.nudge import Nudge
from progress.ladder import Step, wait_of
from progress.models import HandOver, Submission
from progress.queries.review_queue import resting
from progress.queries.tied import COORDINATORS, each_with

PERIOD = period_of(Step.TELL)


class ReviewLateNudge(Nudge):
    """Due at the last step of the ladder, once for a round and a coordinator.

    Never before the hand-over was tried, so that what it says of it is true, also after days in
    which nothing ran. A coordinator to whom it was handed over has as long to answer as the steps
    lie apart. Of learners who rest nobody is told: nothing is expected of anybody.
    """

    kind = ReviewLate()

    def due(self, now: datetime, *, limit: int) -> Sequence[Slot]:
        """Return pairs of a late round and a coordinator who has not been told of it."""
        rows: list[Any] = list(self._pairs(now)[:limit])
        pairs = {(row.pk, row.person_id): row for row in rows}
        people = User.objects.in_bulk({person for _, person in pairs})
        return [
            Slot(
                person=people[row.person_id],
                subject_id=row.pk,
                period=PERIOD,
                reason="coordinates",
                data={
                    **about_milestone(row),
                    "days": (now - row.submitted_at).days,
                    "step": Step.TELL.value,
                    "cohort_id": str(row.cohort_id),
                    "mentor_id": str(row.handed_to) if row.handed_to else None,
                },
            )
            for row in pairs.values()
        ]

    def _pairs(self, now: datetime) -> QuerySet[Submission]:
        """Return rounds, once for each coordinator and cohort, who has not been told."""
        told = Notification.objects.filter(
            person=OuterRef("person_id"),
            key=Concat(
                Value(f"{self.kind.name}:"), Cast(OuterRef("pk"), CharField()), Value(f":{PERIOD}")
            ),
        )
        tried = HandOver.objects.standing().filter(submission=OuterRef("pk"))
        between = wait_of(Step.TELL) - wait_of(Step.HAND_OVER)
        theirs = tried.filter(mentor=OuterRef("person_id"), handed_at__gt=now - between)
        due: QuerySet[Submission] = (
            each_with(Submission.objects.late(Step.TELL, now=now), COORDINATORS)
            .annotate(
                cohort_id=F("enrollment__learner__cohort_parts__cohort"),
                handed_to=Subquery(tried.values("mentor")[:1]),
            )
            .filter(Exists(tried), ~Exists(theirs), ~Exists(told))
            .exclude(resting(now))
            .select_related("enrollment")
            .order_by("submitted_at", "pk", "person_id")
        )
        return due
