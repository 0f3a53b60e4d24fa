"""The states of a delivery and the moves between them: the table of record, pure.

Only a verb of the model makes a move, by a guarded `UPDATE`; the table is data, so that a test can
hold every verb against it.
"""

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final


class DeliveryState(enum.StrEnum):
    """One attempt to bring something to somebody over one channel."""

    QUEUED = "queued"
    """Due at `due_at`."""
    SENDING = "sending"
    """Claimed by a process; if that dies, `recover_abandoned` decides by what was promised."""
    SENT = "sent"
    """The other side has accepted it."""
    FAILED = "failed"
    """The other side refused it for good, or it was tried in vain for days; `last_error` says."""
    UNCONFIRMED = "unconfirmed"
    """It went out, but nobody confirmed; sending again could tell the same thing twice."""
    SUPPRESSED = "suppressed"
    """It was not sent, and `suppressed_reason` says why."""


DELIVERY_MOVES: Final[Mapping[DeliveryState, frozenset[DeliveryState]]] = MappingProxyType(
    {
        DeliveryState.QUEUED: frozenset({DeliveryState.SENDING, DeliveryState.SUPPRESSED}),
        # Back to queued: to be tried again, put off by the policy, or left by a process that died.
        DeliveryState.SENDING: frozenset(
            {
                DeliveryState.QUEUED,
                DeliveryState.SENT,
                DeliveryState.FAILED,
                DeliveryState.UNCONFIRMED,
                DeliveryState.SUPPRESSED,
            }
        ),
        DeliveryState.SENT: frozenset(),
        # Back to queued: by an operator, who has seen why.
        DeliveryState.FAILED: frozenset({DeliveryState.QUEUED}),
        DeliveryState.UNCONFIRMED: frozenset({DeliveryState.QUEUED}),
        DeliveryState.SUPPRESSED: frozenset(),
    }
)

FINAL: Final = frozenset(state for state, targets in DELIVERY_MOVES.items() if not targets)
"""What no move leaves."""


def sources(new: DeliveryState) -> list[DeliveryState]:
    """Return the states that `new` can be reached from, for the WHERE of a guarded UPDATE."""
    return [old for old in DeliveryState if new in DELIVERY_MOVES[old]]
