"""What waits for a mentor, once for each person who is tied to its learner in one way.

For queries about many rounds, or second opinions, and many people at once. By its mentors' ties a
pair is here if, and only if, the one is `reviewable_by` the other; a test holds the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from progress.models import CohortMember, SecondOpinion
from progress.models.cohort import CohortPart


@dataclass(frozen=True, slots=True)
class Tie:
    """How somebody is tied to a learner: the conditions, and the path to the person."""

    conditions: Mapping[str, Any]
    person: str


_LEARNER = "enrollment__learner"
_PLACE = f"{_LEARNER}__cohort_parts"


def _in_cohort(part: CohortPart) -> Tie:
    return Tie(
        {
            f"{_PLACE}__part": CohortPart.LEARNER,
            f"{_PLACE}__left_at": None,
            f"{_PLACE}__cohort__ended_at": None,
            f"{_PLACE}__cohort__pathway": F("enrollment__pathway"),
            f"{_PLACE}__cohort__members__part": part,
            f"{_PLACE}__cohort__members__left_at": None,
        },
        f"{_PLACE}__cohort__members__person",
    )


OWN_MENTORS = Tie(
    {f"{_LEARNER}__mentorships_as_learner__state": "active"},
    f"{_LEARNER}__mentorships_as_learner__mentor",
)
COHORT_MENTORS = _in_cohort(CohortPart.MENTOR)
COORDINATORS = _in_cohort(CohortPart.COORDINATOR)
MENTORS = (OWN_MENTORS, COHORT_MENTORS)


def each_with(rows: QuerySet[Any], tie: Tie) -> Any:
    """Return `rows` once for each active person so tied, whose id is `person_id`.

    Nobody is tied to their own work. Who is tied in several cohorts comes several times.
    """
    found = rows.filter(**tie.conditions, **{f"{tie.person}__is_active": True})
    return found.annotate(person_id=F(tie.person)).exclude(person_id=F("enrollment__learner"))


def each_reviewer(rows: QuerySet[Any], tie: Tie) -> Any:
    """Return the same with those mentors alone who may decide it, by one of their ties.

    Nobody gives a second opinion on their own decision.
    """
    found = each_with(rows, tie)
    if found.model is SecondOpinion:
        return found.exclude(submission__decided_by=F("person_id"))
    return found


def coordinated_by(person: OuterRef) -> Q:
    """The condition on what waits that `person` coordinates a cohort of its learner."""
    rows = CohortMember.objects.linking(
        person,
        learner=OuterRef("enrollment__learner"),
        pathway=OuterRef("enrollment__pathway"),
        parts=[CohortPart.COORDINATOR],
    )
    return Q(Exists(rows))
