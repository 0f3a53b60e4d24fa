"""What would become of things that are due from now on, if nothing changed: pure.

The policy that decides when something is sent is asked here, too, with a later clock and a history
that grows by what it lets through. What it puts off is followed to its end.
"""

import heapq
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from notifications import policy
from notifications.policy import (
    Asked,
    Defer,
    Drop,
    History,
    Preferences,
    Standing,
)

MOST_ASKED = 50
"""How often one thing is put off before we stop following it."""


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that is due at an instant, and what to ask the policy about it, by channel.

    `holds` says whether it would still be true later; `gone` is the label if it would not.
    """

    key: str
    at: datetime
    asked: Mapping[str, Asked]
    holds: Callable[[datetime], bool]
    gone: str


@dataclass(frozen=True, slots=True)
class Fate:
    """What would become of it over one channel: sent at `at`, or dropped then, with the label why.

    `put_off_by` has the labels of what held it up on the way: `quiet-hours`, `snoozed`, `away`.
    With neither it is put off beyond the time looked at, to `at`.
    """

    channel: str
    at: datetime
    is_sent: bool
    dropped: str = ""
    put_off_by: tuple[str, ...] = ()


def foresee(
    coming: Iterable[Coming],
    *,
    preferences: Preferences,
    standing: Callable[[datetime], Standing],
    history: Sequence[datetime],
    until: datetime,
) -> dict[str, list[Fate]]:
    """Return the fates of each, by its key, in the order of its channels.

    `standing` tells how things stand with the person at a later instant. What goes out over two
    channels counts once against the cap, as it does in the ledger.
    """
    number = itertools.count()
    waiting: list[tuple[datetime, int, Coming, str, tuple[str, ...]]] = [
        (one.at, next(number), one, channel, ())
        for one in sorted(coming, key=lambda one: (one.at, one.key))
        for channel in one.asked
    ]
    heapq.heapify(waiting)
    sent: dict[str, datetime] = {}
    fates: dict[str, list[Fate]] = {}
    while waiting:
        at, _, one, channel, held_by = heapq.heappop(waiting)
        told = fates.setdefault(one.key, [])
        if at > until or len(held_by) > MOST_ASKED:
            told.append(Fate(channel, at, is_sent=False, put_off_by=held_by))
            continue
        if not one.holds(at):
            told.append(Fate(channel, at, False, dropped=one.gone, put_off_by=held_by))
            continue
        asked, there = one.asked[channel], standing(at)
        before = [when for key, when in sent.items() if key != one.key]
        verdict = policy.decide(asked, preferences, there, History(sent_at=[*history, *before]), at)
        if isinstance(verdict, Defer):
            held = (*held_by, _cause(verdict, asked, there))
            heapq.heappush(waiting, (verdict.until, next(number), one, channel, held))
        elif isinstance(verdict, Drop):
            told.append(Fate(channel, at, False, dropped=verdict.reason, put_off_by=held_by))
        else:
            told.append(Fate(channel, at, is_sent=True, put_off_by=held_by))
            if asked.is_nudge and asked.is_counted:
                sent.setdefault(one.key, at)
    return fates


def _cause(verdict: Defer, asked: Asked, standing: Standing) -> str:
    """Return what put it off: the policy gives only the instant, which tells."""
    if any(one.until == verdict.until and one.covers(asked) for one in standing.snoozes):
        return "snoozed"
    return "away" if verdict.until == standing.away_until else "quiet-hours"
