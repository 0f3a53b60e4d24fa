"""Where two mentors who decided the same round came to different ends: a rubric that is unclear."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decided:
    """One of two decisions on a round: its outcome, and scores by the criterion's key."""

    outcome: str
    scores: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CriterionSpread:
    """How two mentors scored one criterion: `both` is how often both did, `differed` how often not
    alike, `gap` the mean distance in steps of all that both scored.
    """

    criterion: str
    both: int
    differed: int
    gap: float


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Of the second opinions that were given on a milestone, how many decided otherwise."""

    given: int
    differed: int
    criteria: tuple[CriterionSpread, ...]


def disagreement(pairs: Iterable[tuple[Decided, Decided]]) -> Disagreement:
    """Return what the first and second decisions in `pairs` come to.

    Criteria that both scored at least once, the furthest apart first; of equals by key.
    """
    given = differed = 0
    gaps: dict[str, list[int]] = {}
    for first, second in pairs:
        given += 1
        differed += first.outcome != second.outcome
        for criterion in first.scores.keys() & second.scores.keys():
            gap = abs(first.scores[criterion] - second.scores[criterion])
            gaps.setdefault(criterion, []).append(gap)
    spreads = [
        CriterionSpread(
            criterion,
            len(all_gaps),
            sum(gap > 0 for gap in all_gaps),
            sum(all_gaps) / len(all_gaps),
        )
        for criterion, all_gaps in gaps.items()
    ]
    spreads.sort(key=lambda one: (-one.gap, one.criterion))
    return Disagreement(given, differed, tuple(spreads))
