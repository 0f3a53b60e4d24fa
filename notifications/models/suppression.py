"""Addresses that nothing is sent to, and why."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from backend.ids import uuid7


class SuppressionReason(models.TextChoices):
    """What speaks against an address."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"


class Suppressions(models.QuerySet["Suppression"]):
    """Suppressions."""

    def standing(self) -> Self:
        """Those that nobody has lifted."""
        return self.filter(lifted_at=None)

    def of_address(self, address: str) -> Self:
        """Those of an address, whatever its case."""
        return self.filter(address=address.lower())

    def owned_by(self, person: User) -> Self:
        """Those of a person's address."""
        return self.of_address(person.email)

    def suppress(
        self, *, address: str, reason: SuppressionReason, detail: str, now: datetime
    ) -> bool:
        """Write down that nothing is sent to `address`; return whether that is new."""
        row = Suppression(address=address.lower(), reason=reason, detail=detail, since=now)
        self.bulk_create([row], ignore_conflicts=True)
        return self.filter(pk=row.pk).exists()


class Suppression(models.Model):
    """One reason why nothing is sent to one address, until it is lifted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.EmailField(max_length=320)
    reason = models.CharField(max_length=16, choices=SuppressionReason.choices)
    detail = models.CharField(max_length=500, blank=True)
    """What the other side said."""
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Suppressions.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address", "reason"],
                condition=Q(lifted_at=None),
                name="suppression_once",
            ),
            models.CheckConstraint(
                condition=Q(address=Lower("address")), name="suppression_address_in_lower_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.reason}"

    def lift(self, *, now: datetime) -> bool:
        """Let mail go there again; return whether this call did it."""
        return bool(Suppression.objects.standing().filter(pk=self.pk).update(lifted_at=now))
