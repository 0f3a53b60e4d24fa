"""When a learner will be done, as a range: plain numbers in, dates and reasons out. Pure.

The way from one to the other, its sources and how well it is calibrated: docs/forecast.md. The
same input gives the same answer: where chance is needed, its points are fixed.
"""

from progress.forecast.calendar import working_day
from progress.forecast.estimates import Finished, Remaining, Work, correction, work_left
from progress.forecast.finish import Draws, Range, draws
from progress.forecast.outlook import (
    Basis,
    Days,
    Learner,
    Option,
    Outlook,
    OutlookKind,
    Reason,
    Target,
    outlook,
)
from progress.forecast.pace import Pace, pace_of

__all__ = [
    "Basis",
    "Days",
    "Draws",
    "Finished",
    "Learner",
    "Option",
    "Outlook",
    "OutlookKind",
    "Pace",
    "Range",
    "Reason",
    "Remaining",
    "Target",
    "Work",
    "correction",
    "draws",
    "outlook",
    "pace_of",
    "work_left",
    "working_day",
]
