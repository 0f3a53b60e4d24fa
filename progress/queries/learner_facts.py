"""What is known of many learners at once, for the report and for their own page.

Plain rows, not models: of a thousand learners, making models of what is read takes longer than
judging it. Instants come as whole microseconds, which Python reads some ten times as fast, and
what belongs together is looked up by the ids' numbers: a UUID hashes itself in Python.
"""

import json
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BigIntegerField, Count, Func, Max, Min, Q, QuerySet, Sum, TextField
from django.db.models.functions import Cast

from progress.compiled import compiled_edition, lives_on_as
from progress.models import Enrollment, LogEntry, MilestoneProgress, Pause, Submission
from progress.pausing import Pausing, pausing_on
from progress.rhythm import Interval, paused_days
from progress.risk import CHANGES_BEFORE_HELP, PACE_DAYS, RHYTHM_DAYS, ChangedAgain, Facts, InReview
from progress.rules import Measured, measured
from progress.states import EnrollmentState, EnrollmentStatus, SubmissionState, Verification, Work
from progress.veil import Veil

DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SETTLED = Q(verification__in=[Verification.APPROVED.value, Verification.WAIVED.value])
_DONE = Q(work=Work.DONE.value)
_TOUCHED = ~Q(work=Work.TODO.value) | ~Q(verification=Verification.NONE.value)
_WAITING = Q(state=SubmissionState.WAITING.value)
_CHANGES = Q(state=SubmissionState.CHANGES_REQUESTED.value)


class Micros(Func):
    """An instant as whole microseconds since 1970 (UTC): exact, unlike a float of seconds."""

    template = "(EXTRACT(EPOCH FROM %(expressions)s) * 1000000)::bigint"
    output_field = BigIntegerField()

    @staticmethod
    def of(instant: datetime) -> int:
        """Return it for an instant that Python knows."""
        return (instant - _EPOCH) // timedelta(microseconds=1)

    @property
    def convert_value(self) -> Any:
        """It is an int already: nothing to convert, value by value."""
        return self._convert_value_noop  # type: ignore[attr-defined]  # not in the stubs


@dataclass(frozen=True, slots=True)
class Known:
    """One learner: how far they are, what their pauses make of it, and what risk is judged by."""

    enrollment_id: uuid.UUID
    learner_id: uuid.UUID
    edition_id: uuid.UUID
    measured: Measured
    pausing: Pausing
    facts: Facts


class EnrollmentRow(NamedTuple):
    """An enrollment as it is read; `origins` are JSON, and `started` is in micros."""

    pk: uuid.UUID
    learner_id: uuid.UUID
    edition_id: uuid.UUID
    track: str
    state: str
    weekly_minutes: int
    target_date: date | None
    target_set_on: date | None
    origins: str
    started: int


class MilestonesRead(NamedTuple):
    """What is settled, done and touched, by key; when they moved their work last, in micros."""

    settled: Sequence[str] = ()
    done: Sequence[str] = ()
    touched: Sequence[str] = ()
    moved: int | None = None


class LogsRead(NamedTuple):
    """Days with work, and the minutes of late."""

    active_days: int = 0
    first: date | None = None
    last: date | None = None
    recent: int = 0


class RoundRead(NamedTuple):
    """A milestone with a round that waits since `waiting` (micros), or was changed so often."""

    key: str
    waiting: int | None
    changes: int


def known_of(
    rows: QuerySet[Enrollment], *, zones: Mapping[uuid.UUID, str], veil: Veil, now: datetime
) -> list[Known]:
    """Return what is known of the enrollments `rows` (six queries, however many they are).

    `zones` has the time zone of each learner, by id. What is veiled is judged as if it still
    waited. What lies further back than a rhythm is looked for is left unread; where that window
    begins is a day in UTC, so that it is one for all.
    """
    rows = rows.order_by()
    enrollments = rows.values_list(
        *EnrollmentRow._fields[:-2], Cast("origins", TextField()), Micros("started_at")
    )
    milestones, logs, heard = _milestones(rows), _logs(rows, now), handed_in_at(rows)
    pauses: dict[int, list[Interval]] = {}
    rested = Pause.objects.filter(enrollment__in=rows.values("pk")).order_by("starts_on")
    for pk, starts_on, ends_on in rested.values_list("enrollment", "starts_on", "ends_on"):
        pauses.setdefault(pk.int, []).append(Interval(starts_on, ends_on))
    rounds: dict[int, list[RoundRead]] = {}
    for pk, *row in rounds_of(rows, veil.submissions):
        rounds.setdefault(pk.int, []).append(RoundRead(*row))
    moments = {name: Moment(ZoneInfo(name), now) for name in set(zones.values())}
    nothing, silence = MilestonesRead(), LogsRead()
    return [
        known_at(
            *_veiled(one, milestones.get(one.pk.int, nothing), veil),
            logs.get(one.pk.int, silence),
            heard.get(one.pk.int),
            rounds.get(one.pk.int, ()),
            pauses.get(one.pk.int, ()),
            moments[zones[one.learner_id]],
        )
        for one in map(EnrollmentRow._make, enrollments)
    ]


def _milestones(enrollments: QuerySet[Enrollment]) -> dict[int, MilestonesRead]:
    """What is settled and done, and when the learner last moved their own work (one query)."""
    rows = MilestoneProgress.objects.filter(enrollment__in=enrollments.values("pk")).order_by()
    found = rows.values_list("enrollment").annotate(
        settled=ArrayAgg("milestone_key", filter=_SETTLED, default=[]),
        done=ArrayAgg("milestone_key", filter=_DONE, default=[]),
        touched=ArrayAgg("milestone_key", filter=_TOUCHED, default=[]),
        moved=Micros(Max("work_changed_at")),
    )
    return {pk.int: MilestonesRead(*row) for pk, *row in found}


def _logs(enrollments: QuerySet[Enrollment], now: datetime) -> dict[int, LogsRead]:
    """Days with work and recent minutes (one query)."""
    today = now.date()
    rows = LogEntry.objects.standing().filter(
        enrollment__in=enrollments.values("pk"), day__gte=today - RHYTHM_DAYS * DAY
    )
    found = (
        rows.order_by()
        .values_list("enrollment")
        .annotate(
            active_days=Count("day", distinct=True),
            first=Min("day"),
            last=Max("day"),
            recent=Sum("minutes", filter=Q(day__gte=today - PACE_DAYS * DAY), default=0),
        )
    )
    return {pk.int: LogsRead(*row) for pk, *row in found}


def handed_in_at(enrollments: QuerySet[Enrollment]) -> dict[int, int]:
    """When each learner handed in last (one query)."""
    rows = Submission.objects.filter(enrollment__in=enrollments.values("pk")).order_by()
    found = rows.values_list("enrollment").annotate(last=Micros(Max("submitted_at")))
    return {pk.int: last for pk, last in found}


def rounds_of(enrollments: QuerySet[Enrollment], hidden: Collection[uuid.UUID]) -> Iterable[Any]:
    """Milestones with a round that waits, or changes requested again and again (one query)."""
    rows = Submission.objects.filter(_WAITING | _CHANGES, enrollment__in=enrollments.values("pk"))
    rows = rows.exclude(pk__in=hidden).order_by()
    found: Iterable[Any] = (
        rows.values_list("enrollment", "milestone_key")
        .annotate(
            waiting=Micros(Min("submitted_at", filter=_WAITING)),
            changes=Count("pk", filter=_CHANGES),
        )
        .filter(Q(waiting__isnull=False) | Q(changes__gte=CHANGES_BEFORE_HELP))
    )
    return found


class Moment:
    """The moment of asking, where a learner lives: the same for all of one zone."""

    def __init__(self, zone: ZoneInfo, now: datetime) -> None:
        self.zone = zone
        self.now = now
        self.today = now.astimezone(zone).date()

    def day_of(self, micros: int) -> date:
        """Return the local day of an instant."""
        return (_EPOCH + timedelta(microseconds=micros)).astimezone(self.zone).date()

    def days_since(self, micros: int) -> int:
        """Return the whole days of 24 hours since an instant."""
        return (self.now - _EPOCH - timedelta(microseconds=micros)).days


def known_at(
    row: EnrollmentRow,
    milestones: MilestonesRead,
    logs: LogsRead,
    handed_in: int | None,
    rounds: Sequence[RoundRead],
    pauses: Sequence[Interval],
    at: Moment,
) -> Known:
    """Return what is known of a learner at a moment, from what was read."""
    pathway = compiled_edition(row.edition_id)
    far = measured(
        pathway,
        row.track,
        settled=milestones.settled,
        done=milestones.done,
        touched=milestones.touched,
    )
    today, started_on = at.today, at.day_of(row.started)
    pausing = pausing_on(
        today,
        state=row.state,
        pauses=pauses,
        target=row.target_date,
        set_on=row.target_set_on or started_on,
    )
    # Work on the first day is a beginning, and so is setting out.
    heard_on = max(logs.last or started_on, started_on, today - RHYTHM_DAYS * DAY)
    moments = [moment for moment in (milestones.moved, handed_in) if moment is not None]
    if moments:
        heard_on = max(heard_on, at.day_of(max(moments)))
    judged_from = max(started_on, today - PACE_DAYS * DAY)
    judged = (today - judged_from).days - paused_days(pauses, judged_from, today - DAY)
    waiting, changed = [], []
    for one in rounds:
        key = one.key
        if key not in pathway.milestones:
            key = lives_on_as(key, edition_id=row.edition_id, origins=json.loads(row.origins))
        milestone = pathway.milestones.get(key)
        title = milestone.title if milestone else key
        if one.waiting is not None:
            waiting.append(InReview(key, title, at.days_since(one.waiting)))
        if one.changes and key not in milestones.settled:
            changed.append(ChangedAgain(key, title, one.changes))
    return Known(
        row.pk,
        row.learner_id,
        row.edition_id,
        far,
        pausing,
        Facts(
            today=today,
            paused=pausing.status is EnrollmentStatus.PAUSED,
            complete=far.complete or row.state == EnrollmentState.COMPLETED,
            silent_days=_silent(heard_on, today, paused_days(pauses, heard_on + DAY, today)),
            active_days=logs.active_days,
            span_days=(logs.last - logs.first).days if logs.first and logs.last else 0,
            minutes=logs.recent,
            judged_days=max(judged, 0),
            weekly_goal=row.weekly_minutes,
            hours_left=far.hours_left,
            target_on=pausing.target,
            waiting=tuple(waiting),
            changed_again=tuple(changed),
        ),
    )


def _veiled(
    row: EnrollmentRow, milestones: MilestonesRead, veil: Veil
) -> tuple[EnrollmentRow, MilestonesRead]:
    """Return both as they may be judged: what is veiled is not settled, and completed nothing."""
    hidden = [one for one in veil.rounds if one.enrollment_id == row.pk]
    if not hidden:
        return row, milestones
    origins = json.loads(row.origins)
    keys = {
        lives_on_as(one.milestone_key, edition_id=row.edition_id, origins=origins) for one in hidden
    }
    settled = [key for key in milestones.settled if key not in keys]
    state = EnrollmentState.ACTIVE.value if any(one.completed_way for one in hidden) else row.state
    return row._replace(state=state), milestones._replace(settled=settled)


def _silent(heard_on: date, today: date, paused: int) -> int:
    return max((today - heard_on).days - paused, 0)
