"""Take a log entry back."""

import uuid
from datetime import datetime

from django.db import transaction

from accounts.models import User
from backend.errors import Conflict, FieldError, Refused
from backend.ids import uuid7
from progress import events, outbox
from progress.commands.guards import require_learner, require_working
from progress.compiled import key_now
from progress.corrections import Correction, voided_by_corrections
from progress.models import Enrollment, LogEntry, LogVoid


class VoidIdTaken(Conflict):
    """The id belongs to a void that says something else."""

    code = "void-id-taken"
    title = "This id belongs to another void"


class ForeignEntry(Refused):
    """The entry belongs to another enrollment."""

    code = "foreign-entry"
    title = "That log entry is not on this enrollment"


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
    require_learner(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        known = LogVoid.objects.filter(pk=void_id).first()
        if known is not None:
            said = (known.enrollment_id, known.entry_id, known.reason)
            if said != (enrollment.pk, entry_id, reason):
                raise VoidIdTaken("Make a new id for taking back another entry.")
            return known, False
        require_working(enrollment)
        entry = require_own_entry(enrollment, entry_id, field="entry_id")
        stood = not LogVoid.objects.filter(enrollment=enrollment, entry_id=entry_id).exists()
        void: LogVoid = LogVoid.objects.create(
            id=void_id,
            enrollment=enrollment,
            entry_id=entry_id,
            reason=reason,
            at=min(at or now, now),
            created_at=now,
        )
        if entry is not None and stood:
            record_voided(entry, now=now)
    return void, True


def require_own_entry(
    enrollment: Enrollment, entry_id: uuid.UUID, *, field: str
) -> LogEntry | None:
    """Return the entry, None if it has not arrived; raise ForeignEntry if it is another's."""
    entry: LogEntry | None = LogEntry.objects.filter(pk=entry_id).first()
    if entry is not None and entry.enrollment_id != enrollment.pk:
        detail = "That log entry is on another enrollment."
        raise ForeignEntry(detail, errors=[FieldError(field, "foreign-entry", detail)])
    return entry


def void_what_was_corrected(enrollment: Enrollment, *, now: datetime) -> None:
    """Void every entry that a correction has taken the place of (see `progress.corrections`)."""
    rows = LogEntry.objects.filter(enrollment=enrollment, replaces__isnull=False)
    found = rows.values_list("pk", "replaces", "at")
    corrections = {pk: Correction(pk, replaces, at) for pk, replaces, at in found if replaces}
    wanted = voided_by_corrections(corrections.values())
    there = LogVoid.objects.filter(enrollment=enrollment, entry_id__in=wanted)
    pairs = set(there.values_list("entry_id", "replaced_by"))
    missing = {entry: by for entry, by in wanted.items() if (entry, by) not in pairs}
    LogVoid.objects.bulk_create(
        LogVoid(
            id=uuid7(),
            enrollment=enrollment,
            entry_id=entry_id,
            replaced_by=by,
            at=corrections[by].at,
            created_at=now,
        )
        for entry_id, by in missing.items()
    )
    newly = set(missing) - {entry_id for entry_id, _ in pairs}
    for entry in LogEntry.objects.filter(enrollment=enrollment, pk__in=newly).order_by("at", "id"):
        record_voided(entry, now=now)


def record_voided(entry: LogEntry, *, now: datetime) -> None:
    """Record that an entry no longer counts."""
    enrollment = entry.enrollment
    outbox.record(
        events.Event(
            type=events.LOG_ENTRY_VOIDED,
            occurred_at=now,
            actor_id=enrollment.learner_id,
            subject_id=entry.pk,
            enrollment_id=enrollment.pk,
            data={
                "milestone": key_now(enrollment, entry.milestone_key),
                "minutes": entry.minutes,
                "day": entry.day.isoformat(),
            },
        )
    )
