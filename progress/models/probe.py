"""Whether a learner's deployment is up, hour by hour."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from backend.ids import uuid7
from progress.models.due import Due, DueRows
from progress.models.enrollment import Enrollment


class Probes(DueRows):
    """Probes."""

    def visible_to(self, person: User) -> Self:
        """Those of enrollments that `person` may see."""
        return self.filter(enrollment__in=Enrollment.objects.visible_to(person))


class Probe(Due):
    """A health URL of one milestone. `due_at` is null once it is not asked any more."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="probes")
    milestone_key = models.CharField(max_length=80)
    url = models.URLField(max_length=2000)
    created_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    is_up = models.BooleanField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    """What was wrong the last time, in plain words; empty when it was up."""
    down_since = models.DateTimeField(null=True)
    """When it was first found down since it was last up; null while it is up or not known."""

    objects: ClassVar[Any] = Probes.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrollment", "milestone_key"], name="probe_once_per_milestone"
            ),
            models.CheckConstraint(
                condition=Q(checked_at=None, is_up=None)
                | Q(checked_at__isnull=False, is_up__isnull=False),
                name="probe_checked_with_its_outcome",
            ),
            models.CheckConstraint(
                condition=Q(is_up=False, down_since__isnull=False)
                | (Q(down_since__isnull=True) & (Q(is_up__isnull=True) | Q(is_up=True))),
                name="probe_down_since_an_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="probe_by_due")
        ]

    def __str__(self) -> str:
        return self.url


class ProbeDay(models.Model):
    """How the checks of one local day of the learner went."""

    id = models.BigAutoField(primary_key=True)
    probe = models.ForeignKey(Probe, on_delete=models.CASCADE, related_name="days")
    day = models.DateField()
    ok = models.PositiveSmallIntegerField(default=0)
    failed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["probe", "day"], name="probe_day_once")]

    def __str__(self) -> str:
        return f"{self.day}: {self.ok} ok, {self.failed} failed"
