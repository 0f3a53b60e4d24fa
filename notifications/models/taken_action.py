"""What was done from a mail."""

from typing import Any, ClassVar

from django.db import models

from backend.ids import uuid7
from notifications.models.notification import Notification


class TakenAction(models.Model):
    """A link that was used: the row is what makes it good for once, whoever races."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    """Also the id of what it made, such as a log entry."""
    notification = models.ForeignKey(
        Notification, on_delete=models.CASCADE, related_name="taken_actions"
    )
    action = models.CharField(max_length=40)
    taken_at = models.DateTimeField()

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notification", "action"], name="taken_action_once")
        ]

    def __str__(self) -> str:
        return f"{self.action} at {self.taken_at}"
