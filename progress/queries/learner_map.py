"""The map: where a learner stands, what is next, and this week."""

from dataclasses import dataclass
from datetime import datetime

from progress.compiled import key_now
from progress.document import MilestoneKind, Rule, VerifiedBy
from progress.models import Enrollment, Ruling
from progress.queries.logged import Week, current_week, minutes_by_milestone
from progress.rules import EvaluatedMilestone, Evaluation, next_steps, readiness
from progress.standing import Standing, standing_seen
from progress.states import Status, Verification, Work

SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Named:
    """A key with the title people see."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class MapMilestone:
    """A milestone on the map. `blocked_by` names what must come first; `ruling` is the mentor's
    word that made it waived or revoked, if it is.
    """

    key: str
    title: str
    kind: MilestoneKind
    effort_hours: int
    verified_by: VerifiedBy
    status: Status
    work: Work
    verification: Verification
    minutes_logged: int
    blocked_by: tuple[Named, ...]
    is_next: bool
    completed_at: datetime | None
    ruling: Ruling | None


@dataclass(frozen=True, slots=True)
class MapStage:
    """A stage: `met` of the `needed` milestones are complete, of `total` on the track."""

    key: str
    title: str
    summary: str
    rule: Rule
    complete: bool
    met: int
    needed: int
    total: int
    milestones: tuple[MapMilestone, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something to do next, and why it is suggested."""

    key: str
    title: str
    reason: str
    effort_hours: int
    minutes_logged: int


@dataclass(frozen=True, slots=True)
class RoleReadiness:
    """How ready the learner is for the target role, 0 to 100."""

    role: Named
    percent: int


@dataclass(frozen=True, slots=True)
class LearnerMap:
    """The whole map of one enrollment."""

    enrollment: Enrollment
    percent: int
    complete: int
    total: int
    readiness: RoleReadiness
    stages: tuple[MapStage, ...]
    next: tuple[Suggestion, ...]
    week: Week


def learner_map(enrollment: Enrollment, *, now: datetime) -> LearnerMap:
    """Return the map of an enrollment (four queries; one more the first time for an edition)."""
    standing = standing_seen(enrollment)
    evaluation = standing.evaluation
    minutes = minutes_by_milestone(enrollment)
    steps = next_steps(evaluation, minutes, limit=SUGGESTIONS)
    suggested = steps[0].milestone.key if steps else ""
    role = evaluation.pathway.roles[enrollment.role]
    return LearnerMap(
        enrollment=enrollment,
        percent=evaluation.percent,
        complete=evaluation.complete_count,
        total=evaluation.total,
        readiness=RoleReadiness(Named(role.key, role.title), readiness(evaluation, role.key)),
        stages=_stages(standing, minutes, suggested, rulings_of(enrollment)),
        next=tuple(
            Suggestion(
                step.milestone.key,
                step.milestone.title,
                step.sentence,
                step.milestone.effort_hours,
                step.minutes_logged,
            )
            for step in steps
        ),
        week=current_week(enrollment, now=now),
    )


def blocking(evaluation: Evaluation, row: EvaluatedMilestone) -> tuple[Named, ...]:
    """Return what must come before a milestone, by name."""
    return tuple(Named(key, evaluation.milestones[key].milestone.title) for key in row.blocked_by)


def rulings_of(enrollment: Enrollment) -> dict[str, Ruling]:
    """Return the latest ruling on each milestone that has one, by its key now (one query)."""
    rows = Ruling.objects.filter(enrollment=enrollment).select_related("mentor")
    return {key_now(enrollment, row.milestone_key): row for row in rows.order_by("made_at", "id")}


def _stages(
    standing: Standing, minutes: dict[str, int], suggested: str, rulings: dict[str, Ruling]
) -> tuple[MapStage, ...]:
    return tuple(
        MapStage(
            key=stage.stage.key,
            title=stage.stage.title,
            summary=stage.stage.summary,
            rule=stage.stage.rule,
            complete=stage.complete,
            met=stage.met,
            needed=stage.needed,
            total=stage.total,
            milestones=tuple(
                _milestone(standing, row, minutes, suggested, rulings.get(row.key))
                for row in stage.milestones
            ),
        )
        for stage in standing.evaluation.stages
    )


def _milestone(
    standing: Standing,
    row: EvaluatedMilestone,
    minutes: dict[str, int],
    suggested: str,
    ruling: Ruling | None,
) -> MapMilestone:
    return MapMilestone(
        key=row.key,
        title=row.milestone.title,
        kind=row.milestone.kind,
        effort_hours=row.milestone.effort_hours,
        verified_by=row.milestone.verified_by,
        status=row.status,
        work=row.state.work,
        verification=row.state.verification,
        minutes_logged=minutes.get(row.key, 0),
        blocked_by=blocking(standing.evaluation, row),
        is_next=row.key == suggested,
        completed_at=standing.completed_at.get(row.key),
        ruling=ruling if ruling and ruling.kind == row.state.verification else None,
    )
