"""Counting over a rule tree: what is done, and the least that is left.

No milestone occurs twice in a tree, so the parts of a rule have nothing in common: each is solved
alone, and the rule takes the cheapest of them. That is exact, and one walk over the tree. Only a
rule by weight needs more, the table over weights of the 0/1 knapsack problem (Bellman, 1957).

Costs are whole numbers by position, all positive: hours, or 1 for each milestone.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from progress.rules.compiled import Branch

Chosen: TypeAlias = tuple[int, tuple[int, ...]]
"""What a set costs, and its positions in the order of the document."""


def measure(branch: Branch, done: Sequence[bool], cost: Sequence[int]) -> tuple[int, int]:
    """The cost of what is done towards a rule, and of the cheapest set that would complete it.

    Done counts once for each required part, and of the others for as many as the rule can use: the
    costliest set of which none could be taken away. So neither number gets worse when one more
    milestone is done, and the second is 0 exactly when the rule holds.
    """
    ready = left = 0
    for part in branch.required:
        if isinstance(part, int):
            if done[part]:
                ready += cost[part]
            else:
                left += cost[part]
        else:
            more_ready, more_left = measure(part, done, cost)
            ready += more_ready
            left += more_left
    if not branch.short:
        return ready, left
    each_ready: list[int] = []
    each_left: list[int] = []
    for part in branch.others:
        if isinstance(part, int):
            one = (cost[part], 0) if done[part] else (0, cost[part])
        else:
            one = measure(part, done, cost)
        each_ready.append(one[0])
        each_left.append(one[1])
    if branch.weights is None:
        each_ready.sort(reverse=True)
        each_left.sort()
        ready += sum(each_ready[: branch.short])
        left += sum(each_left[: branch.short])
    else:
        ready += _most(each_ready, branch.weights, branch.short)
        left += _least(each_left, branch.weights, branch.short)
    return ready, left


def holds(branch: Branch, done: Sequence[bool]) -> bool:
    """Whether the rule is met."""
    return all(is_met(part, done) for part in branch.required) and (
        _met_weight(branch, done) >= branch.short
    )


def is_met(part: int | Branch, done: Sequence[bool]) -> bool:
    """Whether a part of a rule is: a milestone complete, or a group's rule met."""
    return holds(part, done) if isinstance(part, Branch) else done[part]


def wanted(branch: Branch, done: Sequence[bool]) -> Iterator[int]:
    """The positions that are not done and would still help: no rule around them holds without."""
    parts: list[int | Branch] = list(branch.required)
    if _met_weight(branch, done) < branch.short:
        parts.extend(branch.others)
    for part in parts:
        if isinstance(part, Branch):
            yield from wanted(part, done)
        elif not done[part]:
            yield part


def cheapest(branch: Branch, done: Sequence[bool], cost: Sequence[int]) -> Chosen:
    """The cheapest set that would complete the rule; of several, one that is always the same."""
    total = 0
    chosen: list[int] = []
    for price, positions in (_choice(part, done, cost) for part in branch.required):
        total += price
        chosen.extend(positions)
    if branch.short:
        others = [_choice(part, done, cost) for part in branch.others]
        if branch.weights is None:
            picked = sorted(others)[: branch.short]
        else:
            picked = _cheapest_by_weight(others, branch.weights, branch.short)
        total += sum(price for price, _ in picked)
        chosen.extend(itertools.chain.from_iterable(positions for _, positions in picked))
    return total, tuple(sorted(chosen))


def _choice(part: int | Branch, done: Sequence[bool], cost: Sequence[int]) -> Chosen:
    if isinstance(part, Branch):
        return cheapest(part, done, cost)
    return (0, ()) if done[part] else (cost[part], (part,))


def _met_weight(branch: Branch, done: Sequence[bool]) -> int:
    weights = branch.weights or itertools.repeat(1)
    # Not strict: `repeat` never ends.
    return sum(w for part, w in zip(branch.others, weights, strict=False) if is_met(part, done))


def _least(costs: Sequence[int], weights: Sequence[int], short: int) -> int:
    """The least cost of parts that together weigh `short` or more."""
    short -= sum(weight for cost, weight in zip(costs, weights, strict=True) if not cost)
    if short <= 0:
        return 0
    # table[j]: the least cost of a weight of j or more, by the parts seen so far.
    beyond = sum(costs) + 1
    table = [0] + [beyond] * short
    for cost, weight in zip(costs, weights, strict=True):
        if cost:
            enough = [cost] * min(weight, short)
            with_it = enough + [cost + before for before in table[1 : max(short - weight, 0) + 1]]
            table[1:] = map(min, table[1:], with_it)
    return table[short]


def _most(values: Sequence[int], weights: Sequence[int], short: int) -> int:
    """The greatest value of parts of which none could be taken away without falling below `short`,
    or of all parts if they don't reach it.

    In such a set all but the lightest weigh less than `short`. So every part is tried as the
    lightest, with the best of those that weigh as much or more.
    """
    there = sorted(
        ((weight, value) for weight, value in zip(weights, values, strict=True) if value),
        reverse=True,
    )
    if not there or sum(weight for weight, _ in there) - there[-1][0] < short:
        return sum(value for _, value in there)
    # table[j]: the greatest value of a weight of j at most, by the parts seen so far.
    table = [0] * short
    best = 0
    for weight, value in there:
        best = max(best, table[-1] + value)
        if weight < short:
            table[weight:] = map(
                max, table[weight:], [value + before for before in table[: short - weight]]
            )
    return best


def _cheapest_by_weight(
    others: Sequence[Chosen], weights: Sequence[int], short: int
) -> list[Chosen]:
    """Those of `others` that together weigh `short` or more for the least cost."""
    # table[j]: the least cost of a weight of j or more, and which parts make it up.
    table: list[tuple[int, tuple[int, ...]] | None] = [(0, ()), *[None] * short]
    for n, ((cost, _), weight) in enumerate(zip(others, weights, strict=True)):
        for j in range(short, 0, -1):
            before = table[max(j - weight, 0)]
            if before is None:
                continue
            found = (before[0] + cost, (*before[1], n))
            known = table[j]
            if known is None or found[0] < known[0]:
                table[j] = found
    last = table[short]
    return [others[n] for n in last[1]] if last else []
