"""How a cohort is doing: who is where, at what pace, who may need help and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Forbidden
from progress.compiled import compiled, compiled_edition
from progress.models import Cohort, CohortMember, Enrollment, Mentorship
from progress.models.cohort import CohortPart
from progress.queries.learner_facts import Known, known_of
from progress.queries.mentor_load import ReviewLoad, review_load
from progress.queries.pathways import newest_editions
from progress.risk import Reason, ReasonCode, pace_asked, reasons
from progress.rules import StageState
from progress.states import EnrollmentState, EnrollmentStatus

FEWEST_JUDGED_DAYS = 14


@dataclass(frozen=True, slots=True)
class ReportedLearner:
    """One learner; `known` is None for who has not set out on the pathway yet."""

    person: User
    known: Known | None
    reasons: tuple[Reason, ...]

    @property
    def status(self) -> str:
        """What the enrollment is, or `not_started`."""
        return self.known.pausing.status.value if self.known else "not_started"

    @property
    def stage_title(self) -> str:
        """The stage they are in; empty before they set out and after the last."""
        if self.known is None or self.known.measured.stage is None:
            return ""
        stages = compiled(self.known.enrollment).document.stages
        return next(one.title for one in stages if one.key == self.known.measured.stage)

    @property
    def pace(self) -> int | None:
        """Minutes a week of late; None while it is too early to say."""
        if self.known is None or self.known.facts.judged_days < FEWEST_JUDGED_DAYS:
            return None
        return round(self.known.facts.minutes * 7 / self.known.facts.judged_days)

    @property
    def plan(self) -> int | None:
        """Minutes a week that their plan asks for; None before they set out and when done."""
        if self.known is None or self.known.facts.complete:
            return None
        return pace_asked(self.known.facts)


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many learners who set out have completed a stage, and begun but not completed it.

    `here` are those of the latter whose stage it is now (see `Measured.stage`).
    """

    key: str
    title: str
    complete: int
    begun: int
    here: int


@dataclass(frozen=True, slots=True)
class PaceCounts:
    """How many are where against their own plan; each learner who set out is in one."""

    on_plan: int
    behind: int
    too_early: int
    paused: int
    complete: int


@dataclass(frozen=True, slots=True)
class CohortReport:
    """All of it. `at_risk` has who has most reasons first, then who was silent longest."""

    cohort: Cohort
    at: datetime
    learners: tuple[ReportedLearner, ...]
    stages: tuple[StageCount, ...]
    not_started: int
    pace: PaceCounts
    median_percent: int | None
    at_risk: tuple[ReportedLearner, ...]
    reasons: dict[str, int]
    reviews: ReviewLoad


def cohort_report(cohort: Cohort, *, person: User, now: datetime) -> CohortReport:
    """Return the report (fifteen queries, however many learners).

    For a coordinator and an admin of everybody; for a mentor of the cohort too, beside mentors'
    load of themself only; for who mentors some of its learners directly, of these.
    """
    people = _people(cohort, person)
    enrollments = Enrollment.objects.filter(
        pathway=cohort.pathway_id, learner__in=people.values("pk")
    ).exclude(state=EnrollmentState.WITHDRAWN.value)
    learners = _learners(people, enrollments, now)
    known = [learner.known for learner in learners if learner.known]
    at_risk = sorted(
        (learner for learner in learners if learner.reasons),
        key=lambda one: (
            -len(one.reasons),
            -(one.known.facts.silent_days if one.known else 0),
            one.person.name,
            one.person.pk,
        ),
    )
    found = Counter(reason.code for learner in at_risk for reason in learner.reasons)
    return CohortReport(
        cohort=cohort,
        at=now,
        learners=tuple(learners),
        stages=_stages(cohort, known),
        not_started=len(learners) - len(known),
        pace=_pace(learners),
        median_percent=int(median(one.measured.percent for one in known)) if known else None,
        at_risk=tuple(at_risk),
        reasons={code.value: found[code] for code in ReasonCode},
        reviews=review_load(
            cohort,
            enrollments=enrollments,
            only=None if _runs(cohort, person) else person,
            now=now,
        ),
    )


class NotForLearners(Forbidden):
    """A learner reads of themself on their own page."""

    code = "report-not-for-learners"
    title = gettext_lazy("A cohort's report is for those who lead it")


def require_reader(person: User, cohort: Cohort) -> None:
    """Pass for who leads `cohort` or mentors somebody in it; raise NotForLearners (one query)."""
    if not Cohort.objects.led_by(person).filter(pk=cohort.pk).exists():
        raise NotForLearners(_("What it says of you is on your own page."))


def _runs(cohort: Cohort, person: User) -> bool:
    if person.is_staff:
        return True
    parts = Cohort.objects.of(person, CohortPart.COORDINATOR)
    return bool(parts.filter(pk=cohort.pk).exists())


def _people(cohort: Cohort, person: User) -> QuerySet[User]:
    members = CohortMember.objects.staying().filter(cohort=cohort, part=CohortPart.LEARNER)
    leading = Cohort.objects.of(person, CohortPart.MENTOR, CohortPart.COORDINATOR)
    if not person.is_staff and not leading.filter(pk=cohort.pk).exists():
        own = Mentorship.objects.active().filter(mentor=person)
        members = members.filter(person__in=own.values("learner"))
    return User.objects.filter(pk__in=members.values("person"))


def _learners(
    people: QuerySet[User], enrollments: QuerySet[Enrollment], now: datetime
) -> list[ReportedLearner]:
    everybody = {who.pk: who for who in people.only("name", "time_zone")}
    rows = known_of(enrollments, learners=everybody, now=now)
    known = {one.enrollment.learner_id: one for one in rows}
    found = [
        ReportedLearner(who, one := known.get(pk), reasons(one.facts) if one else ())
        for pk, who in everybody.items()
    ]
    return sorted(found, key=lambda learner: (learner.person.name.casefold(), learner.person.pk))


def _stages(cohort: Cohort, known: Sequence[Known]) -> tuple[StageCount, ...]:
    """In the order of the newest edition; then those that only older editions have."""
    (newest,) = newest_editions().filter(pathway=cohort.pathway_id)
    titles = {stage.key: stage.title for stage in compiled_edition(newest.pk).document.stages}
    counts: Counter[tuple[str, str]] = Counter()
    for one in known:
        counts.update(one.measured.stages.items())
        if one.measured.stage is not None:
            counts[one.measured.stage, "here"] += 1
        if not titles.keys() >= one.measured.stages.keys():
            older = compiled(one.enrollment).document.stages
            titles |= {stage.key: stage.title for stage in older if stage.key not in titles}
    return tuple(
        StageCount(
            key,
            title,
            complete=counts[key, StageState.COMPLETE],
            begun=counts[key, StageState.BEGUN],
            here=counts[key, "here"],
        )
        for key, title in titles.items()
    )


def _pace(learners: Sequence[ReportedLearner]) -> PaceCounts:
    counts: Counter[str] = Counter()
    for learner in learners:
        if learner.known is None:
            continue
        if learner.known.facts.complete:
            counts["complete"] += 1
        elif learner.known.pausing.status is EnrollmentStatus.PAUSED:
            counts["paused"] += 1
        elif any(reason.code is ReasonCode.BEHIND for reason in learner.reasons):
            counts["behind"] += 1
        else:
            counts["too_early" if learner.pace is None else "on_plan"] += 1
    names = ("on_plan", "behind", "too_early", "paused", "complete")
    return PaceCounts(**{name: counts[name] for name in names})
