"""What a coordinator says to a whole cohort."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from progress.models.cohort import Cohort, CohortMember, CohortMembers, CohortPart


class Audience(models.TextChoices):
    """To whom an announcement is addressed."""

    LEARNERS = "learners"
    MENTORS = "mentors"
    EVERYBODY = "everybody"


AUDIENCES = [audience.value for audience in Audience]
ADDRESSED = {Audience.LEARNERS: CohortPart.LEARNER, Audience.MENTORS: CohortPart.MENTOR}
"""The part that an audience has; everybody's is any."""


class Announcements(models.QuerySet["Announcement"]):
    """Announcements."""

    def visible_to(self, person: User) -> Self:
        """Those addressed to a part that `person` has in their cohort, also of one that has ended.

        A coordinator sees all of their cohort, an author their own, an admin everything.
        """
        if person.is_staff:
            return self
        seen = Q(author=person) | Q(cohort__in=Cohort.objects.of(person, CohortPart.COORDINATOR))
        seen |= Q(audience=Audience.EVERYBODY, cohort__in=Cohort.objects.of(person))
        for audience, part in ADDRESSED.items():
            seen |= Q(audience=audience, cohort__in=Cohort.objects.of(person, part))
        return self.filter(seen)

    def since(self, cohort: Cohort, after: datetime) -> Self:
        """Those made to `cohort` later than `after`, withdrawn ones too."""
        return self.filter(cohort=cohort, created_at__gt=after)


class Announcement(models.Model):
    """A message to a cohort; the client makes the id. It never changes.

    Its author may withdraw it: the words go, that there were some stays.
    """

    id = models.UUIDField(primary_key=True)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="announcements")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="announcements"
    )
    audience = models.CharField(max_length=16, choices=Audience.choices)
    title = models.CharField(max_length=120, blank=True)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Announcements.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(audience__in=AUDIENCES), name="announcement_to_an_audience"
            ),
            models.CheckConstraint(
                condition=(
                    Q(withdrawn_at__isnull=True) & ~Q(title="") & ~Q(body="")
                    | Q(withdrawn_at__isnull=False, title="", body="")
                ),
                name="announcement_says_something_or_is_withdrawn",
            ),
        ]
        indexes = [
            models.Index(fields=["cohort", "-created_at", "-id"], name="announcement_by_cohort")
        ]

    def __str__(self) -> str:
        return self.title or "a withdrawn announcement"

    def addressees(self) -> CohortMembers:
        """Return the members it is for who are there now; somebody may have several parts."""
        rows: CohortMembers = CohortMember.objects.present().filter(cohort=self.cohort_id)
        part = ADDRESSED.get(Audience(self.audience))
        return rows.filter(part=part) if part else rows

    def withdraw(self, *, now: datetime) -> bool:
        """Take the words back; return whether this call did it."""
        rows = Announcement.objects.filter(pk=self.pk, withdrawn_at=None)
        return bool(rows.update(title="", body="", withdrawn_at=now))
