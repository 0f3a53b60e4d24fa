"""When an answer may come: an honest range, from how long others waited.

Waits that have not ended count, too: of somebody who has waited nine days it is known that it
takes at least nine. To leave them out would make mentors look the faster, the more they leave
lying. Source: E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations",
Journal of the American Statistical Association 53 (1958), the product-limit estimate; its quantile
is the first moment at which at most so many wait still. Pure.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Final

FEWEST_ANSWERS: Final = 5
EARLY, LATE = 0.2, 0.8
"""Of five answers one comes before the range begins, and one after it ends."""
FAR: Final = 90
"""In days: further ahead nothing is said."""
WEEK: Final = 7


class PromiseKind(enum.StrEnum):
    """What can be said. Too little: few answers, or hardly any among many who wait."""

    RANGE = "range"
    TOO_LITTLE = "too_little"
    NOBODY = "nobody"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Wait:
    """`days` from handing in to the answer, or until now (or being taken back) without one."""

    days: float
    answered: bool


@dataclass(frozen=True, slots=True)
class Helper:
    """A mentor who would see it. `weekly` reviews (None: any number), `left` of them this week.

    `away_days` are the days until they are back, 0 if they are here.
    """

    away_days: int = 0
    weekly: int | None = None
    left: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """Days from handing in. `late_days` None: too many wait still to name an end.

    `not_before` are the days from now before which nobody has room for it; it is in the range.
    """

    kind: PromiseKind
    early_days: int | None = None
    late_days: int | None = None
    not_before: int | None = None
    answered: int = 0
    unanswered: int = 0


def promise(
    waits: Sequence[Wait], helpers: Sequence[Helper], *, place: int, week_left: int
) -> Promise:
    """Return what can be said to whoever is `place`-th in line (from 1).

    `week_left` are the days until the next week begins, 1 to 7.
    """
    answered = sum(wait.answered for wait in waits)
    counted = {"answered": answered, "unanswered": len(waits) - answered}
    start = first_day(helpers, place=place, week_left=week_left)
    if start is None:
        return Promise(PromiseKind.NOBODY, **counted)
    early, late = quantile(waits, EARLY), quantile(waits, LATE)
    if answered < FEWEST_ANSWERS or early is None:
        return Promise(PromiseKind.TOO_LITTLE, not_before=start, **counted)
    return Promise(
        PromiseKind.RANGE,
        early_days=max(floor(early), start),
        late_days=None if late is None else max(ceil(late), start, 1),
        not_before=start,
        **counted,
    )


def quantile(waits: Sequence[Wait], share: float) -> float | None:
    """Return the days after which `share` of all have their answer; None if it is not known.

    An answer and an end without one at the same moment: the answer came first.
    """
    still, at_risk, position = 1.0, len(waits), 0
    ordered = sorted(waits, key=lambda wait: (wait.days, not wait.answered))
    while position < len(ordered):
        wait = ordered[position]
        same = sum(
            other.days == wait.days and other.answered == wait.answered
            for other in ordered[position:]
        )
        if wait.answered:
            still *= 1 - same / at_risk
            if still <= 1 - share + 1e-9:
                return wait.days
        at_risk -= same
        position += same
    return None


def first_day(helpers: Sequence[Helper], *, place: int, week_left: int) -> int | None:
    """Return the first day, in days from now, by which there was room for `place` reviews.

    None if that is more than FAR days away, or nobody is there.
    """
    days: set[int] = {0, *range(week_left, FAR + 1, WEEK)}
    for day in sorted(days | {helper.away_days for helper in helpers}):
        if day > FAR:
            return None
        rooms = [_room(helper, day, week_left) for helper in helpers]
        if any(room is None for room in rooms) or sum(room or 0 for room in rooms) >= place:
            return day
    return None


def _room(helper: Helper, day: int, week_left: int) -> int | None:
    """Return how many reviews `helper` has room for until `day`; None for any number."""
    if day < helper.away_days:
        return 0
    if helper.weekly is None:
        return None
    begun = 0 if day < week_left else (day - week_left) // WEEK + 1
    missed = 0 if helper.away_days < week_left else (helper.away_days - week_left) // WEEK
    this_week = helper.left if helper.away_days < week_left else 0
    return int(this_week + helper.weekly * max(begun - missed, 0))
