"""How much mentors of a cohort have in hand, and how soon they answer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Min,
    Q,
    QuerySet,
    When,
)

from accounts.models import User
from progress.models import Cohort, CohortMember, Enrollment, Submission
from progress.models.cohort import CohortPart
from progress.queries.cohorts import with_leave

TURNAROUND = timedelta(days=90)
_TOOK = ExpressionWrapper(F("decided_at") - F("submitted_at"), output_field=DurationField())


class Median(Aggregate):
    """The middle of what there is; of an even number halfway between the two (PostgreSQL's
    percentile_cont).
    """

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class MentorLoad:
    """A mentor: live claims now; decisions of the last 90 days and their median wait, in days."""

    person: User
    away_until: date | None
    claims: int
    decided: int
    median_days: float | None


@dataclass(frozen=True, slots=True)
class ReviewLoad:
    """All reviews of the learners asked for: how many wait, the oldest since when, and as above."""

    waiting: int
    unclaimed: int
    waiting_since: datetime | None
    decided: int
    median_days: float | None
    mentors: tuple[MentorLoad, ...]


def review_load(
    cohort: Cohort, *, enrollments: QuerySet[Enrollment], only: User | None, now: datetime
) -> ReviewLoad:
    """Return the load of reviews of these enrollments (four queries).

    By mentor of the cohort, who has longest in hand first; `only` leaves out all other mentors.
    """
    rows: Any = Submission.objects.filter(enrollment__in=enrollments.values("pk")).order_by()
    live = Q(claimed_by__isnull=False, claim_expires_at__gt=now)
    held = rows.waiting().values_list(Case(When(live, then=F("claimed_by"))))
    waiting = {
        holder: (many, since)
        for holder, many, since in held.annotate(many=Count("pk"), since=Min("submitted_at"))
    }
    decided = rows.filter(decided_at__gte=now - TURNAROUND)
    whole = decided.aggregate(many=Count("pk"), median=Median(_TOOK))
    by_mentor = {
        person: (many, median)
        for person, many, median in decided.values_list("decided_by").annotate(
            many=Count("pk"), median=Median(_TOOK)
        )
    }
    members = CohortMember.objects.staying().filter(cohort=cohort, part=CohortPart.MENTOR)
    if only is not None:
        members = members.filter(person=only)
    loads = [
        MentorLoad(
            person=member.person,
            away_until=member.away_until,  # type: ignore[attr-defined]  # see with_leave
            claims=waiting.get(member.person_id, (0, None))[0],
            decided=by_mentor.get(member.person_id, (0, None))[0],
            median_days=_days(by_mentor.get(member.person_id, (0, None))[1]),
        )
        for member in with_leave(members.select_related("person"), now=now)
    ]
    loads.sort(key=lambda load: (-load.claims, -load.decided, load.person.name, load.person.pk))
    return ReviewLoad(
        waiting=sum(many for many, _ in waiting.values()),
        unclaimed=waiting.get(None, (0, None))[0],
        waiting_since=min((since for _, since in waiting.values()), default=None),
        decided=whole["many"],
        median_days=_days(whole["median"]),
        mentors=tuple(loads),
    )


def _days(took: timedelta | None) -> float | None:
    return None if took is None else round(took / timedelta(days=1), 1)
