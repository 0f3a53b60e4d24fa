"""The learner's rhythm: pauses, weeks and goals, in local days. Pure: no clock, no Django.

A day here is a calendar day where the learner was, as it was stored with the work. So neither
daylight saving nor a move to another zone changes anything that was counted.
"""

from progress.rhythm.pauses import Interval, moved, pause_around, paused_days, paused_until
from progress.rhythm.shares import Place, Share, Shares, share
from progress.rhythm.weeks import (
    GoalBefore,
    RhythmWeek,
    Runs,
    WeekState,
    monday_of,
    runs,
    weekly_goal,
    weeks_between,
)

__all__ = [
    "GoalBefore",
    "Interval",
    "Place",
    "RhythmWeek",
    "Runs",
    "Share",
    "Shares",
    "WeekState",
    "monday_of",
    "moved",
    "pause_around",
    "paused_days",
    "paused_until",
    "runs",
    "share",
    "weekly_goal",
    "weeks_between",
]
