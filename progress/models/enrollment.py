"""A learner on an edition, and where they stand with each milestone."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Self

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from accounts.models import User
from backend.ids import uuid7
from progress.models.cohort import CohortMember, CohortPart
from progress.models.mentorship import Mentorship
from progress.models.pathway import Edition, Pathway
from progress.states import EnrollmentState, Verification, Work, sources

STATES = [(state.value, state.value) for state in EnrollmentState]
SEEING = (CohortPart.MENTOR, CohortPart.COORDINATOR)


def reviews(person: User | OuterRef, *, enrollment: str = "") -> Q:
    """The condition that `person` mentors the learner of the row outside, on its pathway.

    By a mentorship, or as a mentor of a cohort that follows the pathway. `enrollment` is the
    path from the row to its enrollment, such as `enrollment__`. Who may review is decided here
    and nowhere else; that nobody reviews their own work is each caller's to add.
    """
    learner, pathway = OuterRef(f"{enrollment}learner"), OuterRef(f"{enrollment}pathway")
    shared = CohortMember.objects.linking(
        person, learner=learner, pathway=pathway, parts=[CohortPart.MENTOR]
    )
    mentored = Mentorship.objects.active().filter(mentor=person, learner=learner)
    return Q(Exists(mentored)) | Q(Exists(shared))


class Enrollments(models.QuerySet["Enrollment"]):
    """Enrollments."""

    def owned_by(self, person: User) -> Self:
        """The learner's own.

        A coordinator addresses those of their cohorts, and an admin all: the command refuses
        them with a reason.
        """
        if person.is_staff:
            return self
        return self.filter(Q(learner=person) | _in_cohorts_of(person, CohortPart.COORDINATOR))

    def visible_to(self, person: User) -> Self:
        """The learner's own, and those that `person` mentors or coordinates; an admin sees all.

        In a cohort that is the work on the cohort's pathway, for as long as both are in it. Each
        comes as `seen_by(person)`.
        """
        if person.is_staff:
            return self.seen_by(person)
        mentored = Mentorship.objects.active().filter(mentor=person, learner=OuterRef("learner"))
        rows = self.filter(Q(learner=person) | Exists(mentored) | _in_cohorts_of(person, *SEEING))
        return rows.seen_by(person)

    def seen_by(self, person: User) -> Self:
        """With what `person` may not see of each yet, in `veiled` (see `progress/veil.py`)."""
        opinions = apps.get_model("progress", "SecondOpinion").objects
        hidden = opinions.reviewable_by(person).filter(enrollment=OuterRef("pk"))
        facts = JSONObject(
            enrollment="enrollment",
            submission="submission",
            milestone="submission__milestone_key",
            decided_at="submission__decided_at",
        )
        return self.annotate(veiled=ArraySubquery(hidden.values_list(facts)))

    def reviewable_by(self, person: User) -> Self:
        """Those whose submissions `person` may review: never their own."""
        return self.exclude(learner=person).filter(reviews(person))

    def with_names(self) -> Self:
        """With what an answer shows beside the row itself, but not the edition's whole document."""
        rows = self.select_related("learner", "pathway", "edition")
        return rows.defer("edition__document")

    def with_pauses(self) -> Self:
        """With their pauses, by one query for all: what an answer about the enrollment needs."""
        return self.prefetch_related("pauses")


def _in_cohorts_of(person: User, *parts: CohortPart) -> Q:
    learner, pathway = OuterRef("learner"), OuterRef("pathway")
    rows = CohortMember.objects.linking(person, learner=learner, pathway=pathway, parts=parts)
    return Q(Exists(rows))


class Enrollment(models.Model):
    """A learner's way through one edition of a pathway."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrollments"
    )
    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="enrollments")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="enrollments")
    track = models.CharField(max_length=80)
    role = models.CharField(max_length=80)
    target_date = models.DateField(null=True)
    target_set_on = models.DateField(null=True)
    """The local day on which the learner chose the target; null: when they set out."""
    weekly_minutes = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=STATES, default=EnrollmentState.ACTIVE.value)
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)
    origins = models.JSONField(default=dict)
    """After an upgrade: milestone key → keys of earlier editions whose work it took over."""

    objects: ClassVar[Any] = Enrollments.as_manager()
    veiled: Sequence[Mapping[str, str]] = ()
    """Rounds whose decision whoever this row was loaded for may not see yet."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "pathway"],
                condition=~Q(state="withdrawn"),
                name="enrollment_once_per_pathway",
            ),
            models.CheckConstraint(
                condition=Q(state="completed", completed_at__isnull=False)
                | (~Q(state="completed") & Q(completed_at__isnull=True)),
                name="enrollment_completed_with_its_time",
            ),
            models.CheckConstraint(
                condition=Q(weekly_minutes__gte=1, weekly_minutes__lte=10_080),
                name="enrollment_weekly_minutes_fit_a_week",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in EnrollmentState]),
                name="enrollment_state_is_a_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} on {self.edition_id}"

    def hold(self) -> None:
        """Lock this row until the transaction ends, and read anew what may have changed.

        Whatever moves progress takes its turn here, so that nothing is decided on an edition that
        is just being left, and of the two last milestones the second sees the first.
        """
        rows = Enrollment.objects.select_for_update(no_key=True).filter(pk=self.pk)
        row = rows.values("edition_id", "track", "role", "state", "origins").get()
        if row["edition_id"] != self.edition_id:
            self.edition = Edition.objects.defer("document").get(pk=row["edition_id"])
        self.track, self.role = row["track"], row["role"]
        self.state, self.origins = row["state"], row["origins"]

    def keys_behind(self, milestone_key: str) -> list[str]:
        """Return the keys under which work on a milestone was stored: its own, and its origins'."""
        return [milestone_key, *self.origins.get(milestone_key, [])]

    def complete(self, *, now: datetime) -> bool:
        """Move to completed; return whether this call did it."""
        rows = Enrollment.objects.filter(pk=self.pk, state__in=sources(EnrollmentState.COMPLETED))
        return bool(rows.update(state=EnrollmentState.COMPLETED.value, completed_at=now))


class MilestoneProgress(models.Model):
    """Where a learner stands with one milestone: their own work, and the mentor's word on it."""

    id = models.BigAutoField(primary_key=True)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="milestones")
    milestone_key = models.CharField(max_length=80)
    work = models.CharField(max_length=16, default=Work.TODO.value)
    work_changed_at = models.DateTimeField(null=True)
    work_change_id = models.UUIDField(null=True)
    """The `WorkChange` that decided `work`; None if it came about by itself, as by logging."""
    verification = models.CharField(max_length=24, default=Verification.NONE.value)
    verification_changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "milestone_key"], name="milestone_progress_once"
            ),
            models.CheckConstraint(
                condition=Q(work__in=[state.value for state in Work]), name="work_is_a_state"
            ),
            models.CheckConstraint(
                condition=Q(verification__in=[state.value for state in Verification]),
                name="verification_is_a_state",
            ),
            models.CheckConstraint(
                condition=Q(work="todo") | Q(work_changed_at__isnull=False),
                name="work_changed_with_its_time",
            ),
            models.CheckConstraint(
                condition=Q(verification="none") | Q(verification_changed_at__isnull=False),
                name="verification_changed_with_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_key} of {self.enrollment_id}"

    @classmethod
    def of(cls, enrollment: Enrollment, milestone_key: str) -> "MilestoneProgress":
        """Return the row for a milestone; made on first use, safely when two ask at once."""
        row, _ = cls.objects.get_or_create(enrollment=enrollment, milestone_key=milestone_key)
        return row

    def move_work(self, new: Work, *, now: datetime) -> bool:
        """Move `work` to `new`; return whether this call did it."""
        rows = MilestoneProgress.objects.filter(pk=self.pk, work__in=sources(new))
        return bool(rows.update(work=new.value, work_changed_at=now))

    def work_is_decided_before(self, at: datetime, change_id: uuid.UUID) -> bool:
        """Whether `work` was decided earlier than at `at` (by id, if at the same instant)."""
        if self.work_change_id is None or self.work_changed_at is None:
            return True
        return (self.work_changed_at, self.work_change_id) < (at, change_id)

    @classmethod
    def store_work(cls, rows: Iterable[Self]) -> None:
        """Store `work` of rows read under the enrollment's `hold()`, new ones and known ones."""
        cls.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["enrollment", "milestone_key"],
            update_fields=["work", "work_changed_at", "work_change_id"],
        )

    def move_verification(self, new: Verification, *, now: datetime) -> bool:
        """Move `verification` to `new`; return whether this call did it."""
        rows = MilestoneProgress.objects.filter(pk=self.pk, verification__in=sources(new))
        return bool(rows.update(verification=new.value, verification_changed_at=now))
