"""How much work is left: the authors' estimates, corrected by this learner's own hours.

What a milestone takes, divided by its estimate, is taken as log-normal about the learner's own
ratio. That ratio is learned from the milestones they completed, and shrunk towards 1 where those
are few: the conjugate normal model on logarithms.

Sources: B. Efron, C. Morris, "Data analysis using Stein's estimator and its generalizations",
JASA 70 (1975), for the shrinkage. D. Kahneman, A. Tversky, "Intuitive prediction: biases and
corrective procedures" (1977; the reference class), and J. Spolsky, "Evidence based scheduling"
(2007), for correcting estimates by one's own record. L. F. Fenton, "The sum of log-normal
probability distributions", IRE Trans. Commun. Syst. 8 (1960), for the sum of what is left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, log1p, sqrt
from statistics import NormalDist
from typing import Final

SPREAD: Final = 0.4
"""Of one milestone about the learner's own ratio, before there is a record; in logarithms."""
SPREAD_WORTH: Final = 8
"""How many completed milestones that assumption is worth."""
BETWEEN: Final = 0.35
"""How far apart learners' own ratios are; in logarithms."""
LEAST_SHARE: Final = 0.1
"""A milestone completed with less of its estimate logged was done elsewhere: no record."""
FARTHEST: Final = 2.5
"""Beyond so many spreads over the expectation a milestone is no more overdue than there."""

_NORMAL: Final = NormalDist()


@dataclass(frozen=True, slots=True)
class Finished:
    """A completed milestone: what it was estimated at, and what was logged on it, in minutes."""

    estimate: int
    logged: int


@dataclass(frozen=True, slots=True)
class Remaining:
    """A milestone still to do: its estimate, and what is logged on it already, in minutes."""

    estimate: int
    logged: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """How this learner's hours compare with the estimates.

    `ratio` is the expected one, shrunk; `centre` and `variance` are of its logarithm, `spread` is
    that of a single milestone about it. `milestones` is how many it was learned from.
    """

    ratio: float
    centre: float
    variance: float
    spread: float
    milestones: int


@dataclass(frozen=True, slots=True)
class Work:
    """Minutes left: the expected ones, and the standard deviation of their logarithm."""

    minutes: float
    spread: float


def correction(finished: Sequence[Finished]) -> Correction:
    """Return what completed milestones say of the estimates.

    Without any the expected ratio is 1. Normal with unknown mean, prior N(m, BETWEEN²), where m
    is such that the expected ratio is 1; the spread is a weighted mean of SPREAD² and what is seen.
    """
    ratios = [
        log(one.logged / one.estimate)
        for one in finished
        if one.estimate > 0 and one.logged >= LEAST_SHARE * one.estimate
    ]
    count = len(ratios)
    prior = -(SPREAD**2 + BETWEEN**2) / 2
    spread2 = SPREAD**2
    if count > 1:
        mean = sum(ratios) / count
        seen = sum((ratio - mean) ** 2 for ratio in ratios)
        spread2 = (SPREAD_WORTH * spread2 + seen) / (SPREAD_WORTH + count - 1)
    worth = spread2 / BETWEEN**2
    centre = (worth * prior + sum(ratios)) / (worth + count)
    variance = spread2 / (worth + count)
    ratio = exp(centre + (variance + spread2) / 2) if count else 1.0
    return Correction(ratio, centre, variance, sqrt(spread2), count)


def work_left(remaining: Sequence[Remaining], by: Correction) -> Work:
    """Return the minutes that are left on `remaining`, as one log-normal.

    A milestone is independent of the others given the learner's ratio, which they share. What is
    logged already counts: the rest is what a milestone takes that takes more than that.
    """
    mean = variance = 0.0
    for one in remaining:
        own, own_variance = _rest(one, by)
        mean += own
        variance += own_variance
    if mean <= 0:
        return Work(0.0, 0.0)
    return Work(mean, sqrt(log1p(variance / mean**2) + by.variance))


def _rest(one: Remaining, by: Correction) -> tuple[float, float]:
    """Mean and variance of X - logged given X > logged, X log-normal (a truncated one)."""
    if one.estimate <= 0:
        return 0.0, 0.0
    spread = by.spread
    centre = log(one.estimate) + by.centre + by.variance / 2
    logged = min(float(one.logged), exp(centre + FARTHEST * spread))
    if logged <= 0:
        first = exp(centre + spread**2 / 2)
        return first, first**2 * (exp(spread**2) - 1)
    at = (centre - log(logged)) / spread
    above = _NORMAL.cdf(at)
    first = exp(centre + spread**2 / 2) * _NORMAL.cdf(at + spread) / above
    second = exp(2 * centre + 2 * spread**2) * _NORMAL.cdf(at + 2 * spread) / above
    return max(first - logged, 0.0), max(second - first**2, 0.0)
