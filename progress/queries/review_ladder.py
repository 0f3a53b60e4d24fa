"""Where the ladder stands for a round that waits: what its learner is told."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, ExpressionWrapper

from accounts.models import User
from progress.ladder import Step, due_at, next_step, step_at
from progress.models import Enrollment, HandOver, Submission
from progress.queries.mentors import coordinators_of
from progress.queries.review_queue import resting

_AFTER_REST = (Step.HAND_OVER, Step.TELL)


@dataclass(frozen=True, slots=True)
class ReviewLadder:
    """A round that has waited for whole `days`.

    `step` is the last that is taken, None before the first, and `next_step` the one that comes at
    `next_at`, if nobody answers. `held`: a mentor works on it now, and the ladder stands still.
    `resting`: so does its learner, and it is handed to nobody. `handed_to` is who has to answer
    it; `coordinators` are told at the last step, however many there are.
    """

    days: int
    step: Step | None
    next_step: Step | None
    next_at: datetime | None
    held: bool
    resting: bool
    handed_to: User | None
    handed_at: datetime | None
    coordinators: int


def waiting_round(enrollment: Enrollment, key: str, *, now: datetime) -> Submission | None:
    """Return the round that waits on a milestone, with `rests`, if there is one (one query)."""
    rests = ExpressionWrapper(resting(now), BooleanField())
    rows = Submission.objects.waiting().filter(
        enrollment=enrollment, milestone_key__in=enrollment.keys_behind(key)
    )
    found: Submission | None = rows.annotate(rests=rests).first()
    return found


def review_ladder(submission: Submission, *, now: datetime) -> ReviewLadder:
    """Return where the ladder stands for a round from `waiting_round` (two queries)."""
    waited = now - submission.submitted_at
    rests: bool = submission.rests  # type: ignore[attr-defined]  # see waiting_round
    step, following = step_at(waited), next_step(waited)
    if rests and step in _AFTER_REST:
        step = Step.OFFER
    if rests and following in _AFTER_REST:
        following = None
    held = submission.holder_at(now) is not None
    hand_over = HandOver.objects.made().filter(submission=submission)
    made: HandOver | None = hand_over.select_related("mentor").first()
    return ReviewLadder(
        days=waited.days,
        step=step,
        next_step=following,
        next_at=due_at(following, submission.submitted_at) if following else None,
        held=held,
        resting=rests,
        handed_to=made.mentor if made else None,
        handed_at=made.handed_at if made else None,
        coordinators=coordinators_of(submission.enrollment).count(),
    )
