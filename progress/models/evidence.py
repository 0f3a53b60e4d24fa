"""What shows that a milestone was reached."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from progress.models.enrollment import Enrollment

LONGEST_TEXT = 20_000
"""Characters of a text that is evidence: some ten printed pages."""


class EvidenceKind(models.TextChoices):
    """The forms evidence takes."""

    LINK = "link"
    FILE = "file"
    TEXT = "text"


class StoredFile(models.Model):
    """What a file holds, once for everybody who sent the same: its name is its SHA-256.

    A row never changes. That nothing is swept away while somebody's evidence or a review round
    needs it is the foreign keys' doing, not that of whoever sweeps.
    """

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveIntegerField()
    """Bytes."""
    media_type = models.CharField(max_length=80)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


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

    def beside(self, milestone_keys: Iterable[str]) -> Self:
        """Those that serve a milestone stored under one of these keys."""
        served = EvidenceMilestone.objects.filter(
            evidence=OuterRef("pk"), milestone_key__in=list(milestone_keys)
        )
        return self.filter(Exists(served))

    def with_names(self) -> Self:
        """With what an answer shows beside the row itself (one query more)."""
        return self.select_related("enrollment", "content", "link_check").prefetch_related(
            "milestones"
        )


class Evidence(models.Model):
    """A link, a file or a text beside one or several milestones; the client makes the id.

    What it says never changes; which milestones it serves may.
    """

    id = models.UUIDField(primary_key=True)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=16, choices=EvidenceKind.choices)
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=2000, blank=True)
    text = models.TextField(blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    content = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="+", db_column="sha256"
    )
    first_served = models.JSONField(default=list)
    """The milestone keys it was sent with, so that sending it again is known as the same."""
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = EvidenceRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="link", text="", file_name="", content=None) & ~Q(url=""))
                | (Q(kind="text", url="", file_name="", content=None) & ~Q(text=""))
                | (
                    Q(kind="file", url="", text="")
                    & ~Q(file_name="")
                    & (Q(content__isnull=False) | Q(removed_at__isnull=False))
                ),
                name="evidence_has_what_its_kind_says",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceMilestone(models.Model):
    """That a piece of evidence serves a milestone, under the key it was said with."""

    id = models.BigAutoField(primary_key=True)
    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="milestones")
    milestone_key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "milestone_key"], name="evidence_serves_a_milestone_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} for {self.milestone_key}"
