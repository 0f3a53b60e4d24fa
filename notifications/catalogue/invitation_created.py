"""Somebody invited an address to be their mentor or learner → that address."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from notifications.models import Delivery
from notifications.policy import Drop, Send, Verdict
from progress import events
from progress.models import Invitation, OutboxEvent
from progress.models.mentorship import Part


class InvitationCreated(Kind):
    """Brings the link. Whoever has the address may have no account yet."""

    name = "invitation-created"
    event_type = events.INVITATION_CREATED
    must_arrive = True
    people = ("inviter_id",)

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return the address; and its owner, where there is an account."""
        invitation = Invitation.objects.get(pk=event.subject_id)
        owner = User.objects.filter(email=invitation.email.lower(), is_active=True).first()
        yield Telling(
            person=owner, address=invitation.email, reason="invited", data=_data_of(invitation)
        )

    def data_of(self, delivery: Delivery) -> Data:
        """Return the data, from the invitation where the mail has no inbox row."""
        if delivery.notification:
            return super().data_of(delivery)
        return _data_of(Invitation.objects.get(pk=delivery.subject_id))

    def words(self, data: Data, names: Names) -> Words:
        """Say who invites to what."""
        inviter = names[data["inviter_id"]]
        title = (
            _("%(inviter)s asks you to be their mentor")
            if data["part"] == Part.MENTOR
            else _("%(inviter)s offers to mentor you")
        )
        return Words(
            title=title % {"inviter": inviter},
            body=_("Accept on Waymark, or leave it: then nothing happens."),
            reason=_("%(inviter)s entered your address to invite you.") % {"inviter": inviter},
            url=f"/invitations/{Invitation(pk=data['invitation_id']).token}",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Add the invitation with its message."""
        return {"invitation": Invitation.objects.get(pk=delivery.subject_id)}

    def check(self, delivery: Delivery, now: datetime) -> Verdict:
        """Drop it once it can't be accepted any more."""
        if Invitation.objects.open_at(now).filter(pk=delivery.subject_id).exists():
            return Send()
        return Drop("invitation-no-longer-open")


def _data_of(invitation: Invitation) -> Data:
    return {
        "invitation_id": str(invitation.pk),
        "inviter_id": str(invitation.inviter_id),
        "part": invitation.part,
    }
