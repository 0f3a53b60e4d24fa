"""A submission has waited three days → each mentor of its learner, who takes such work now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from accounts.models import User
from notifications.catalogue.labels import about_milestone
from notifications.catalogue.review_waiting import ReviewWaiting
from notifications.catalogue.timed import Slot
from notifications.models import Notification
from notifications.nudges.nudge import Nudge
from progress.models import Submission
from progress.models.cohort import CohortPart
from progress.models.terms import declines
from progress.states import EnrollmentState

DAYS = 3
PERIOD = f"day-{DAYS}"


class ReviewWaitingNudge(Nudge):
    """Due once 3 × 24 hours have passed, which is how long somebody has waited wherever they live;
    the policy's quiet hours then choose a humane moment in the mentor's zone.

    A round that a mentor holds a claim on is being worked on and is not due. If the claim runs out
    without a decision, it is. Mentors of the learner's cohort are reminded like their own; who is
    on leave, has done their week's reviews, or reviews other things is not (`offered_to`).
    """

    kind = ReviewWaiting()

    def due(self, now: datetime, *, limit: int) -> Sequence[Slot]:
        """Return pairs of a waiting round and a mentor who has not been reminded of it."""
        rows: dict[tuple[Any, Any], Any] = {}
        for beside in (_OWN, _COHORT):
            found: Iterable[Any] = self._pairs(beside, now)[:limit]
            for row in found:
                rows.setdefault((row.pk, row.mentor_id), row)
        oldest = sorted(rows.values(), key=lambda row: (row.submitted_at, row.pk, row.mentor_id))
        pairs = oldest[:limit]
        mentors = User.objects.in_bulk({row.mentor_id for row in pairs})
        return [
            Slot(
                person=mentors[row.mentor_id],
                subject_id=row.pk,
                period=PERIOD,
                reason="review-waits",
                data={**about_milestone(row), "days": DAYS},
            )
            for row in pairs
        ]

    def ahead(
        self, person: User, *, now: datetime, until: datetime
    ) -> Sequence[tuple[datetime, Slot]]:
        """Return rounds that would have waited long enough, with when that is (two queries)."""
        found: dict[Any, tuple[datetime, Slot]] = {}
        for beside in (_OWN, _COHORT):
            for row in self._pairs(beside, until).filter(**{beside.mentor: person}):
                at = max(row.submitted_at + timedelta(days=DAYS), now)
                data = {**about_milestone(row), "days": DAYS}
                found[row.pk] = at, Slot(person, row.pk, PERIOD, "review-waits", data)
        return list(found.values())

    def _pairs(self, beside: "_Beside", now: datetime) -> QuerySet[Submission]:
        """Return waiting rounds, once for each mentor by one kind of tie, who has not been told."""
        told = Notification.objects.filter(
            person=OuterRef("mentor_id"),
            key=Concat(
                Value(f"{self.kind.name}:"), Cast(OuterRef("pk"), CharField()), Value(f":{PERIOD}")
            ),
        )
        declined = declines(OuterRef("mentor_id"), now=now, reviews=Submission.objects.all())
        rows: QuerySet[Submission] = (
            Submission.objects.waiting()
            .select_related("enrollment")
            .filter(
                Q(claim_expires_at=None) | Q(claim_expires_at__lte=now),
                submitted_at__lte=now - timedelta(days=DAYS),
                enrollment__state=EnrollmentState.ACTIVE,
                **beside.tie,
                **{f"{beside.mentor}__is_active": True},
            )
            .annotate(mentor_id=F(beside.mentor))
            .exclude(mentor_id=F("enrollment__learner"))
            .exclude(declined)
            .filter(~Exists(told))
            .order_by("submitted_at", "pk", "mentor_id")
        )
        return rows


@dataclass(frozen=True)
class _Beside:
    """How a mentor is tied to a round's learner: the conditions, and the path to the mentor."""

    tie: dict[str, Any]
    mentor: str


_LEARNER = "enrollment__learner"
_OWN = _Beside(
    {f"{_LEARNER}__mentorships_as_learner__state": "active"},
    f"{_LEARNER}__mentorships_as_learner__mentor",
)
_PLACE = f"{_LEARNER}__cohort_parts"
_COHORT = _Beside(
    {
        f"{_PLACE}__part": CohortPart.LEARNER,
        f"{_PLACE}__left_at": None,
        f"{_PLACE}__cohort__ended_at": None,
        f"{_PLACE}__cohort__pathway": F("enrollment__pathway"),
        f"{_PLACE}__cohort__members__part": CohortPart.MENTOR,
        f"{_PLACE}__cohort__members__left_at": None,
    },
    f"{_PLACE}__cohort__members__person",
)
