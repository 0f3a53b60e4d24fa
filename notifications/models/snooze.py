"""Quiet that somebody asked for, until an instant."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from backend.ids import uuid7
from notifications import policy
from progress.models import Enrollment


class Snoozes(models.QuerySet["Snooze"]):
    """Snoozes."""

    def owned_by(self, person: User) -> Self:
        """One's own, whoever one is."""
        return self.filter(person=person)

    def at(self, now: datetime) -> Self:
        """Those that hold at `now`: that is a comparison with the clock, nothing ends them."""
        return self.filter(until__gt=now)


class Snooze(models.Model):
    """Until `until`, nothing that can wait is sent: of one kind, of one milestone, or at all.

    What must arrive comes all the same, and the inbox has everything.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="snoozes"
    )
    kind = models.CharField(max_length=80, blank=True)
    enrollment = models.ForeignKey(
        Enrollment, on_delete=models.CASCADE, null=True, related_name="+"
    )
    milestone_key = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField()
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = Snoozes.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "enrollment", "milestone_key"],
                name="snooze_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(enrollment__isnull=True, milestone_key="")
                | (Q(enrollment__isnull=False, kind="") & ~Q(milestone_key="")),
                name="snooze_is_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("created_at")), name="snooze_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind or self.milestone_key or 'everything'} until {self.until}"

    def for_policy(self) -> policy.Snooze:
        """Return it as the policy takes it."""
        milestone = f"{self.enrollment_id}:{self.milestone_key}" if self.enrollment_id else ""
        return policy.Snooze(until=self.until, kind=self.kind, milestone=milestone)
