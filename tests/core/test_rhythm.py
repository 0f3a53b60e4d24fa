"""Weeks, goals and runs; sums that agree."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progress.rhythm import (
    GoalBefore,
    Interval,
    Place,
    RhythmWeek,
    WeekState,
    runs,
    share,
    weekly_goal,
    weeks_between,
)

DAY = dt.timedelta(days=1)
MONDAY = dt.date(2026, 9, 7)
TODAY = MONDAY + DAY * 30  # a Wednesday, in the fifth week


def weeks(minutes, *, goal=420, pauses=(), before=(), started_on=MONDAY, today=TODAY):
    return weeks_between(
        started_on,
        today,
        minutes={MONDAY + DAY * n: some for n, some in minutes.items()},
        started_on=started_on,
        today=today,
        goal=goal,
        before=before,
        pauses=pauses,
    )


def pause(first, last=None):
    return Interval(MONDAY + DAY * first, None if last is None else MONDAY + DAY * last)


def test_a_week_is_kept_when_its_goal_is_met():
    found = weeks({0: 420, 8: 419, 14: 200, 20: 220, 30: 5})
    states = [week.state.value for week in found]
    assert states == ["kept", "short", "kept", "short", "under_way"]
    assert found[2].days == (200, 0, 0, 0, 0, 0, 220)


def test_the_current_week_can_be_kept_before_it_is_over():
    assert weeks({28: 420})[-1].state is WeekState.KEPT


def test_a_paused_week_wants_nothing_and_a_partly_paused_one_its_share():
    found = weeks({7: 180, 14: 60}, pauses=[pause(0, 6), pause(10, 13), pause(14, 19)])
    assert [week.goal_minutes for week in found] == [0, 180, 60, 420, 420]
    assert [week.paused_days for week in found] == [7, 4, 6, 0, 0]
    assert [week.state.value for week in found[:3]] == ["rest", "kept", "kept"]


def test_work_in_a_paused_week_counts_as_time_but_asks_for_no_verdict():
    (week, *_) = weeks({3: 50}, pauses=[pause(0, 6)])
    assert (week.minutes, week.state) == (50, WeekState.REST)


def test_the_first_week_asks_for_its_days_only():
    found = weeks({}, started_on=MONDAY + DAY * 5)
    assert found[0].goal_minutes == 120


@pytest.mark.parametrize(("week", "expected"), [(0, 100), (1, 100), (2, 200), (3, 300), (4, 300)])
def test_a_past_week_keeps_its_own_goal(week, expected):
    before = [GoalBefore(MONDAY + DAY * 21, 200), GoalBefore(MONDAY + DAY * 14, 100)]
    assert weekly_goal(MONDAY + DAY * 7 * week, before, 300) == expected


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ("", (0, 0, 0, 0)),
        ("kkk", (3, 3, 3, 3)),
        ("kksk", (3, 4, 1, 2)),
        ("kkrrk", (3, 3, 3, 3)),  # a rest breaks nothing
        ("kks", (2, 3, 0, 2)),
        ("kku", (2, 2, 2, 2)),
        ("rsr", (0, 1, 0, 0)),
    ],
)
def test_runs(states, expected):
    names = {state.value[0]: state for state in WeekState if state is not WeekState.REST}
    names["r"] = WeekState.REST
    made = [RhythmWeek(MONDAY, (0,) * 7, 60, 0, names[letter]) for letter in states]
    found = runs(made)
    assert (found.kept, found.asked, found.current, found.best) == expected


logs = st.dictionaries(st.integers(0, 120), st.integers(1, 1440), max_size=60)
rests = st.lists(st.tuples(st.integers(0, 120), st.integers(0, 30)), max_size=4).map(
    lambda found: [pause(first, first + length) for first, length in found]
)


@given(logs, rests, st.integers(1, 10_080))
def test_no_minute_is_lost_or_counted_twice(minutes, pauses, goal):
    found = weeks(minutes, goal=goal, pauses=pauses, today=MONDAY + DAY * 125)
    assert sum(week.minutes for week in found) == sum(minutes.values())
    assert [week.starts_on.weekday() for week in found] == [0] * len(found)
    assert all(0 <= week.goal_minutes <= goal for week in found)


@given(logs, rests, st.integers(1, 10_080), st.integers(0, 17))
def test_resting_a_week_without_work_breaks_no_run(minutes, pauses, goal, week):
    whole = range(week * 7, week * 7 + 7)
    minutes = {day: some for day, some in minutes.items() if day not in whole}
    end = MONDAY + DAY * 125
    without = runs(weeks(minutes, goal=goal, pauses=pauses, today=end))
    week_off = pause(whole[0], whole[-1])
    rested = runs(weeks(minutes, goal=goal, pauses=[*pauses, week_off], today=end))
    assert rested.kept == without.kept
    assert rested.best >= without.best
    assert rested.current >= without.current


@given(
    st.dictionaries(st.sampled_from("abcdefgx"), st.integers(1, 5000)),
    st.lists(
        st.tuples(st.sampled_from(["s1", "s2"]), st.sampled_from(["skill", "project"])),
        min_size=7,
        max_size=7,
    ),
)
def test_the_three_cuts_of_the_time_agree(minutes, kinds):
    places = [
        Place(key, stage, kind, 60) for key, (stage, kind) in zip("abcdefg", kinds, strict=True)
    ]
    found = share(minutes, places)
    whole = sum(minutes.values()) - found.elsewhere
    for cut in (found.milestones, found.stages, found.kinds):
        assert sum(one.minutes for one in cut) == whole
    assert sum(one.estimate_minutes for one in found.stages) == 7 * 60
    assert found.elsewhere == minutes.get("x", 0)
