"""Past work that came in as one."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from progress.models.enrollment import Enrollment


class LogImports(models.QuerySet["LogImport"]):
    """Imports."""

    def visible_to(self, person: User) -> Self:
        """Those of enrollments that `person` may see."""
        return self.filter(enrollment__in=Enrollment.objects.visible_to(person))

    def owned_by(self, person: User) -> Self:
        """The learner's own (see `Enrollments.owned_by`)."""
        return self.filter(enrollment__in=Enrollment.objects.owned_by(person))


class LogImport(models.Model):
    """Log entries that came from one CSV; the client makes the id, so that sending twice is one.

    `digest` is the SHA-256 of what was sent. `entries` and `minutes` are those it stored,
    `duplicates` and `refused` the rows it left out. An undone one stays, and so do its voided
    entries.
    """

    id = models.UUIDField(primary_key=True)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="log_imports")
    digest = models.CharField(max_length=64)
    entries = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    duplicates = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    created_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = LogImports.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(entries__gte=1), name="log_import_of_something"),
            models.CheckConstraint(
                condition=Q(first_day__lte=models.F("last_day")), name="log_import_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(undone_at__gte=models.F("created_at")),
                name="log_import_undone_after_it_was_made",
            ),
        ]
        indexes = [
            models.Index(
                fields=["enrollment", "-created_at", "id"], name="log_import_by_enrollment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entries} entries on {self.enrollment_id}"

    def undo(self, *, now: datetime) -> bool:
        """Mark as undone; return whether this call did it."""
        rows = LogImport.objects.filter(pk=self.pk, undone_at=None)
        return bool(rows.update(undone_at=now))
