"""How the ledger stands, for a person who watches an installation."""

from dataclasses import dataclass
from datetime import datetime

from notifications.models import Delivery
from notifications.queries.ledger_counts import ledger_counts
from notifications.queries.oldest_due import oldest_due_delivery
from notifications.states import DeliveryState


@dataclass(frozen=True, slots=True)
class Suppressed:
    """How many of a channel were not sent, and why (a label)."""

    channel: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class ChannelSummary:
    """Deliveries of one channel: due now, stuck (of any age), and of the last 24 hours."""

    channel: str
    due: int
    failed: int
    unconfirmed: int
    sent: int
    """Made in the last 24 hours and sent."""
    suppressed: int
    """Made in the last 24 hours and left unsent for a reason."""


@dataclass(frozen=True, slots=True)
class LedgerSummary:
    """The ledger as of a moment; `oldest_due_at` is None while nothing is late."""

    oldest_due_at: datetime | None
    channels: tuple[ChannelSummary, ...]
    suppressed: tuple[Suppressed, ...]
    """The most frequent reason first."""
    undelivered_kinds: tuple[str, ...]
    """Kinds of which something failed or is unconfirmed."""


def ledger_summary(*, now: datetime) -> LedgerSummary:
    """Return how the ledger stands at `now` (seven queries)."""
    counts = ledger_counts(now=now)
    stuck = Delivery.objects.undelivered().order_by("kind").values_list("kind", flat=True)
    names = {*counts.due, *(key[0] for key in (*counts.made, *counts.undelivered))}
    why: dict[tuple[str, str], int] = {}
    for (channel, _, reason), many in counts.suppressed.items():
        why[channel, reason] = why.get((channel, reason), 0) + many

    def lately(channel: str, state: DeliveryState) -> int:
        return sum(n for (c, _, s), n in counts.made.items() if (c, s) == (channel, state))

    return LedgerSummary(
        oldest_due_at=oldest_due_delivery(now),
        channels=tuple(
            ChannelSummary(
                channel=channel,
                due=counts.due.get(channel, 0),
                failed=counts.undelivered.get((channel, DeliveryState.FAILED), 0),
                unconfirmed=counts.undelivered.get((channel, DeliveryState.UNCONFIRMED), 0),
                sent=lately(channel, DeliveryState.SENT),
                suppressed=lately(channel, DeliveryState.SUPPRESSED),
            )
            for channel in sorted(names)
        ),
        suppressed=tuple(
            Suppressed(channel, reason, many)
            for (channel, reason), many in sorted(why.items(), key=lambda one: (-one[1], one[0]))
        ),
        undelivered_kinds=tuple(stuck.distinct()),
    )
