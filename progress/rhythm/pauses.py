"""Intervals of local days that do not count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `starts_on` to `ends_on`, both paused; None: until the learner ends it."""

    starts_on: date
    ends_on: date | None

    def covers(self, day: date) -> bool:
        """Return whether `day` is one of them."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def overlaps(self, other: "Interval") -> bool:
        """Return whether the two have a day in common."""
        begins = max(self.starts_on, other.starts_on)
        return self.covers(begins) and other.covers(begins)

    def days_within(self, first: date, last: date) -> int:
        """Return how many of the days `first` to `last`, both included, are paused."""
        begins = max(first, self.starts_on)
        ends = last if self.ends_on is None else min(last, self.ends_on)
        return max(0, (ends - begins).days + 1)


def pause_around(pauses: Iterable[Interval], day: date) -> Interval | None:
    """Return the pause that `day` is in, or None. Pauses of one enrollment do not overlap."""
    return next((pause for pause in pauses if pause.covers(day)), None)


def paused_until(pauses: Sequence[Interval], day: date) -> date | None:
    """Return the last day of the rest that `day` is in: also through pauses that follow at once.

    None when `day` is not paused, or when nobody has said yet how long.
    """
    last = None
    while (pause := pause_around(pauses, day)) is not None:
        if pause.ends_on is None:
            return None
        last, day = pause.ends_on, pause.ends_on + DAY
    return last


def paused_days(pauses: Iterable[Interval], first: date, last: date) -> int:
    """Return how many of the days `first` to `last`, both included, are paused."""
    return sum(pause.days_within(first, last) for pause in pauses)


def moved(target: date, set_on: date, pauses: Iterable[Interval], *, today: date) -> date:
    """Return where pauses have moved a target date that was chosen on the day `set_on`.

    Each paused day from `set_on` to the moved target moves it by a day, so that as many unpaused
    days are left as the learner had in mind. A pause without an end counts up to `today`: it moves
    the target by one more every day until it is ended.
    """
    until = target
    for pause in sorted(pauses, key=lambda pause: pause.starts_on):
        if pause.starts_on > until:
            break
        known = pause if pause.ends_on else Interval(pause.starts_on, max(today, set_on - DAY))
        # Not only up to `until`: the days that this pause adds to it are paused as well.
        until += DAY * known.days_within(set_on, known.ends_on or today)
    return until
