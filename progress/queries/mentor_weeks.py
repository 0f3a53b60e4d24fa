"""What waits for each of many mentors, and what they have reviewed of late."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, Q

from progress.compiled import milestone_of
from progress.models import Submission
from progress.models.terms import declines
from progress.queries.tied import MENTORS, each_with
from progress.states import EnrollmentState


@dataclass(frozen=True, slots=True)
class WaitingRound:
    """A round that waits for somebody's review, and suits their terms."""

    submission_id: UUID
    learner_id: UUID
    milestone_title: str
    submitted_at: datetime


def waiting_rounds(
    mentors: Collection[UUID], *, now: datetime
) -> dict[UUID, tuple[WaitingRound, ...]]:
    """Return what is offered to each mentor, the longest waiting first (two queries).

    Their own learners' rounds and those of the cohorts they mentor, on the cohort's pathway; not
    what their terms speak against, and not what another mentor holds a claim on.
    """
    found: dict[UUID, dict[UUID, Submission]] = {}
    person = OuterRef("person_id")
    for tie in MENTORS:
        pairs = (
            each_with(
                Submission.objects.waiting().filter(enrollment__state=EnrollmentState.ACTIVE), tie
            )
            .filter(person_id__in=mentors)
            .exclude(declines(person, now=now, reviews=Submission.objects.all()))
            .filter(
                Q(claim_expires_at=None)
                | Q(claim_expires_at__lte=now)
                | Q(claimed_by=F("person_id"))
            )
            .select_related("enrollment")
        )
        for row in pairs:
            found.setdefault(row.person_id, {})[row.pk] = row
    return {
        pk: tuple(
            WaitingRound(
                row.pk,
                row.enrollment.learner_id,
                milestone_of(row.enrollment, row.milestone_key).title,
                row.submitted_at,
            )
            for row in sorted(rows.values(), key=lambda row: (row.submitted_at, row.pk))
        )
        for pk, rows in found.items()
    }


def reviewed_since(mentors: Collection[UUID], since: datetime) -> dict[UUID, list[datetime]]:
    """Return when each mentor decided a round after `since` (one query)."""
    rows = Submission.objects.filter(decided_by__in=mentors, decided_at__gt=since)
    found: dict[UUID, list[datetime]] = {}
    for pk, at in rows.order_by("decided_at", "pk").values_list("decided_by", "decided_at"):
        if at is not None:
            found.setdefault(pk, []).append(at)
    return found
