"""Stop the timer and log what it measured."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, FieldError, Refused
from progress.logbook import Logbook, SaidEntry
from progress.logbook.days import require_room
from progress.models import Enrollment, LogEntry, Timer
from progress.models.log_entry import MINUTES_IN_A_DAY, LogSource
from progress.timing import fitted, minutes_by_day


class NoTimer(Conflict):
    """No timer runs, or not the one that this is about."""

    code = "no-timer"
    title = gettext_lazy("This timer does not run any more")


class TimerForgotten(Refused):
    """It ran for longer than anybody works."""

    code = "timer-forgotten"
    title = gettext_lazy("This timer was forgotten")


def stop_timer(
    *,
    person: User,
    entry_id: uuid.UUID,
    minutes: int | None,
    milestone_key: str | None,
    note: str,
    now: datetime,
    at: datetime | None = None,
) -> tuple[list[LogEntry], bool]:
    """Turn the running timer into log entries, and stop it; return them and whether they are new.

    One entry for each local day it ran on, so that midnight divides; cut to what a day has room
    for. The first has `entry_id`, further ones an id made from it, so that sending again finds
    them. `minutes` (1–1440, from the timer's start) replace what was measured until `at`, and are
    needed after 16 hours. Raises NoTimer, TimerForgotten, DayFull and whatever refuses an entry.
    """
    at = min(at or now, now)
    with transaction.atomic():
        timer = Timer.objects.select_for_update().filter(learner=person).first()
        if timer is None or at < timer.started_at:
            known = _logged_before(person, entry_id)
            if known:
                return known, False
            raise NoTimer(_("It was stopped or discarded, perhaps on another device."))
        enrollment = Enrollment.objects.with_names().get(pk=timer.enrollment_id)
        measured = _measured(timer, at) if minutes is None else minutes
        by_day = minutes_by_day(timer.started_at, measured, person.zone)
        said = [
            SaidEntry(
                id=_id_of(entry_id, number),
                milestone_key=milestone_key or timer.milestone_key,
                day=day,
                minutes=part,
                note=note,
                source=LogSource.TIMER,
                replaces=None,
                at=at,
            )
            for number, (day, part) in enumerate(by_day.items())
        ]
        book = Logbook.open(person=person, enrollment=enrollment, said=said, now=now)
        entries = [book.take_entry(one)[0] for one in _fitting(said, book)]
        book.close()
        timer.delete()
    return entries, True


def _measured(timer: Timer, at: datetime) -> int:
    if timer.was_forgotten(at):
        hours = round((at - timer.started_at) / timedelta(hours=1))
        detail = _("It ran for %(hours)s hours. Say how many minutes you worked.") % {
            "hours": hours
        }
        raise TimerForgotten(detail, errors=[FieldError("minutes", "needed", detail)])
    return max(1, round((at - timer.started_at) / timedelta(minutes=1)))


def _fitting(said: list[SaidEntry], book: Logbook) -> list[SaidEntry]:
    """Return the entries cut to what their days have room for; raise DayFull if none has any."""
    room: dict[date, int] = {one.day: MINUTES_IN_A_DAY - book.minutes[one.day] for one in said}
    cut = fitted({one.day: one.minutes for one in said}, room)
    if not cut:
        require_room(said[0].day, said[0].minutes, logged=book.minutes[said[0].day])
    return [
        SaidEntry(
            id=said[0].id if number == 0 else one.id,
            milestone_key=one.milestone_key,
            day=one.day,
            minutes=cut[one.day],
            note=one.note,
            source=one.source,
            replaces=None,
            at=one.at,
        )
        for number, one in enumerate(one for one in said if one.day in cut)
    ]


def _logged_before(person: User, entry_id: uuid.UUID) -> list[LogEntry]:
    """Return the entries of an earlier call with this id (a timer spans three days at most)."""
    ids = [_id_of(entry_id, number) for number in range(3)]
    rows = LogEntry.objects.filter(pk__in=ids, enrollment__learner=person, source=LogSource.TIMER)
    return list(rows.order_by("day", "id"))


def _id_of(entry_id: uuid.UUID, number: int) -> uuid.UUID:
    return entry_id if number == 0 else uuid.uuid5(entry_id, str(number))
