"""A coordinator, as their weekly digest looks at them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from accounts.models import User
from notifications.looking.wishes import Wishes, wishes_of
from progress.queries.cohort_weeks import CohortWeek, cohort_weeks


@dataclass(frozen=True)
class CoordinatorFacts:
    """What is true of a coordinator at `now`; `cohorts` are those that go on, as read."""

    person: User
    wishes: Wishes
    cohorts: Sequence[CohortWeek]
    looked_at: datetime
    now: datetime

    def at(self, now: datetime) -> "CoordinatorFacts":
        """Return it at another instant, as it is if nothing changes."""
        return replace(self, now=now, looked_at=min(self.now, now))


def coordinators(subjects: Collection[UUID], *, now: datetime) -> dict[UUID, CoordinatorFacts]:
    """Return the facts by person (fifteen queries, and more for givers of second opinions)."""
    people = User.objects.in_bulk(subjects)
    wishes, cohorts = wishes_of(people.values()), cohort_weeks(people, now=now)
    return {
        pk: CoordinatorFacts(person, wishes[pk], cohorts.get(pk, ()), looked_at=now, now=now)
        for pk, person in people.items()
    }
