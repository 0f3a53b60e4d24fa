"""What shows that a milestone was reached."""

from typing import Any, ClassVar, Self

from django.db import models

from accounts.models import User
from progress.models.enrollment import Enrollment


class EvidenceKind(models.TextChoices):
    """The forms evidence takes."""

    LINK = "link"


class EvidenceRows(models.QuerySet["Evidence"]):
    """Evidence."""

    def visible_to(self, person: User) -> Self:
        """That of enrollments that `person` may see."""
        return self.filter(enrollment__in=Enrollment.objects.visible_to(person))

    def owned_by(self, person: User) -> Self:
        """The learner's own (see `Enrollments.owned_by`)."""
        return self.filter(enrollment__in=Enrollment.objects.owned_by(person))

    def present(self) -> Self:
        """Those not removed. A removed one stays for the rounds that froze it."""
        return self.filter(removed_at=None)


class Evidence(models.Model):
    """A link beside a milestone; the client makes the id."""

    id = models.UUIDField(primary_key=True)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="evidence")
    milestone_key = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=EvidenceKind.choices, default=EvidenceKind.LINK)
    url = models.URLField(max_length=2000)
    title = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = EvidenceRows.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["enrollment", "milestone_key"], name="evidence_by_milestone")
        ]

    def __str__(self) -> str:
        return self.title
