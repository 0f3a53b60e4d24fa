"""Who mentors whom, and how they came to."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from backend.ids import uuid7


class Part(models.TextChoices):
    """The two parts in a mentorship."""

    MENTOR = "mentor"
    LEARNER = "learner"


class MentorshipState(models.TextChoices):
    """A mentorship begins when the invitation to it is accepted."""

    ACTIVE = "active"
    ENDED = "ended"


class Mentorships(models.QuerySet["Mentorship"]):
    """Mentorships."""

    def involving(self, person: User) -> Self:
        """Those that `person` is a part of."""
        return self.filter(Q(mentor=person) | Q(learner=person))

    def visible_to(self, person: User) -> Self:
        """Those that `person` is a part of; an admin sees all."""
        return self if person.is_staff else self.involving(person)

    def active(self) -> Self:
        """Those that hold now."""
        return self.filter(state=MentorshipState.ACTIVE)


class Mentorship(models.Model):
    """A mentor may see a learner's way and review their submissions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentorships_as_mentor"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mentorships_as_learner"
    )
    state = models.CharField(
        max_length=16, choices=MentorshipState.choices, default=MentorshipState.ACTIVE
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Mentorships.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "learner"],
                condition=Q(state="active"),
                name="mentorship_active_once",
            ),
            models.CheckConstraint(condition=~Q(mentor=F("learner")), name="mentorship_of_two"),
            models.CheckConstraint(
                condition=Q(state="active", ended_at__isnull=True)
                | Q(state="ended", ended_at__isnull=False),
                name="mentorship_ended_with_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} mentors {self.learner_id}"

    def end(self, *, now: datetime) -> bool:
        """Move active → ended; return whether this call did it."""
        rows = Mentorship.objects.active().filter(pk=self.pk)
        return bool(rows.update(state=MentorshipState.ENDED, ended_at=now))


class InvitationState(models.TextChoices):
    """What an invitation is at a moment; derived, never stored."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REVOKED = "revoked"
    EXPIRED = "expired"


INVITATION_LIFE = timedelta(days=14)
_SIGNER = signing.Signer(salt="progress.invitation")


class Invitations(models.QuerySet["Invitation"]):
    """Invitations."""

    def sent_by(self, person: User) -> Self:
        """Those that `person` sent."""
        return self.filter(inviter=person)

    def open_at(self, now: datetime) -> Self:
        """Those that can be accepted at `now`."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=now)

    def with_token(self, token: str) -> Self:
        """The one that `token` was made for; none if it is not of our making."""
        try:
            return self.filter(pk=_SIGNER.unsign(token))
        except (signing.BadSignature, ValueError):
            return self.none()


class Invitation(models.Model):
    """An open hand to one email address: become my mentor, or my learner.

    Its link carries a signature, so no secret is stored; expiry is a comparison with the clock.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    inviter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField()
    part = models.CharField(max_length=16, choices=Part.choices)
    message = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = Invitations.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="invitation_not_accepted_and_revoked",
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
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.OPEN if now < self.expires_at else InvitationState.EXPIRED

    def accept(self, *, person: User, now: datetime) -> bool:
        """Mark as accepted by `person`; return whether this call did it."""
        rows = Invitation.objects.open_at(now).filter(pk=self.pk)
        return bool(rows.update(accepted_at=now, accepted_by=person))

    def revoke(self, *, now: datetime) -> bool:
        """Mark as revoked; return whether this call did it."""
        rows = Invitation.objects.filter(pk=self.pk, accepted_at=None, revoked_at=None)
        return bool(rows.update(revoked_at=now))
