"""When in the week a learner means to work."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from backend.ids import uuid7
from progress.models.enrollment import Enrollment

SHORTEST_MINUTES = 5
LONGEST_MINUTES = 12 * 60


class PlannedSession(models.Model):
    """A time each week, as clocks show it where the learner lives: it moves with them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="sessions")
    weekday = models.PositiveSmallIntegerField()
    """0 is Monday, as in `date.weekday`."""
    starts_at = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    planned_on = models.DateField()
    """The local day from which on it is meant."""

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "weekday", "starts_at"], name="planned_session_once"
            ),
            models.CheckConstraint(
                condition=Q(weekday__lte=6), name="planned_session_is_on_a_weekday"
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST_MINUTES, minutes__lte=LONGEST_MINUTES),
                name="planned_session_has_a_length",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes} minutes on weekday {self.weekday} at {self.starts_at}"
