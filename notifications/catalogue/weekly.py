"""What weekly digests share: when they come, and what of those that were missed."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Protocol

from accounts.models import User
from notifications.catalogue.kind import Data
from notifications.catalogue.timed import Looked, Slot
from notifications.looking.wishes import WEEK, Wishes

FURTHEST = timedelta(weeks=5)
"""Missed digests are written down as far back as that."""


USEFUL = timedelta(days=3)
"""For so long a digest that was missed is still sent."""

Digest = Callable[[str, Data, bool], Slot]
"""What makes the slot of a digest, of its period, what there is to say, and whether it is stale."""


class Weekly(Protocol):
    """Facts with a digest."""

    @property
    def wishes(self) -> Wishes: ...  # noqa: D102
    @property
    def looked_at(self) -> datetime: ...  # noqa: D102
    @property
    def now(self) -> datetime: ...  # noqa: D102


def looked(facts: Weekly, data: Data | None, digest: Digest) -> Looked:
    """Return the digest of this week, those that were missed as stale, and when the next one comes.

    It comes on the weekday of their choice, in the morning after quiet hours; without `data` there
    is nothing to say.
    """
    next_at = facts.wishes.next_digest(facts.now)
    if data is None:
        return Looked(next_at=next_at)
    day = latest(facts)
    late = [digest(period(one), data, True) for one in missed(facts)]
    return Looked((*late, digest(period(day), data, is_late(facts, day))), next_at)


def for_person(person: User) -> Digest:
    """Return what makes the slots of a digest that is about all that somebody does."""

    def digest(period: str, data: Data, is_stale: bool) -> Slot:
        return Slot(person, person.pk, period, "weekly", data, is_stale)

    return digest


def latest(facts: Weekly) -> date:
    """Return the local day of the latest digest whose time has come."""
    return next(facts.wishes.digests_back(facts.now))


def missed(facts: Weekly) -> list[date]:
    """Return the days of earlier digests whose time came since it was looked at before.

    Nothing looked for weeks, then: what they would have said is over, and the latest stands for
    them all.
    """
    since = max(facts.looked_at, facts.now - FURTHEST)
    came = takewhile(
        lambda day: facts.wishes.digest_at(day) > since, facts.wishes.digests_back(facts.now)
    )
    return list(came)[1:]


def is_late(facts: Weekly, day: date) -> bool:
    """Whether a digest of `day` is too old to be told: the next one is nearer by then."""
    return facts.now - facts.wishes.digest_at(day) > USEFUL


def period(day: date) -> str:
    """Return the period of a digest: its ISO week, so that another weekday makes no second one."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def since(facts: Weekly, day: date) -> datetime:
    """Return from when on a digest of `day` reports: the one before, or the first missed one."""
    first = min([day, *missed(facts)])
    return facts.wishes.digest_at(first - WEEK)
