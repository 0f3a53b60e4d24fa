"""How much mentors of a cohort have in hand, and how soon they answer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Min, Q, QuerySet

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
    """Return the load of reviews of these enrollments (five queries).

    By mentor of the cohort, who has longest in hand first; `only` leaves out all other mentors.
    """
    rows: Any = Submission.objects.filter(enrollment__in=enrollments.values("pk")).order_by()
    live = Q(claimed_by__isnull=False, claim_expires_at__gt=now)
    waiting = rows.waiting().aggregate(
        many=Count("pk"), claimed=Count("pk", filter=live), since=Min("submitted_at")
    )
    claims = dict(rows.waiting().filter(live).values_list("claimed_by").annotate(many=Count("pk")))
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
            claims=claims.get(member.person_id, 0),
            decided=by_mentor.get(member.person_id, (0, None))[0],
            median_days=_days(by_mentor.get(member.person_id, (0, None))[1]),
        )
        for member in with_leave(members.select_related("person"), now=now)
    ]
    loads.sort(key=lambda load: (-load.claims, -load.decided, load.person.name, load.person.pk))
    return ReviewLoad(
        waiting=waiting["many"],
        unclaimed=waiting["many"] - waiting["claimed"],
        waiting_since=waiting["since"],
        decided=whole["many"],
        median_days=_days(whole["median"]),
        mentors=tuple(loads),
    )


def _days(took: timedelta | None) -> float | None:
    return None if took is None else round(took / timedelta(days=1), 1)
