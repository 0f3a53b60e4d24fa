"""Cohorts as somebody in them sees them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery

from accounts.models import User
from progress.compiled import compiled_edition
from progress.models import Cohort, CohortMember, Leave
from progress.models.cohort import PARTS, CohortPart
from progress.queries.pathways import newest_editions


@dataclass(frozen=True, slots=True)
class Followed:
    """The pathway of a cohort."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class CohortSeen:
    """A cohort with how many are in it, and what the person who asks is there."""

    cohort: Cohort
    pathway: Followed
    my_parts: tuple[str, ...]
    learners: int
    mentors: int
    coordinators: int


def cohorts_seen(cohorts: Sequence[Cohort], *, person: User) -> list[CohortSeen]:
    """Return them as `person` sees them (three queries)."""
    pathways = followed(cohorts)
    there = CohortMember.objects.staying().filter(cohort__in=[cohort.pk for cohort in cohorts])
    counts: Counter[tuple[UUID, str]] = Counter()
    for row in there.order_by().values("cohort", "part").annotate(many=Count("pk")):
        counts[row["cohort"], row["part"]] = row["many"]
    mine = set(there.filter(person=person).values_list("cohort", "part"))
    return [
        CohortSeen(
            cohort=cohort,
            pathway=pathways[cohort.pathway_id],
            my_parts=tuple(part for part in PARTS if (cohort.pk, part) in mine),
            learners=counts[cohort.pk, CohortPart.LEARNER],
            mentors=counts[cohort.pk, CohortPart.MENTOR],
            coordinators=counts[cohort.pk, CohortPart.COORDINATOR],
        )
        for cohort in cohorts
    ]


def with_leave(rows: QuerySet[CohortMember], *, now: datetime) -> QuerySet[CohortMember]:
    """Return the members with `away_until`: the last day of a leave that they are on, or None."""
    away = Leave.objects.on(now).filter(person=OuterRef("person")).values("ends_on")[:1]
    return rows.annotate(away_until=Subquery(away))


def followed(cohorts: Sequence[Cohort]) -> dict[UUID, Followed]:
    """Return each cohort's pathway by its id, titled as its newest edition is (one query)."""
    newest = newest_editions().filter(pathway__in={cohort.pathway_id for cohort in cohorts})
    return {
        row.pathway_id: Followed(row.pathway.slug, compiled_edition(row.pk).document.title)
        for row in newest
    }
