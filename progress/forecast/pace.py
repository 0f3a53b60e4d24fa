"""The learner's pace: minutes a week, from their own recent weeks, with what is unsure about it.

Sources: simple exponential smoothing for the level (R. G. Brown, "Exponential smoothing for
predicting demand", 1956); the variance of a mean of weeks that resemble their neighbours, as of an
AR(1) series (G. E. P. Box, G. M. Jenkins, "Time series analysis", 1970); forecasting from one's own
throughput instead of from promises: T. Magennis, "Forecasting and simulating software development
projects" (2011).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log1p
from typing import Final

MOST_WEEKS: Final = 26
HALF_LIFE: Final = 8.0
"""In weeks: a week counts half as much as one so many weeks later."""
USUAL_VARIATION: Final = 0.5
"""Standard deviation of a week, as a share of the mean, before there is a record."""
USUAL_LIKENESS: Final = 0.2
"""Correlation of a week with the next, before there is a record."""
VARIATION_WORTH: Final = 3.0
LIKENESS_WORTH: Final = 10.0
"""How many weeks these assumptions are worth."""
DRIFT: Final = 0.035
"""How much the level itself wanders in a week; standard deviation of its logarithm."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`minutes` a week; `level` is the variance of the logarithm of the true mean of these weeks,
    and `weekly` that of a single week about it, as a share squared (long-run: with likeness).
    """

    minutes: float
    level: float
    weekly: float
    weeks: int


def pace_of(weeks: Sequence[int]) -> Pace:
    """Return the pace of `weeks` (minutes, the newest first; at least one of them not 0)."""
    weights = [0.5 ** (age / HALF_LIFE) for age in range(len(weeks))]
    total = sum(weights)
    shares = [weight / total for weight in weights]
    mean = sum(share * week for share, week in zip(shares, weeks, strict=True))
    if mean <= 0:
        raise ValueError("there is no pace without minutes")
    squares = sum(share**2 for share in shares)
    count = 1 / squares
    off = [week / mean - 1 for week in weeks]
    seen = 0.0
    if len(weeks) > 1:
        seen = sum(s * d**2 for s, d in zip(shares, off, strict=True)) / (1 - squares)
    variation2 = VARIATION_WORTH * USUAL_VARIATION**2 + (count - 1) * seen
    variation2 /= VARIATION_WORTH + count - 1
    like = _likeness(off)
    weekly = variation2 * (1 + like) / (1 - like)
    age = sum(share * age for age, share in enumerate(shares))
    return Pace(mean, log1p(weekly / count) + DRIFT**2 * age / 2, weekly, len(weeks))


def _likeness(off: Sequence[float]) -> float:
    """The first autocorrelation, shrunk towards the usual one, and never negative."""
    pairs = len(off) - 1
    seen = 0.0
    around = sum(d**2 for d in off)
    if pairs > 0 and around > 0:
        seen = sum(a * b for a, b in pairwise(off)) / around
    found = (pairs * seen + LIKENESS_WORTH * USUAL_LIKENESS) / (pairs + LIKENESS_WORTH)
    return min(max(found, 0.0), 0.6)
