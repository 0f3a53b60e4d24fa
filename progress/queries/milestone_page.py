"""One milestone of an enrollment, with everything that belongs to it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy

from accounts.models import User
from progress.commands.review_guards import mentors
from progress.commands.work_guards import why_not
from progress.document import Milestone, VerifiedBy
from progress.models import Enrollment, Evidence, LogEntry, Ruling, Submission
from progress.queries.learner_map import Named, blocking
from progress.queries.logged import minutes_by_milestone
from progress.queries.opinion_rights import may_ask
from progress.queries.probe_report import ProbeReport, probe_of
from progress.rules import EvaluatedMilestone
from progress.standing import Standing, standing_seen
from progress.states import (
    WORK_BEFORE,
    EnrollmentState,
    Status,
    Verification,
    Work,
    WorkMove,
    sources,
)
from progress.veil import Veil

LATEST_ENTRIES = 20
_ALREADY = {
    WorkMove.START: gettext_lazy("You have started it."),
    WorkMove.DONE: gettext_lazy("It is done."),
    WorkMove.REOPEN: gettext_lazy("It is not done."),
}
_OPEN = {Status.AVAILABLE, Status.IN_PROGRESS, Status.CHANGES_REQUESTED}
_WORKING = {EnrollmentState.ACTIVE, EnrollmentState.COMPLETED}


@dataclass(frozen=True, slots=True)
class Transition:
    """A move of the learner's work: whether they may make it now, else in a sentence why not."""

    name: WorkMove
    allowed: bool
    reason: str


@dataclass(frozen=True, slots=True)
class MilestonePage:
    """A milestone as its learner and their mentors see it.

    `rulings` are waivers and revocations, the latest first. `can_waive` and `can_revoke` are the
    asking mentor's; `can_ask` says whether who asks may have a second opinion on the last round.
    """

    enrollment: Enrollment
    milestone: Milestone
    stage: Named
    status: Status
    work: Work
    verification: Verification
    blocked_by: tuple[Named, ...]
    minutes_logged: int
    completed_at: datetime | None
    can_submit: bool
    can_complete: bool
    can_reopen: bool
    can_waive: bool
    can_revoke: bool
    can_ask: bool
    transitions: tuple[Transition, ...]
    log_entries: tuple[LogEntry, ...]
    evidence: tuple[Evidence, ...]
    submissions: tuple[Submission, ...]
    rulings: tuple[Ruling, ...]
    probe: ProbeReport | None


def milestone_page(
    enrollment: Enrollment, key: str, *, person: User, now: datetime
) -> MilestonePage:
    """Return the page of one milestone as `person` sees it.

    Nine queries; a mentor's ten; two more with a probe, and two for who may ask for a second
    opinion. Raises KeyError if it is not on the enrollment's way.
    """
    enrollment = Veil.over(enrollment).shown(enrollment)
    standing = standing_seen(enrollment)
    row = standing.evaluation.milestones[key]
    stage = next(s.stage for s in standing.evaluation.stages if row in s.milestones)
    working = enrollment.state in _WORKING
    by_mentor = row.milestone.verified_by is VerifiedBy.MENTOR
    ready = working and row.open and row.status in _OPEN
    reopenable = row.state.work is Work.DONE and enrollment.state != EnrollmentState.COMPLETED
    here = {"enrollment": enrollment, "milestone_key__in": enrollment.keys_behind(key)}
    entries = LogEntry.objects.standing().with_voids().filter(**here).select_related("enrollment")
    evidence = Evidence.objects.present().with_names().filter(enrollment=enrollment)
    evidence = evidence.beside(enrollment.keys_behind(key)).order_by("created_at", "id")
    rounds = tuple(Submission.objects.filter(**here).with_names().order_by("-round"))
    mentoring = mentors(person, enrollment)
    verification = row.state.verification
    return MilestonePage(
        enrollment=enrollment,
        milestone=row.milestone,
        stage=Named(stage.key, stage.title),
        status=row.status,
        work=row.state.work,
        verification=row.state.verification,
        blocked_by=blocking(standing.evaluation, row),
        minutes_logged=minutes_by_milestone(enrollment).get(key, 0),
        completed_at=standing.completed_at.get(key),
        can_submit=by_mentor and ready,
        can_complete=not by_mentor and ready,
        can_reopen=not by_mentor and working and reopenable,
        can_waive=mentoring and working and _is_waivable(row),
        can_revoke=mentoring and working and verification is Verification.APPROVED,
        can_ask=bool(rounds)
        and may_ask(rounds[0], person=person, mentoring=mentoring, verification=verification),
        transitions=tuple(_transition(move, enrollment, row, standing) for move in WorkMove),
        log_entries=tuple(entries.order_by("-day", "-created_at", "id")[:LATEST_ENTRIES]),
        evidence=tuple(evidence),
        submissions=rounds,
        rulings=tuple(Ruling.objects.on(enrollment, enrollment.keys_behind(key))),
        probe=probe_of(enrollment, row.milestone, now=now),
    )


def _is_waivable(row: EvaluatedMilestone) -> bool:
    allowed = row.state.verification in sources(Verification.WAIVED)
    return row.milestone.waivable and allowed and not row.complete


def _transition(
    move: WorkMove, enrollment: Enrollment, row: EvaluatedMilestone, standing: Standing
) -> Transition:
    reason = why_not(move, enrollment, row.milestone, standing.evaluation)
    if not reason and row.state.work not in WORK_BEFORE[move]:
        reason = str(_ALREADY[move])
    return Transition(move, not reason, reason)
