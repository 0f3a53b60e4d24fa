"""How many weeks the work left takes at a pace: the spread of both, carried through.

Work W and level m of the pace are log-normal. Given both, minutes after t weeks are about normal
with mean m·t and variance v·m²·t, so that the time to reach W follows the distribution of
Z. W. Birnbaum, S. C. Saunders, "A new family of life distributions", J. Appl. Prob. 6 (1969).
Its three sources of chance are worked through at some hundred fixed points that fill the cube
evenly (J. H. Halton, Numer. Math. 2, 1960) instead of at random ones: the Monte Carlo forecast
of throughput, without its noise. Every point moves one way with more work and the other with more
pace, so that the range does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, sqrt
from statistics import NormalDist
from typing import Final

from progress.forecast.estimates import Work
from progress.forecast.pace import DRIFT, Pace

POINTS: Final = 512
EARLY, MIDDLE, LATE = 0.1, 0.5, 0.9
MOST_WEEKS_AHEAD: Final = 520.0
"""Ten years: what lies beyond is not told apart."""
_DRIFTS_FOR: Final = 100.0


def _halton(number: int, base: int) -> float:
    found, part = 0.0, 1.0
    while number:
        number, digit = divmod(number, base)
        part /= base
        found += digit * part
    return found


def _points() -> Iterator[tuple[float, float, float]]:
    inverse = NormalDist().inv_cdf
    for number in range(1, POINTS + 1):
        a, b, c = (inverse(_halton(number, base)) for base in (2, 3, 5))
        yield a, b, c


_CUBE: Final = tuple(_points())


@dataclass(frozen=True, slots=True)
class Range:
    """Weeks until the work is done: one in ten learners like this is earlier than `early`, one in
    ten later than `late`, half of them before `middle`.
    """

    early: float
    middle: float
    late: float


@dataclass(frozen=True, slots=True)
class Draws:
    """What may be: (minutes left, minutes a week, how the weeks turn out) at each point."""

    rows: tuple[tuple[float, float, float], ...]

    def weeks(self, *, more: float = 0.0) -> list[float]:
        """Return the weeks to the end at every point, in order, with `more` minutes a week."""
        found = []
        for left, level, turn in self.rows:
            pace = level + more
            root = (sqrt(turn * turn + 4 * pace * left) - turn) / (2 * pace)
            found.append(min(root * root, MOST_WEEKS_AHEAD))
        found.sort()
        return found

    def range(self, *, more: float = 0.0) -> Range:
        """Return the range with `more` minutes a week."""
        weeks = self.weeks(more=more)
        return Range(*(weeks[round(share * (POINTS - 1))] for share in (EARLY, MIDDLE, LATE)))

    def chance(self, weeks: float) -> float:
        """Return how likely the work is done within `weeks` (0 to 1)."""
        return sum(found <= weeks for found in self.weeks()) / POINTS

    def more_for(self, weeks: float) -> float:
        """Return how many minutes a week more (or, negative, fewer) bring the middle to `weeks`."""
        wanted = sorted(
            (left - turn * sqrt(weeks)) / weeks - level for left, level, turn in self.rows
        )
        return wanted[POINTS // 2]


def draws(work: Work, pace: Pace) -> Draws:
    """Return what may be of `work` at `pace`.

    The level wanders on while the work lasts: over T weeks of a random walk its mean is off by a
    variance of T/3 steps.
    """
    ahead = min(work.minutes / pace.minutes, _DRIFTS_FOR)
    off = sqrt(pace.level + DRIFT**2 * ahead / 3)
    weekly = sqrt(pace.weekly)
    rows = []
    for a, b, c in _CUBE:
        left = work.minutes * exp(work.spread * b - work.spread**2 / 2)
        level = pace.minutes * exp(off * a - off**2 / 2)
        rows.append((left, level, c * weekly * level))
    return Draws(tuple(rows))
