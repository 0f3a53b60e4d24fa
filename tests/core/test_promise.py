"""The promise: what it says of waits, of mentors, and of too little."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from progress.promise import (
    FAR,
    FEWEST_ANSWERS,
    Helper,
    PromiseKind,
    Wait,
    first_day,
    promise,
    quantile,
)

days = st.floats(0, 80, allow_nan=False).map(lambda value: round(value, 2))
waits = st.lists(st.builds(Wait, days, st.booleans()), max_size=40)
known = waits.filter(lambda some: sum(one.answered for one in some) >= FEWEST_ANSWERS)
helpers = st.lists(
    st.builds(Helper, st.integers(0, 40), st.none() | st.integers(0, 9), st.integers(0, 9)),
    max_size=5,
)
HERE = [Helper()]


def say(some, among=HERE, place=1, week_left=4):
    return promise(some, among, place=place, week_left=week_left)


def of(value):
    return float("inf") if value is None else value


def bounds(found):
    return of(found.early_days), of(found.late_days)


@given(known, helpers, st.integers(1, 60), st.integers(1, 7))
def test_a_range_is_ordered(some, among, place, week_left):
    found = say(some, among, place, week_left)
    early, late = bounds(found)
    assert early <= late
    if found.kind is PromiseKind.RANGE and found.late_days is not None:
        assert found.early_days is not None
        assert found.not_before <= found.early_days


@given(known, st.data())
def test_who_waits_on_never_shortens_it(some, data):
    at = data.draw(st.sampled_from([n for n, one in enumerate(some) if not one.answered] or [0]))
    if some[at].answered:
        return
    longer = replace(some[at], days=some[at].days + data.draw(days))
    after = [*some[:at], longer, *some[at + 1 :]]
    for share in (0.2, 0.5, 0.8):
        assert of(quantile(after, share)) >= of(quantile(some, share))


@given(known, st.data())
def test_an_answer_that_did_not_come_never_shortens_it(some, data):
    at = data.draw(st.integers(0, len(some) - 1))
    after = [*some[:at], replace(some[at], answered=False), *some[at + 1 :]]
    for share in (0.2, 0.5, 0.8):
        assert of(quantile(after, share)) >= of(quantile(some, share))


@given(st.lists(days, min_size=5, max_size=40), st.data())
def test_a_longer_wait_for_an_answer_never_shortens_it(some, data):
    at = data.draw(st.integers(0, len(some) - 1))
    before = [Wait(one, True) for one in some]
    after = [*before[:at], Wait(some[at] + data.draw(days), True), *before[at + 1 :]]
    assert bounds(say(before)) <= bounds(say(after))
    for share in (0.2, 0.5, 0.8):
        assert of(quantile(after, share)) >= of(quantile(before, share))


@given(known, st.floats(1, 5))
def test_when_all_wait_longer_so_does_the_next(some, factor):
    after = [replace(one, days=one.days * factor) for one in some]
    for now, then in zip(bounds(say(some)), bounds(say(after)), strict=True):
        assert then >= now


@given(waits)
def test_too_little_is_said(some):
    few = [one for one in some if not one.answered] + [Wait(1, True)] * (FEWEST_ANSWERS - 1)
    found = say(few)
    assert found.kind is PromiseKind.TOO_LITTLE
    assert (found.early_days, found.late_days) == (None, None)
    assert found.answered == FEWEST_ANSWERS - 1


def test_nothing_at_all():
    assert say([]).kind is PromiseKind.TOO_LITTLE
    assert say([], []).kind is PromiseKind.NOBODY


def test_those_who_wait_still_count():
    quick = [Wait(1, True)] * 5
    assert bounds(say(quick)) == (1, 1)
    assert bounds(say([*quick, *[Wait(0.5, False)] * 20])) == (1, 1)  # too soon to say
    assert bounds(say([*quick, *[Wait(9, False)] * 5])) == (1, float("inf"))


def test_the_estimate_of_a_textbook():
    # Times 1, 2+, 3, 4+, 5 (+ is censored): S = 4/5, 4/5·2/3 = 8/15, 0.
    some = [Wait(1, True), Wait(2, False), Wait(3, True), Wait(4, False), Wait(5, True)]
    assert [quantile(some, share) for share in (0.2, 0.46, 0.47)] == [1, 3, 5]


@given(helpers, st.integers(1, 60), st.integers(1, 7))
def test_who_stands_further_back_never_comes_earlier(among, place, week_left):
    one = of(first_day(among, place=place, week_left=week_left))
    assert one <= of(first_day(among, place=place + 1, week_left=week_left))
    assert one == float("inf") or one <= FAR


@given(helpers, st.integers(1, 60), st.integers(1, 7))
def test_another_mentor_never_makes_it_later(among, place, week_left):
    alone = of(first_day(among, place=place, week_left=week_left))
    assert of(first_day([*among, Helper(3, 2, 1)], place=place, week_left=week_left)) <= alone


def test_capacity_and_leave():
    two_a_week = Helper(weekly=2, left=1)
    assert first_day([two_a_week], place=1, week_left=3) == 0
    assert first_day([two_a_week], place=2, week_left=3) == 3
    assert first_day([two_a_week], place=4, week_left=3) == 10
    assert first_day([Helper(away_days=6)], place=1, week_left=3) == 6
    assert first_day([Helper(away_days=6, weekly=2, left=2)], place=1, week_left=3) == 6
    assert first_day([Helper(weekly=0)], place=1, week_left=3) is None
    found = say([Wait(2, True)] * 5, [Helper(away_days=6)])
    assert bounds(found) == (6, 6)
