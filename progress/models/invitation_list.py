"""People who were invited into a cohort as one."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from progress.models.cohort import Cohort, CohortPart


class InvitationLists(models.QuerySet["InvitationList"]):
    """Invitation lists."""

    def visible_to(self, person: User) -> Self:
        """Those into cohorts that `person` coordinates; an admin sees all."""
        if person.is_staff:
            return self
        return self.filter(cohort__in=Cohort.objects.of(person, CohortPart.COORDINATOR))


class InvitationList(models.Model):
    """Invitations that came from one CSV; the client makes the id, so that sending twice is one.

    `digest` is the SHA-256 of what was sent and how. `invited` are those it made, `left_out` the
    rows that needed none, `refused` those that could not be taken.
    """

    id = models.UUIDField(primary_key=True)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="invitation_lists")
    inviter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitation_lists"
    )
    digest = models.CharField(max_length=64)
    invited = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = InvitationLists.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(invited__gte=1), name="invitation_list_of_somebody"),
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("created_at")),
                name="invitation_list_revoked_after_it_was_made",
            ),
        ]
        indexes = [
            models.Index(fields=["cohort", "-created_at", "id"], name="invitation_list_by_cohort"),
            models.Index(fields=["inviter", "created_at"], name="invitation_list_by_inviter"),
        ]

    def __str__(self) -> str:
        return f"{self.invited} invited by {self.inviter_id}"

    def revoke(self, *, now: datetime) -> bool:
        """Mark as revoked; return whether this call did it."""
        rows = InvitationList.objects.filter(pk=self.pk, revoked_at=None)
        return bool(rows.update(revoked_at=now))
