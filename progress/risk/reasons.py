"""The four reasons: quiet, behind, stuck in review, changes again and again."""

import enum
from dataclasses import dataclass
from datetime import date
from typing import Final

from progress.ladder import LADDER, Step

RHYTHM_DAYS: Final = 84
"""How far back a rhythm is looked for: twelve weeks."""
PACE_DAYS: Final = 28
"""What recent pace is taken from: four weeks."""
FREE_DAYS: Final = 7
"""Nobody is quiet within a week."""
LONGEST_QUIET: Final = 28
"""Everybody is quiet after four weeks, however slow their rhythm."""
QUIET_WITHOUT_RHYTHM: Final = 14
FEWEST_ACTIVE_DAYS: Final = 3
"""Fewer make no rhythm: two days have one gap, and that may be chance."""
TIMES_THE_GAP: Final = 3
LONGEST_WAIT: Final = LADDER[Step.HAND_OVER]
"""Days that a round may wait for a mentor: after them the ladder looks for another."""
CHANGES_BEFORE_HELP: Final = 2
FEWEST_JUDGED_DAYS: Final = 14


class ReasonCode(enum.StrEnum):
    """Why somebody is at risk."""

    STUCK_IN_REVIEW = "stuck_in_review"
    REPEATED_CHANGES = "repeated_changes"
    QUIET = "quiet"
    BEHIND = "behind"


class Action(enum.StrEnum):
    """What may help, one for each reason."""

    FIND_A_MENTOR = "find_a_mentor"
    TALK_IT_THROUGH = "talk_it_through"
    ASK_HOW_IT_GOES = "ask_how_it_goes"
    MAKE_A_NEW_PLAN = "make_a_new_plan"


ACTIONS: Final = {
    ReasonCode.STUCK_IN_REVIEW: Action.FIND_A_MENTOR,
    ReasonCode.REPEATED_CHANGES: Action.TALK_IT_THROUGH,
    ReasonCode.QUIET: Action.ASK_HOW_IT_GOES,
    ReasonCode.BEHIND: Action.MAKE_A_NEW_PLAN,
}


@dataclass(frozen=True, slots=True)
class InReview:
    """A round that waits, by the milestone's title, for whole days."""

    key: str
    title: str
    days: int


@dataclass(frozen=True, slots=True)
class ChangedAgain:
    """A milestone that is not complete and had changes requested in so many rounds."""

    key: str
    title: str
    rounds: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one learner on `today`, where they live.

    `silent_days` are unpaused days since they last did anything here (or since they set out);
    `active_days` and `span_days` are of the last RHYTHM_DAYS: on how many days they worked, and
    how many lie between the first and the last of those. `minutes` and `judged_days` are of the
    last PACE_DAYS: minutes logged, and days that count (since the start, not paused). `hours_left`
    is the least effort that completes the pathway, degrees left out, as the forecast does: nobody
    logs those here. `target_on` is the target date, moved by pauses.
    """

    today: date
    paused: bool
    complete: bool
    silent_days: int
    active_days: int
    span_days: int
    minutes: int
    judged_days: int
    weekly_goal: int
    hours_left: int
    target_on: date | None
    waiting: tuple[InReview, ...] = ()
    changed_again: tuple[ChangedAgain, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, with the numbers behind it; what a code has no use for is None.

    `days` is how long it has been silent or waiting, `usual_days` the usual days between two days
    of work, `rounds` how often changes were requested. `minutes` were logged in a week, of late,
    and `needed_minutes` a week would make the plan; `target_on` is the plan's date, or None where
    the plan is the weekly goal.
    """

    code: ReasonCode
    days: int | None = None
    usual_days: int | None = None
    milestone_key: str | None = None
    milestone: str | None = None
    rounds: int | None = None
    minutes: int | None = None
    needed_minutes: int | None = None
    target_on: date | None = None

    @property
    def action(self) -> Action:
        """What may help."""
        return ACTIONS[self.code]


def reasons(facts: Facts) -> tuple[Reason, ...]:
    """Return why the learner is at risk, what others can put right first; empty if they are not.

    Who rests and who is done is not at risk. Of several rounds that wait the oldest is named, of
    several milestones the one with most changes.
    """
    if facts.paused or facts.complete:
        return ()
    found = (_stuck(facts), _changed(facts), _quiet(facts), _behind(facts))
    return tuple(reason for reason in found if reason is not None)


def pace_asked(facts: Facts) -> int:
    """Return the minutes a week that make the plan: the target date's, or else the weekly goal.

    A target that has gone by asks for all that is left in one week.
    """
    if facts.target_on is None:
        return facts.weekly_goal
    days = max((facts.target_on - facts.today).days, 7)
    return round(facts.hours_left * 60 * 7 / days)


def _stuck(facts: Facts) -> Reason | None:
    late = [one for one in facts.waiting if one.days >= LONGEST_WAIT]
    if not late:
        return None
    oldest = max(late, key=lambda one: (one.days, one.key))
    return Reason(
        ReasonCode.STUCK_IN_REVIEW,
        days=oldest.days,
        milestone_key=oldest.key,
        milestone=oldest.title,
    )


def _changed(facts: Facts) -> Reason | None:
    often = [one for one in facts.changed_again if one.rounds >= CHANGES_BEFORE_HELP]
    if not often:
        return None
    most = max(often, key=lambda one: (one.rounds, one.key))
    return Reason(
        ReasonCode.REPEATED_CHANGES,
        milestone_key=most.key,
        milestone=most.title,
        rounds=most.rounds,
    )


def _quiet(facts: Facts) -> Reason | None:
    """While a round waits for a mentor nobody is quiet: it is not their turn."""
    if facts.waiting or facts.silent_days <= silence_allowed(facts):
        return None
    return Reason(ReasonCode.QUIET, days=facts.silent_days, usual_days=usual_gap(facts))


def usual_gap(facts: Facts) -> int | None:
    """Return the usual days from one day of work to the next, or None where there is no rhythm."""
    gap = _gap(facts)
    return None if gap is None else max(round(gap), 1)


def silence_allowed(facts: Facts) -> int:
    """Return after how many silent days somebody is quiet: three times their usual gap, but at
    least a week and at most four.
    """
    gap = _gap(facts)
    if gap is None:
        return QUIET_WITHOUT_RHYTHM
    return min(max(round(TIMES_THE_GAP * gap), FREE_DAYS), LONGEST_QUIET)


def _gap(facts: Facts) -> float | None:
    if facts.active_days < FEWEST_ACTIVE_DAYS:
        return None
    return facts.span_days / (facts.active_days - 1)


def _behind(facts: Facts) -> Reason | None:
    """Less than half of the weekly goal; or with a target date less than two thirds of what it
    asks for, the least that is left considered. Judged from two weeks on.
    """
    if facts.judged_days < FEWEST_JUDGED_DAYS:
        return None
    pace = round(facts.minutes * 7 / facts.judged_days)
    needed = pace_asked(facts)
    if facts.target_on is not None and facts.hours_left > 0 and pace * 3 < needed * 2:
        return Reason(
            ReasonCode.BEHIND, minutes=pace, needed_minutes=needed, target_on=facts.target_on
        )
    if pace * 2 < facts.weekly_goal and facts.hours_left > 0 and facts.target_on is None:
        return Reason(ReasonCode.BEHIND, minutes=pace, needed_minutes=facts.weekly_goal)
    return None
