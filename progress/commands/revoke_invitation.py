"""Take an invitation back."""

from datetime import datetime

from django.utils.translation import gettext as _

from progress.commands.accept_invitation import InvitationClosed
from progress.models import Invitation


def revoke_invitation(*, invitation: Invitation, now: datetime) -> None:
    """Close the invitation; its link stops working. Doing it again changes nothing.

    Who accepted before stays. Raises InvitationClosed if everybody it was for has accepted.
    """
    if not invitation.revoke(now=now):
        invitation.refresh_from_db()
        if invitation.uses >= invitation.max_uses:
            raise InvitationClosed(
                _(
                    "It was accepted already. You can end the mentorship, or take them out of the "
                    "cohort, instead."
                )
            )
