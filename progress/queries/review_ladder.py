"""Where the ladder stands for what waits on a milestone: what its learner is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import BooleanField, ExpressionWrapper

from accounts.models import User
from progress.ladder import Step, due_at, next_step, step_at
from progress.models import Enrollment, HandOver, SecondOpinion, Submission
from progress.queries.mentors import coordinators_of
from progress.queries.review_queue import resting

Waiting = TypeVar("Waiting", Submission, SecondOpinion)
_AFTER_REST = (Step.HAND_OVER, Step.TELL)


@dataclass(frozen=True, slots=True)
class ReviewLadder:
    """A round, or a second opinion, that has waited for whole `days`.

    `step` is the last that is taken, None before the first, and `next_step` the one that comes at
    `next_at`, if nobody answers. `held`: a mentor works on it now, and the ladder stands still.
    `resting`: so does its learner, and it is handed to nobody. `handed_to` is who has to answer
    it, never a second opinion; `coordinators` are told at the last step, however many there are.
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


def waiting_on(
    enrollment: Enrollment, key: str, kind: type[Waiting], *, now: datetime
) -> Waiting | None:
    """Return the round or second opinion that waits on a milestone, with `rests`, if there is one.

    One query.
    """
    rests = ExpressionWrapper(resting(now, since=kind.since), BooleanField())
    keys: dict[str, Any] = {f"{kind.to_submission}milestone_key__in": enrollment.keys_behind(key)}
    rows = kind.objects.waiting().filter(enrollment=enrollment, **keys)
    if kind is SecondOpinion:
        rows = rows.select_related("submission")
    found: Waiting | None = rows.annotate(rests=rests).order_by(kind.since, "pk").first()
    if found is not None:
        found.enrollment = enrollment
    return found


def review_ladder(waiting: Submission | SecondOpinion, *, now: datetime) -> ReviewLadder:
    """Return where the ladder stands for what `waiting_on` found.

    Two queries, one for a second opinion.
    """
    waited = now - waiting.waiting_since
    rests: bool = waiting.rests  # type: ignore[union-attr]  # see waiting_on
    step, following = step_at(waited, waiting.steps), next_step(waited, waiting.steps)
    if rests and step in _AFTER_REST:
        step = Step.OFFER
    if rests and following in _AFTER_REST:
        following = None
    made = _hand_over_of(waiting)
    return ReviewLadder(
        days=waited.days,
        step=step,
        next_step=following,
        next_at=due_at(following, waiting.waiting_since) if following else None,
        held=waiting.holder_at(now) is not None,
        resting=rests,
        handed_to=made.mentor if made else None,
        handed_at=made.handed_at if made else None,
        coordinators=coordinators_of(waiting.enrollment).count(),
    )


def _hand_over_of(waiting: Submission | SecondOpinion) -> HandOver | None:
    if not isinstance(waiting, Submission):
        return None
    made: HandOver | None = (
        HandOver.objects.made().filter(submission=waiting).select_related("mentor").first()
    )
    return made
