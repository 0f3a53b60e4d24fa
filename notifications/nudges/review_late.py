"""A round or a second opinion has waited too long, whatever was tried → who runs the cohort."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Concat

from accounts.models import User
from notifications.catalogue.review_late import ReviewLate
from notifications.catalogue.review_waiting import period_of
from notifications.catalogue.timed import Slot
from notifications.catalogue.waiting import about_waiting
from notifications.models import Notification
from notifications.nudges.nudge import Nudge
from progress.ladder import Step, wait_of
from progress.models import HandOver, SecondOpinion, Submission
from progress.queries.review_queue import resting
from progress.queries.tied import COORDINATORS, MENTORS, each_reviewer, each_with

PERIOD = period_of(Step.TELL)


class ReviewLateNudge(Nudge):
    """Due at the last step of the ladder, once for what waits and a coordinator.

    Of a round never before the hand-over was tried, so that what it says of it is true, also after
    days in which nothing ran; a coordinator to whom it was handed over has as long to answer as the
    steps lie apart. A second opinion is handed over to nobody: there it says whether anybody is
    left who may give it. Of learners who rest nobody is told: nothing is expected of anybody.
    """

    kind = ReviewLate()

    def __init__(self, waiting: type[Submission | SecondOpinion]) -> None:
        """`waiting` is what it is about: rounds, or second opinions."""
        self.waiting = waiting

    def due(self, now: datetime, *, limit: int) -> Sequence[Slot]:
        """Return pairs of what is late and a coordinator who has not been told of it."""
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
                    **about_waiting(row),
                    "days": (now - row.waiting_since).days,
                    "step": Step.TELL.value,
                    "cohort_id": str(row.cohort_id),
                    **self._tried(row),
                },
            )
            for row in pairs.values()
        ]

    def _tried(self, row: Any) -> dict[str, Any]:
        if self.waiting is SecondOpinion:
            return {"anybody": row.anybody}
        return {"mentor_id": str(row.handed_to) if row.handed_to else None}

    def _pairs(self, now: datetime) -> Any:
        """Return what is late, once for each coordinator and cohort, who has not been told."""
        told = Notification.objects.filter(
            person=OuterRef("person_id"),
            key=Concat(
                Value(f"{self.kind.name}:"), Cast(OuterRef("pk"), CharField()), Value(f":{PERIOD}")
            ),
        )
        rows = each_with(self.waiting.objects.late(Step.TELL, now=now), COORDINATORS)
        rows = rows.annotate(cohort_id=F("enrollment__learner__cohort_parts__cohort"))
        rows = self._with_what_was_tried(rows, now)
        return (
            rows.filter(~Exists(told))
            .exclude(resting(now, since=self.waiting.since))
            .select_related(f"{self.waiting.to_submission}enrollment")
            .order_by(self.waiting.since, "pk", "person_id")
        )

    def _with_what_was_tried(self, rows: Any, now: datetime) -> Any:
        if self.waiting is SecondOpinion:
            same = SecondOpinion.objects.filter(pk=OuterRef("pk"))
            own, shared = (Exists(each_reviewer(same, tie)) for tie in MENTORS)
            return rows.annotate(anybody=own | shared)
        tried = HandOver.objects.standing().filter(submission=OuterRef("pk"))
        between = wait_of(Step.TELL) - wait_of(Step.HAND_OVER)
        theirs = tried.filter(mentor=OuterRef("person_id"), handed_at__gt=now - between)
        rows = rows.annotate(handed_to=Subquery(tried.values("mentor")[:1]))
        return rows.filter(Exists(tried), ~Exists(theirs))
