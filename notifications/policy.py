"""Whether and when something may reach a person: one pure function, for every channel.

The sender asks it just before sending, the preview with a later clock; nothing else decides.
"""

import datetime as dt
import enum
import zoneinfo
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from notifications.localtime import first_instant

WEEK = dt.timedelta(days=7)

UNSUBSCRIBED: Final = "unsubscribed"
KIND_OFF: Final = "kind-off"
NUDGES_OFF: Final = "nudges-by-email-off"
PAUSED: Final = "paused"
STALE: Final = "stale"
IN_DIGEST: Final = "in-digest"
WEEKLY_CAP: Final = "weekly-cap"


class Choice(enum.StrEnum):
    """What a person wants of one kind over one channel."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
    """Not by itself: it stands in the weekly digest."""
    OFF = "off"


CHOICES: Final = [choice.value for choice in Choice]


class Audience(enum.StrEnum):
    """As what somebody is told: a learner's pause holds back one, a mentor's leave another."""

    LEARNER = "learner"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    ANYBODY = "anybody"


@dataclass(frozen=True, slots=True)
class Snooze:
    """Nothing until an instant: of a kind, of a milestone, or (neither given) at all."""

    until: dt.datetime
    kind: str = ""
    milestone: str = ""
    """`<enrollment id>:<milestone key>`."""

    def covers(self, asked: "Asked") -> bool:
        """Return whether it holds for what is asked about."""
        if self.kind:
            return self.kind == asked.kind
        if self.milestone:
            return self.milestone == asked.milestone
        return True


_NO_CHOICES: Final[Mapping[tuple[str, str], Choice]] = MappingProxyType({})


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
    by_email: bool = True
    """Whether mail may come at all: consent."""
    choices: Mapping[tuple[str, str], Choice] = field(default_factory=lambda: _NO_CHOICES)
    """(kind, channel) → what was chosen; what is missing is as the kind has it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand with a person at the instant asked about."""

    rests: Collection[str] = ()
    """Ids of the person's enrollments that are paused."""
    away_until: dt.datetime | None = None
    """When a mentor's leave ends, while they are on leave."""
    snoozes: Sequence[Snooze] = ()
    refused_address: str = ""
    """Why nothing may be sent to their address (`bounced`, `complained`, `unsubscribed`)."""


@dataclass(frozen=True, slots=True)
class History:
    """What went before: when nudges went out to this person (of the last week at least).

    One that went out over two channels is one.
    """

    sent_at: Sequence[dt.datetime] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be told, as far as it matters here."""

    kind: str
    channel: str
    must_arrive: bool = False
    is_nudge: bool = True
    is_counted: bool = True
    """Whether it counts against the weekly cap; a digest does not."""
    is_answer: bool = False
    """Whether the person asked for it a moment ago, as for a code to sign in with."""
    wakes: bool = False
    """Whether it makes a sound: then quiet hours hold for it, be it a nudge or not."""
    audience: Audience = Audience.ANYBODY
    enrollment: str = ""
    milestone: str = ""
    """`<enrollment id>:<milestone key>`, or empty."""
    default: Choice = Choice.AT_ONCE
    stale_at: dt.datetime | None = None
    """From when on it is not worth telling any more."""


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


def decide(
    asked: Asked, preferences: Preferences, standing: Standing, history: History, now: dt.datetime
) -> Verdict:
    """Return what to do at the instant `now` with something that is due.

    Consent comes first: it holds for what must arrive, too. Then what only asks for patience, and
    at last the hour. A nudge over the weekly cap is dropped, not put off: a backlog that drips in
    for weeks is what the cap is there to prevent, and inbox and digest have it anyway. The week is
    the last 7 × 24 hours.
    """
    if asked.is_answer:
        return Send()
    refusal = _refusal(asked, preferences, standing)
    if refusal:
        return Drop(refusal)
    return (
        Send() if asked.must_arrive else _if_it_can_wait(asked, preferences, standing, history, now)
    )


def chosen(asked: Asked, preferences: Preferences) -> Choice:
    """Return what holds for a kind over a channel: the person's choice, or the kind's default."""
    return preferences.choices.get((asked.kind, asked.channel), asked.default)


def _refusal(asked: Asked, preferences: Preferences, standing: Standing) -> str:
    """Return why the person does not want it, or can't get it, over this channel; or nothing."""
    if asked.channel == "email":
        if not preferences.by_email:
            return UNSUBSCRIBED
        if standing.refused_address == UNSUBSCRIBED:
            return UNSUBSCRIBED
        if standing.refused_address:
            return f"address-{standing.refused_address}"
        if asked.is_nudge and not preferences.nudges_by_email:
            return NUDGES_OFF
    return KIND_OFF if chosen(asked, preferences) is Choice.OFF else ""


def _if_it_can_wait(
    asked: Asked, preferences: Preferences, standing: Standing, history: History, now: dt.datetime
) -> Verdict:
    if asked.stale_at is not None and now >= asked.stale_at:
        return Drop(STALE)
    snoozed = [one.until for one in standing.snoozes if one.until > now and one.covers(asked)]
    if snoozed:
        return Defer(max(snoozed))
    verdict = _for_a_nudge(asked, preferences, standing, history, now) if asked.is_nudge else Send()
    if isinstance(verdict, Send) and (asked.is_nudge or asked.wakes):
        until = end_of_quiet(preferences, now)
        return Defer(until) if until > now else verdict
    return verdict


def _for_a_nudge(
    asked: Asked, preferences: Preferences, standing: Standing, history: History, now: dt.datetime
) -> Verdict:
    if asked.audience is Audience.LEARNER and asked.enrollment in standing.rests:
        return Drop(PAUSED)
    away_until = standing.away_until
    if asked.audience is Audience.MENTOR and away_until is not None and away_until > now:
        return Defer(away_until)
    if chosen(asked, preferences) is Choice.DIGEST:
        return Drop(IN_DIGEST)
    if asked.is_counted:
        lately = sum(now - WEEK < sent <= now for sent in history.sent_at)
        if lately >= preferences.weekly_cap:
            return Drop(WEEKLY_CAP)
    return Send()


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
