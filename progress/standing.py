"""Where a learner stands: the stored states, evaluated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from progress.compiled import compiled
from progress.models import Enrollment, MilestoneProgress
from progress.rules import Evaluation, MilestoneState, evaluate
from progress.states import Verification, Work
from progress.veil import NO_VEIL, Veil


@dataclass(frozen=True, slots=True)
class Standing:
    """An evaluation, and when each complete milestone became so (UTC, by key)."""

    evaluation: Evaluation
    completed_at: Mapping[str, datetime]


def states_of(rows: Iterable[MilestoneProgress]) -> dict[str, MilestoneState]:
    """Return the states that `rows` store, by milestone key."""
    return {
        row.milestone_key: MilestoneState(Work(row.work), Verification(row.verification))
        for row in rows
    }


def standing_of(enrollment: Enrollment) -> Standing:
    """Return where an enrollment stands as stored now (one query): what commands act on."""
    return _standing(enrollment, NO_VEIL)


def standing_seen(enrollment: Enrollment, veil: Veil | None = None) -> Standing:
    """Return the same as it may be shown (one query): what queries answer.

    By `veil`; without one, by what is veiled from whoever `enrollment` was loaded for.
    """
    return _standing(enrollment, Veil.over(enrollment) if veil is None else veil)


def states_seen(
    enrollment: Enrollment, rows: Iterable[MilestoneProgress] | None = None, *, veil: Veil
) -> dict[str, MilestoneState]:
    """Return the states of an enrollment as they may be shown (one query without `rows`)."""
    if rows is None:
        rows = MilestoneProgress.objects.filter(enrollment=enrollment)
    states = states_of(rows)
    for key in veil.keys(enrollment) & states.keys():
        states[key] = replace(states[key], verification=Verification.WAITING)
    return states


def _standing(enrollment: Enrollment, veil: Veil) -> Standing:
    rows = list(MilestoneProgress.objects.filter(enrollment=enrollment))
    states = states_seen(enrollment, rows, veil=veil)
    evaluation = evaluate(compiled(enrollment), enrollment.track, states)
    known = evaluation.milestones
    return Standing(
        evaluation,
        {
            row.milestone_key: changed_at
            for row in rows
            if row.milestone_key in known and known[row.milestone_key].complete
            if (changed_at := row.verification_changed_at or row.work_changed_at)
        },
    )
