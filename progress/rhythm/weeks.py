"""Weeks, their goals, and runs of weeks whose goal was met.

Weeks are those of ISO 8601, Monday to Sunday, of the learner's local days. There are no daily
streaks: a week has room for a bad day.
"""

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from progress.rhythm.pauses import DAY, Interval

WEEK = timedelta(days=7)
DAYS_IN_A_WEEK = 7


class WeekState(enum.StrEnum):
    """What a week says of the goal."""

    KEPT = "kept"
    SHORT = "short"
    UNDER_WAY = "under_way"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class GoalBefore:
    """The weekly goal, in minutes, of weeks before the Monday `until`."""

    until: date
    minutes: int


@dataclass(frozen=True, slots=True)
class RhythmWeek:
    """A week: minutes by day, Monday first, and what was wanted of it.

    `goal_minutes` is the goal's share for the days that count: those from the start on that are
    not paused. Nothing is wanted of a week at REST.
    """

    starts_on: date
    days: tuple[int, ...]
    goal_minutes: int
    paused_days: int
    state: WeekState

    @property
    def minutes(self) -> int:
        """All that was logged in it, on paused days too."""
        return sum(self.days)


@dataclass(frozen=True, slots=True)
class Runs:
    """Weeks kept in all, of how many that asked for something; in a row now, and at best."""

    kept: int
    asked: int
    current: int
    best: int


def monday_of(day: date) -> date:
    """Return the Monday of the week that `day` is in."""
    return day - DAY * day.weekday()


def weekly_goal(monday: date, before: Iterable[GoalBefore], goal: int) -> int:
    """Return the goal, in minutes, that held in the week of `monday`; `goal` is that of now.

    A goal that is changed within a week counts for the whole of it; earlier weeks keep theirs.
    """
    over = [earlier for earlier in before if monday < earlier.until]
    return min(over, key=lambda earlier: earlier.until).minutes if over else goal


def weeks_between(
    first: date,
    last: date,
    *,
    minutes: Mapping[date, int],
    started_on: date,
    today: date,
    goal: int,
    before: Sequence[GoalBefore] = (),
    pauses: Sequence[Interval] = (),
) -> list[RhythmWeek]:
    """Return the weeks from that of `first` to that of `last`; `minutes` are sums by local day."""
    found, monday = [], monday_of(first)
    while monday <= last:
        days = [monday + DAY * n for n in range(DAYS_IN_A_WEEK)]
        paused = [any(pause.covers(day) for pause in pauses) for day in days]
        counted = sum(
            day >= started_on and not rests for day, rests in zip(days, paused, strict=True)
        )
        # Half up, in whole minutes.
        wanted = (weekly_goal(monday, before, goal) * counted * 2 + DAYS_IN_A_WEEK) // (
            DAYS_IN_A_WEEK * 2
        )
        by_day = tuple(minutes.get(day, 0) for day in days)
        state = _state(sum(by_day), wanted, begun=monday <= today, over=days[-1] < today)
        found.append(RhythmWeek(monday, by_day, wanted, sum(paused), state))
        monday += WEEK
    return found


def runs(weeks: Iterable[RhythmWeek]) -> Runs:
    """Return the runs in weeks that follow each other, the oldest first.

    A week at rest neither adds to a run nor ends it, and the week under way is not judged yet.
    """
    kept = asked = run = best = 0
    for week in weeks:
        if week.state is WeekState.KEPT:
            kept, asked, run = kept + 1, asked + 1, run + 1
            best = max(best, run)
        elif week.state is WeekState.SHORT:
            asked, run = asked + 1, 0
    return Runs(kept, asked, run, best)


def _state(minutes: int, wanted: int, *, begun: bool, over: bool) -> WeekState:
    if wanted == 0 or not begun:
        return WeekState.REST
    if minutes >= wanted:
        return WeekState.KEPT
    return WeekState.SHORT if over else WeekState.UNDER_WAY
