"""The courses of many learners at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Greatest

from accounts.models import User
from progress.compiled import compiled, compiled_edition, key_now, milestone_of
from progress.document import VerifiedBy
from progress.models import (
    ChangeRequest,
    EarlierGoal,
    Edition,
    Enrollment,
    LogEntry,
    Mentorship,
    MilestoneProgress,
    Pause,
    Probe,
    SecondOpinion,
    Submission,
    UpgradeAnswer,
)
from progress.queries.learner_course import Course, Down, Newer, Unanswered
from progress.queries.learner_facts import (
    DAY,
    Micros,
    MilestonesRead,
    RoundRead,
    handed_in_at,
    rounds_of,
)
from progress.queries.pathways import newest_editions
from progress.rhythm import GoalBefore, Interval
from progress.risk import RHYTHM_DAYS
from progress.states import SubmissionState, Verification, Work

SETTLED = (Verification.APPROVED.value, Verification.WAIVED.value)
CHANGES = Verification.CHANGES_REQUESTED.value


def courses_of(rows: QuerySet[Enrollment], *, now: datetime) -> list[Course]:
    """Return the courses of enrollments (fifteen queries, however many they are)."""
    enrollments = list(
        rows.order_by("pk").select_related("learner", "edition").defer("edition__document")
    )
    ids = [one.pk for one in enrollments]
    few = Enrollment.objects.filter(pk__in=ids)
    states = _grouped(
        MilestoneProgress.objects.filter(enrollment__in=ids)
        .exclude(work=Work.TODO.value, verification=Verification.NONE.value)
        .values(
            "enrollment",
            "milestone_key",
            "work",
            "work_changed_at",
            "verification",
            "verification_changed_at",
        )
    )
    heard, logged, worked = handed_in_at(few), _logged(ids, now), _last_worked(ids)
    rounds: dict[int, list[RoundRead]] = {}
    for pk, *row in rounds_of(few, ()):
        rounds.setdefault(pk.int, []).append(RoundRead(*row))
    veiled = set(
        SecondOpinion.objects.waiting()
        .filter(enrollment__in=ids)
        .values_list("enrollment", flat=True)
    )
    pauses = _grouped(
        Pause.objects.filter(enrollment__in=ids)
        .order_by("starts_on")
        .values("enrollment", "starts_on", "ends_on")
    )
    goals = _grouped(
        EarlierGoal.objects.filter(enrollment__in=ids).values(
            "enrollment", "until", "weekly_minutes"
        )
    )
    asked, down = _grouped(_asked(ids)), _grouped(_down(ids))
    newest = {
        edition.pathway_id: edition
        for edition in newest_editions().filter(pathway__in={one.pathway_id for one in enrollments})
    }
    refused = set(
        UpgradeAnswer.objects.filter(
            enrollment__in=ids, answer=UpgradeAnswer.Answer.NEVER
        ).values_list("enrollment", "edition")
    )
    mentors: dict[UUID, list[User]] = {}
    for tie in (
        Mentorship.objects.active()
        .filter(learner__in={one.learner_id for one in enrollments}, mentor__is_active=True)
        .select_related("mentor")
        .order_by("pk")
    ):
        mentors.setdefault(tie.learner_id, []).append(tie.mentor)

    def course(one: Enrollment) -> Course:
        own = _States.of(one, states.get(one.pk, ()))
        return Course(
            enrollment=one,
            learner=one.learner,
            milestones=own.read(),
            completed_at=own.completed_at,
            logged=logged.get(one.pk, {}),
            last_worked_on=worked.get(one.pk),
            handed_in=heard.get(one.pk.int),
            rounds=rounds.get(one.pk.int, ()),
            is_veiled=one.pk in veiled,
            pauses=tuple(
                Interval(row["starts_on"], row["ends_on"]) for row in pauses.get(one.pk, ())
            ),
            goals_before=tuple(
                GoalBefore(row["until"], row["weekly_minutes"]) for row in goals.get(one.pk, ())
            ),
            unanswered=tuple(_unanswered(one, asked.get(one.pk, ()), own.changes_requested)),
            down=tuple(
                Down(
                    row["pk"],
                    row["milestone_key"],
                    milestone_of(one, row["milestone_key"]).title,
                    row["down_since"],
                )
                for row in down.get(one.pk, ())
            ),
            newer=_newer(one, newest.get(one.pathway_id), refused),
            mentors=tuple(mentors.get(one.learner_id, ())),
        )

    return [course(one) for one in enrollments]


@dataclass(frozen=True, slots=True)
class _States:
    """What a learner's milestones say of them, by key."""

    settled: frozenset[str]
    done: frozenset[str]
    touched: frozenset[str]
    changes_requested: frozenset[str]
    completed_at: Mapping[str, datetime]
    moved_at: datetime | None

    def read(self) -> MilestonesRead:
        """Return them as what is known of a learner is judged by."""
        moved = None if self.moved_at is None else Micros.of(self.moved_at)
        return MilestonesRead(tuple(self.settled), tuple(self.done), tuple(self.touched), moved)

    @classmethod
    def of(cls, enrollment: Enrollment, rows: Sequence[Mapping[str, Any]]) -> "_States":
        settled = {row["milestone_key"] for row in rows if row["verification"] in SETTLED}
        done = {row["milestone_key"] for row in rows if row["work"] == Work.DONE.value}
        known = compiled(enrollment).milestones
        completed = settled | {
            key for key in done if key in known and known[key].verified_by is VerifiedBy.SELF
        }
        return cls(
            settled=frozenset(settled),
            done=frozenset(done),
            touched=frozenset(row["milestone_key"] for row in rows),
            changes_requested=frozenset(
                row["milestone_key"] for row in rows if row["verification"] == CHANGES
            ),
            completed_at={
                row["milestone_key"]: row["verification_changed_at"] or row["work_changed_at"]
                for row in rows
                if row["milestone_key"] in completed
            },
            moved_at=max(
                (row["work_changed_at"] for row in rows if row["work_changed_at"]), default=None
            ),
        )


def _newer(
    one: Enrollment, newest: Edition | None, refused: Collection[tuple[UUID, UUID]]
) -> Newer | None:
    if newest is None or newest.number <= one.edition.number or (one.pk, newest.pk) in refused:
        return None
    title = compiled_edition(newest.pk).document.title
    return Newer(newest.number, title, newest.published_at)


def _grouped(rows: Iterable[Any]) -> dict[UUID, list[dict[str, Any]]]:
    """Return rows by their enrollment, in their order."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["enrollment"], []).append(row)
    return found


def _logged(ids: Collection[UUID], now: datetime) -> dict[UUID, dict[date, int]]:
    """Return minutes by local day of the last RHYTHM_DAYS (one query)."""
    since = now.date() - (RHYTHM_DAYS + 1) * DAY  # "today" may be yesterday somewhere
    rows = LogEntry.objects.standing().filter(enrollment__in=ids, day__gte=since).order_by()
    found: dict[UUID, dict[date, int]] = {}
    for pk, day, minutes in rows.values_list("enrollment", "day").annotate(sum=Sum("minutes")):
        found.setdefault(pk, {})[day] = minutes
    return found


def _last_worked(ids: Collection[UUID]) -> dict[UUID, date]:
    """Return the last local day with work, however long ago (one query)."""
    rows = LogEntry.objects.standing().filter(enrollment__in=ids).order_by()
    return dict(rows.values_list("enrollment").annotate(last=Max("day")))


def _asked(ids: Collection[UUID]) -> Iterable[dict[str, Any]]:
    """Return the last round of each milestone, where changes were requested in it (one query)."""
    later = Submission.objects.filter(
        enrollment=OuterRef("enrollment"),
        milestone_key=OuterRef("milestone_key"),
        round__gt=OuterRef("round"),
    ).exclude(state=SubmissionState.WITHDRAWN.value)
    answers = ChangeRequest.objects.filter(submission=OuterRef("pk")).order_by()
    answered = answers.values("submission").annotate(last=Max("answered_at")).values("last")
    work = LogEntry.objects.filter(
        enrollment=OuterRef("enrollment"), milestone_key=OuterRef("milestone_key")
    ).order_by()
    worked = work.values("enrollment").annotate(last=Max("at")).values("last")
    rows = Submission.objects.filter(
        ~Exists(later), enrollment__in=ids, state=SubmissionState.CHANGES_REQUESTED.value
    )
    found: Iterable[Any] = (
        rows.annotate(since=Greatest("decided_at", Subquery(answered), Subquery(worked)))
        .order_by("decided_at", "pk")
        .values("enrollment", "pk", "milestone_key", "round", "since")
    )
    return found


def _unanswered(
    enrollment: Enrollment, rows: Iterable[Mapping[str, Any]], changes: Collection[str]
) -> Iterable[Unanswered]:
    """Yield those of `rows` whose milestone still has changes requested."""
    for row in rows:
        key = key_now(enrollment, row["milestone_key"])
        if key in changes:
            title = milestone_of(enrollment, key).title
            yield Unanswered(row["pk"], key, title, row["round"], row["since"])


def _down(ids: Collection[UUID]) -> Iterable[dict[str, Any]]:
    """Return the deployments that are asked and not up (one query)."""
    rows = Probe.objects.filter(enrollment__in=ids, down_since__isnull=False, due_at__isnull=False)
    found: Iterable[Any] = rows.order_by("pk").values(
        "enrollment", "pk", "milestone_key", "down_since"
    )
    return found
