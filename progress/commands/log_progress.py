"""Log work on a milestone."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from backend.errors import Conflict, FieldError, Refused
from progress import events, outbox
from progress.commands.guards import require_learner, require_milestone, require_working
from progress.commands.pause_guards import require_unpaused
from progress.commands.void_log_entry import (
    record_voided,
    require_own_entry,
    void_what_was_corrected,
)
from progress.compiled import key_now
from progress.models import Enrollment, LogEntry, LogVoid, MilestoneProgress
from progress.models.log_entry import MINUTES_IN_A_DAY, LogSource
from progress.states import Work

DAYS_BEFORE_ENROLLMENT = 31


class DayInFuture(Refused):
    """The day has not begun where the learner is."""

    code = "day-in-future"
    title = "That day has not begun yet"


class DayTooEarly(Refused):
    """The day is long before the learner set out."""

    code = "day-too-early"
    title = "That day is too long before you started"


class ReasonNeeded(Refused):
    """The day is shortly before the learner set out, and nothing says what was done."""

    code = "reason-needed"
    title = "Work from before you started needs a note"


class DayFull(Refused):
    """A day has 24 hours."""

    code = "day-full"
    title = "A day has only 24 hours"


class EntryIdTaken(Conflict):
    """The id belongs to an entry that says something else."""

    code = "entry-id-taken"
    title = "This id belongs to another log entry"


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
    EnrollmentPaused, EntryIdTaken.
    """
    require_learner(person, enrollment)
    with transaction.atomic():
        enrollment.hold()
        # Two devices of one learner take turns here, so that the day's total and the id hold.
        User.objects.select_for_update(no_key=True).only("pk").get(pk=person.pk)
        entry = LogEntry(
            id=entry_id,
            enrollment=enrollment,
            milestone_key=milestone_key,
            day=day,
            time_zone=person.time_zone,
            minutes=minutes,
            note=note,
            source=source,
            replaces=replaces,
            at=min(at or now, now),
            created_at=now,
        )
        known = LogEntry.objects.filter(pk=entry_id).first()
        if known is not None:
            return _same(known, entry), False
        # A phone that was offline during an upgrade still says the key of the edition before.
        milestone = require_milestone(enrollment, key_now(enrollment, milestone_key))
        require_working(enrollment)
        if replaces is not None:
            require_own_entry(enrollment, replaces, field="replaces")
        # Taken back, or corrected, by a device that was heard first.
        is_void = LogVoid.objects.filter(enrollment=enrollment, entry_id=entry_id).exists()
        _check_day(entry, person=person, now=now, counts=not is_void)
        require_unpaused(enrollment, day)
        entry.save(force_insert=True)
        MilestoneProgress.of(enrollment, milestone.key).move_work(Work.DOING, now=now)
        outbox.record(
            events.Event(
                type=events.LOG_ENTRY_RECORDED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=entry.pk,
                enrollment_id=enrollment.pk,
                data={"milestone": milestone.key, "minutes": minutes, "day": day.isoformat()},
            )
        )
        if is_void:
            record_voided(entry, now=now)
        if replaces is not None:
            void_what_was_corrected(enrollment, now=now)
    return entry, True


def _same(known: LogEntry, entry: LogEntry) -> LogEntry:
    said = ("enrollment_id", "milestone_key", "day", "minutes", "note", "replaces")
    if any(getattr(known, name) != getattr(entry, name) for name in said):
        raise EntryIdTaken(
            "Make a new id for a new entry; an entry that was sent can't be changed."
        )
    return known


def _check_day(entry: LogEntry, *, person: User, now: datetime, counts: bool) -> None:
    today = now.astimezone(person.zone).date()
    if entry.day > today:
        detail = f"{entry.day} is in the future; it is {today} where you are ({person.time_zone})."
        raise DayInFuture(detail, errors=[FieldError("day", "in-future", detail)])
    started = entry.enrollment.started_at.astimezone(person.zone).date()
    earliest = started - timedelta(days=DAYS_BEFORE_ENROLLMENT)
    if entry.day < earliest:
        detail = f"You started on {started}; work is counted from {earliest} on."
        raise DayTooEarly(detail, errors=[FieldError("day", "too-early", detail)])
    if entry.day < started and not entry.note.strip():
        detail = f"You started on {started}. Say in the note what you did before that."
        raise ReasonNeeded(detail, errors=[FieldError("note", "reason-needed", detail)])
    if not counts:
        return
    same_day = LogEntry.objects.standing().filter(enrollment__learner=person, day=entry.day)
    others = same_day if entry.replaces is None else same_day.exclude(pk=entry.replaces)
    logged = others.aggregate(minutes=Sum("minutes"))["minutes"] or 0
    if logged + entry.minutes > MINUTES_IN_A_DAY:
        left = MINUTES_IN_A_DAY - logged
        detail = f"{logged} minutes are logged for {entry.day} already; {left} are left."
        raise DayFull(detail, errors=[FieldError("minutes", "day-full", detail)])
