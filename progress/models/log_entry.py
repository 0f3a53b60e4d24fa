"""Work done."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from progress.models.enrollment import Enrollment

MINUTES_IN_A_DAY = 24 * 60


class LogEntries(models.QuerySet["LogEntry"]):
    """Log entries."""

    def visible_to(self, person: User) -> Self:
        """Those of enrollments that `person` may see."""
        return self.filter(enrollment__in=Enrollment.objects.visible_to(person))


class LogEntry(models.Model):
    """Minutes worked on one milestone on one local day. Append-only.

    The client makes the id, so that sending an entry twice is one entry. `time_zone` is the
    learner's on that day: a later move to another zone changes no day.
    """

    id = models.UUIDField(primary_key=True)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="log_entries")
    milestone_key = models.CharField(max_length=80)
    day = models.DateField()
    time_zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField()
    note = models.TextField(blank=True)
    created_at = models.DateTimeField()

    objects: ClassVar[Any] = LogEntries.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=MINUTES_IN_A_DAY),
                name="log_entry_minutes_fit_a_day",
            )
        ]
        indexes = [models.Index(fields=["enrollment", "day"], name="log_entry_by_day")]

    def __str__(self) -> str:
        return f"{self.minutes} min on {self.day}"
