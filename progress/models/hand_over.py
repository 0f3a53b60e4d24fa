"""A round that waited too long, and the mentor it was handed to."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from backend.ids import uuid7
from progress.models.submission import Submission
from progress.states import SubmissionState


class HandOvers(models.QuerySet["HandOver"]):
    """Hand-overs."""

    def standing(self) -> Self:
        """Those that hold: a round has one at most."""
        return self.filter(ended_at=None)

    def made(self) -> Self:
        """Those that hold and found somebody."""
        return self.standing().filter(mentor__isnull=False)

    def open(self) -> Self:
        """Those whose round still waits for the mentor."""
        return self.made().filter(submission__state=SubmissionState.WAITING.value)


class HandOver(models.Model):
    """That a late round is one mentor's to answer. It locks nobody out: any mentor may claim it.

    Without a mentor it says that it was tried and nobody had room; it is filled in when somebody
    has. It ends when its mentor may no longer review the round.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="hand_overs")
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="handed_over"
    )
    tried_at = models.DateTimeField()
    """When it was first tried; the steps that come after wait for it."""
    handed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = HandOvers.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(ended_at=None), name="hand_over_once"
            ),
            models.CheckConstraint(
                condition=Q(mentor__isnull=True, handed_at__isnull=True)
                | Q(mentor__isnull=False, handed_at__isnull=False),
                name="hand_over_with_its_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["mentor", "submission"],
                condition=Q(ended_at=None),
                name="hand_over_by_mentor",
            )
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} to {self.mentor_id or 'nobody'}"
