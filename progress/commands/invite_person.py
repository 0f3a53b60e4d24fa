"""Invite somebody by email to be one's mentor or learner."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from backend.errors import Conflict, Refused
from progress import events, outbox
from progress.models import Invitation
from progress.models.mentorship import INVITATION_LIFE

OPEN_AT_ONCE = 50


class InvitingYourself(Refused):
    """A mentorship is of two."""

    code = "inviting-yourself"
    title = "You can't invite yourself"


class TooManyInvitations(Conflict):
    """So many open invitations are hardly to people one knows."""

    code = "too-many-invitations"
    title = "You have many open invitations already"


def invite_person(
    *, person: User, email: str, part: str, message: str, now: datetime
) -> Invitation:
    """Store an invitation (mail follows); return it. It is open for INVITATION_LIFE.

    `part` is what the invitee becomes: mentor or learner. Raises InvitingYourself,
    TooManyInvitations.
    """
    if email.lower() == person.email.lower():
        raise InvitingYourself("Give the address of the person you want to invite.")
    with transaction.atomic():
        open_now = Invitation.objects.sent_by(person).open_at(now).count()
        if open_now >= OPEN_AT_ONCE:
            raise TooManyInvitations(f"{open_now} are open. Revoke some, or wait for answers.")
        invitation: Invitation = Invitation.objects.create(
            inviter=person,
            email=email.lower(),
            part=part,
            message=message,
            created_at=now,
            expires_at=now + INVITATION_LIFE,
        )
        outbox.record(
            events.Event(
                type=events.INVITATION_CREATED,
                occurred_at=now,
                actor_id=person.pk,
                subject_id=invitation.pk,
                data={"part": part},
            )
        )
    return invitation
