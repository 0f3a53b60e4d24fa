"""Rows of past work: what is clear is read, what is not is refused."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.csv_cells import Row
from progress.past_work import Column, RowUnreadable, columns_of, missing_columns, work_of


def read(**cells):
    columns = {Column(name): place for place, name in enumerate(cells)}
    return work_of(Row(7, tuple(cells.values())), columns)


def refused(**cells):
    with pytest.raises(RowUnreadable) as caught:
        read(**{"day": "2026-01-02", "minutes": "30", "milestone": "m", **cells})
    return caught.value.column, caught.value.code


def test_columns_by_their_names():
    found = columns_of(["Date", "MINS", "Milestone_Key", "Milestone", "Comment", "Mood", "day"])
    assert found == {
        Column.DAY: 0,
        Column.MINUTES: 1,
        Column.MILESTONE_KEY: 2,
        Column.MILESTONE: 3,
        Column.NOTE: 4,
    }
    assert missing_columns(found) == []
    assert missing_columns(columns_of(["note"])) == [
        "day",
        "minutes (or hours)",
        "milestone (its key or title)",
    ]


@pytest.mark.parametrize(
    ("cells", "minutes"),
    [
        ({"minutes": "90"}, 90),
        ({"minutes": " 45.0 "}, 45),
        ({"hours": "1.5"}, 90),
        ({"hours": "0,75"}, 45),
        ({"hours": "1:30"}, 90),
        ({"hours": "0.33"}, 20),
        ({"minutes": "", "hours": "2"}, 120),
        ({"minutes": "90", "hours": "1.5"}, 90),
        ({"minutes": "1440"}, 1440),
    ],
)
def test_minutes_and_hours(cells, minutes):
    work = read(day="2026-01-02", milestone="m", **cells)
    assert (work.line, work.day, work.minutes) == (7, dt.date(2026, 1, 2), minutes)


@pytest.mark.parametrize("minutes", ["0", "-5", "1441", "ten", "1.5", "1e3", "٣", "9" * 50])
def test_minutes_that_are_none(minutes):
    assert refused(minutes=minutes) == (Column.MINUTES, "no-time")


@pytest.mark.parametrize("hours", ["24.1", "-1", "1:75", "NaN", "0.001", "99:00"])
def test_hours_that_are_none(hours):
    assert refused(minutes="", hours=hours) == (Column.HOURS, "no-time")


@pytest.mark.parametrize(
    "day",
    ["", "2026-02-30", "02.01.2026", "1/2/2026", "20260102", "2026-1-2", "٢٠٢٦"],
)
def test_days_that_are_none(day):
    assert refused(day=day) == (Column.DAY, "no-day")


def test_what_else_is_refused():
    assert refused(milestone=" ") == (Column.MILESTONE, "missing")
    assert refused(minutes="") == (Column.MINUTES, "missing")
    assert refused(minutes="60", hours="2") == (Column.MINUTES, "no-time")
    assert refused(note="n" * 10_001) == (Column.NOTE, "too-long")


def test_a_key_goes_before_a_title():
    assert read(day="2026-01-02", minutes="5", milestone="T", milestone_key="k").milestone == "k"
    assert read(day="2026-01-02", minutes="5", milestone="T", milestone_key="").milestone == "T"


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_anything_is_read_or_refused(day, minutes, hours):
    try:
        work = read(day=day, minutes=minutes, hours=hours, milestone="m")
    except RowUnreadable:
        return
    assert 1 <= work.minutes <= 24 * 60
