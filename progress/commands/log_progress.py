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
from progress.compiled import key_now
from progress.models import Enrollment, LogEntry, MilestoneProgress
from progress.models.log_entry import MINUTES_IN_A_DAY
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
) -> tuple[LogEntry, bool]:
    """Store a log entry; return it and whether it is new.

    Sending the same entry again is harmless. `day` is a calendar day where the learner is; minutes
    are 1–1440. The first entry on a milestone starts it; a locked one takes entries too, since
    work that was done was done. Raises NotYourEnrollment, EnrollmentNotActive, NotOnTheWay,
    DayInFuture, DayTooEarly, DayFull, EnrollmentPaused, EntryIdTaken.
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
            created_at=now,
        )
        known = LogEntry.objects.filter(pk=entry_id).first()
        if known is not None:
            return _same(known, entry), False
        # A phone that was offline during an upgrade still says the key of the edition before.
        milestone = require_milestone(enrollment, key_now(enrollment, milestone_key))
        require_working(enrollment)
        _check_day(entry, person=person, now=now)
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
    return entry, True


def _same(known: LogEntry, entry: LogEntry) -> LogEntry:
    said = ("enrollment_id", "milestone_key", "day", "minutes", "note")
    if any(getattr(known, name) != getattr(entry, name) for name in said):
        raise EntryIdTaken(
            "Make a new id for a new entry; an entry that was sent can't be changed."
        )
    return known


def _check_day(entry: LogEntry, *, person: User, now: datetime) -> None:
    today = now.astimezone(person.zone).date()
    if entry.day > today:
        detail = f"{entry.day} is in the future; it is {today} where you are ({person.time_zone})."
        raise DayInFuture(detail, errors=[FieldError("day", "in-future", detail)])
    started = entry.enrollment.started_at.astimezone(person.zone).date()
    earliest = started - timedelta(days=DAYS_BEFORE_ENROLLMENT)
    if entry.day < earliest:
        detail = f"You started on {started}; work is counted from {earliest} on."
        raise DayTooEarly(detail, errors=[FieldError("day", "too-early", detail)])
    same_day = LogEntry.objects.filter(enrollment__learner=person, day=entry.day)
    logged = same_day.aggregate(minutes=Sum("minutes"))["minutes"] or 0
    if logged + entry.minutes > MINUTES_IN_A_DAY:
        left = MINUTES_IN_A_DAY - logged
        detail = f"{logged} minutes are logged for {entry.day} already; {left} are left."
        raise DayFull(detail, errors=[FieldError("minutes", "day-full", detail)])
