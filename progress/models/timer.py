"""Work that is going on right now."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from progress.models.enrollment import Enrollment

LONGEST = timedelta(hours=16)
"""Nobody works longer at a stretch: a timer beyond this was forgotten."""


class Timer(models.Model):
    """A learner's running timer. One, on whatever device; when it stops, the row goes."""

    learner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="timer"
    )
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="+")
    milestone_key = models.CharField(max_length=80)
    started_at = models.DateTimeField()
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = models.Manager()

    def __str__(self) -> str:
        return f"since {self.started_at}"

    def was_forgotten(self, now: datetime) -> bool:
        """Whether it runs for longer than anybody works."""
        return now - self.started_at > LONGEST
