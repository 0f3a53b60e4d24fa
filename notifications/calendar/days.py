"""What stands in a person's calendar: facts, in the language that is active."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from progress.compiled import compiled_edition
from progress.models import Cohort, Enrollment, Leave, PlannedSession
from progress.models.cohort import CohortPart
from progress.pausing import intervals_of, pausing_of
from progress.rhythm import Interval
from progress.states import EnrollmentState

DAY = timedelta(days=1)
PAST = timedelta(days=31)
"""How long what is over still stands there."""


@dataclass(frozen=True, slots=True)
class AllDay:
    """Whole days, the last one included. `uid` stays the same whatever else changes."""

    uid: str
    summary: str
    path: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Weekly:
    """A time each week, as clocks show it, from the day `first` on."""

    uid: str
    summary: str
    path: str
    first: date
    starts_at: time
    minutes: int
    left_out: tuple[date, ...] = ()
    """Days on which it is not."""
    last: date | None = None
    """The last day on which it may be; None: it goes on."""


Entry = AllDay | Weekly


def entries_of(person: User, now: datetime) -> list[Entry]:
    """Return what stands in a person's calendar at `now` (a fixed number of queries).

    The target of each active enrollment, moved by its pauses, its pauses, and its planned sessions
    but for paused days; the leave of a mentor; the first and the last day of their cohorts.
    """
    today = now.astimezone(person.zone).date()
    return [*_ways(person, today, now), *_leaves(person, today), *_cohorts(person, today)]


def _ways(person: User, today: date, now: datetime) -> Iterator[Entry]:
    rows = Enrollment.objects.with_names().with_pauses().prefetch_related("sessions")
    for enrollment in rows.filter(learner=person, state=EnrollmentState.ACTIVE).order_by("id"):
        title = compiled_edition(enrollment.edition_id).document.title
        pauses = intervals_of(enrollment)
        target = pausing_of(enrollment, now=now, pauses=pauses).target
        if target is not None:
            yield AllDay(
                uid=f"target-{enrollment.pk}",
                summary=_("Target: %(pathway)s") % {"pathway": title},
                path="/progress",
                first=target,
                last=target,
            )
        for pause in sorted(enrollment.pauses.all(), key=lambda one: one.starts_on):
            if pause.ends_on is not None and pause.ends_on >= today - PAST:
                yield AllDay(
                    uid=f"pause-{pause.pk}",
                    summary=_("Pause: %(pathway)s") % {"pathway": title},
                    path="/progress",
                    first=pause.starts_on,
                    last=pause.ends_on,
                )
        for session in sorted(enrollment.sessions.all(), key=lambda one: one.pk):
            entry = _session(session, title, pauses)
            if entry is not None:
                yield entry


def _session(session: PlannedSession, title: str, pauses: list[Interval]) -> Weekly | None:
    first = session.planned_on + DAY * ((session.weekday - session.planned_on.weekday()) % 7)
    open_ones = [pause.starts_on for pause in pauses if pause.ends_on is None]
    last = min(open_ones) - DAY if open_ones else None
    if last is not None and last < first:
        return None
    return Weekly(
        uid=f"session-{session.pk}",
        summary=title,
        path="/log",
        first=first,
        starts_at=session.starts_at,
        minutes=session.minutes,
        left_out=tuple(day for pause in pauses for day in _weekdays_in(pause, first)),
        last=last,
    )


def _weekdays_in(pause: Interval, first: date) -> Iterator[date]:
    """Yield the days of a pause that are whole weeks after `first`."""
    if pause.ends_on is None:
        return
    begins = max(first, pause.starts_on)
    day = begins + DAY * ((first - begins).days % 7)
    while day <= pause.ends_on:
        yield day
        day += 7 * DAY


def _leaves(person: User, today: date) -> Iterator[Entry]:
    rows = Leave.objects.owned_by(person).filter(ends_on__gte=today - PAST)
    for leave in rows.order_by("starts_on", "id"):
        yield AllDay(
            uid=f"leave-{leave.pk}",
            summary=_("On leave: no reviews"),
            path="/profile",
            first=leave.starts_on,
            last=leave.ends_on,
        )


def _cohorts(person: User, today: date) -> Iterator[Entry]:
    leading = (CohortPart.MENTOR, CohortPart.COORDINATOR)
    led = Cohort.objects.of(person, *leading).values("pk")
    rows = Cohort.objects.of(person).open().filter(ends_on__gte=today - PAST)
    shown = set(rows.filter(pk__in=led).values_list("pk", flat=True))
    for cohort in rows.order_by("starts_on", "id"):
        path = f"/cohorts/{cohort.pk}" if cohort.pk in shown else "/"
        for what, day, said in (
            ("begins", cohort.starts_on, _("%(cohort)s begins")),
            ("ends", cohort.ends_on, _("%(cohort)s ends")),
        ):
            yield AllDay(
                uid=f"cohort-{what}-{cohort.pk}",
                summary=said % {"cohort": cohort.name},
                path=path,
                first=day,
                last=day,
            )
