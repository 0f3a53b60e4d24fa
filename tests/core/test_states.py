"""The move tables against the design, pair by pair, and the helpers against the tables."""

import enum
import itertools

import pytest

from progress.states import (
    ChangeRequestState,
    EnrollmentState,
    IllegalMove,
    SecondOpinionState,
    Status,
    SubmissionState,
    Verification,
    Work,
    can_move,
    require_move,
    sources,
)

LEGAL: dict[type[enum.StrEnum], set[tuple[str, str]]] = {
    Work: {("todo", "doing"), ("doing", "done"), ("done", "doing")},
    Verification: {
        ("none", "waiting"),
        ("waiting", "approved"),
        ("waiting", "changes_requested"),
        ("waiting", "none"),
        ("changes_requested", "waiting"),
        ("changes_requested", "approved"),
        ("none", "waived"),
        ("changes_requested", "waived"),
        ("approved", "revoked"),
        ("revoked", "waiting"),
        ("revoked", "waived"),
    },
    SubmissionState: {
        ("waiting", "approved"),
        ("waiting", "changes_requested"),
        ("waiting", "withdrawn"),
    },
    ChangeRequestState: {
        ("open", "addressed"),
        ("open", "verified"),
        ("open", "waived"),
        ("addressed", "verified"),
        ("addressed", "waived"),
    },
    SecondOpinionState: {
        ("asked", "approved"),
        ("asked", "changes_requested"),
        ("asked", "withdrawn"),
    },
    EnrollmentState: {
        ("active", "completed"),
        ("active", "withdrawn"),
    },
}

PAIRS = [(old, new) for machine in LEGAL for old, new in itertools.product(machine, repeat=2)]


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_every_pair_moves_exactly_as_the_design_says(old, new):
    legal = (old.value, new.value) in LEGAL[type(old)]
    assert can_move(old, new) is legal
    assert (old in sources(new)) is legal
    if legal:
        require_move(old, new)
    else:
        with pytest.raises(IllegalMove) as caught:
            require_move(old, new)
        assert (caught.value.old, caught.value.new) == (old, new)
        assert str(caught.value) == (
            f"{type(old).__name__} cannot move from {old.value} to {new.value}"
        )


def test_states_of_two_machines_are_never_a_move():
    # Equal as strings, so a plain set lookup would call this legal.
    with pytest.raises(TypeError, match="different machines"):
        can_move(Verification.WAITING, SubmissionState.APPROVED)


def test_status_is_derived_and_has_no_moves():
    with pytest.raises(KeyError):
        can_move(Status.LOCKED, Status.AVAILABLE)


def test_an_illegal_move_is_a_plain_value_error():
    assert issubclass(IllegalMove, ValueError)
