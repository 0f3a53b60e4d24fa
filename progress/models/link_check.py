"""Whether a link that is evidence still leads somewhere."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from progress.models.due import Due, DueRows
from progress.models.evidence import Evidence


class LinkCheck(Due):
    """What the weekly look at a link found last, and how often in a row it found nothing."""

    evidence = models.OneToOneField(
        Evidence, on_delete=models.CASCADE, primary_key=True, related_name="link_check"
    )
    checked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    """What was wrong the last time, in plain words; empty when it answered."""
    failures = models.PositiveSmallIntegerField(default=0)
    """Failed looks in a row, a day or more apart."""
    failed_at = models.DateTimeField(null=True)
    """The last one that counted."""
    dead_since = models.DateTimeField(null=True)

    objects: ClassVar[Any] = DueRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(failures=0, failed_at=None, dead_since=None)
                | Q(failures__gt=0, failed_at__isnull=False),
                name="link_check_fails_with_its_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(due_at__isnull=False), name="link_check_by_due"
            )
        ]

    def __str__(self) -> str:
        return f"check of {self.evidence_id}"
