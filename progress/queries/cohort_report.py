"""How a cohort is doing: who is where, at what pace, who may need help and why."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User, display_name
from backend.errors import Forbidden
from progress.compiled import compiled_edition
from progress.models import Cohort, CohortMember, Enrollment, Mentorship
from progress.models.cohort import CohortPart
from progress.queries.learner_facts import Known, known_of
from progress.queries.mentor_load import ReviewLoad, review_load
from progress.queries.pathways import newest_editions
from progress.risk import Reason, ReasonCode, pace_asked, reasons
from progress.rules import StageState
from progress.states import EnrollmentState, EnrollmentStatus
from progress.veil import Veil, veil_for

FEWEST_JUDGED_DAYS = 14


class Learner(NamedTuple):
    """A person, in what a report says of them: a thousand of them need be no models."""

    id: uuid.UUID
    name: str
    display_name: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class ReportedLearner:
    """One learner; `known` is None for who has not set out on the pathway yet."""

    person: Learner
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
        stages = compiled_edition(self.known.edition_id).document.stages
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


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a report: `runs` the cohort, or is an admin; `leads` it, as its mentors do, too."""

    person: User
    runs: bool
    leads: bool


def cohort_report(cohort: Cohort, *, reader: Reader, now: datetime) -> CohortReport:
    """Return the report (twelve queries, however many learners).

    For a coordinator and an admin of everybody; for a mentor of the cohort too, beside mentors'
    load of themself only; for who mentors some of its learners directly, of these.
    """
    members = _members(cohort, reader).values("person")
    enrollments = Enrollment.objects.filter(pathway=cohort.pathway_id, learner__in=members).exclude(
        state=EnrollmentState.WITHDRAWN.value
    )
    learners = _learners(
        User.objects.filter(pk__in=members), enrollments, veil_for(reader.person), now
    )
    known = [learner.known for learner in learners if learner.known]
    at_risk = sorted(
        (learner for learner in learners if learner.reasons),
        key=lambda one: (
            -len(one.reasons),
            -(one.known.facts.silent_days if one.known else 0),
            one.person.name,
            one.person.id,
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
            only=None if reader.runs else reader.person,
            now=now,
        ),
    )


class NotForLearners(Forbidden):
    """A learner reads of themself on their own page."""

    code = "report-not-for-learners"
    title = gettext_lazy("A cohort's report is for those who lead it")


def require_reader(person: User, cohort: Cohort) -> Reader:
    """Return who leads `cohort` or mentors somebody in it (two queries at most).

    Raises NotForLearners. It says of one cohort what `Cohorts.led_by` says of all.
    """
    if person.is_staff:
        return Reader(person, runs=True, leads=True)
    own = CohortMember.objects.staying().filter(cohort=cohort, person=person)
    parts = set(own.values_list("part", flat=True))
    if parts & {CohortPart.MENTOR, CohortPart.COORDINATOR}:
        return Reader(person, runs=CohortPart.COORDINATOR in parts, leads=True)
    if not Cohort.objects.led_by(person).filter(pk=cohort.pk).exists():
        raise NotForLearners(_("What it says of you is on your own page."))
    return Reader(person, runs=False, leads=False)


def _members(cohort: Cohort, reader: Reader) -> QuerySet[CohortMember]:
    members: QuerySet[CohortMember] = CohortMember.objects.staying().filter(
        cohort=cohort, part=CohortPart.LEARNER
    )
    if reader.leads:
        return members
    own = Mentorship.objects.active().filter(mentor=reader.person)
    return members.filter(person__in=own.values("learner"))


def _learners(
    people: QuerySet[User], enrollments: QuerySet[Enrollment], veil: Veil, now: datetime
) -> list[ReportedLearner]:
    everybody = [
        Learner(pk, name, display_name(name, email), zone)
        for pk, name, email, zone in people.values_list("pk", "name", "email", "time_zone")
    ]
    zones = {who.id: who.time_zone for who in everybody}
    rows = known_of(enrollments, zones=zones, veil=veil, now=now)
    known = {one.learner_id: one for one in rows}
    found = [
        ReportedLearner(who, one := known.get(who.id), reasons(one.facts) if one else ())
        for who in everybody
    ]
    return sorted(found, key=lambda learner: (learner.person.name.casefold(), learner.person.id))


def _stages(cohort: Cohort, known: Sequence[Known]) -> tuple[StageCount, ...]:
    """In the order of the newest edition; then those that only older editions have."""
    (newest,) = newest_editions().filter(pathway=cohort.pathway_id)
    titles = {stage.key: stage.title for stage in compiled_edition(newest.pk).document.stages}
    complete, begun, here = Counter[str](), Counter[str](), Counter[str]()
    for one in known:
        for key, state in one.measured.stages.items():
            if state is StageState.COMPLETE:
                complete[key] += 1
            elif state is StageState.BEGUN:
                begun[key] += 1
        if one.measured.stage is not None:
            here[one.measured.stage] += 1
        if not titles.keys() >= one.measured.stages.keys():
            older = compiled_edition(one.edition_id).document.stages
            titles |= {stage.key: stage.title for stage in older if stage.key not in titles}
    return tuple(
        StageCount(key, title, complete=complete[key], begun=begun[key], here=here[key])
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
