"""Reasons in words: for whoever helps, and for the learner."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from backend.words import day_in_words, ngettext
from backend.words import gettext as _
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
    days = reason.days or 0
    about = {"milestone": reason.milestone, "count": days}
    if to_learner:
        sentence = ngettext(
            "%(milestone)s has waited a day for a mentor. That is on us, not on you.",
            "%(milestone)s has waited %(count)s days for a mentor. That is on us, not on you.",
            days,
        )
        help_ = _("Go on with the next milestone; whoever leads your cohort sees this too.")
    else:
        sentence = ngettext(
            "%(milestone)s has waited a day for a review.",
            "%(milestone)s has waited %(count)s days for a review.",
            days,
        )
        help_ = _("Ask a mentor to take the review.")
    return Said(sentence % about, help_)


def _changed(reason: Reason, to_learner: bool) -> Said:
    about = {"milestone": reason.milestone, "count": reason.rounds}
    if to_learner:
        return Said(
            _("%(milestone)s came back %(count)s times. Talking is quicker than writing.") % about,
            _("Ask your mentor what one thing would make it good enough."),
        )
    return Said(
        _("Changes were requested %(count)s times on %(milestone)s.") % about,
        _("Talk it through before the next round."),
    )


def _quiet(reason: Reason, to_learner: bool) -> Said:
    days, usual = reason.days or 0, _usual(reason.usual_days)
    about = {"count": days, "usual": usual}
    if to_learner:
        sentence = (
            ngettext(
                "Nothing from you for a day, and you usually work %(usual)s.",
                "Nothing from you for %(count)s days, and you usually work %(usual)s.",
                days,
            )
            if usual
            else ngettext(
                "Nothing from you for a day.", "Nothing from you for %(count)s days.", days
            )
        )
        help_ = _("Twenty minutes are a beginning. If you need a break, plan a pause.")
    else:
        sentence = (
            ngettext(
                "Nothing for a day; they usually work %(usual)s.",
                "Nothing for %(count)s days; they usually work %(usual)s.",
                days,
            )
            if usual
            else ngettext("Nothing for a day.", "Nothing for %(count)s days.", days)
        )
        help_ = _("Ask how it goes.")
    return Said(sentence % about, help_)


def _behind(reason: Reason, today: date, to_learner: bool) -> Said:
    help_ = (
        _("Move the date or the goal to what fits your life now.")
        if to_learner
        else _("Make a new plan together: another date, or another goal.")
    )
    about = {
        "pace": _hours(reason.minutes),
        "needed": _hours(reason.needed_minutes),
        "weeks": PACE_DAYS // 7,
        "day": day_in_words(reason.target_on) if reason.target_on else "",
    }
    return Said(_behind_what(reason, today, to_learner) % about, help_)


def _behind_what(reason: Reason, today: date, to_learner: bool) -> str:
    if reason.target_on is None:
        if to_learner:
            return _(
                "You logged %(pace)s a week in the last %(weeks)s weeks; your goal is %(needed)s."
            )
        return _(
            "They logged %(pace)s a week in the last %(weeks)s weeks; their goal is %(needed)s."
        )
    if reason.target_on < today:
        if to_learner:
            return _("Your target date, %(day)s, has gone by.")
        return _("Their target date, %(day)s, has gone by.")
    if to_learner:
        return _(
            "By the authors’ estimates your target date, %(day)s, asks for %(needed)s a week; "
            "you logged %(pace)s a week in the last %(weeks)s weeks."
        )
    return _(
        "By the authors’ estimates their target date, %(day)s, asks for %(needed)s a week; "
        "they logged %(pace)s a week in the last %(weeks)s weeks."
    )


def _usual(days: int | None) -> str:
    if days is None:
        return ""
    return ngettext("every day", "every %(count)s days", days) % {"count": days}


def _hours(minutes: int | None) -> str:
    """Whole hours from three on: a pace is not known to the minute."""
    minutes = minutes or 0
    hours, rest = divmod(minutes, MINUTES)
    if not hours:
        return _("%(minutes)s min") % {"minutes": rest}
    if hours < EXACT_BELOW and rest:
        return _("%(hours)s h %(minutes)s") % {"hours": hours, "minutes": f"{rest:02}"}
    return _("%(hours)s h") % {"hours": round(minutes / MINUTES)}
