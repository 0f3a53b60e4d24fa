"""What happens when a review is late: the steps of the ladder and their days. Pure.

The days are counted from handing in, or from asking for a second opinion, as 24 hours each: that
is how long somebody has waited, wherever they live. They stand here and nowhere else.
"""

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID

DAY: Final = timedelta(days=1)


class Step(enum.StrEnum):
    """One thing that is done for what nobody answers. Each goes on where the last did not help.

    Remind: the mentors who take such work. Offer: to the others who may review it, whatever they
    usually take. Hand over: to one mentor with room. Tell: who runs the cohort.
    """

    REMIND = "remind"
    OFFER = "offer"
    HAND_OVER = "hand_over"
    TELL = "tell"


LADDER: Final[Mapping[Step, int]] = MappingProxyType(
    {Step.REMIND: 3, Step.OFFER: 5, Step.HAND_OVER: 7, Step.TELL: 10}
)
"""After how many days each step is due, the first one first."""
OF_ROUNDS: Final = tuple(LADDER)
OF_OPINIONS: Final = tuple(step for step in LADDER if step is not Step.HAND_OVER)
"""A second opinion is free to give: nobody is made a blind judge by being assigned to it."""


def wait_of(step: Step) -> timedelta:
    """Return how long something waits until `step` is due."""
    return LADDER[step] * DAY


def step_at(waited: timedelta, steps: Sequence[Step] = OF_ROUNDS) -> Step | None:
    """Return the last of `steps` that is due after so long, None before the first."""
    due = [step for step in steps if wait_of(step) <= waited]
    return due[-1] if due else None


def next_step(waited: timedelta, steps: Sequence[Step] = OF_ROUNDS) -> Step | None:
    """Return the first of `steps` that is not due yet, None after the last."""
    return next((step for step in steps if wait_of(step) > waited), None)


def due_at(step: Step, since: datetime) -> datetime:
    """Return the instant at which `step` is due for what waits since then."""
    return since + wait_of(step)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mentor who may take a round over: nothing speaks against it, and they have not begun it.

    `in_hand` is what waits for them: claimed, or handed over. `left` are the reviews that
    their weekly capacity leaves, None for any number. `direct`: they mentor the learner themself,
    and were asked first; `unusual`: it is not what they usually take.
    """

    person: UUID
    direct: bool = False
    unusual: bool = False
    in_hand: int = 0
    left: int | None = None


def choose(candidates: Sequence[Candidate], *, most: int) -> Candidate | None:
    """Return who takes a round over, None if nobody has room; `most` is what one may have in hand.

    Another before the learner's own mentor, who has it already; then who usually takes such work;
    then who has least in hand and most room. The last word is the id's, so that it is always the
    same.
    """
    free = [
        one
        for one in candidates
        if one.in_hand < most and (one.left is None or one.in_hand < one.left)
    ]
    return min(free, key=_rank, default=None)


def _rank(one: Candidate) -> tuple[bool, bool, int, float, UUID]:
    room = float("inf") if one.left is None else one.left - one.in_hand
    return one.direct, one.unusual, one.in_hand, -room, one.person
