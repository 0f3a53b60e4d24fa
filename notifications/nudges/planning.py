"""Find what is due and write it down, in batches. Cost follows what is due, not who exists."""

from datetime import datetime

import structlog
from django.db import transaction

from notifications.catalogue import Telling
from notifications.nudges import NUDGES
from notifications.nudges.appointments import keep_appointments
from notifications.telling import Told, write

log = structlog.get_logger(__name__)

BATCH = 500
MOST_BATCHES = 200
"""Of one kind in one run: the next run goes on."""


def plan(*, now: datetime, batch: int = BATCH) -> int:
    """Write inbox rows and deliveries for every nudge due at `now`; return how many are new.

    Running it again, late, or in several processes at once adds nothing: slots are unique.
    """
    total = 0
    for nudge in NUDGES:
        made = 0
        for _ in range(MOST_BATCHES):
            slots = nudge.due(now, limit=batch)
            if not slots:
                break
            told = [
                Told(
                    kind=nudge.kind,
                    key=nudge.key(slot.subject_id, slot.period),
                    telling=Telling(person=slot.person, reason=slot.reason, data=slot.data),
                    subject_id=slot.subject_id,
                )
                for slot in slots
            ]
            with transaction.atomic():
                made += write(told, now=now)
        if made:
            log.info("nudges_planned", kind=nudge.kind.name, count=made)
        total += made
    return total + keep_appointments(now=now)
