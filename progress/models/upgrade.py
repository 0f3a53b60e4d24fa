"""Taking a newer edition: what was answered, what was taken, what has no place any more."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q

from backend.ids import uuid7
from progress.models.enrollment import Enrollment
from progress.models.pathway import Edition

UNDO_WITHIN = timedelta(days=7)


class UpgradeAnswer(models.Model):
    """That a learner does not want an edition: not now, or never. A later answer replaces it."""

    class Answer(models.TextChoices):
        """What was answered."""

        LATER = "later"
        NEVER = "never"

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="+")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "edition"], name="upgrade_answer_once_per_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer}, {self.enrollment_id}"


class EditionUpgrade(models.Model):
    """One upgrade of one enrollment. `before` has what it takes to undo it: states and history."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="upgrades")
    from_edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    to_edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField()
    taken_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "to_edition"],
                condition=Q(undone_at=None),
                name="upgrade_taken_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrollment_id} to {self.to_edition_id}"

    @property
    def undo_until(self) -> datetime:
        """Until when it may be undone, if nothing was done since."""
        return self.taken_at + UNDO_WITHIN


class MilestoneHistory(models.Model):
    """Something a learner began or earned that their edition has no place for: shown, not counted.

    `reason` is one of `progress.editions.HistoryReason`.
    """

    id = models.BigAutoField(primary_key=True)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="history")
    milestone_key = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    effort_hours = models.PositiveIntegerField()
    work = models.CharField(max_length=16)
    verification = models.CharField(max_length=24)
    earned = models.BooleanField()
    reason = models.CharField(max_length=16)

    fields_kept: ClassVar[tuple[str, ...]] = (
        "milestone_key",
        "title",
        "effort_hours",
        "work",
        "verification",
        "earned",
        "reason",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "milestone_key"], name="milestone_history_once"
            )
        ]

    def __str__(self) -> str:
        return self.title
