"""Minutes on the days they fall on, also where the clock changes."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.timing import fitted, minutes_by_day

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"]
START_OF_YEAR = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
INSTANTS = st.integers(0, 365 * 24 * 60).map(lambda n: START_OF_YEAR + dt.timedelta(minutes=n))


@given(INSTANTS, st.integers(1, 1440), st.sampled_from(ZONES))
def test_nothing_is_lost_and_nothing_is_added(start, minutes, name):
    zone = ZoneInfo(name)
    found = minutes_by_day(start, minutes, zone)
    assert sum(found.values()) == minutes
    assert all(part >= 1 for part in found.values())
    end = start + dt.timedelta(minutes=minutes)
    assert set(found) <= {start.astimezone(zone).date(), end.astimezone(zone).date()} | {
        start.astimezone(zone).date() + dt.timedelta(days=1)
    }


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        # The night of 25 October has 25 hours in Berlin, that of 29 March 23.
        ("2026-10-24T21:00:00+00:00", {"2026-10-24": 60, "2026-10-25": 1380}),
        ("2026-03-28T22:00:00+00:00", {"2026-03-28": 60, "2026-03-29": 1380}),
    ],
)
def test_nights_on_which_the_clock_changes(start, expected):
    found = minutes_by_day(dt.datetime.fromisoformat(start), 1440, ZoneInfo("Europe/Berlin"))
    assert {day.isoformat(): minutes for day, minutes in found.items()} == expected


def test_a_day_takes_what_it_has_room_for():
    one, two = dt.date(2026, 1, 1), dt.date(2026, 1, 2)
    assert fitted({one: 30, two: 40}, {one: 0, two: 15}) == {two: 15}
