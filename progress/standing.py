"""Where a learner stands: the stored states, evaluated."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from progress.compiled import compiled
from progress.models import Enrollment, MilestoneProgress
from progress.rules import Evaluation, MilestoneState, evaluate
from progress.states import Verification, Work


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
    """Return where an enrollment stands as stored now (one query)."""
    rows = list(MilestoneProgress.objects.filter(enrollment=enrollment))
    evaluation = evaluate(compiled(enrollment), enrollment.track, states_of(rows))
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
