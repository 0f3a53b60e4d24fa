"""Take a log entry back."""

import uuid
from datetime import datetime

from django.db import transaction

from accounts.models import User
from progress.logbook import Logbook, SaidVoid
from progress.models import Enrollment, LogVoid


def void_log_entry(
    *,
    person: User,
    enrollment: Enrollment,
    void_id: uuid.UUID,
    entry_id: uuid.UUID,
    reason: str,
    now: datetime,
    at: datetime | None = None,
) -> tuple[LogVoid, bool]:
    """Void a log entry of the enrollment; return the void and whether it is new.

    The entry stays readable and stops counting. It may still be on its way from another device:
    then it is void when it arrives. `at` is when the learner took it back, at the latest now.
    Sending the same void again is harmless. What the entry started stays started. Raises
    NotYourEnrollment, EnrollmentNotActive, ForeignEntry, VoidIdTaken.
    """
    said = SaidVoid(id=void_id, entry_id=entry_id, reason=reason, at=min(at or now, now))
    with transaction.atomic():
        book = Logbook.open(person=person, enrollment=enrollment, said=[said], now=now)
        void, is_new = book.take_void(said)
        book.close()
    return void, is_new
