"""Counts over the ledger, for the people and programs that watch an installation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from notifications.models import Delivery
from notifications.states import DeliveryState

LATELY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class LedgerCounts:
    """Deliveries. Keys are (channel, kind), of suppressed ones (channel, kind, reason)."""

    due: Mapping[str, int]
    """Due now, by channel."""
    made: Mapping[tuple[str, str, str], int]
    """Of those made in the last 24 hours: (channel, kind, state) → how many."""
    suppressed: Mapping[tuple[str, str, str], int]
    """Of those made in the last 24 hours: (channel, kind, reason) → how many."""
    undelivered: Mapping[tuple[str, str], int]
    """Failed or unconfirmed, of any age: (channel, state) → how many."""


def ledger_counts(*, now: datetime) -> LedgerCounts:
    """Count what is due, what became of the last day's deliveries, and what is stuck (4 queries).

    They count rows, so a restart loses nothing and every process gives the same answer.
    """
    due = Delivery.objects.due(now).values_list("channel")
    lately = Delivery.objects.filter(created_at__gt=now - LATELY)
    dropped = lately.filter(state=DeliveryState.SUPPRESSED)
    stuck = Delivery.objects.undelivered().values_list("channel", "state")
    return LedgerCounts(
        due=dict(due.annotate(n=Count("pk")).order_by()),
        made={
            (channel, kind, state): n
            for channel, kind, state, n in lately.values_list("channel", "kind", "state")
            .annotate(n=Count("pk"))
            .order_by()
        },
        suppressed={
            (channel, kind, reason): n
            for channel, kind, reason, n in dropped.values_list(
                "channel", "kind", "suppressed_reason"
            )
            .annotate(n=Count("pk"))
            .order_by()
        },
        undelivered={
            (channel, state): n for channel, state, n in stuck.annotate(n=Count("pk")).order_by()
        },
    )
