"""When a learner will be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Sum

from progress.document import MilestoneKind
from progress.forecast import Finished, Learner, Outlook, Remaining, outlook
from progress.forecast.pace import MOST_WEEKS
from progress.models import Enrollment, LogEntry
from progress.pausing import intervals_of, local_day, pausing_of
from progress.queries.logged import minutes_by_milestone
from progress.rhythm import Interval, paused_days
from progress.rules import EvaluatedMilestone, Evaluation, explanation
from progress.standing import standing_seen
from progress.states import Verification, Work

WINDOW: Final = timedelta(weeks=MOST_WEEKS)


@dataclass(frozen=True, slots=True)
class Forecast:
    """An outlook on a local day of the learner, and how many milestones it is about.

    `left_out` are degrees that are not begun: thousands of hours that hardly anybody logs here.
    """

    today: date
    outlook: Outlook
    milestones_left: int
    left_out: tuple[EvaluatedMilestone, ...]
    goal_minutes: int


def forecast(enrollment: Enrollment, *, now: datetime) -> Forecast:
    """Return what can be said of the way ahead (three queries, and one for the pauses)."""
    today, pauses = local_day(enrollment, now), intervals_of(enrollment)
    evaluation = standing_seen(enrollment).evaluation
    logged = minutes_by_milestone(enrollment)
    wanted = _wanted(evaluation)
    left = [row for row in wanted if not _is_done(row)]
    left_out = tuple(row for row in left if _is_degree_ahead(row, logged))
    if len(left_out) < len(left):
        left = [row for row in left if row not in left_out]
    else:
        left_out = ()
    found = outlook(
        Learner(
            today=today,
            minutes_by_day=_minutes_by_day(enrollment, pauses, today, sum(logged.values())),
            goal_minutes=enrollment.weekly_minutes,
            remaining=[
                Remaining(row.milestone.effort_hours * 60, logged.get(row.key, 0)) for row in left
            ],
            finished=_finished(evaluation, logged),
            pauses=pauses,
            target_on=pausing_of(enrollment, now=now).target,
            nothing_wanted=not wanted,
        )
    )
    return Forecast(today, found, len(left), left_out, enrollment.weekly_minutes)


def _wanted(evaluation: Evaluation) -> tuple[EvaluatedMilestone, ...]:
    """The set of the fewest hours that completes the pathway, with what has to come before it."""
    shortest = explanation(evaluation).shortest
    return (*shortest.milestones, *shortest.first)


def _is_degree_ahead(row: EvaluatedMilestone, logged: Mapping[str, int]) -> bool:
    begun = row.state.work is not Work.TODO or logged.get(row.key, 0) > 0
    return row.milestone.kind is MilestoneKind.DEGREE and not begun


def _is_done(row: EvaluatedMilestone) -> bool:
    """Whether the learner's part is done: what is left is a mentor's, or handing it in."""
    if row.state.verification in {Verification.CHANGES_REQUESTED, Verification.REVOKED}:
        return False
    return row.state.verification is Verification.WAITING or row.state.work is Work.DONE


def _finished(evaluation: Evaluation, logged: Mapping[str, int]) -> list[Finished]:
    """Complete milestones; a waived one was reached elsewhere."""
    return [
        Finished(row.milestone.effort_hours * 60, logged.get(key, 0))
        for key, row in evaluation.milestones.items()
        if row.complete and row.state.verification is not Verification.WAIVED
    ]


def _minutes_by_day(
    enrollment: Enrollment, pauses: Sequence[Interval], today: date, total: int
) -> dict[date, int]:
    """Minutes of the days that can matter for the pace (one query)."""
    first = today - WINDOW
    first -= timedelta(days=paused_days(pauses, date.min, today))
    rows = LogEntry.objects.standing().filter(enrollment=enrollment)
    rows = rows.filter(day__gte=first, day__lte=today)
    by_day = dict(rows.values_list("day").annotate(minutes=Sum("minutes")).order_by())
    if sum(by_day.values()) < total:
        # There was work before that: days without any since then are weeks without work.
        by_day.setdefault(first, 0)
    return by_day
