"""When a nudge may reach a person: one pure function, for every channel and for the preview."""

import datetime as dt
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass

from notifications.localtime import first_instant

WEEK = dt.timedelta(days=7)

NUDGES_OFF = "nudges-by-email-off"
WEEKLY_CAP = "weekly-cap"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person wants; the quiet hours are wall-clock times in `zone`.

    They may span midnight. The same time twice means that no hours are quiet.
    """

    zone: zoneinfo.ZoneInfo
    nudges_by_email: bool
    quiet_from: dt.time
    quiet_until: dt.time
    weekly_cap: int


@dataclass(frozen=True, slots=True)
class History:
    """What went before: when nudges went out to this person (of the last week at least)."""

    sent_at: Sequence[dt.datetime] = ()


@dataclass(frozen=True, slots=True)
class Send:
    """Now is a good time."""


@dataclass(frozen=True, slots=True)
class Defer:
    """Not now; ask again at `until`."""

    until: dt.datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """Not at all; `reason` is a label that is shown and counted."""

    reason: str


Verdict = Send | Defer | Drop


def decide(preferences: Preferences, history: History, now: dt.datetime) -> Verdict:
    """Return what to do at the instant `now` with a nudge that is due.

    A nudge over the weekly cap is dropped, not put off: a backlog that drips in for weeks is what
    the cap is there to prevent, and the inbox has the nudge anyway. The week is the last
    7 × 24 hours.
    """
    if not preferences.nudges_by_email:
        return Drop(NUDGES_OFF)
    if sum(now - WEEK < sent <= now for sent in history.sent_at) >= preferences.weekly_cap:
        return Drop(WEEKLY_CAP)
    until = end_of_quiet(preferences, now)
    return Defer(until) if until > now else Send()


def end_of_quiet(preferences: Preferences, now: dt.datetime) -> dt.datetime:
    """Return the first instant from `now` on that is not within quiet hours; `now` if it is not."""
    instant = now
    while (end := _end_of_interval_around(preferences, instant)) is not None:
        instant = end
    return instant


def _end_of_interval_around(preferences: Preferences, now: dt.datetime) -> dt.datetime | None:
    """Return the end of the quiet interval that holds `now`, or None.

    Intervals are of instants: each of their ends is the first instant whose local time is past. So
    a night is one interval, whether its clock skips an hour or shows one twice.
    """
    start, end = preferences.quiet_from, preferences.quiet_until
    if start == end:
        return None
    zone = preferences.zone
    nights = 1 if end < start else 0
    today = now.astimezone(zone).date()
    for offset in (-1, 0, 1):  # a clock that goes back at midnight shows tomorrow before today
        day = today + dt.timedelta(days=offset)
        begins = first_instant(day, start, zone)
        ends = first_instant(day + dt.timedelta(days=nights), end, zone)
        if begins <= now < ends:
            return ends
    return None
