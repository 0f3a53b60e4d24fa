"""How the cohorts of many coordinators are doing, in short."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from progress.models import Cohort, CohortMember, Enrollment
from progress.models.cohort import CohortPart
from progress.queries.learner_facts import Known, known_of
from progress.risk import ReasonCode, reasons
from progress.states import EnrollmentState
from progress.veil import NO_VEIL


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
    """Return the cohorts of each coordinator, by name (nine queries, however many).

    At risk is who the cohort's report says is, for the same reasons.
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
    found: dict[UUID, list[CohortWeek]] = {}
    for one in led:
        found.setdefault(one.person_id, []).append(weeks[one.cohort_id])
    return {pk: tuple(theirs) for pk, theirs in found.items()}


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
