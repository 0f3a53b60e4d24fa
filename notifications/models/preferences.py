"""How a person wants to be told."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models

from accounts.models import User
from notifications import policy
from notifications.models.channel_choice import ChannelChoice

QUIET_FROM = dt.time(22, 0)
QUIET_UNTIL = dt.time(7, 0)
WEEKLY_CAP = 5
LARGEST_WEEKLY_CAP = 50
MONDAY = 0


class NotificationPreferences(models.Model):
    """A person's choices. No row means the defaults, which are those of the fields."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="notification_preferences",
    )
    by_email = models.BooleanField(default=True)
    """Consent to mail at all. Without it not even decisions come by mail; the inbox has them."""
    nudges_by_email = models.BooleanField(default=True)
    push_shows_content = models.BooleanField(default=False)
    """Whether a push says what it is about, also on a locked screen."""
    quiet_from = models.TimeField(default=QUIET_FROM)
    quiet_until = models.TimeField(default=QUIET_UNTIL)
    weekly_cap = models.PositiveSmallIntegerField(default=WEEKLY_CAP)
    digest_weekday = models.PositiveSmallIntegerField(default=MONDAY)
    """The local day of weekly digests: 0 is Monday (as `date.weekday`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekly_cap__lte=LARGEST_WEEKLY_CAP),
                name="weekly_cap_is_reasonable",
            ),
            models.CheckConstraint(
                condition=models.Q(digest_weekday__lte=6), name="digest_weekday_is_a_weekday"
            ),
        ]

    def __str__(self) -> str:
        return f"preferences of {self.person_id}"

    @classmethod
    def of(cls, person: User) -> Self:
        """Return the choices of `person`; unsaved defaults where they made none."""
        return cls.objects.filter(person=person).first() or cls(person=person)

    def for_policy(self) -> policy.Preferences:
        """Return the choices as the policy takes them, those by kind included (one query)."""
        rows = ChannelChoice.objects.filter(person=self.person_id)
        return policy.Preferences(
            zone=self.person.zone,
            by_email=self.by_email,
            choices={(row.kind, row.channel): policy.Choice(row.choice) for row in rows},
            nudges_by_email=self.nudges_by_email,
            quiet_from=self.quiet_from,
            quiet_until=self.quiet_until,
            weekly_cap=self.weekly_cap,
        )
