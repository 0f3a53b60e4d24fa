"""How the cohorts of many coordinators are doing, in short."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import User
from progress.models import Cohort, CohortMember, Enrollment, SecondOpinion
from progress.models.cohort import CohortPart
from progress.queries.learner_facts import Known, known_of
from progress.queries.tied import MENTORS, each_reviewer
from progress.risk import ReasonCode, reasons
from progress.states import EnrollmentState
from progress.veil import NO_VEIL, veil_for


@dataclass(frozen=True, slots=True)
class CohortWeek:
    """A cohort that goes on: how many learn in it and set out, how many may need help and why."""

    cohort: Cohort
    learners: int
    set_out: int
    at_risk: int
    reasons: dict[ReasonCode, int]
    waiting: int
    """Rounds that wait for a review."""


def cohort_weeks(
    coordinators: Collection[UUID], *, now: datetime
) -> dict[UUID, tuple[CohortWeek, ...]]:
    """Return the cohorts of each coordinator, by name (twelve queries, however many).

    At risk is who the cohort's report says is, for the same reasons. To whoever may give a second
    opinion there as well it tells nothing of the first: seven queries more for each of them.
    """
    parts = CohortMember.objects.present()
    led = list(
        parts.filter(person__in=coordinators, part=CohortPart.COORDINATOR)
        .select_related("cohort")
        .order_by("cohort__name", "cohort")
    )
    cohorts = {one.cohort_id: one.cohort for one in led}
    places = list(
        parts.filter(cohort__in=cohorts, part=CohortPart.LEARNER).values_list("cohort", "person")
    )
    everybody = User.objects.filter(pk__in={person for _, person in places})
    zones = dict(everybody.values_list("pk", "time_zone"))
    on_pathway = Q()
    for pathway in {cohort.pathway_id for cohort in cohorts.values()}:
        there = {pk for pk, cohort in cohorts.items() if cohort.pathway_id == pathway}
        on_pathway |= Q(pathway=pathway, learner__in={who for pk, who in places if pk in there})
    on = dict(
        Enrollment.objects.filter(on_pathway)
        .exclude(state=EnrollmentState.WITHDRAWN.value)
        .values_list("pk", "pathway")
        if on_pathway
        else ()
    )
    rows = Enrollment.objects.filter(pk__in=on)
    known = {
        (on[one.enrollment_id], one.learner_id): one
        for one in known_of(rows, zones=zones, veil=NO_VEIL, now=now)
    }
    weeks = {pk: _week(cohort, places, known) for pk, cohort in cohorts.items()}
    blind = {
        person: {**known, **_as_known_to(person, rows, on, zones, now)}
        for person in _givers(coordinators, on)
    }
    found: dict[UUID, list[CohortWeek]] = {}
    for one in led:
        week = weeks[one.cohort_id]
        if one.person in blind:
            week = _week(one.cohort, places, blind[one.person])
        found.setdefault(one.person_id, []).append(week)
    return {pk: tuple(theirs) for pk, theirs in found.items()}


def _givers(people: Collection[UUID], enrollments: Collection[UUID]) -> Collection[User]:
    """Return who of `people` may give a second opinion on these enrollments (three queries)."""
    asked = SecondOpinion.objects.waiting().filter(enrollment__in=enrollments)
    found: set[UUID] = set()
    for tie in MENTORS:
        pairs = each_reviewer(asked, tie).filter(person_id__in=people)
        found.update(pairs.values_list("person_id", flat=True))
    return User.objects.filter(pk__in=found)


def _as_known_to(
    person: User,
    rows: QuerySet[Enrollment],
    on: Mapping[UUID, UUID],
    zones: Mapping[UUID, str],
    now: datetime,
) -> dict[tuple[UUID, UUID], Known]:
    """Return what `person` may know of those of `rows` of which something is veiled from them."""
    veil = veil_for(person)
    veiled = rows.filter(pk__in={one.enrollment_id for one in veil.rounds} & on.keys())
    return {
        (on[one.enrollment_id], one.learner_id): one
        for one in known_of(veiled, zones=zones, veil=veil, now=now)
    }


def _week(
    cohort: Cohort,
    places: Collection[tuple[UUID, UUID]],
    known: Mapping[tuple[UUID, UUID], Known],
) -> CohortWeek:
    learners = [who for pk, who in places if pk == cohort.pk]
    found = [known[cohort.pathway_id, who] for who in learners if (cohort.pathway_id, who) in known]
    why = [reasons(one.facts) for one in found]
    counts = Counter(reason.code for some in why for reason in some)
    return CohortWeek(
        cohort=cohort,
        learners=len(learners),
        set_out=len(found),
        at_risk=sum(1 for some in why if some),
        reasons={code: counts[code] for code in ReasonCode if counts[code]},
        waiting=sum(len(one.facts.waiting) for one in found),
    )
