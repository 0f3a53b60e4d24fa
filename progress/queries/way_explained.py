"""Why a learner stands where they do, with the event behind each milestone."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from progress import events
from progress.models import Enrollment, OutboxEvent
from progress.rules import Explanation, explanation
from progress.standing import standing_of

BEHIND = (
    events.MILESTONE_COMPLETED,
    events.MILESTONE_REOPENED,
    events.SUBMISSION_SUBMITTED,
    events.SUBMISSION_WITHDRAWN,
    events.SUBMISSION_DECIDED,
)


@dataclass(frozen=True, slots=True)
class Because:
    """The latest event that says something about a milestone."""

    id: uuid.UUID
    type: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class WayExplained:
    """The rule tree of an enrollment; `because` is by milestone key."""

    explanation: Explanation
    because: Mapping[str, Because]


def way_explained(enrollment: Enrollment) -> WayExplained:
    """Return the explanation of where an enrollment stands (two queries)."""
    rows = OutboxEvent.objects.filter(enrollment_id=enrollment.pk, type__in=BEHIND)
    latest = rows.order_by("data__milestone", "-position").distinct("data__milestone")
    return WayExplained(
        explanation(standing_of(enrollment).evaluation),
        {row.data["milestone"]: Because(row.id, row.type, row.occurred_at) for row in latest},
    )
