"""Which corrections of log entries stand, when two devices corrected the same entry. Pure."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """An entry that replaces another; `at` is when the learner wrote it."""

    id: uuid.UUID
    replaces: uuid.UUID
    at: datetime


def voided_by_corrections(corrections: Iterable[Correction]) -> dict[uuid.UUID, uuid.UUID]:
    """Return entry → the correction that took its place.

    A corrected entry is voided by the latest of its corrections, by `at`, then by id. The others
    are voided by it too, and so is whatever corrected those: else one evening would count twice.
    The answer depends on the set alone, not on the order of arrival, and more corrections never
    take an entry out of it: who is once beaten stays beaten.
    """
    children: dict[uuid.UUID, list[Correction]] = {}
    for one in sorted(corrections, key=_order):
        children.setdefault(one.replaces, []).append(one)
    voided: dict[uuid.UUID, uuid.UUID] = {}
    for parent, rivals in children.items():
        winner = max(rivals, key=_order)
        voided.setdefault(parent, winner.id)
        below = [rival.id for rival in rivals if rival is not winner]
        seen: set[uuid.UUID] = set()
        while below:
            loser = below.pop()
            if loser in seen:  # two entries that replace each other
                continue
            seen.add(loser)
            voided[loser] = winner.id
            below += [one.id for one in children.get(loser, ())]
    return voided


def _order(one: Correction) -> tuple[datetime, uuid.UUID]:
    return one.at, one.id
