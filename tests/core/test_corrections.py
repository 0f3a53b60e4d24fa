"""Of several corrections of one entry exactly one stands, in whatever order they come."""

import datetime as dt
import uuid

from hypothesis import given
from hypothesis import strategies as st

from progress.corrections import Correction, voided_by_corrections

NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
FIRST = uuid.UUID(int=0)


@st.composite
def histories(draw: st.DrawFn) -> list[Correction]:
    """Corrections of one entry and of its corrections, by devices whose clocks differ."""
    found: list[Correction] = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        parent = draw(st.sampled_from([FIRST, *(one.id for one in found)]))
        at = NOON + dt.timedelta(minutes=draw(st.integers(0, 3)))
        found.append(Correction(uuid.UUID(int=number), parent, at))
    return found


@given(histories(), st.randoms())
def test_one_stands_whatever_the_order(history, random):
    voided = voided_by_corrections(history)
    shuffled = list(history)
    random.shuffle(shuffled)
    assert voided_by_corrections(shuffled) == voided
    assert len({FIRST, *(one.id for one in history)} - set(voided)) == 1


@given(histories(), st.randoms())
def test_who_is_beaten_stays_beaten(history, random):
    shuffled = list(history)
    random.shuffle(shuffled)
    before: set[uuid.UUID] = set()
    for count in range(len(shuffled) + 1):
        voided = set(voided_by_corrections(shuffled[:count]))
        assert before <= voided
        before = voided


def test_two_that_replace_each_other_are_both_void():
    one, two = uuid.UUID(int=1), uuid.UUID(int=2)
    voided = voided_by_corrections([Correction(one, two, NOON), Correction(two, one, NOON)])
    assert set(voided) == {one, two}
