"""What a mentor says of a milestone outside of a round: that it is waived, or revoked."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.ids import uuid7
from progress.models.enrollment import Enrollment


class RulingKind(models.TextChoices):
    """Waived: reached elsewhere, before. Revoked: the approval is taken back."""

    WAIVED = "waived"
    REVOKED = "revoked"


class Rulings(models.QuerySet["Ruling"]):
    """Rulings."""

    def on(self, enrollment: Enrollment, keys: list[str]) -> Self:
        """Those on a milestone, under the keys its work was stored by, the latest first."""
        rows = self.filter(enrollment=enrollment, milestone_key__in=keys)
        return rows.select_related("mentor").order_by("-made_at", "-id")


class Ruling(models.Model):
    """A waiver or a revocation, with its reason. Append-only: the milestone moves on, it stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="rulings")
    milestone_key = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=RulingKind.choices)
    mentor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    """Markdown. The learner reads it."""
    made_at = models.DateTimeField()

    objects: ClassVar[Any] = Rulings.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="ruling_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind__in=RulingKind.values), name="ruling_kind_is_a_kind"
            ),
        ]
        indexes = [models.Index(fields=["enrollment", "milestone_key"], name="ruling_by_milestone")]

    def __str__(self) -> str:
        return f"{self.milestone_key} {self.kind}"
