"""What weekly digests share: when they come, and what of those that were missed."""

from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Protocol

from notifications.looking.wishes import WEEK, Wishes

FURTHEST = timedelta(weeks=5)
"""Missed digests are written down as far back as that."""


USEFUL = timedelta(days=3)
"""For so long a digest that was missed is still sent."""


class Weekly(Protocol):
    """Facts with a digest."""

    @property
    def wishes(self) -> Wishes: ...  # noqa: D102
    @property
    def looked_at(self) -> datetime: ...  # noqa: D102
    @property
    def now(self) -> datetime: ...  # noqa: D102


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
