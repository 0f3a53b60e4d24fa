"""Reasons in words: for whoever helps, and for the learner."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from progress.risk.reasons import PACE_DAYS, Reason, ReasonCode

MINUTES: Final = 60
EXACT_BELOW: Final = 3


@dataclass(frozen=True, slots=True)
class Said:
    """A reason and what may help, each a sentence."""

    reason: str
    suggestion: str


def said(reason: Reason, *, today: date, to_learner: bool = False) -> Said:
    """Return a reason in words; `today` is the day where the learner is."""
    match reason.code:
        case ReasonCode.STUCK_IN_REVIEW:
            return _stuck(reason, to_learner)
        case ReasonCode.REPEATED_CHANGES:
            return _changed(reason, to_learner)
        case ReasonCode.QUIET:
            return _quiet(reason, to_learner)
        case ReasonCode.BEHIND:
            return _behind(reason, today, to_learner)


def _stuck(reason: Reason, to_learner: bool) -> Said:
    waited = _days(reason.days)
    if to_learner:
        return Said(
            f"{reason.milestone} has waited {waited} for a mentor. That is on us, not on you.",
            "Go on with the next milestone; whoever leads your cohort sees this too.",
        )
    return Said(
        f"{reason.milestone} has waited {waited} for a review.",
        "Ask a mentor to take the review.",
    )


def _changed(reason: Reason, to_learner: bool) -> Said:
    if to_learner:
        return Said(
            f"{reason.milestone} came back {reason.rounds} times. Talking is quicker than writing.",
            "Ask your mentor what one thing would make it good enough.",
        )
    return Said(
        f"Changes were requested {reason.rounds} times on {reason.milestone}.",
        "Talk it through before the next round.",
    )


def _quiet(reason: Reason, to_learner: bool) -> Said:
    usual = "" if reason.usual_days is None else _usual(reason.usual_days)
    if to_learner:
        own = f", and you usually work {usual}" if usual else ""
        return Said(
            f"Nothing from you for {_days(reason.days)}{own}.",
            "Twenty minutes are a beginning. If you need a break, plan a pause.",
        )
    own = f"; they usually work {usual}" if usual else ""
    return Said(f"Nothing for {_days(reason.days)}{own}.", "Ask how it goes.")


def _behind(reason: Reason, today: date, to_learner: bool) -> Said:
    you, their = ("You", "your") if to_learner else ("They", "their")
    pace, needed = _hours(reason.minutes), _hours(reason.needed_minutes)
    weeks = PACE_DAYS // 7
    help_ = (
        "Move the date or the goal to what fits your life now."
        if to_learner
        else "Make a new plan together: another date, or another goal."
    )
    if reason.target_on is None:
        return Said(
            f"{you} logged {pace} a week in the last {weeks} weeks; {their} goal is {needed}.",
            help_,
        )
    on = f"{reason.target_on.day} {reason.target_on:%B %Y}"
    if reason.target_on < today:
        return Said(f"{their.capitalize()} target date, {on}, has gone by.", help_)
    return Said(
        f"{their.capitalize()} target date, {on}, asks for {needed} a week; "
        f"{you.lower()} logged {pace} a week in the last {weeks} weeks.",
        help_,
    )


def _days(count: int | None) -> str:
    return "a day" if count == 1 else f"{count} days"


def _usual(days: int) -> str:
    return "every day" if days == 1 else f"every {days} days"


def _hours(minutes: int | None) -> str:
    """Whole hours from three on: a pace is not known to the minute."""
    minutes = minutes or 0
    hours, rest = divmod(minutes, MINUTES)
    if not hours:
        return f"{rest} min"
    if hours < EXACT_BELOW and rest:
        return f"{hours} h {rest:02}"
    return f"{round(minutes / MINUTES)} h"
