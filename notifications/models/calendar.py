"""Private calendars, and what was said in them."""

import hashlib
import secrets
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from backend.ids import uuid7

SECRET_BYTES = 32


class CalendarFeeds(models.QuerySet["CalendarFeed"]):
    """Calendar feeds."""

    def owned_by(self, person: User) -> Self:
        """One's own, whoever one is."""
        return self.filter(person=person)

    def live(self) -> Self:
        """Those that nobody has revoked."""
        return self.filter(revoked_at=None)

    def with_secret(self, secret: str) -> Self:
        """The one that a secret opens."""
        return self.live().filter(secret_hash=hash_of(secret), person__is_active=True)


class CalendarFeed(models.Model):
    """An address under which a person's days can be read by whoever knows it, until revoked."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    secret_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=80, blank=True)
    """What it is for, such as the name of a calendar program."""
    created_at = models.DateTimeField()
    last_read_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = CalendarFeeds.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person"], condition=Q(revoked_at=None), name="calendar_feed_live")
        ]

    def __str__(self) -> str:
        return f"calendar of {self.person_id}"

    def revoke(self, *, now: datetime) -> bool:
        """Close it for good; return whether this call did it."""
        return bool(CalendarFeed.objects.live().filter(pk=self.pk).update(revoked_at=now))


class CalendarRevision(models.Model):
    """What a person's calendars said last of one thing, so that a change counts as one.

    Programs take an event for changed when its SEQUENCE or LAST-MODIFIED is (RFC 5545 §3.8.7).
    """

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uid = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "uid"], name="calendar_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.uid}, change {self.sequence}"


def new_secret() -> str:
    """Return a secret that nobody can guess: 43 characters of base64url."""
    return secrets.token_urlsafe(SECRET_BYTES)


def hash_of(secret: str) -> str:
    """Return what is stored of a secret. Long and random, it wants no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
