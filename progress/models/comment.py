"""What learner and mentors say to each other about a milestone, and what mentors keep to say."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from accounts.models import User
from backend.ids import uuid7
from progress.models.cohort import Cohort, CohortPart
from progress.models.enrollment import Enrollment

TIME_TO_WITHDRAW = timedelta(hours=1)


class Comments(models.QuerySet["Comment"]):
    """Comments."""

    def written_by(self, person: User) -> Self:
        """The person's own, on enrollments that they may see."""
        return self.filter(author=person, enrollment__in=Enrollment.objects.visible_to(person))

    def on(self, enrollment: Enrollment, keys: list[str]) -> Self:
        """Those of one thread: a milestone, under the keys its work was stored by."""
        return self.filter(enrollment=enrollment, milestone_key__in=keys)


class Comment(models.Model):
    """One message of a conversation; the client makes the id. Append-only.

    Its author may withdraw it within TIME_TO_WITHDRAW: the words go, that there were some stays.
    """

    id = models.UUIDField(primary_key=True)
    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="comments")
    milestone_key = models.CharField(max_length=80)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments"
    )
    body = models.TextField(blank=True)
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Comments.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(withdrawn_at__isnull=True) & ~models.Q(body="")
                    | models.Q(withdrawn_at__isnull=False, body="")
                ),
                name="comment_says_something_or_is_withdrawn",
            )
        ]
        indexes = [
            models.Index(
                fields=["enrollment", "milestone_key", "-created_at"], name="comment_by_thread"
            )
        ]

    def __str__(self) -> str:
        return f"{self.author_id} on {self.milestone_key}"

    def withdraw(self, *, now: datetime) -> bool:
        """Take the words back; return whether this call did it, within the time."""
        rows = Comment.objects.filter(
            pk=self.pk, withdrawn_at=None, created_at__gt=now - TIME_TO_WITHDRAW
        )
        return bool(rows.update(body="", withdrawn_at=now))


class SavedComments(models.QuerySet["SavedComment"]):
    """Saved comments."""

    def owned_by(self, person: User) -> Self:
        """The person's own."""
        return self.filter(owner=person)

    def usable_by(self, person: User) -> Self:
        """The person's own, and those of the cohorts that they mentor."""
        cohorts = Cohort.objects.open().of(person, CohortPart.MENTOR)
        return self.filter(models.Q(owner=person) | models.Q(cohort__in=cohorts))


class SavedComment(models.Model):
    """A text that a mentor says often, kept to be put into a review.

    With a cohort, its other mentors can use it, too; whoever wrote it changes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_comments"
    )
    cohort = models.ForeignKey(
        Cohort, on_delete=models.CASCADE, null=True, related_name="saved_comments"
    )
    title = models.CharField(max_length=120)
    body = models.TextField()
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[Any] = SavedComments.as_manager()

    class Meta:
        indexes = [models.Index(fields=["owner", "title"], name="saved_comment_by_title")]

    def __str__(self) -> str:
        return self.title
