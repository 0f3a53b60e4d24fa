"""How a person wants to be told."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models

from accounts.models import User
from notifications import policy

QUIET_FROM = dt.time(22, 0)
QUIET_UNTIL = dt.time(7, 0)
WEEKLY_CAP = 5
LARGEST_WEEKLY_CAP = 50


class NotificationPreferences(models.Model):
    """A person's choices. No row means the defaults, which are those of the fields."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="notification_preferences",
    )
    nudges_by_email = models.BooleanField(default=True)
    quiet_from = models.TimeField(default=QUIET_FROM)
    quiet_until = models.TimeField(default=QUIET_UNTIL)
    weekly_cap = models.PositiveSmallIntegerField(default=WEEKLY_CAP)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekly_cap__lte=LARGEST_WEEKLY_CAP),
                name="weekly_cap_is_reasonable",
            )
        ]

    def __str__(self) -> str:
        return f"preferences of {self.person_id}"

    @classmethod
    def of(cls, person: User) -> Self:
        """Return the choices of `person`; unsaved defaults where they made none."""
        return cls.objects.filter(person=person).first() or cls(person=person)

    def for_policy(self) -> policy.Preferences:
        """Return the choices as the policy takes them."""
        return policy.Preferences(
            zone=self.person.zone,
            nudges_by_email=self.nudges_by_email,
            quiet_from=self.quiet_from,
            quiet_until=self.quiet_until,
            weekly_cap=self.weekly_cap,
        )
