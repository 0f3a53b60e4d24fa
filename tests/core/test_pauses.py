"""Pauses as intervals of days: what they cover, and where they move a target."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.rhythm import Interval, moved, pause_around, paused_days, paused_until

DAY = dt.timedelta(days=1)
MONDAY = dt.date(2026, 11, 23)


def day(number):
    return MONDAY + DAY * number


def pause(first, last=None):
    return Interval(day(first), None if last is None else day(last))


@st.composite
def pauses(draw):
    """Pauses that do not overlap, in order; the last may be open."""
    found, at = [], draw(st.integers(-60, 30))
    for gap, length in draw(
        st.lists(st.tuples(st.integers(0, 30), st.integers(1, 40)), max_size=6)
    ):
        found.append(pause(at + gap, at + gap + length - 1))
        at += gap + length
    if draw(st.booleans()):
        found.append(pause(at + draw(st.integers(0, 30))))
    return found


def test_both_ends_are_paused():
    rest = pause(0, 2)
    assert [rest.covers(day(n)) for n in (-1, 0, 2, 3)] == [False, True, True, False]
    assert pause(0).covers(day(10_000))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (pause(0, 2), pause(3, 4), False),
        (pause(0, 2), pause(2, 4), True),
        (pause(0, 9), pause(3, 4), True),
        (pause(0), pause(100, 101), True),
        (pause(0), pause(-5, -1), False),
        (pause(0), pause(50), True),
    ],
)
def test_an_overlap_is_a_common_day(one, other, expected):
    assert one.overlaps(other) is other.overlaps(one) is expected


def test_a_rest_goes_on_through_pauses_that_follow_at_once():
    rests = [pause(0, 2), pause(3, 5), pause(7, 9)]
    assert paused_until(rests, day(1)) == day(5)
    assert paused_until(rests, day(6)) is None
    assert paused_until([pause(0, 2), pause(3)], day(1)) is None


@pytest.mark.parametrize(
    ("rests", "expected"),
    [
        ([], 10),
        ([pause(2, 4)], 13),
        ([pause(9, 20)], 22),  # two of the days that were left come after it
        ([pause(11, 20)], 10),  # after the target
        ([pause(2, 4), pause(12, 13)], 15),  # the first moves it behind the second
        ([pause(-9, -2)], 10),  # before it was set
        ([pause(-9, 1)], 12),  # two days of it after
        ([pause(-3)], 16),  # open: today is day 5
        ([pause(7)], 10),  # open, but not begun
    ],
)
def test_a_target_moves_by_the_days_paused_since_it_was_set(rests, expected):
    assert moved(day(10), day(0), rests, today=day(5)) == day(expected)


@given(pauses(), st.integers(0, 200), st.integers(-20, 220))
def test_as_many_unpaused_days_are_left_as_were_meant(rests, target, today):
    found = moved(day(target), day(0), rests, today=day(today))
    known = [Interval(p.starts_on, p.ends_on or day(today)) for p in rests]
    known = [p for p in known if p.ends_on >= p.starts_on]
    days = (found - day(0)).days + 1
    assert days - paused_days(known, day(0), found) == target + 1


@given(pauses(), st.integers(-100, 300))
def test_a_day_is_paused_if_it_counts_as_one(rests, number):
    here = day(number)
    assert paused_days(rests, here, here) == (pause_around(rests, here) is not None)


@given(pauses(), st.integers(-100, 300), st.integers(0, 100), st.integers(0, 100))
def test_days_of_two_spans_add_up(rests, first, one, other):
    middle, last = first + one, first + one + other
    assert paused_days(rests, day(first), day(last)) == paused_days(
        rests, day(first), day(middle)
    ) + paused_days(rests, day(middle + 1), day(last))
