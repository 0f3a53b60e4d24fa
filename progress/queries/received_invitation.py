"""An invitation as whoever holds its link sees it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from progress.commands.accept_invitation import has_address
from progress.models import Cohort, Invitation
from progress.models.invitation import InvitationState
from progress.queries.cohorts import Followed, followed


@dataclass(frozen=True, slots=True)
class InvitedTo:
    """The cohort that somebody is invited into."""

    cohort: Cohort
    pathway: Followed


@dataclass(frozen=True, slots=True)
class ReceivedInvitation:
    """Who invites, to what, whether it is open, and for whom."""

    state: InvitationState
    part: str
    inviter: User
    email: str
    cohort: InvitedTo | None
    message: str
    expires_at: datetime
    is_for_me: bool | None


def received_invitation(
    invitation: Invitation, *, person: Any, now: datetime
) -> ReceivedInvitation:
    """Return the invitation as `person` (who may be anonymous) sees it (at most two queries)."""
    cohort = invitation.cohort
    to = InvitedTo(cohort, followed([cohort])[cohort.pathway_id]) if cohort else None
    return ReceivedInvitation(
        state=invitation.state_at(now),
        part=invitation.part,
        inviter=invitation.inviter,
        email=invitation.email,
        cohort=to,
        message=invitation.message,
        expires_at=invitation.expires_at,
        is_for_me=_is_for(person, invitation) if person.is_authenticated else None,
    )


def _is_for(person: User, invitation: Invitation) -> bool:
    if invitation.cohort is None and invitation.inviter_id == person.pk:
        return False
    return not invitation.email or has_address(person, invitation)
