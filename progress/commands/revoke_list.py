"""Take the invitations of a list back."""

from datetime import datetime

from django.db import transaction

from progress.models import Invitation, InvitationList


def revoke_list(*, invitation_list: InvitationList, now: datetime) -> int:
    """Close every invitation of the list that is still open; return how many that were.

    Who accepted before stays, and mail that has not left yet is not sent. Doing it again changes
    nothing. Two statements.
    """
    with transaction.atomic():
        if not invitation_list.revoke(now=now):
            invitation_list.refresh_from_db(fields=["revoked_at"])
            return 0
        rows = Invitation.objects.open_at(now).filter(came_with=invitation_list)
        revoked: int = rows.update(revoked_at=now)
    invitation_list.revoked_at = now
    return revoked
