"""Minutes logged, summed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Sum

from progress.compiled import key_now
from progress.models import Enrollment, LogEntry
from progress.pausing import intervals_of, local_day
from progress.rhythm import pause_around, weeks_between


@dataclass(frozen=True, slots=True)
class Day:
    """Minutes on one local day."""

    day: date
    minutes: int
    paused: bool


@dataclass(frozen=True, slots=True)
class Week:
    """The learner's current week, Monday to Sunday (ISO 8601).

    `goal_minutes` is the goal's share for the days that are not paused.
    """

    starts_on: date
    goal_minutes: int
    minutes: int
    days: tuple[Day, ...]


def minutes_by_milestone(enrollment: Enrollment) -> dict[str, int]:
    """Return the minutes logged on each milestone, by key (one query).

    After an upgrade a milestone has the minutes of those it took over; of a split, the first part.
    """
    rows = LogEntry.objects.standing().filter(enrollment=enrollment).values_list("milestone_key")
    found: dict[str, int] = {}
    for key, minutes in rows.annotate(minutes=Sum("minutes")).order_by():
        now = key_now(enrollment, key)
        found[now] = found.get(now, 0) + minutes
    return found


def current_week(enrollment: Enrollment, *, now: datetime) -> Week:
    """Return the week that `now` is in where the learner is (one query, one for the pauses)."""
    today = now.astimezone(enrollment.learner.zone).date()
    monday = today - timedelta(days=today.weekday())
    rows = LogEntry.objects.standing().filter(
        enrollment=enrollment, day__gte=monday, day__lt=monday + timedelta(days=7)
    )
    by_day = dict(rows.values_list("day").annotate(minutes=Sum("minutes")).order_by())
    pauses = intervals_of(enrollment)
    (week,) = weeks_between(
        monday,
        monday,
        minutes=by_day,
        started_on=local_day(enrollment, enrollment.started_at),
        today=today,
        goal=enrollment.weekly_minutes,
        pauses=pauses,
    )
    days = tuple(
        Day(day, minutes, pause_around(pauses, day) is not None)
        for day, minutes in ((monday + timedelta(days=n), week.days[n]) for n in range(7))
    )
    return Week(monday, week.goal_minutes, week.minutes, days)


def minutes_by_day(enrollment: Enrollment) -> dict[date, int]:
    """Return the minutes logged on each local day with any (one query)."""
    rows = LogEntry.objects.standing().filter(enrollment=enrollment).values_list("day")
    return dict(rows.annotate(minutes=Sum("minutes")).order_by())
