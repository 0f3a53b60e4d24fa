"""Whose turn it is on a milestone: derived from what happened last, never stored."""

import enum
from collections.abc import Iterable
from datetime import datetime


class Turn(enum.StrEnum):
    """Who is expected to do or say something."""

    LEARNER = "learner"
    MENTORS = "mentors"
    NOBODY = "nobody"


class Happening(enum.StrEnum):
    """What can pass the turn on."""

    LEARNER_WROTE = "learner_wrote"
    MENTOR_WROTE = "mentor_wrote"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


_NEXT = {
    Happening.LEARNER_WROTE: Turn.MENTORS,
    Happening.MENTOR_WROTE: Turn.LEARNER,
    Happening.SUBMITTED: Turn.MENTORS,
    Happening.CHANGES_REQUESTED: Turn.LEARNER,
    Happening.APPROVED: Turn.NOBODY,
    Happening.WITHDRAWN: Turn.LEARNER,
}


def whose_turn(happened: Iterable[tuple[datetime, Happening]], *, waiting: bool) -> Turn:
    """Return whose turn it is after what `happened`, in any order; of one instant, the last given.

    While a round waits (`waiting`) it is the mentors' turn whatever was said since: a word to a
    learner who waits is no answer.
    """
    if waiting:
        return Turn.MENTORS
    last: tuple[datetime, Happening] | None = None
    for one in happened:
        if last is None or one[0] >= last[0]:
            last = one
    return _NEXT[last[1]] if last else Turn.NOBODY
