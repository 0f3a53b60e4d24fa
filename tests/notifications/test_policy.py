"""When a nudge may reach a person, in every zone, on every night."""

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.localtime import first_instant
from notifications.policy import (
    NUDGES_OFF,
    WEEK,
    WEEKLY_CAP,
    Defer,
    Drop,
    History,
    Preferences,
    Send,
    decide,
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
