"""Who may be losing their way, and why. Pure: plain numbers in, reasons out; no clock, no Django.

A reason is never a mark on a person: it says what was seen, in numbers that anybody can check, and
one thing to do about it. The learner reads the same reasons about themself, in other words.
"""

from progress.risk.reasons import (
    CHANGES_BEFORE_HELP,
    FREE_DAYS,
    LONGEST_WAIT,
    PACE_DAYS,
    RHYTHM_DAYS,
    Action,
    ChangedAgain,
    Facts,
    InReview,
    Reason,
    ReasonCode,
    pace_asked,
    reasons,
    silence_allowed,
    usual_gap,
)
from progress.risk.words import said

__all__ = [
    "CHANGES_BEFORE_HELP",
    "FREE_DAYS",
    "LONGEST_WAIT",
    "PACE_DAYS",
    "RHYTHM_DAYS",
    "Action",
    "ChangedAgain",
    "Facts",
    "InReview",
    "Reason",
    "ReasonCode",
    "pace_asked",
    "reasons",
    "said",
    "silence_allowed",
    "usual_gap",
]
