"""When a nudge may reach a person, in every zone, on every night."""

import datetime as dt
import zoneinfo
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications import policy
from notifications.localtime import first_instant
from notifications.policy import (
    IN_DIGEST,
    KIND_OFF,
    NUDGES_OFF,
    PAUSED,
    STALE,
    UNSUBSCRIBED,
    WEEK,
    WEEKLY_CAP,
    Asked,
    Audience,
    Choice,
    Defer,
    Drop,
    History,
    Preferences,
    Send,
    Snooze,
    Standing,
    end_of_quiet,
)

ZONES = sorted(zoneinfo.available_timezones() - {"localtime"})
SECOND = dt.timedelta(seconds=1)
zones = st.sampled_from(ZONES).map(zoneinfo.ZoneInfo)
minutes = st.times(timezones=st.none()).map(lambda t: t.replace(second=0, microsecond=0))
instants = st.datetimes(
    min_value=dt.datetime.fromisoformat("2000-01-01"),
    max_value=dt.datetime.fromisoformat("2037-01-01"),
    timezones=st.just(dt.UTC),
).map(lambda t: t.replace(microsecond=0))


NUDGE = Asked(kind="a-nudge", channel="email", audience=Audience.LEARNER, enrollment="e1")


def decide(wanted, history, now, asked=NUDGE, **standing):
    """Ask the policy about a nudge by mail, if nothing else is said."""
    return policy.decide(asked, wanted, Standing(**standing), history, now)


def utc(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def shown(instant, zone):
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def preferences(zone="Europe/Berlin", quiet="22:00-07:00", **choices):
    begins, ends = (dt.time.fromisoformat(part) for part in quiet.split("-"))
    choices = {"nudges_by_email": True, "weekly_cap": 5, **choices}
    return Preferences(zone=zoneinfo.ZoneInfo(zone), quiet_from=begins, quiet_until=ends, **choices)


def transitions(zone, year=2026):
    """Return the instants of a year, to the second, at which the clocks of a zone change."""
    found, at = [], dt.datetime(year, 1, 1, tzinfo=dt.UTC)
    while at.year == year:
        after = at + dt.timedelta(days=7)
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            low, high = at, after
            while high - low > SECOND:
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                low, high = (middle, high) if same else (low, middle)
            found.append(high)
        at = after
    return found


@pytest.mark.parametrize(
    ("zone", "day", "time", "instant"),
    [
        ("Europe/Berlin", "2026-11-22", "07:00", "2026-11-22T06:00"),
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00"),  # skipped: at the skip
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),  # twice: the first
        ("America/New_York", "2026-03-08", "02:00", "2026-03-08T07:00"),
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30"),  # half an hour
        ("Pacific/Apia", "2011-12-30", "09:00", "2011-12-30T10:00"),  # a day that never was
        ("Asia/Kathmandu", "2026-06-01", "00:00", "2026-05-31T18:15"),
    ],
)
def test_the_first_instant_of_a_wall_time(zone, day, time, instant):
    found = first_instant(
        dt.date.fromisoformat(day), dt.time.fromisoformat(time), zoneinfo.ZoneInfo(zone)
    )
    assert found == utc(instant)


@given(zone=zones, near=instants, time=minutes)
def test_it_is_the_first_at_which_the_clock_has_got_there(zone, near, time):
    day = near.date()
    found = first_instant(day, time, zone)
    wall = dt.datetime.combine(day, time)
    assert shown(found, zone) >= wall
    assert shown(found - SECOND, zone) < wall


def test_on_both_nights_of_every_zone_quiet_hours_are_one_interval():
    """Around each change of the clocks: asleep, then awake, and never back."""
    nights = 0
    for zone in ZONES:
        info = zoneinfo.ZoneInfo(zone)
        for change in transitions(info):
            wanted = preferences(zone, "23:00-06:00")
            eve = shown(change, info).date() - dt.timedelta(days=1)
            noon = first_instant(eve, dt.time(12), info)
            answers = [
                type(decide(wanted, History(), noon + dt.timedelta(minutes=10 * n)))
                for n in range(6 * 24)
            ]
            runs = [a for n, a in enumerate(answers) if n == 0 or a is not answers[n - 1]]
            assert runs == [Send, Defer, Send], (zone, change)
            nights += 1
    assert nights > 100


@given(zone=zones, now=instants, begins=minutes, ends=minutes)
def test_a_nudge_put_off_goes_out_at_the_first_moment_that_is_not_quiet(zone, now, begins, ends):
    wanted = Preferences(zone, True, begins, ends, 5)
    until = end_of_quiet(wanted, now)
    assert now <= until <= now + dt.timedelta(days=2)
    assert decide(wanted, History(), until) == Send()
    if until > now:
        assert decide(wanted, History(), now) == Defer(until)
        assert decide(wanted, History(), until - SECOND) == Defer(until)


@given(zone=zones, now=instants, time=minutes)
def test_the_same_time_twice_is_no_quiet_hours(zone, now, time):
    assert decide(Preferences(zone, True, time, time, 5), History(), now) == Send()


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        ("2026-11-22T20:59:59", Send()),
        ("2026-11-22T21:00:00", Defer(utc("2026-11-23T06:00"))),
        ("2026-11-23T05:59:59", Defer(utc("2026-11-23T06:00"))),
        ("2026-11-23T06:00:00", Send()),
    ],
)
def test_a_night_in_berlin(now, verdict):
    assert decide(preferences(), History(), utc(now)) == verdict


def test_hours_within_a_day():
    wanted = preferences("UTC", "12:00-13:00")
    assert decide(wanted, History(), utc("2026-11-22T12:30")) == Defer(utc("2026-11-22T13:00"))
    assert decide(wanted, History(), utc("2026-11-22T13:00")) == Send()


def test_quiet_hours_that_end_in_the_hour_shown_twice_end_the_first_time():
    wanted = preferences("Europe/Berlin", "22:00-02:30")
    first, again = utc("2026-10-25T00:30"), utc("2026-10-25T01:15")  # 2:30, then 2:15 once more
    assert decide(wanted, History(), first - SECOND) == Defer(first)
    assert decide(wanted, History(), again) == Send()


@given(zone=zones, now=instants, ages=st.lists(st.integers(0, 20 * 86400), max_size=12))
def test_no_more_than_the_cap_in_any_seven_days(zone, now, ages):
    sent = [now - dt.timedelta(seconds=age) for age in ages]
    wanted = Preferences(zone, True, dt.time(0), dt.time(0), 3)
    recent = sum(now - at < WEEK for at in sent)
    expected = Drop(WEEKLY_CAP) if recent >= 3 else Send()
    assert decide(wanted, History(sent), now) == expected


def test_unsubscribed_and_a_cap_of_none_come_before_quiet_hours():
    night = utc("2026-11-22T23:00")
    assert decide(preferences(nudges_by_email=False), History(), night) == Drop(NUDGES_OFF)
    assert decide(preferences(weekly_cap=0), History(), night) == Drop(WEEKLY_CAP)


# --- Consent, patience, and what each holds for ---------------------------------------------------

NOON = utc("2026-11-22T11:00")
NIGHT = utc("2026-11-22T23:00")
MUST = replace(NUDGE, kind="a-decision", must_arrive=True, is_nudge=False)
EVENT = replace(NUDGE, kind="a-message", is_nudge=False)
CODE = replace(MUST, kind="a-code", is_answer=True)
PUSHED = replace(EVENT, channel="push", wakes=True)
SOON = NOON + dt.timedelta(days=3)
OFF = {("a-nudge", "email"): Choice.OFF, ("a-decision", "email"): Choice.OFF}


@pytest.mark.parametrize(
    ("asked", "choices", "standing", "verdict"),
    [
        # No mail at all: nothing but what was asked for a moment ago.
        (NUDGE, {"by_email": False}, {}, Drop(UNSUBSCRIBED)),
        (EVENT, {"by_email": False}, {}, Drop(UNSUBSCRIBED)),
        (MUST, {"by_email": False}, {}, Drop(UNSUBSCRIBED)),
        (CODE, {"by_email": False}, {"refused_address": "bounced"}, Send()),
        (PUSHED, {"by_email": False}, {"refused_address": "bounced"}, Send()),
        # An address that refuses.
        (MUST, {}, {"refused_address": "bounced"}, Drop("address-bounced")),
        (EVENT, {}, {"refused_address": "complained"}, Drop("address-complained")),
        (MUST, {}, {"refused_address": "unsubscribed"}, Drop(UNSUBSCRIBED)),
        # A kind over a channel.
        (NUDGE, {"choices": OFF}, {}, Drop(KIND_OFF)),
        (MUST, {"choices": OFF}, {}, Drop(KIND_OFF)),
        (EVENT, {"choices": OFF}, {}, Send()),
        (replace(NUDGE, default=Choice.OFF), {}, {}, Drop(KIND_OFF)),
        (NUDGE, {"choices": {("a-nudge", "push"): Choice.OFF}}, {}, Send()),
        (NUDGE, {"choices": {("a-nudge", "email"): Choice.DIGEST}}, {}, Drop(IN_DIGEST)),
        # Rest: a learner's pause, a mentor's leave; what must arrive comes, and so do events.
        (NUDGE, {}, {"rests": {"e1"}}, Drop(PAUSED)),
        (NUDGE, {}, {"rests": {"e2"}}, Send()),
        (replace(NUDGE, audience=Audience.MENTOR), {}, {"rests": {"e1"}}, Send()),
        (EVENT, {}, {"rests": {"e1"}}, Send()),
        (replace(NUDGE, audience=Audience.MENTOR), {}, {"away_until": SOON}, Defer(SOON)),
        (replace(NUDGE, audience=Audience.MENTOR), {}, {"away_until": NOON}, Send()),
        (NUDGE, {}, {"away_until": SOON}, Send()),
        # Snoozes.
        (NUDGE, {}, {"snoozes": [Snooze(SOON)]}, Defer(SOON)),
        (EVENT, {}, {"snoozes": [Snooze(SOON)]}, Defer(SOON)),
        (MUST, {}, {"snoozes": [Snooze(SOON)]}, Send()),
        (NUDGE, {}, {"snoozes": [Snooze(NOON)]}, Send()),
        (NUDGE, {}, {"snoozes": [Snooze(SOON, kind="another")]}, Send()),
        (NUDGE, {}, {"snoozes": [Snooze(SOON, kind="a-nudge")]}, Defer(SOON)),
        (NUDGE, {}, {"snoozes": [Snooze(SOON, milestone="e1:python")]}, Send()),
        (
            replace(NUDGE, milestone="e1:python"),
            {},
            {"snoozes": [Snooze(SOON, milestone="e1:python"), Snooze(NOON)]},
            Defer(SOON),
        ),
        # Too late to be of use.
        (replace(NUDGE, stale_at=NOON), {}, {}, Drop(STALE)),
        (replace(NUDGE, stale_at=SOON), {}, {}, Send()),
    ],
)
def test_what_holds_for_whom(asked, choices, standing, verdict):
    assert decide(preferences(**choices), History(), NOON, asked, **standing) == verdict


def test_quiet_hours_hold_for_nudges_and_for_what_makes_a_sound():
    morning = Defer(utc("2026-11-23T06:00"))
    answers = [decide(preferences(), History(), NIGHT, one) for one in (NUDGE, PUSHED)]
    assert answers == [morning, morning]
    pushed_decision = replace(MUST, channel="push", wakes=True)
    for asked in (EVENT, MUST, CODE, pushed_decision):
        assert decide(preferences(), History(), NIGHT, asked) == Send()


def test_a_digest_is_outside_the_cap():
    full = History([NOON - dt.timedelta(days=1)] * 5)
    assert decide(preferences(), full, NOON) == Drop(WEEKLY_CAP)
    assert decide(preferences(), full, NOON, replace(NUDGE, is_counted=False)) == Send()


KINDS_OF_ASKING = st.builds(
    Asked,
    kind=st.just("a-nudge"),
    channel=st.sampled_from(["email", "push"]),
    must_arrive=st.booleans(),
    is_nudge=st.booleans(),
    is_counted=st.booleans(),
    wakes=st.booleans(),
    audience=st.sampled_from(Audience),
    enrollment=st.sampled_from(["", "e1"]),
    default=st.sampled_from(Choice),
    stale_at=st.none() | instants,
)


@given(
    asked=KINDS_OF_ASKING,
    zone=zones,
    now=instants,
    quiet=st.tuples(minutes, minutes),
    snooze=st.none() | instants,
    away=st.none() | instants,
    rests=st.booleans(),
)
def test_putting_off_always_leads_later_and_to_an_end(asked, zone, now, quiet, snooze, away, rests):
    """The preview walks from one `until` to the next: it has to arrive."""
    wanted = Preferences(zone, True, *quiet, 5)
    standing = Standing(
        rests={"e1"} if rests else set(),
        away_until=away,
        snoozes=[] if snooze is None else [Snooze(snooze)],
    )
    for _ in range(8):
        verdict = policy.decide(asked, wanted, standing, History(), now)
        if not isinstance(verdict, Defer):
            return
        assert verdict.until > now
        now = verdict.until
    raise AssertionError("put off for ever")


@given(asked=KINDS_OF_ASKING, now=instants)
def test_no_consent_no_mail_whatever_it_is(asked, now):
    wanted = preferences(by_email=False)
    verdict = decide(wanted, History(), now, replace(asked, channel="email"))
    assert verdict == Drop(UNSUBSCRIBED)
