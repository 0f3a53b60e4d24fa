"""What waits for each of many mentors, and what they have reviewed of late."""

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, Q

from progress.compiled import milestone_of
from progress.models import SecondOpinion, Submission
from progress.queries.tied import MENTORS, each_reviewer
from progress.states import EnrollmentState


@dataclass(frozen=True, slots=True)
class WaitingRound:
    """A round, or a second opinion on one, that waits for somebody, and suits their terms."""

    submission_id: UUID
    learner_id: UUID
    milestone_title: str
    waiting_since: datetime


def waiting_rounds(
    mentors: Collection[UUID], *, now: datetime
) -> dict[UUID, tuple[WaitingRound, ...]]:
    """Return what is offered to each mentor, the longest waiting first (four queries).

    Of their own learners and those of the cohorts they mentor, on the cohort's pathway; not what
    their terms speak against, and not what another mentor holds a claim on. A second opinion waits
    also when the way is complete: that may be by the decision which its mentor may not know.
    """
    found: dict[UUID, dict[UUID, WaitingRound]] = {}
    rounds = Submission.objects.waiting().filter(enrollment__state=EnrollmentState.ACTIVE)
    opinions = SecondOpinion.objects.waiting().exclude(enrollment__state=EnrollmentState.WITHDRAWN)
    for rows, tie in itertools.product((rounds, opinions), MENTORS):
        pairs = (
            each_reviewer(rows, tie)
            .filter(person_id__in=mentors)
            .suiting(OuterRef("person_id"), now)
            .filter(
                Q(claim_expires_at=None)
                | Q(claim_expires_at__lte=now)
                | Q(claimed_by=F("person_id"))
            )
            .select_related(f"{rows.model.to_submission}enrollment")
        )
        for row in pairs:
            found.setdefault(row.person_id, {})[row.pk] = _described(row)
    return {
        pk: tuple(sorted(waiting.values(), key=lambda one: (one.waiting_since, one.submission_id)))
        for pk, waiting in found.items()
    }


def _described(waiting: Submission | SecondOpinion) -> WaitingRound:
    submission = waiting if isinstance(waiting, Submission) else waiting.submission
    return WaitingRound(
        submission.pk,
        submission.enrollment.learner_id,
        milestone_of(submission.enrollment, submission.milestone_key).title,
        waiting.waiting_since,
    )


def reviewed_since(mentors: Collection[UUID], since: datetime) -> dict[UUID, list[datetime]]:
    """Return when each mentor decided a round, or gave a second opinion, after `since`.

    One query.
    """
    rounds, opinions = (
        decided.objects.filter(decided_by__in=mentors, decided_at__gt=since)
        for decided in (Submission, SecondOpinion)
    )
    both = ("decided_by", "decided_at")
    found: dict[UUID, list[datetime]] = {}
    for pk, at in (
        rounds.values_list(*both)
        .union(opinions.values_list(*both), all=True)
        .order_by("decided_at")
    ):
        found.setdefault(pk, []).append(at)
    return found
