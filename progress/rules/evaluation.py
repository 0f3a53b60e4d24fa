"""Where a learner stands: status, completion, percent, readiness."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from progress.document import Milestone, Stage, VerifiedBy
from progress.rules.compiled import CompiledPathway, Leg
from progress.rules.counting import measure, wanted
from progress.states import Status, Verification, Work

_SETTLED: Final = frozenset({Verification.APPROVED, Verification.WAIVED})
_HANDED_IN: Final = frozenset({Verification.WAITING, Verification.CHANGES_REQUESTED})
_BLOCKABLE: Final = frozenset({Status.LOCKED, Status.IN_PROGRESS})
_WANTS_THE_LEARNER: Final = frozenset({Verification.CHANGES_REQUESTED, Verification.REVOKED})


@dataclass(frozen=True, slots=True)
class MilestoneState:
    """What is stored of a learner's progress on one milestone."""

    work: Work = Work.TODO
    verification: Verification = Verification.NONE


UNTOUCHED: Final = MilestoneState()


@dataclass(frozen=True, slots=True)
class EvaluatedMilestone:
    """One milestone of the learner's track.

    `blocked_by` has the keys of the prerequisites that must come before it can be handed in or
    marked done: never empty for a locked milestone, empty or not for one in progress (somebody
    works ahead), empty for all others. `opens` counts the milestones so blocked that wait for this
    one, directly or through others. `wanted` says whether completing it can still help its stage:
    it does not, if it is complete, optional, or an elective whose rule is met without it.
    """

    milestone: Milestone
    state: MilestoneState
    status: Status
    blocked_by: tuple[str, ...]
    opens: int
    wanted: bool

    @property
    def key(self) -> str:
        """The milestone's key."""
        return self.milestone.key

    @property
    def complete(self) -> bool:
        """Whether it counts."""
        return self.status is Status.COMPLETE

    @property
    def open(self) -> bool:
        """Whether no prerequisite is missing; only then can it be handed in or marked done."""
        return not self.blocked_by


@dataclass(frozen=True, slots=True)
class EvaluatedStage:
    """One stage: `met` of `total` milestones on the track are complete, `needed` are wanted.

    Of a rule with groups, weights or required milestones, `met` are those complete that count, and
    `needed` these and the fewest still missing; so `met` gets to `needed` with the stage.
    `complete` says whether its rule holds.
    """

    stage: Stage
    milestones: tuple[EvaluatedMilestone, ...]
    complete: bool
    met: int
    needed: int
    total: int
    hours_done: int
    hours_remaining: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Where a learner stands. `milestones` are by key, in the order of the document.

    `hours_done` and `hours_remaining` are estimated effort in hours: of the complete milestones
    that count towards a rule, and of the smallest set that would complete every stage.
    """

    pathway: CompiledPathway
    track: str
    milestones: Mapping[str, EvaluatedMilestone]
    stages: tuple[EvaluatedStage, ...]
    complete_count: int
    hours_done: int
    hours_remaining: int

    @property
    def total(self) -> int:
        """How many milestones the track has."""
        return len(self.milestones)

    @property
    def complete(self) -> bool:
        """Whether every stage's rule holds."""
        return all(stage.complete for stage in self.stages)

    @property
    def percent(self) -> int:
        """Share of the effort that is verified, 0 to 100, rounded down.

        hours_done / (hours_done + hours_remaining). Never falls when a milestone gets complete,
        and 100 exactly when `complete`: nothing is left then and only then, as every milestone
        takes at least an hour. docs/decisions/0010-percent-by-effort.md says why hours.
        """
        return 100 * self.hours_done // (self.hours_done + self.hours_remaining)


def is_complete(verified_by: VerifiedBy, state: MilestoneState) -> bool:
    """Whether a milestone in this state counts: settled by a mentor, or self-verified and done."""
    if state.verification in _SETTLED:
        return True
    return verified_by is VerifiedBy.SELF and state.work is Work.DONE


def evaluate(
    pathway: CompiledPathway, track: str, states: Mapping[str, MilestoneState]
) -> Evaluation:
    """Where a learner on `track` stands whose milestones are in `states`.

    A milestone missing from `states` is untouched; a key that is not on the track is ignored.
    Raises KeyError for an unknown track.
    """
    plan = pathway.plans[track]
    known = [states.get(step.milestone.key, UNTOUCHED) for step in plan.steps]
    done = [
        is_complete(step.milestone.verified_by, state)
        for step, state in zip(plan.steps, known, strict=True)
    ]
    opened = [
        yes or state.verification in _HANDED_IN for yes, state in zip(done, known, strict=True)
    ]
    statuses: list[Status] = []
    blocked: list[tuple[str, ...]] = []
    waiting = 0
    for n, step in enumerate(plan.steps):
        missing = tuple(
            plan.steps[need].milestone.key for need in step.prerequisites if not opened[need]
        )
        status = _status(known[n], complete=done[n], open_=not missing)
        statuses.append(status)
        blocked.append(missing if status in _BLOCKABLE else ())
        if blocked[n]:
            waiting |= 1 << n
    useful = {n for leg in plan.legs for n in wanted(leg.root, done)}
    rows = [
        EvaluatedMilestone(
            step.milestone,
            known[n],
            statuses[n],
            blocked[n],
            (step.followers & waiting).bit_count(),
            n in useful,
        )
        for n, step in enumerate(plan.steps)
    ]
    hours = [step.milestone.effort_hours for step in plan.steps]
    stages = tuple(
        _stage(leg, tuple(rows[leg.steps.start : leg.steps.stop]), done, hours) for leg in plan.legs
    )
    return Evaluation(
        pathway=pathway,
        track=track,
        milestones=MappingProxyType({row.milestone.key: row for row in rows}),
        stages=stages,
        complete_count=sum(done),
        hours_done=sum(stage.hours_done for stage in stages),
        hours_remaining=sum(stage.hours_remaining for stage in stages),
    )


def _status(state: MilestoneState, *, complete: bool, open_: bool) -> Status:
    """What people see, strongest first: what is settled, then what a mentor has or wants, then the
    learner's own work, and only an untouched milestone can be locked. So work never disappears
    behind a lock, whatever happens to a prerequisite.
    """
    if complete:
        return Status.COMPLETE
    if state.verification is Verification.WAITING:
        return Status.WAITING_FOR_REVIEW
    if state.verification in _WANTS_THE_LEARNER:
        return Status.CHANGES_REQUESTED
    if state.work is not Work.TODO:
        return Status.IN_PROGRESS
    return Status.AVAILABLE if open_ else Status.LOCKED


def _stage(
    leg: Leg, rows: tuple[EvaluatedMilestone, ...], done: list[bool], hours: list[int]
) -> EvaluatedStage:
    hours_done, hours_remaining = measure(leg.root, done, hours)
    if leg.flat:
        met, needed = sum(done[n] for n in leg.steps), leg.needed
    else:
        met, missing = measure(leg.root, done, [1] * len(done))
        needed = met + missing
    return EvaluatedStage(
        stage=leg.stage,
        milestones=rows,
        complete=not hours_remaining,
        met=met,
        needed=needed,
        total=len(rows),
        hours_done=hours_done,
        hours_remaining=hours_remaining,
    )


def readiness(evaluation: Evaluation, role: str) -> int:
    """How ready the learner is for a role: 0 to 100, rounded down.

    The weights of the complete milestones over the weights of all on the track. A weight already
    says how much a milestone matters for the role, so hours do not count again here. Raises
    KeyError for an unknown role.
    """
    rows = evaluation.milestones
    weights = [
        (rows[key].complete, weight)
        for key, weight in evaluation.pathway.roles[role].weights
        if key in rows
    ]
    whole = sum(weight for _, weight in weights)
    return 100 * sum(weight for complete, weight in weights if complete) // whole
