"""A review on its way: what a mentor has typed and not released."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from accounts.models import User
from backend.ids import uuid7
from progress.models.submission import Submission


class ReviewDrafts(models.QuerySet["ReviewDraft"]):
    """Review drafts."""

    def readable_by(self, person: User) -> Self:
        """A mentor's own, also after their part has ended: the words are theirs. An admin: all."""
        return self if person.is_staff else self.filter(mentor=person)


class ReviewDraft(models.Model):
    """One mentor's draft for one round. It hangs on nothing but the two: no claim, no state.

    So it outlives a claim that ran out or was taken over, and a round that was withdrawn or decided
    by somebody else. `version` counts the saves, so that two devices take turns.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="drafts")
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_drafts"
    )
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    feedback = models.TextField(blank=True)
    private_note = models.TextField(blank=True)
    scores = models.JSONField(default=list)
    """`[{"criterion": key, "score": 0–3 or null, "reason": text}]`"""
    change_requests = models.JSONField(default=list)
    """`[{"text": text, "criterion": key or "", "evidence_id": UUID or null}]`"""
    settled = models.JSONField(default=list)
    """`[{"id": UUID of a change request, "state": "verified" or "waived"}]`"""

    objects: ClassVar[Any] = ReviewDrafts.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "mentor"], name="review_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} on {self.submission_id}, version {self.version}"
