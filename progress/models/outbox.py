"""Events on their way to those who listen."""

from django.db import models

from backend.ids import uuid7


class OutboxEvent(models.Model):
    """A fact that happened, written in the transaction that made it one, and kept for ever.

    `due_at` moves into the future after a failed delivery; `delivered_at` is set in the transaction
    of the subscribers' rows, so an event is delivered exactly once however often it is tried.
    """

    position = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid7, editable=False)
    type = models.CharField(max_length=80)
    occurred_at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    subject_id = models.UUIDField()
    enrollment_id = models.UUIDField(null=True)
    data = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at", "position"],
                condition=models.Q(delivered_at=None),
                name="outbox_undelivered",
            ),
            models.Index(
                fields=["enrollment_id", "-occurred_at", "-position"],
                condition=models.Q(enrollment_id__isnull=False),
                name="outbox_by_enrollment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.type}"
