"""What a link showed when it was submitted."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from progress.models.due import Due, DueRows
from progress.models.submission import SubmissionEvidence


class SnapshotState(models.TextChoices):
    """How far it has come."""

    PENDING = "pending"
    TAKEN = "taken"
    FAILED = "failed"


class Snapshot(Due):
    """What was found at a frozen link: an answer of whatever status, or why there was none."""

    frozen = models.OneToOneField(
        SubmissionEvidence, on_delete=models.CASCADE, primary_key=True, related_name="snapshot"
    )
    state = models.CharField(
        max_length=16, choices=SnapshotState.choices, default=SnapshotState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    """Why the last attempt found nothing, in plain words."""
    fetched_at = models.DateTimeField(null=True)
    final_url = models.CharField(max_length=4000, blank=True)
    status = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    """Of the body, unpacked; of its beginning if it was truncated."""
    is_truncated = models.BooleanField(default=False)
    commit = models.CharField(max_length=64, blank=True)
    """What the URL of a public git host pointed to."""

    objects: ClassVar[Any] = DueRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state="taken", due_at=None, fetched_at__isnull=False, status__isnull=False
                )
                | Q(state="failed", due_at=None, fetched_at__isnull=False, status=None)
                | Q(state="pending", due_at__isnull=False, fetched_at=None, status=None),
                name="snapshot_state_with_its_facts",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="snapshot_by_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} of {self.frozen_id}"
