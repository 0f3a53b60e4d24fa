"""Why a learner stands where they do, with the event behind each milestone."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from progress import events
from progress.models import Enrollment, OutboxEvent
from progress.rules import Explanation, explanation
from progress.standing import standing_seen
from progress.veil import Veil

BEHIND = (
    events.MILESTONE_COMPLETED,
    events.MILESTONE_REOPENED,
    events.SUBMISSION_SUBMITTED,
    events.SUBMISSION_WITHDRAWN,
    events.SUBMISSION_DECIDED,
    events.MILESTONE_WAIVED,
    events.MILESTONE_REVOKED,
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
    # Of second opinions those that made the milestone what it is.
    says = Q(type__in=BEHIND) | Q(type=events.SECOND_OPINION_GIVEN, data__counts=1)
    all_rows = OutboxEvent.objects.filter(says, enrollment_id=enrollment.pk)
    rows = Veil.over(enrollment).happened(enrollment, all_rows)
    latest = rows.order_by("data__milestone", "-position").distinct("data__milestone")
    return WayExplained(
        explanation(standing_seen(enrollment).evaluation),
        {row.data["milestone"]: Because(row.id, row.type, row.occurred_at) for row in latest},
    )
