"""What can be said of the way ahead: a forecast, or why there is none and what is planned."""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Final

from backend.words import gettext as _
from progress.forecast.calendar import (
    DAYS,
    weeks_before,
    working_day,
    working_days,
)
from progress.forecast.estimates import Finished, Remaining, correction, work_left
from progress.forecast.finish import MOST_WEEKS_AHEAD, Draws, Range, draws
from progress.forecast.pace import MOST_WEEKS, Pace, pace_of
from progress.rhythm import Interval

LEAST_WEEKS: Final = 4
"""Fewer whole weeks than that say nothing of a pace."""
LEAST_WORKED: Final = 3
"""So many of them must have minutes."""
STOPPED_AFTER: Final = 4
"""So many last weeks without any minute are no pace."""
EXTRA_HOURS: Final = range(1, 11)
FULL_WEEK: Final = 60 * 60
"""Minutes: nobody is shown what a week beyond 60 hours would bring."""


class OutlookKind(enum.StrEnum):
    """What is said."""

    FORECAST = "forecast"
    PLAN = "plan"
    PAUSED = "paused"
    WAITING = "waiting"
    FINISHED = "finished"


class Reason(enum.StrEnum):
    """Why it is no forecast."""

    TOO_FEW_WEEKS = "too_few_weeks"
    TOO_FEW_WORKED_WEEKS = "too_few_worked_weeks"
    NO_RECENT_WORK = "no_recent_work"
    OPEN_PAUSE = "open_pause"

    @property
    def sentence(self) -> str:
        """The reason in the active language."""
        match self:
            case Reason.TOO_FEW_WEEKS:
                return _("A forecast takes %(weeks)s whole weeks on the way") % {
                    "weeks": LEAST_WEEKS
                }
            case Reason.TOO_FEW_WORKED_WEEKS:
                return _("A forecast takes %(weeks)s weeks with something logged") % {
                    "weeks": LEAST_WORKED
                }
            case Reason.NO_RECENT_WORK:
                return _("Nothing was logged in the last %(weeks)s weeks") % {
                    "weeks": STOPPED_AFTER
                }
            case Reason.OPEN_PAUSE:
                return _("The pause has no end yet")


@dataclass(frozen=True, slots=True)
class Learner:
    """All that is asked for. Days are local, minutes are logged ones, pauses may overlap.

    `remaining` is the smallest set of milestones that completes the pathway, without what the
    learner has done their part of; `nothing_wanted` says that no milestone is missing at all.
    `target_on` is the target date as pauses have moved it.
    """

    today: date
    minutes_by_day: Mapping[date, int]
    goal_minutes: int
    remaining: Sequence[Remaining]
    finished: Sequence[Finished] = ()
    pauses: Sequence[Interval] = ()
    target_on: date | None = None
    nothing_wanted: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """What it is computed from. `weeks` are whole ones (paused days left out), newest first; of
    them `worked` have minutes. `ratio` is how this learner's hours compare with the estimates,
    learned from `milestones`.
    """

    weeks: tuple[int, ...]
    worked: int
    pace_minutes: int
    ratio: float
    milestones: int
    estimated_minutes: int
    minutes_left: int


@dataclass(frozen=True, slots=True)
class Days:
    """The range as days. One that lies ten years ahead may as well be later: `beyond`."""

    early: date
    middle: date
    late: date
    beyond: bool


@dataclass(frozen=True, slots=True)
class Option:
    """What `minutes` a week more would bring."""

    minutes: int
    weekly_minutes: int
    finish: Days


@dataclass(frozen=True, slots=True)
class Target:
    """The way to the target date: how likely it is made (percent), and which minutes a week make it
    as likely as not; None of them if it has gone by or if no week is long enough.
    """

    on: date
    chance: int
    weekly_minutes: int | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is said, by `kind`.

    A forecast has `finish`, `options` and, with a target date, `target`. A plan has `reason` and
    `planned_on`: the day at the weekly goal by the authors' estimates. Paused has `weeks` (of work,
    after the pause), if there is a pace.
    """

    kind: OutlookKind
    basis: Basis
    reason: Reason | None = None
    finish: Days | None = None
    weeks: Range | None = None
    options: tuple[Option, ...] = field(default=())
    target: Target | None = None
    planned_on: date | None = None


def outlook(learner: Learner, *, extra_hours: Sequence[int] = EXTRA_HOURS) -> Outlook:
    """Return what can be said, with an option for each of `extra_hours` a week."""
    weeks = weeks_before(learner.today, learner.minutes_by_day, learner.pauses, most=MOST_WEEKS)
    by = correction(learner.finished)
    work = work_left(learner.remaining, by)
    reason = _too_little(weeks)
    pace = pace_of(weeks) if any(weeks) else None
    basis = Basis(
        weeks=tuple(weeks),
        worked=sum(week > 0 for week in weeks),
        pace_minutes=round(pace.minutes) if pace else 0,
        ratio=by.ratio,
        milestones=by.milestones,
        estimated_minutes=sum(max(one.estimate - one.logged, 0) for one in learner.remaining),
        minutes_left=round(work.minutes),
    )
    if learner.nothing_wanted:
        return Outlook(OutlookKind.FINISHED, basis)
    if not learner.remaining or work.minutes <= 0:
        return Outlook(OutlookKind.WAITING, basis)
    if reason is not None or pace is None:
        return _plan(learner, basis, reason)
    may = draws(work, pace)
    weeks_left = may.range()
    finish = _days(learner, weeks_left)
    if finish is None:
        return Outlook(OutlookKind.PAUSED, basis, Reason.OPEN_PAUSE, weeks=weeks_left)
    return Outlook(
        OutlookKind.FORECAST,
        basis,
        finish=finish,
        weeks=weeks_left,
        options=_options(learner, may, pace, extra_hours),
        target=_target(learner, may, pace),
    )


def _too_little(weeks: Sequence[int]) -> Reason | None:
    if len(weeks) < LEAST_WEEKS:
        return Reason.TOO_FEW_WEEKS
    if not any(weeks[:STOPPED_AFTER]):
        return Reason.NO_RECENT_WORK
    if sum(week > 0 for week in weeks) < LEAST_WORKED:
        return Reason.TOO_FEW_WORKED_WEEKS
    return None


def _plan(learner: Learner, basis: Basis, reason: Reason | None) -> Outlook:
    weeks = min(basis.estimated_minutes / learner.goal_minutes, MOST_WEEKS_AHEAD)
    on = _day(learner, weeks)
    if on is None:
        return Outlook(OutlookKind.PAUSED, basis, Reason.OPEN_PAUSE)
    return Outlook(OutlookKind.PLAN, basis, reason or Reason.TOO_FEW_WEEKS, planned_on=on)


def _day(learner: Learner, weeks: float) -> date | None:
    return working_day(learner.today, max(ceil(weeks * DAYS), 1), learner.pauses)


def _days(learner: Learner, weeks: Range) -> Days | None:
    early, middle, late = (_day(learner, one) for one in (weeks.early, weeks.middle, weeks.late))
    if early is None or middle is None or late is None:
        return None
    return Days(early, middle, late, beyond=weeks.late >= MOST_WEEKS_AHEAD)


def _options(
    learner: Learner, may: Draws, pace: Pace, extra_hours: Sequence[int]
) -> tuple[Option, ...]:
    found = []
    for hours in extra_hours:
        more = hours * 60
        if pace.minutes + more > FULL_WEEK:
            break
        finish = _days(learner, may.range(more=more))
        if finish is not None:
            found.append(Option(more, round(pace.minutes + more), finish))
    return tuple(found)


def _target(learner: Learner, may: Draws, pace: Pace) -> Target | None:
    on = learner.target_on
    if on is None:
        return None
    weeks = working_days(learner.today, on, learner.pauses) / DAYS
    if weeks <= 0:
        return Target(on, 0, None)
    wanted = max(ceil((pace.minutes + may.more_for(weeks)) / 5) * 5, 0)
    return Target(on, round(may.chance(weeks) * 100), wanted if wanted <= FULL_WEEK else None)
