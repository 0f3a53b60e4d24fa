"""When a link is dead: pure.

One bad hour is nobody's fault, so failures count only a day or more apart. What says that it is
gone (404, 410) is believed the second time, anything else the third. That something answers at all,
be it "sign in first" (401, 403) or "not so fast" (429), is life.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from backend.words import gettext as _

GONE: Final = frozenset({404, 410})
LIVING: Final = frozenset({401, 402, 403, 405, 406, 407, 429, 451})
COUNTS_AFTER: Final = timedelta(days=1)
AGAIN_AFTER: Final = timedelta(hours=25)
WEEK: Final = timedelta(days=7)
_ENOUGH: Final = {True: 2, False: 3}
"""Failures in a row, by whether it was said to be gone."""


@dataclass(frozen=True, slots=True)
class Health:
    """How a link stood."""

    failures: int = 0
    failed_at: datetime | None = None
    dead_since: datetime | None = None


def trouble_of(status: int) -> str:
    """Return what is wrong with an answer of this status, in plain words; "" if nothing is."""
    if status < 400 or status in LIVING:  # noqa: PLR2004 (HTTP)
        return ""
    if status in GONE:
        return _("the page is gone (%(number)s)") % {"number": status}
    return _("it answers with an error (%(number)s)") % {"number": status}


def after_answer() -> Health:
    """Return how a link stands that answered."""
    return Health()


def after_failure(before: Health, *, is_gone: bool, now: datetime) -> Health:
    """Return how a link stands after one more look that found nothing."""
    if before.failed_at is not None and now - before.failed_at < COUNTS_AFTER:
        return before
    failures = min(before.failures + 1, 30_000)
    dead_since = before.dead_since
    if dead_since is None and failures >= _ENOUGH[is_gone]:
        dead_since = now
    return Health(failures=failures, failed_at=now, dead_since=dead_since)


def next_look(health: Health, *, now: datetime) -> datetime:
    """Return when to look again: weekly, and daily while it is not clear whether it is dead."""
    unclear = health.failures > 0 and health.dead_since is None
    return now + (AGAIN_AFTER if unclear else WEEK)
