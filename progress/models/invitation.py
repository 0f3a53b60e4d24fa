"""How people come together: an open hand to one address, or a link to pass on."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from backend.ids import uuid7
from progress.models.cohort import Cohort, CohortPart
from progress.models.invitation_list import InvitationList


class InvitationState(models.TextChoices):
    """What an invitation is at a moment; derived, never stored."""

    OPEN = "open"
    ACCEPTED = "accepted"
    USED_UP = "used_up"
    REVOKED = "revoked"
    EXPIRED = "expired"


INVITATION_LIFE = timedelta(days=14)
OPEN_IN_A_COHORT = 1_000
"""Invitations into a cohort that may be open at once."""
_SIGNER = signing.Signer(salt="progress.invitation")


class Invitations(models.QuerySet["Invitation"]):
    """Invitations."""

    def managed_by(self, person: User) -> Self:
        """Those to `person`'s own mentorships, and those into cohorts that they coordinate."""
        coordinated = Cohort.objects.of(person, CohortPart.COORDINATOR)
        return self.filter(Q(inviter=person, cohort=None) | Q(cohort__in=coordinated))

    def open_at(self, now: datetime) -> Self:
        """Those that can be accepted at `now`."""
        return self.filter(revoked_at=None, expires_at__gt=now, uses__lt=F("max_uses"))

    def in_state(self, state: InvitationState, now: datetime) -> Self:
        """Those that `Invitation.state_at` gives `state` at `now`."""
        used = self.filter(uses__gte=F("max_uses"))
        if state is InvitationState.ACCEPTED:
            return used.filter(max_uses=1)
        if state is InvitationState.USED_UP:
            return used.filter(max_uses__gt=1)
        if state is InvitationState.OPEN:
            return self.open_at(now)
        rows = self.filter(uses__lt=F("max_uses"))
        if state is InvitationState.REVOKED:
            return rows.filter(revoked_at__isnull=False)
        return rows.filter(revoked_at=None, expires_at__lte=now)

    def with_token(self, token: str) -> Self:
        """The one that `token` was made for; none if it is not of our making."""
        try:
            return self.filter(pk=_SIGNER.unsign(token))
        except (signing.BadSignature, ValueError):
            return self.none()


class Invitation(models.Model):
    """An invitation to become something: in a mentorship with the inviter, or in a cohort.

    With an email address it is for whoever has verified that address, once. Without one it is a
    link, for whoever holds it, `max_uses` times. The link carries a signature, so no secret is
    stored; expiry is a comparison with the clock.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    inviter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    cohort = models.ForeignKey(
        Cohort, on_delete=models.PROTECT, null=True, related_name="invitations"
    )
    came_with = models.ForeignKey(
        InvitationList, on_delete=models.SET_NULL, null=True, related_name="invitations"
    )
    email = models.EmailField(blank=True)
    part = models.CharField(max_length=16, choices=CohortPart.choices)
    message = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    max_uses = models.PositiveSmallIntegerField(default=1)
    uses = models.PositiveSmallIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Invitations.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(max_uses__gte=1, uses__lte=F("max_uses")),
                name="invitation_used_as_often_as_allowed",
            ),
            models.CheckConstraint(
                condition=Q(email="") | Q(max_uses=1), name="invitation_by_email_is_used_once"
            ),
            models.CheckConstraint(
                condition=~Q(part="coordinator") | Q(cohort__isnull=False),
                name="invitation_of_a_coordinator_into_a_cohort",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} invited by {self.inviter_id}"

    @property
    def token(self) -> str:
        """What the link carries."""
        return _SIGNER.sign(str(self.pk))

    def state_at(self, now: datetime) -> InvitationState:
        """Return the state as of `now`."""
        if self.uses >= self.max_uses:
            return InvitationState.ACCEPTED if self.max_uses == 1 else InvitationState.USED_UP
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.OPEN if now < self.expires_at else InvitationState.EXPIRED

    def hold(self) -> None:
        """Lock this row until the transaction ends, and read anew what may have changed.

        So that somebody who accepts twice at once is counted once.
        """
        rows = Invitation.objects.select_for_update(no_key=True).filter(pk=self.pk)
        self.uses, self.revoked_at = rows.values_list("uses", "revoked_at").get()

    def use(self, *, person: User, now: datetime) -> bool:
        """Count one acceptance, `person`'s; return whether there was one left."""
        rows = Invitation.objects.open_at(now).filter(pk=self.pk)
        if not rows.update(uses=F("uses") + 1):
            return False
        InvitationUse.objects.create(invitation=self, person=person, used_at=now)
        return True

    def revoke(self, *, now: datetime) -> bool:
        """Mark as revoked; return whether this call did it."""
        rows = Invitation.objects.filter(pk=self.pk, revoked_at=None, uses__lt=F("max_uses"))
        return bool(rows.update(revoked_at=now))


class InvitationUse(models.Model):
    """That somebody accepted an invitation."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="used_by")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "person"], name="invitation_used_once_by_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.invitation_id} by {self.person_id}"
