"""Who mentors whom."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from backend.ids import uuid7


class Part(models.TextChoices):
    """The two parts in a mentorship."""

    MENTOR = "mentor"
    LEARNER = "learner"


class MentorshipState(models.TextChoices):
    """A mentorship begins when the invitation to it is accepted."""

    ACTIVE = "active"
    ENDED = "ended"


class Mentorships(models.QuerySet["Mentorship"]):
    """Mentorships."""

    def involving(self, person: User) -> Self:
        """Those that `person` is a part of."""
        return self.filter(Q(mentor=person) | Q(learner=person))

    def visible_to(self, person: User) -> Self:
        """Those that `person` is a part of; an admin sees all."""
        return self if person.is_staff else self.involving(person)

    def active(self) -> Self:
        """Those that hold now."""
        return self.filter(state=MentorshipState.ACTIVE)


class Mentorship(models.Model):
    """A mentor may see a learner's way and review their submissions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentorships_as_mentor"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentorships_as_learner"
    )
    state = models.CharField(
        max_length=16, choices=MentorshipState.choices, default=MentorshipState.ACTIVE
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Mentorships.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "learner"],
                condition=Q(state="active"),
                name="mentorship_active_once",
            ),
            models.CheckConstraint(condition=~Q(mentor=F("learner")), name="mentorship_of_two"),
            models.CheckConstraint(
                condition=Q(state="active", ended_at__isnull=True)
                | Q(state="ended", ended_at__isnull=False),
                name="mentorship_ended_with_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} mentors {self.learner_id}"

    def end(self, *, now: datetime) -> bool:
        """Move active → ended; return whether this call did it."""
        rows = Mentorship.objects.active().filter(pk=self.pk)
        return bool(rows.update(state=MentorshipState.ENDED, ended_at=now))
