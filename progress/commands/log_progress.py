"""Log work on a milestone."""

import uuid
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from progress.logbook import Logbook, SaidEntry
from progress.models import Enrollment, LogEntry
from progress.models.log_entry import LogSource


def log_progress(
    *,
    person: User,
    enrollment: Enrollment,
    entry_id: uuid.UUID,
    milestone_key: str,
    day: date,
    minutes: int,
    note: str,
    now: datetime,
    source: LogSource = LogSource.WEB,
    replaces: uuid.UUID | None = None,
    at: datetime | None = None,
) -> tuple[LogEntry, bool]:
    """Store a log entry; return it and whether it is new.

    Sending the same entry again is harmless. `day` is a calendar day where the learner is; minutes
    are 1–1440. `replaces` is the entry that this one corrects, which is voided with it; `at` is
    when the learner wrote it, at the latest now. The first entry on a milestone starts it; a
    locked one takes entries too, since work that was done was done. Raises NotYourEnrollment,
    EnrollmentNotActive, NotOnTheWay, ForeignEntry, DayInFuture, DayTooEarly, ReasonNeeded, DayFull,
    EntryIdTaken.
    """
    said = SaidEntry(
        id=entry_id,
        milestone_key=milestone_key,
        day=day,
        minutes=minutes,
        note=note,
        source=source,
        replaces=replaces,
        at=min(at or now, now),
    )
    with transaction.atomic():
        book = Logbook.open(person=person, enrollment=enrollment, said=[said], now=now)
        entry, is_new = book.take_entry(said)
        book.close()
    return entry, is_new
