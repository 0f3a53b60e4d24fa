"""What a person sees of an event or a nudge."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from accounts.models import User
from backend.ids import uuid7


class Notifications(models.QuerySet["Notification"]):
    """Notifications."""

    def owned_by(self, person: User) -> Self:
        """Those in the inbox of `person`, and nobody else's, whoever asks."""
        return self.filter(person=person)

    def unread(self) -> Self:
        """Those not read yet."""
        return self.filter(read_at=None)

    def mark_read(self, *, now: datetime) -> int:
        """Mark those unread as read; return how many that were. Their threads begin anew."""
        return self.unread().update(read_at=now, thread="")


class Notification(models.Model):
    """A row of somebody's inbox.

    It stores ids and labels, not sentences: title, body, reason and link are rendered by its kind
    in the catalogue, in the reader's language and with the names that people have now.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications"
    )
    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200)
    """What it is about and, for a nudge, which period: the same thing can't be told twice."""
    thread = models.CharField(max_length=200, blank=True)
    """While it is unread: the thread whose later messages are folded into it. Else empty."""
    event_id = models.UUIDField(null=True)
    subject_id = models.UUIDField()
    data = models.JSONField(default=dict)
    reason = models.CharField(max_length=80)
    """Why this person is told, as a label; the catalogue has the words."""
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Notifications.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notification_once"),
            models.UniqueConstraint(
                fields=["person", "thread"],
                condition=~models.Q(thread=""),
                name="notification_once_a_thread",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notification_inbox"),
            models.Index(
                fields=["person"],
                condition=models.Q(read_at__isnull=True),
                name="notification_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} for {self.person_id}"

    def mark(self, *, read: bool, now: datetime) -> None:
        """Mark as read or unread; a no-op where it is so already."""
        rows = Notification.objects.filter(pk=self.pk, read_at__isnull=read)
        self.read_at = now if read else None
        if not rows.update(read_at=self.read_at, thread=""):
            self.refresh_from_db(fields=["read_at"])
