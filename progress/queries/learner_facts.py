"""What is known of many learners at once, for the report and for their own page."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Min, Q, QuerySet, Sum

from accounts.models import User
from progress.compiled import compiled, key_now
from progress.models import Enrollment, LogEntry, MilestoneProgress, Pause, Submission
from progress.pausing import Pausing, local_day, pausing_of
from progress.rhythm import Interval, paused_days
from progress.risk import CHANGES_BEFORE_HELP, PACE_DAYS, RHYTHM_DAYS, ChangedAgain, Facts, InReview
from progress.rules import Measured, measured
from progress.states import EnrollmentState, EnrollmentStatus, SubmissionState, Verification, Work

DAY = timedelta(days=1)
_SETTLED = Q(verification__in=[Verification.APPROVED.value, Verification.WAIVED.value])
_DONE = Q(work=Work.DONE.value)
_TOUCHED = ~Q(work=Work.TODO.value) | ~Q(verification=Verification.NONE.value)
_WAITING = Q(state=SubmissionState.WAITING.value)
_CHANGES = Q(state=SubmissionState.CHANGES_REQUESTED.value)


@dataclass(frozen=True, slots=True)
class Known:
    """One learner: how far they are, what their pauses make of it, and what risk is judged by."""

    enrollment: Enrollment
    measured: Measured
    pausing: Pausing
    facts: Facts


@dataclass(frozen=True, slots=True)
class Signs:
    """When a learner was heard of: of the last RHYTHM_DAYS on how many days they worked, the first
    and the last of them, and the minutes of the last PACE_DAYS; when they last moved their own
    work, and handed in.
    """

    active_days: int = 0
    first: date | None = None
    last: date | None = None
    recent: int = 0
    moments: tuple[datetime, ...] = ()


def known_of(
    rows: QuerySet[Enrollment], *, learners: Mapping[UUID, User], now: datetime
) -> list[Known]:
    """Return what is known of the enrollments `rows` (six queries, however many they are).

    `learners` has who they are of, by id. What lies further back than a rhythm is looked for
    is left unread; where that window begins is a day in UTC, so that it is one for all.
    """
    rows = rows.order_by()
    enrollments = list(rows)
    for enrollment in enrollments:
        enrollment.learner = learners[enrollment.learner_id]
    milestones, logs, heard = milestones_of(rows), _logs(rows, now), handed_in(rows)
    pauses: dict[UUID, list[Interval]] = {}
    rested = Pause.objects.filter(enrollment__in=rows.values("pk")).order_by("starts_on")
    for pk, starts_on, ends_on in rested.values_list("enrollment", "starts_on", "ends_on"):
        pauses.setdefault(pk, []).append(Interval(starts_on, ends_on))
    rounds: dict[UUID, list[dict[str, Any]]] = {}
    for row in rounds_of(rows):
        rounds.setdefault(row["enrollment"], []).append(row)
    return [
        known_at(
            one,
            how_far(one, milestones.get(one.pk, {})),
            Signs(
                **logs.get(one.pk, {}),
                moments=moments_of(milestones.get(one.pk, {}), heard.get(one.pk)),
            ),
            rounds.get(one.pk, []),
            pauses.get(one.pk, []),
            now,
            settled=milestones.get(one.pk, {}).get("settled", []),
        )
        for one in enrollments
    ]


def milestones_of(enrollments: QuerySet[Enrollment]) -> dict[UUID, dict[str, Any]]:
    """What is settled and done, and when the learner last moved their own work (one query)."""
    rows = (
        MilestoneProgress.objects.filter(enrollment__in=enrollments.values("pk"))
        .order_by()
        .values("enrollment")
    )
    found = rows.annotate(
        settled=ArrayAgg("milestone_key", filter=_SETTLED, default=[]),
        done=ArrayAgg("milestone_key", filter=_DONE, default=[]),
        touched=ArrayAgg("milestone_key", filter=_TOUCHED, default=[]),
        moved_at=Max("work_changed_at"),
    )
    return {row["enrollment"]: dict(row) for row in found}


def _logs(enrollments: QuerySet[Enrollment], now: datetime) -> dict[UUID, dict[str, Any]]:
    """Days with work and recent minutes (one query)."""
    today = now.date()
    rows = LogEntry.objects.standing().filter(
        enrollment__in=enrollments.values("pk"), day__gte=today - RHYTHM_DAYS * DAY
    )
    found = (
        rows.order_by()
        .values("enrollment")
        .annotate(
            active_days=Count("day", distinct=True),
            first=Min("day"),
            last=Max("day"),
            recent=Sum("minutes", filter=Q(day__gte=today - PACE_DAYS * DAY), default=0),
        )
    )
    rows_by_name: Iterable[dict[str, Any]] = (dict(row) for row in found)
    return {row.pop("enrollment"): row for row in rows_by_name}


def handed_in(enrollments: QuerySet[Enrollment]) -> dict[UUID, datetime]:
    """When each learner handed in last (one query)."""
    rows = Submission.objects.filter(enrollment__in=enrollments.values("pk")).order_by()
    return dict(rows.values_list("enrollment").annotate(last=Max("submitted_at")))


def rounds_of(enrollments: QuerySet[Enrollment]) -> Iterable[dict[str, Any]]:
    """Milestones with a round that waits, or changes requested again and again (one query)."""
    rows = Submission.objects.filter(
        _WAITING | _CHANGES, enrollment__in=enrollments.values("pk")
    ).order_by()
    found: Iterable[Any] = (
        rows.values("enrollment", "milestone_key")
        .annotate(
            waiting_since=Min("submitted_at", filter=_WAITING), changes=Count("pk", filter=_CHANGES)
        )
        .filter(Q(waiting_since__isnull=False) | Q(changes__gte=CHANGES_BEFORE_HELP))
    )
    return found


def how_far(enrollment: Enrollment, milestones: Mapping[str, Any]) -> Measured:
    """Return how far somebody is, from their row of `milestones_of`."""
    return measured(
        compiled(enrollment),
        enrollment.track,
        settled=set(milestones.get("settled", [])),
        done=set(milestones.get("done", [])),
        touched=set(milestones.get("touched", [])),
    )


def moments_of(milestones: Mapping[str, Any], handed_in: datetime | None) -> tuple[datetime, ...]:
    """Return when somebody last moved their own work, and handed in, as far as they did."""
    moments = (milestones.get("moved_at"), handed_in)
    return tuple(moment for moment in moments if moment is not None)


def known_at(
    enrollment: Enrollment,
    far: Measured,
    signs: Signs,
    rounds: Iterable[Mapping[str, Any]],
    pauses: Sequence[Interval],
    now: datetime,
    *,
    settled: Collection[str],
) -> Known:
    """Return what is known at `now` from what was read (no query, once the edition is compiled).

    `rounds` are rows of `rounds_of`; `settled` are the keys that a mentor approved or waived.
    """
    pathway = compiled(enrollment)
    today, started_on = local_day(enrollment, now), local_day(enrollment, enrollment.started_at)
    pausing = pausing_of(enrollment, now=now, pauses=pauses)
    zone = enrollment.learner.zone
    days = [moment.astimezone(zone).date() for moment in signs.moments]
    # Work on the first day is a beginning, and so is setting out.
    heard_on = max([*days, signs.last or started_on, started_on, today - RHYTHM_DAYS * DAY])
    judged_from = max(started_on, today - PACE_DAYS * DAY)
    judged = (today - judged_from).days - paused_days(pauses, judged_from, today - DAY)

    def title(row: Mapping[str, Any]) -> tuple[str, str]:
        key = key_now(enrollment, row["milestone_key"])
        milestone = pathway.milestones.get(key)
        return key, milestone.title if milestone else key

    return Known(
        enrollment,
        far,
        pausing,
        Facts(
            today=today,
            paused=pausing.status is EnrollmentStatus.PAUSED,
            complete=far.complete or enrollment.state == EnrollmentState.COMPLETED,
            silent_days=_silent(heard_on, today, paused_days(pauses, heard_on + DAY, today)),
            active_days=signs.active_days,
            span_days=(signs.last - signs.first).days if signs.last and signs.first else 0,
            minutes=signs.recent,
            judged_days=max(judged, 0),
            weekly_goal=enrollment.weekly_minutes,
            hours_left=far.hours_left,
            target_on=pausing.target,
            waiting=tuple(
                InReview(*title(row), (now - row["waiting_since"]).days)
                for row in rounds
                if row["waiting_since"] is not None
            ),
            changed_again=tuple(
                ChangedAgain(*title(row), row["changes"])
                for row in rounds
                if row["changes"] and title(row)[0] not in settled
            ),
        ),
    )


def _silent(heard_on: date, today: date, paused: int) -> int:
    return max((today - heard_on).days - paused, 0)
