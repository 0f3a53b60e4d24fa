"""A learner's rhythm: this week, weeks kept, a year of days, and where the time went."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from progress.compiled import compiled
from progress.models import EarlierGoal, Enrollment
from progress.pausing import intervals_of, local_day
from progress.queries.logged import minutes_by_day, minutes_by_milestone
from progress.rhythm import (
    Place,
    RhythmWeek,
    Runs,
    Shares,
    monday_of,
    runs,
    share,
    weeks_between,
)

WEEKS_SHOWN = 53


@dataclass(frozen=True, slots=True)
class LearnerRhythm:
    """All of it. `weeks` are 52 or 53 that follow each other, the oldest first."""

    enrollment: Enrollment
    today: date
    week: RhythmWeek
    weeks: tuple[RhythmWeek, ...]
    runs: Runs
    shares: Shares
    minutes: int


def learner_rhythm(
    enrollment: Enrollment, *, year: int | None = None, now: datetime
) -> LearnerRhythm:
    """Return the rhythm (four queries, five without `with_pauses()`, however much was logged).

    `year` is an ISO 8601 year; None is the 53 weeks that end with the current one. Runs and shares
    are of the whole time, whatever is shown.
    """
    today = local_day(enrollment, now)
    started_on = local_day(enrollment, enrollment.started_at)
    minutes = minutes_by_day(enrollment)
    earlier = EarlierGoal.objects.filter(enrollment=enrollment).order_by("until")
    pauses, before = intervals_of(enrollment), [row.before for row in earlier]

    def weeks(first: date, last: date) -> list[RhythmWeek]:
        return weeks_between(
            first,
            last,
            minutes=minutes,
            started_on=started_on,
            today=today,
            goal=enrollment.weekly_minutes,
            before=before,
            pauses=pauses,
        )

    by_milestone = minutes_by_milestone(enrollment)
    since_start = weeks(min(started_on, today), today)
    return LearnerRhythm(
        enrollment=enrollment,
        today=today,
        week=since_start[-1],
        weeks=tuple(weeks(*_span(year, today))),
        runs=runs(since_start),
        shares=share(by_milestone, _places(enrollment)),
        minutes=sum(by_milestone.values()),
    )


def _span(year: int | None, today: date) -> tuple[date, date]:
    if year is None:
        return monday_of(today) - timedelta(weeks=WEEKS_SHOWN - 1), today
    return date.fromisocalendar(year, 1, 1), date.fromisocalendar(year + 1, 1, 1) - timedelta(
        days=1
    )


def _places(enrollment: Enrollment) -> list[Place]:
    return [
        Place(
            key=milestone.key,
            stage=stage.key,
            kind=milestone.kind.value,
            estimate_minutes=milestone.effort_hours * 60 * milestone.is_on(enrollment.track),
        )
        for stage in compiled(enrollment).document.stages
        for milestone in stage.milestones
    ]
