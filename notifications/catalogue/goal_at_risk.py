"""The weekly goal can't be met any more at the usual pace, but still can → the learner: a nudge."""

from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.catalogue.kind import Data, Names, Words
from notifications.catalogue.spoken import duration
from notifications.catalogue.timed import LearnerNudge, Looked
from notifications.looking.learner import DAY, LearnerFacts
from progress.rhythm import monday_of, pause_around
from progress.rhythm.weeks import WeekState
from progress.risk import silence_allowed

THURSDAY, FRIDAY, SUNDAY = 3, 4, 6
SENSIBLE_DAY = 120
"""Minutes that may be asked of a day. For a goal that asks for more: half as much again as it does.
"""
WEEK = timedelta(weeks=1)


class GoalAtRisk(LearnerNudge):
    """On Thursday or Friday evening, once a week; about a week that is lost it keeps silent."""

    name = "goal-at-risk"
    occasion = gettext_lazy("Your weekly goal is in reach, but not at your usual pace")
    actions = ("log-30", "snooze")
    gone = "goal-not-at-risk"

    def rule(self, facts: LearnerFacts) -> Looked:
        """Due from Thursday evening on, until the week ends."""
        monday = monday_of(facts.today)
        evenings = [facts.hour_of(monday + DAY * n) for n in (THURSDAY, FRIDAY)]
        evenings.append(facts.hour_of(monday + WEEK + DAY * THURSDAY))
        next_at = next(evening for evening in evenings if evening > facts.now)
        data = at_risk(facts) if facts.now >= evenings[0] else None
        if data is None:
            return Looked(next_at=next_at)
        slot = self.slot(facts, monday.isoformat(), data, reason="goal-at-risk")
        return Looked((slot,), next_at)

    def words(self, data: Data, names: Names) -> Words:  # noqa: ARG002
        """Say how little is missing, and how it fits into the days that are left."""
        said = {
            "left": duration(data["goal_minutes"] - data["minutes"]),
            "logged": duration(data["minutes"]),
            "goal": duration(data["goal_minutes"]),
            "a_day": duration(data["minutes_a_day"]),
        }
        return Words(
            title=_("%(left)s to your weekly goal") % said,
            body=_(
                "About %(a_day)s a day until Sunday would make it. If this week is not the one, "
                "that is fine: it counts no further than itself."
            )
            % said,
            reason=_("You have logged %(logged)s of the %(goal)s you set out to do this week.")
            % said,
            url="/progress",
        )


def at_risk(facts: LearnerFacts) -> Data | None:
    """Return the numbers if the goal of this week is out of reach at the usual pace, yet in reach.

    Who is silent for too long is not asked for a goal on top of it, nor who has worked for less
    than a week.
    """
    known = facts.known.facts
    week = facts.course.week(facts.today, today=facts.today)
    if week.state is not WeekState.UNDER_WAY or known.silent_days > silence_allowed(known):
        return None
    if known.judged_days < WEEK.days or not known.minutes:
        return None  # there is no usual pace
    missing = week.goal_minutes - week.minutes
    days = unpaused(facts, facts.today, week.starts_on + DAY * SUNDAY)
    usual = known.minutes * days / known.judged_days
    sensible = max(SENSIBLE_DAY, facts.enrollment.weekly_minutes * 1.5 / WEEK.days) * days
    if not usual < missing <= sensible:
        return None
    return {
        "minutes": week.minutes,
        "goal_minutes": week.goal_minutes,
        "minutes_a_day": max(-(-missing // days // 5) * 5, 5),
        "days": days,
    }


def unpaused(facts: LearnerFacts, first: date, last: date) -> int:
    """Return how many days from `first` to `last` are not paused."""
    days = [first + DAY * n for n in range((last - first).days + 1)]
    return sum(pause_around(facts.course.pauses, day) is None for day in days)
