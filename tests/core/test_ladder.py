"""The steps for a late review, and who takes one over."""

import datetime as dt
import itertools
import uuid

from hypothesis import given
from hypothesis import strategies as st

from progress.ladder import (
    LADDER,
    OF_OPINIONS,
    Candidate,
    Step,
    choose,
    due_at,
    next_step,
    step_at,
    wait_of,
)
from progress.risk import LONGEST_WAIT

MOST = 5
waits = st.timedeltas(min_value=dt.timedelta(0), max_value=dt.timedelta(days=60))
candidates = st.lists(
    st.builds(
        Candidate,
        person=st.uuids(),
        direct=st.booleans(),
        unusual=st.booleans(),
        in_hand=st.integers(0, 7),
        left=st.none() | st.integers(0, 7),
    ),
    max_size=6,
    unique_by=lambda one: one.person,
)


def has_room(one):
    return one.in_hand < MOST and (one.left is None or one.in_hand < one.left)


def test_the_days_are_those_that_were_promised():
    assert {step.value: days for step, days in LADDER.items()} == {
        "remind": 3,
        "offer": 5,
        "hand_over": 7,
        "tell": 10,
    }


def test_a_learner_counts_as_stuck_when_the_ladder_looks_for_another():
    assert wait_of(Step.HAND_OVER) == dt.timedelta(days=LONGEST_WAIT)


@given(waits)
def test_a_wait_lies_between_its_step_and_the_next(waited):
    step, following = step_at(waited), next_step(waited)
    assert step is None or wait_of(step) <= waited
    assert following is None or waited < wait_of(following)
    order = [None, *LADDER, None]
    assert (step, following) in itertools.pairwise(order)


@given(waits)
def test_a_second_opinion_is_handed_to_nobody(waited):
    """It climbs the same steps on the same days, and stays where a hand-over would come."""
    step, following = step_at(waited, OF_OPINIONS), next_step(waited, OF_OPINIONS)
    of_a_round = step_at(waited)
    assert step is (Step.OFFER if of_a_round is Step.HAND_OVER else of_a_round)
    assert (step, following) in itertools.pairwise([None, *OF_OPINIONS, None])
    assert Step.HAND_OVER not in {step, following}


@given(st.sampled_from(list(Step)))
def test_a_step_is_due_at_its_moment_and_not_before(step):
    handed_in = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
    moment = due_at(step, handed_in)
    assert step_at(moment - handed_in) is step
    assert step_at(moment - handed_in - dt.timedelta(microseconds=1)) is not step


@given(candidates)
def test_somebody_with_room_takes_it_if_anybody_has_room(known):
    chosen = choose(known, most=MOST)
    assert (chosen is None) == (not any(has_room(one) for one in known))
    assert chosen is None or has_room(chosen)


@given(candidates)
def test_the_learners_own_mentor_is_the_last_to_be_asked_again(known):
    chosen = choose(known, most=MOST)
    free = [one for one in known if has_room(one)]
    if chosen and chosen.direct:
        assert all(one.direct for one in free)
    elif chosen and chosen.unusual:
        assert all(one.direct or one.unusual for one in free)


@given(candidates, st.randoms())
def test_the_order_in_which_they_are_found_decides_nothing(known, chance):
    shuffled = known[:]
    chance.shuffle(shuffled)
    assert choose(shuffled, most=MOST) == choose(known, most=MOST)


def test_of_equals_who_has_least_in_hand_and_most_room():
    a, b, c = (uuid.UUID(int=n) for n in range(3))
    assert choose([Candidate(a, in_hand=2), Candidate(b, in_hand=1)], most=MOST).person == b
    assert choose([Candidate(a, left=2), Candidate(b, left=3)], most=MOST).person == b
    assert choose([Candidate(b, left=9), Candidate(c)], most=MOST).person == c
    assert choose([Candidate(b), Candidate(a)], most=MOST).person == a
