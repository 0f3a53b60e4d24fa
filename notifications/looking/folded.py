"""What was not sent by itself, for a digest to name."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from notifications.models import Delivery
from notifications.policy import IN_DIGEST, WEEKLY_CAP
from notifications.states import DeliveryState

FURTHEST = timedelta(days=35)
"""What is older is left in the inbox alone."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A notification that was kept out of the mail. `learner_id` is empty if it is about them."""

    kind: str
    at: datetime
    enrollment_id: str
    learner_id: str
    notification_id: UUID


def folded_of(people: Collection[UUID], *, now: datetime) -> dict[UUID, list[Folded]]:
    """Return what was folded of late, by person, the oldest first (one query)."""
    rows = Delivery.objects.filter(
        person__in=people,
        state=DeliveryState.SUPPRESSED,
        suppressed_reason__in=[IN_DIGEST, WEEKLY_CAP],
        created_at__gt=now - FURTHEST,
        notification__isnull=False,
    ).order_by("created_at", "pk")
    found: dict[UUID, list[Folded]] = {}
    for person, kind, at, notification, data in rows.values_list(
        "person", "kind", "created_at", "notification", "notification__data"
    ):
        about = str(data.get("enrollment_id", "")), str(data.get("learner_id", ""))
        found.setdefault(person, []).append(Folded(kind, at, *about, notification))
    return found


def counted(folded: Iterable[Folded]) -> dict[str, int]:
    """Return how many of each kind there are, by the kind's name."""
    return dict(sorted(Counter(one.kind for one in folded).items()))
