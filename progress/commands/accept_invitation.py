"""Accept an invitation."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User
from backend.errors import Forbidden, Gone, Refused
from progress import events, outbox
from progress.models import Invitation, Mentorship
from progress.models.mentorship import Part


class InvitationClosed(Gone):
    """Accepted, revoked or expired."""

    code = "invitation-closed"
    title = "This invitation is no longer open"


class InvitationForAnother(Forbidden):
    """It was sent to another address."""

    code = "invitation-for-another"
    title = "This invitation is for somebody else"


class OwnInvitation(Refused):
    """A mentorship is of two."""

    code = "own-invitation"
    title = "This is your own invitation"


def accept_invitation(*, person: User, invitation: Invitation, now: datetime) -> Mentorship:
    """Make the mentorship that the invitation offers; return it.

    Doing it again returns the same. The invitation is bound to its address: `person` must have
    verified it. Raises OwnInvitation, InvitationForAnother, InvitationClosed.
    """
    if invitation.inviter_id == person.pk:
        raise OwnInvitation("Send the link to the person you invited.")
    _require_address(person, invitation)
    inviter_mentors = invitation.part == Part.LEARNER
    mentor, learner = (
        (invitation.inviter, person) if inviter_mentors else (person, invitation.inviter)
    )
    with transaction.atomic():
        if not invitation.accept(person=person, now=now):
            invitation.refresh_from_db()
            known = Mentorship.objects.active().filter(mentor=mentor, learner=learner).first()
            if invitation.accepted_by_id == person.pk and known is not None:
                return known
            raise InvitationClosed(f"It is {invitation.state_at(now)}. Ask for a new one.")
        mentorship, made = Mentorship.objects.active().get_or_create(
            mentor=mentor, learner=learner, defaults={"started_at": now}
        )
        if made:
            outbox.record(
                events.Event(
                    type=events.MENTORSHIP_STARTED,
                    occurred_at=now,
                    actor_id=person.pk,
                    subject_id=mentorship.pk,
                    data={"invitation": str(invitation.pk)},
                )
            )
    return mentorship


def _require_address(person: User, invitation: Invitation) -> None:
    verified = EmailAddress.objects.filter(
        user=person, verified=True, email__iexact=invitation.email
    )
    if not verified.exists():
        raise InvitationForAnother(
            "It was sent to another email address. Sign in with that one, or ask for an invitation "
            f"to {person.email}."
        )
