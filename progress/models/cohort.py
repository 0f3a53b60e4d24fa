"""Learners who follow one pathway at the same time, with mentors who share their work."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q

from accounts.models import User
from backend.ids import uuid7
from progress.models.pathway import Pathway


class CohortPart(models.TextChoices):
    """What somebody is in a cohort. A person may have several parts."""

    LEARNER = "learner"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"


PARTS = [part.value for part in CohortPart]


class Cohorts(models.QuerySet["Cohort"]):
    """Cohorts."""

    def open(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(ended_at=None)

    def of(self, person: User, *parts: CohortPart) -> Self:
        """Those that `person` is in now, in one of `parts`, or in any; ended ones too."""
        there = CohortMember.objects.staying().filter(person=person)
        if parts:
            there = there.filter(part__in=parts)
        return self.filter(pk__in=there.values("cohort"))

    def visible_to(self, person: User) -> Self:
        """Those that `person` is in; an admin sees all."""
        return self if person.is_staff else self.of(person)

    def led_by(self, person: User) -> Self:
        """Those whose report `person` may read: as mentor, as coordinator, or as somebody who
        mentors one of the learners directly while it goes on; an admin reads all.
        """
        if person.is_staff:
            return self
        leading = self.of(person, CohortPart.MENTOR, CohortPart.COORDINATOR)
        mentored = CohortMember.objects.present().filter(
            part=CohortPart.LEARNER,
            person__mentorships_as_learner__mentor=person,
            person__mentorships_as_learner__state="active",
        )
        return self.filter(Q(pk__in=leading.values("pk")) | Q(pk__in=mentored.values("cohort")))


class Cohort(models.Model):
    """A group on one pathway, with dates.

    Its mentors may review what its learners submit on that pathway; its coordinators may read it.
    An ended cohort opens nothing any more.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="cohorts")
    starts_on = models.DateField()
    ends_on = models.DateField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Cohorts.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="cohort_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def hold(self) -> None:
        """Lock this row until the transaction ends, and read anew whether it has ended.

        Whatever moves who is in it takes its turn here, so that of two coordinators who leave at
        once the second sees that they are the last.
        """
        rows = Cohort.objects.select_for_update(no_key=True).filter(pk=self.pk)
        self.ended_at = rows.values_list("ended_at", flat=True).get()

    def end(self, *, now: datetime) -> bool:
        """Mark as ended; return whether this call did it."""
        return bool(Cohort.objects.open().filter(pk=self.pk).update(ended_at=now))


class CohortMembers(models.QuerySet["CohortMember"]):
    """Who is, or was, in a cohort."""

    def staying(self) -> Self:
        """Those who have not left, also of a cohort that has ended."""
        return self.filter(left_at=None)

    def present(self) -> Self:
        """Those who have not left, of cohorts that go on: their part counts."""
        return self.staying().filter(cohort__ended_at=None)

    def visible_to(self, person: User) -> Self:
        """Who `person` may know of: a learner their mentors, coordinators and themself.

        A mentor and a coordinator know everybody in their cohort; an admin, everybody.
        """
        if person.is_staff:
            return self
        leading = Cohort.objects.of(person, CohortPart.MENTOR, CohortPart.COORDINATOR)
        led = ~Q(part=CohortPart.LEARNER) & Q(cohort__in=Cohort.objects.of(person))
        return self.filter(Q(person=person) | led | Q(cohort__in=leading))

    def linking(
        self,
        person: User | OuterRef,
        *,
        learner: OuterRef,
        pathway: OuterRef,
        parts: Collection[CohortPart],
    ) -> Self:
        """The places of `learner` in cohorts on `pathway` where `person` has one of `parts`.

        To ask whether there is one: inside an Exists, with references to the row outside.
        """
        return self.present().filter(
            part=CohortPart.LEARNER,
            person=learner,
            cohort__pathway=pathway,
            cohort__members__person=person,
            cohort__members__part__in=parts,
            cohort__members__left_at=None,
        )


class CohortMember(models.Model):
    """Somebody's part in a cohort, from joining to leaving. Coming back is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cohort_parts"
    )
    part = models.CharField(max_length=16, choices=CohortPart.choices)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = CohortMembers.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "cohort", "part"],
                condition=Q(left_at=None),
                name="cohort_member_once_in_a_part",
            ),
            models.CheckConstraint(
                condition=Q(part__in=PARTS), name="cohort_member_part_is_a_part"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("joined_at")),
                name="cohort_member_left_after_joining",
            ),
        ]
        indexes = [
            models.Index(
                fields=["cohort", "part"], condition=Q(left_at=None), name="cohort_member_by_part"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.part} of {self.cohort_id}"

    def leave(self, *, now: datetime) -> bool:
        """Mark as having left; return whether this call did it."""
        rows = CohortMember.objects.staying().filter(pk=self.pk)
        return bool(rows.update(left_at=now))
