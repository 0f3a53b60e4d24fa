"""Take an import back, as one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from backend.ids import uuid7
from progress import events, outbox
from progress.commands.guards import require_learner, require_working
from progress.models import LogEntry, LogImport, LogVoid


def undo_import(*, person: User, log_import: LogImport, now: datetime) -> LogImport:
    """Void every entry of an import that still stands; return the import as it is then.

    The entries stay readable and stop counting; what corrected one of them stays. What they
    started stays started. Doing it again changes nothing. Raises NotYourEnrollment,
    EnrollmentNotActive.
    """
    enrollment = log_import.enrollment
    require_learner(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        if log_import.undone_at is None:
            require_working(enrollment)
        if log_import.undo(now=now):
            _void(log_import, person, now)
    log_import.refresh_from_db(fields=["undone_at"])
    return log_import


def _void(log_import: LogImport, person: User, now: datetime) -> None:
    rows = LogEntry.objects.standing().filter(log_import=log_import)
    standing = list(rows.values_list("pk", "minutes"))
    LogVoid.objects.bulk_create(
        (
            LogVoid(
                id=uuid7(),
                enrollment_id=log_import.enrollment_id,
                entry_id=pk,
                reason=_("The import was undone."),
                at=now,
                created_at=now,
            )
            for pk, _minutes in standing
        ),
        batch_size=2_000,
    )
    outbox.record(
        events.Event(
            type=events.LOG_IMPORT_UNDONE,
            occurred_at=now,
            actor_id=person.pk,
            subject_id=log_import.pk,
            enrollment_id=log_import.enrollment_id,
            data={"entries": len(standing), "minutes": sum(minutes for _pk, minutes in standing)},
        )
    )
