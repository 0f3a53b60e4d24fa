"""Start, finish or reopen a milestone."""

import uuid
from datetime import datetime

from django.db import transaction

from accounts.models import User
from backend.ids import uuid7
from progress.logbook import Logbook, SaidWork
from progress.models import Enrollment, WorkChange
from progress.states import WORK_BEFORE, WorkMove


def change_work(
    *,
    person: User,
    enrollment: Enrollment,
    milestone_key: str,
    move: WorkMove,
    now: datetime,
    change_id: uuid.UUID | None = None,
    at: datetime | None = None,
) -> WorkChange | None:
    """Say that the learner starts, finishes or reopens a milestone; return what was stored.

    With a `change_id` of the device's own it may come late and in any order: the latest `at`
    decides. Without one it is about this moment, and None when it would change nothing. Raises
    NotYourEnrollment, EnrollmentNotActive, NotOnTheWay, NeedsMentor, MilestoneLocked,
    EnrollmentCompleted, WorkIdTaken.
    """
    said = SaidWork(
        id=change_id or uuid7(), milestone_key=milestone_key, move=move, at=min(at or now, now)
    )
    with transaction.atomic():
        book = Logbook.open(person=person, enrollment=enrollment, said=[said], now=now)
        if change_id is None and book.work.state_of(milestone_key) not in WORK_BEFORE[move]:
            book.work.require_allowed(said)
            return None
        change, _ = book.work.take(said)
        book.close()
    return change
