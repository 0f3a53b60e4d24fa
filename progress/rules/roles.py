"""How ready a learner is for each role, and what would help most."""

from dataclasses import dataclass

from progress.document import Role
from progress.rules.evaluation import EvaluatedMilestone, Evaluation, readiness


@dataclass(frozen=True, slots=True)
class Raise:
    """A milestone that would raise readiness by `points`, in percentage points and exact; and by
    how many `per_hour` of its estimated effort.
    """

    row: EvaluatedMilestone
    points: float
    per_hour: float


@dataclass(frozen=True, slots=True)
class RoleReadiness:
    """How ready the learner is for a role, 0 to 100; `raises` has what helps most per hour first,
    and is empty at 100.
    """

    role: Role
    percent: int
    raises: tuple[Raise, ...]


def readiness_by_role(
    evaluation: Evaluation, *, limit: int | None = None
) -> tuple[RoleReadiness, ...]:
    """Readiness for every role, in the order of the document, each with at most `limit` raises.

    Locked milestones are among them: what opens them is in their `blocked_by`. Of two that help as
    much per hour, the one of more weight comes first, then the earlier one.
    """
    return tuple(
        RoleReadiness(role, readiness(evaluation, key), _raises(evaluation, role)[:limit])
        for key, role in evaluation.pathway.roles.items()
    )


def _raises(evaluation: Evaluation, role: Role) -> tuple[Raise, ...]:
    weights = dict(role.weights)
    weighted = [(row, weights[key]) for key, row in evaluation.milestones.items() if key in weights]
    whole = sum(weight for _, weight in weighted)
    found = [
        Raise(row, points, points / row.milestone.effort_hours)
        for row, weight in weighted
        if not row.complete
        for points in [100 * weight / whole]
    ]
    return tuple(sorted(found, key=lambda step: (-step.per_hour, -step.points)))
