"""Browsers that a person let ring, and the key by which push services know this installation."""

import hashlib
from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from backend.ids import uuid7

LONGEST_ENDPOINT = 1000
ENDED = [(one, one) for one in ("stopped", "replaced", "gone", "not-allowed", "key-changed")]
SCRUBBED = {"endpoint": "", "p256dh": "", "auth": ""}


class PushKey(models.Model):
    """The private key (P-256) of this installation, where the environment brings none.

    One row, made once and never changed: browsers subscribe to its public half, so with another
    key every subscription would be worth nothing.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    private_key = models.CharField(max_length=43)
    """The 32 bytes of the scalar, in base64url."""
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="push_key_is_one")]

    def __str__(self) -> str:
        return f"push key of {self.created_at}"


class PushSubscriptions(models.QuerySet["PushSubscription"]):
    """Push subscriptions."""

    def owned_by(self, person: User) -> Self:
        """One's own, whoever one is."""
        return self.filter(person=person)

    def live(self) -> Self:
        """Those that have not ended."""
        return self.filter(ended_at=None)

    def at(self, endpoint: str) -> Self:
        """Those of an endpoint."""
        return self.filter(endpoint_hash=fingerprint(endpoint))

    def end(self, *, reason: str, now: datetime) -> int:
        """End those that live, and forget how to reach them; return how many that were."""
        return self.live().update(ended_at=now, ended_reason=reason, **SCRUBBED)


class PushSubscription(models.Model):
    """A browser that a person let ring (RFC 8030), by an address that a push service gave out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_subscriptions"
    )
    endpoint = models.CharField(max_length=LONGEST_ENDPOINT, blank=True)
    """Who knows it and our key could make the browser ring; emptied when it ends."""
    endpoint_hash = models.CharField(max_length=64)
    p256dh = models.CharField(max_length=100, blank=True)
    """The browser's public key (RFC 8291), in base64url."""
    auth = models.CharField(max_length=32, blank=True)
    """The secret it shares with us (RFC 8291), in base64url."""
    server_key = models.CharField(max_length=100)
    """Our public key that it was made with: it rings for no other."""
    label = models.CharField(max_length=80)
    """What the browser calls itself, such as “Firefox on Android”."""
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=16, choices=ENDED, blank=True)

    objects: ClassVar[Any] = PushSubscriptions.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint_hash"],
                condition=Q(ended_at=None),
                name="push_subscription_once",
            ),
            models.CheckConstraint(
                condition=(Q(ended_at=None, ended_reason="") & ~Q(endpoint=""))
                | (Q(ended_at__isnull=False, **SCRUBBED) & ~Q(ended_reason="")),
                name="push_subscription_ended_is_scrubbed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=Q(ended_at=None), name="push_subscription_live"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} of {self.person_id}"

    def end(self, *, reason: str, now: datetime) -> bool:
        """End it; return whether this call did it."""
        return bool(PushSubscription.objects.filter(pk=self.pk).end(reason=reason, now=now))


def fingerprint(endpoint: str) -> str:
    """Return what an endpoint is known by: its SHA-256, in hexadecimal."""
    return hashlib.sha256(endpoint.encode()).hexdigest()
