"""The states things can be in, and the moves between them: the tables of record.

Only a model's verb makes a move, by `UPDATE … WHERE state IN (sources(new))`; zero rows changed is
a conflict. Everything here is data, so that a test can hold every verb against it.
"""

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar


class Work(enum.StrEnum):
    """How far the learner's own work on a milestone has come. The learner moves it."""

    TODO = "todo"
    DOING = "doing"
    DONE = "done"


class WorkMove(enum.StrEnum):
    """What the learner says about their work; `WORK_AFTER` is where it leads."""

    START = "start"
    DONE = "done"
    REOPEN = "reopen"


class Verification(enum.StrEnum):
    """What mentors have said about a milestone. Kept apart from `Work`, so waiting stops nobody."""

    NONE = "none"
    WAITING = "waiting"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    WAIVED = "waived"
    REVOKED = "revoked"


class Status(enum.StrEnum):
    """What people see of a milestone. Never stored: `progress.rules.evaluate` derives it."""

    LOCKED = "locked"
    AVAILABLE = "available"
    IN_PROGRESS = "in_progress"
    WAITING_FOR_REVIEW = "waiting_for_review"
    CHANGES_REQUESTED = "changes_requested"
    COMPLETE = "complete"


class SubmissionState(enum.StrEnum):
    """One review round. Everything but `WAITING` is final: a decided round never changes."""

    WAITING = "waiting"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    WITHDRAWN = "withdrawn"


class ChangeRequestState(enum.StrEnum):
    """One thing a mentor asked for. Whoever asks again opens a new one in the next round."""

    OPEN = "open"
    ADDRESSED = "addressed"
    VERIFIED = "verified"
    WAIVED = "waived"


class SecondOpinionState(enum.StrEnum):
    """A second mentor's word on a decided round. Everything but `ASKED` is final."""

    ASKED = "asked"
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"
    WITHDRAWN = "withdrawn"


class EnrollmentState(enum.StrEnum):
    """A learner's way through one edition. Pauses are days, not a state: see `EnrollmentStatus`."""

    ACTIVE = "active"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class EnrollmentStatus(enum.StrEnum):
    """What people see of an enrollment. Never stored: an active one is paused on some days."""

    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


class IllegalMove(ValueError):  # named after the rule it guards
    """A move that its table does not list. `old` and `new` are the states."""

    def __init__(self, old: enum.StrEnum, new: enum.StrEnum) -> None:
        super().__init__(f"{type(old).__name__} cannot move from {old.value} to {new.value}")
        self.old = old
        self.new = new


_State = TypeVar("_State", bound=enum.StrEnum)
Moves = Mapping[_State, frozenset[_State]]


def _table(moves: dict[_State, set[_State]]) -> Moves[_State]:
    return MappingProxyType({old: frozenset(new) for old, new in moves.items()})


WORK_MOVES: Final = _table(
    {
        Work.TODO: {Work.DOING},
        Work.DOING: {Work.DONE},
        Work.DONE: {Work.DOING},
    }
)

# The names of the moves. Done says more than start does: who was not seen starting has started.
WORK_AFTER: Final[Mapping[WorkMove, Work]] = MappingProxyType(
    {WorkMove.START: Work.DOING, WorkMove.DONE: Work.DONE, WorkMove.REOPEN: Work.DOING}
)
WORK_BEFORE: Final[Mapping[WorkMove, frozenset[Work]]] = MappingProxyType(
    {
        WorkMove.START: frozenset({Work.TODO}),
        WorkMove.DONE: frozenset({Work.TODO, Work.DOING}),
        WorkMove.REOPEN: frozenset({Work.DONE}),
    }
)

# Approved leaves only by a mentor's explicit, reasoned revocation; waived stays. Nothing that a
# learner or an author does takes either away. A waiting round is decided or withdrawn before a
# mentor can waive, so that no round is left waiting on a milestone that is already settled.
VERIFICATION_MOVES: Final = _table(
    {
        Verification.NONE: {Verification.WAITING, Verification.WAIVED},
        Verification.WAITING: {
            Verification.APPROVED,
            Verification.CHANGES_REQUESTED,
            Verification.NONE,
        },
        # To approved by a second opinion: of two mentors' words the one for the learner counts.
        Verification.CHANGES_REQUESTED: {
            Verification.WAITING,
            Verification.APPROVED,
            Verification.WAIVED,
        },
        Verification.APPROVED: {Verification.REVOKED},
        Verification.WAIVED: set(),
        # Without a way back to a mentor a revoked milestone would lock the pathway for good.
        Verification.REVOKED: {Verification.WAITING, Verification.WAIVED},
    }
)

SUBMISSION_MOVES: Final = _table(
    {
        SubmissionState.WAITING: {
            SubmissionState.APPROVED,
            SubmissionState.CHANGES_REQUESTED,
            SubmissionState.WITHDRAWN,
        },
        SubmissionState.APPROVED: set(),
        SubmissionState.CHANGES_REQUESTED: set(),
        SubmissionState.WITHDRAWN: set(),
    }
)

# Open → verified: the new evidence may show it though nobody wrote an answer to it.
CHANGE_REQUEST_MOVES: Final = _table(
    {
        ChangeRequestState.OPEN: {
            ChangeRequestState.ADDRESSED,
            ChangeRequestState.VERIFIED,
            ChangeRequestState.WAIVED,
        },
        ChangeRequestState.ADDRESSED: {ChangeRequestState.VERIFIED, ChangeRequestState.WAIVED},
        ChangeRequestState.VERIFIED: set(),
        ChangeRequestState.WAIVED: set(),
    }
)

SECOND_OPINION_MOVES: Final = _table(
    {
        SecondOpinionState.ASKED: {
            SecondOpinionState.APPROVED,
            SecondOpinionState.CHANGES_REQUESTED,
            SecondOpinionState.WITHDRAWN,
        },
        SecondOpinionState.APPROVED: set(),
        SecondOpinionState.CHANGES_REQUESTED: set(),
        SecondOpinionState.WITHDRAWN: set(),
    }
)

ENROLLMENT_MOVES: Final = _table(
    {
        EnrollmentState.ACTIVE: {EnrollmentState.COMPLETED, EnrollmentState.WITHDRAWN},
        EnrollmentState.COMPLETED: set(),
        EnrollmentState.WITHDRAWN: set(),
    }
)

_TABLES: Final[Mapping[type[enum.StrEnum], Moves[Any]]] = {
    Work: WORK_MOVES,
    Verification: VERIFICATION_MOVES,
    SubmissionState: SUBMISSION_MOVES,
    ChangeRequestState: CHANGE_REQUEST_MOVES,
    SecondOpinionState: SECOND_OPINION_MOVES,
    EnrollmentState: ENROLLMENT_MOVES,
}


def can_move(old: _State, new: _State) -> bool:
    """Whether the table of `old`'s machine lists a move to `new`. Staying is not a move.

    Raises TypeError for states of two machines: `"waiting"` of one equals `"waiting"` of another
    as a string, and that must not pass for a legal move. Raises KeyError for `Status`, which is
    derived and has no moves.
    """
    if type(old) is not type(new):
        raise TypeError(f"{old!r} and {new!r} belong to different machines")
    return new in _TABLES[type(old)][old]


def require_move(old: _State, new: _State) -> None:
    """Pass silently if `old` may become `new`; raise `IllegalMove` otherwise."""
    if not can_move(old, new):
        raise IllegalMove(old, new)


def sources(new: _State) -> frozenset[_State]:
    """The states from which `new` can be reached in one move, for a guarded UPDATE's WHERE."""
    return frozenset(old for old in type(new) if can_move(old, new))
