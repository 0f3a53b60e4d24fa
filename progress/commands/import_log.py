"""Import past work from a CSV."""

import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from backend.errors import Conflict, FieldError, Refused
from backend.ids import uuid7
from progress import events, outbox
from progress.commands.guards import require_learner, require_working
from progress.models import Enrollment, LogEntry, LogImport, MilestoneProgress
from progress.models.log_entry import LogSource
from progress.queries.import_plan import ImportPlan, PlannedRow, Verdict, import_plan
from progress.states import Work

TOLD = 100
"""Refused rows that a refusal names."""


class ImportIdTaken(Conflict):
    """The id belongs to an import of something else."""

    code = "import-id-taken"
    title = gettext_lazy("This id belongs to another import")


class ImportRefused(Refused):
    """Some rows can't be taken, and nobody said to leave them out."""

    code = "import-refused"
    title = gettext_lazy("Some rows of this import can't be taken")


class NothingToImport(Refused):
    """No row is new."""

    code = "nothing-to-import"
    title = gettext_lazy("There is nothing new to import")


def import_log(
    *,
    person: User,
    enrollment: Enrollment,
    import_id: uuid.UUID,
    content: bytes | str,
    skip_refused: bool,
    now: datetime,
) -> tuple[LogImport, bool]:
    """Store every accepted row of a CSV as a log entry, all or none; return the import, and if new.

    Sending the same again is harmless. Duplicates are left out; refused rows only if
    `skip_refused`. Milestones with an entry are started. Raises NotYourEnrollment, CsvUnreadable,
    ImportIdTaken, EnrollmentNotActive, ImportRefused, NothingToImport.
    """
    require_learner(person, enrollment)
    raw = content.encode() if isinstance(content, str) else content
    digest = hashlib.sha256(raw).hexdigest()
    with transaction.atomic():
        enrollment.hold()
        # The day's total holds across the learner's enrollments: see log_progress.
        User.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)
        known = LogImport.objects.filter(pk=import_id).first()
        if known is not None:
            if (known.enrollment_id, known.digest) != (enrollment.pk, digest):
                raise ImportIdTaken(_("Make a new id for another file."))
            return known, False
        require_working(enrollment)
        plan = import_plan(enrollment, content, now=now)
        made = _import(enrollment, import_id, digest, _to_store(plan, skip_refused), plan, now)
        outbox.record(
            events.Event(
                type=events.LOG_IMPORTED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=made.pk,
                enrollment_id=enrollment.pk,
                data={
                    "entries": made.entries,
                    "minutes": made.minutes,
                    "first_day": made.first_day.isoformat(),
                    "last_day": made.last_day.isoformat(),
                },
            )
        )
    return made, True


def _to_store(plan: ImportPlan, skip_refused: bool) -> list[PlannedRow]:
    refused = plan.having(Verdict.REFUSED)
    if refused and not skip_refused:
        detail = _(
            "%(refused)s of %(rows)s rows can't be taken. "
            "Mend them, or import the others without them."
        ) % {"refused": len(refused), "rows": len(plan.rows)}
        errors = [FieldError(r.field, r.code, r.reason, r.line) for r in refused[:TOLD]]
        raise ImportRefused(detail, errors=errors)
    accepted = plan.having(Verdict.ACCEPTED)
    if not accepted:
        duplicates = len(plan.having(Verdict.DUPLICATE))
        raise NothingToImport(
            ngettext(
                "Its one row is in the log already.",
                "All %(count)s rows are in the log already.",
                duplicates,
            )
            % {"count": duplicates}
            if duplicates and not refused
            else _("No row of this file could be taken.")
        )
    return accepted


def _import(
    enrollment: Enrollment,
    import_id: uuid.UUID,
    digest: str,
    rows: Sequence[PlannedRow],
    plan: ImportPlan,
    now: datetime,
) -> LogImport:
    days = [row.day for row in rows if row.day]
    try:
        with transaction.atomic():
            made: LogImport = LogImport.objects.create(
                id=import_id,
                enrollment=enrollment,
                digest=digest,
                entries=len(rows),
                minutes=sum(row.minutes or 0 for row in rows),
                duplicates=len(plan.having(Verdict.DUPLICATE)),
                refused=len(plan.having(Verdict.REFUSED)),
                first_day=min(days),
                last_day=max(days),
                created_at=now,
            )
    except IntegrityError as exc:  # somebody else's import took the id in this moment
        raise ImportIdTaken(_("Make a new id for another file.")) from exc
    stored = {row.milestone.key for row in rows if row.milestone}
    LogEntry.objects.bulk_create(
        (
            LogEntry(
                id=uuid7(),
                enrollment=enrollment,
                milestone_key=row.milestone.key,
                day=row.day,
                time_zone=enrollment.learner.time_zone,
                minutes=row.minutes,
                note=row.note,
                source=LogSource.IMPORT,
                log_import=made,
                at=now,
                created_at=now,
            )
            for row in rows
            if row.day and row.minutes and row.milestone  # as every accepted row has
        ),
        batch_size=2_000,
    )
    for key in sorted(stored):
        MilestoneProgress.of(enrollment, key).move_work(Work.DOING, now=now)
    return made
