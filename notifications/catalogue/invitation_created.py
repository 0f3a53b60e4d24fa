"""Somebody invited an address, to a mentorship or into a cohort → that address."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from notifications.catalogue.kind import Data, Kind, Names, Telling, Words
from notifications.models import Delivery
from notifications.policy import Drop, Send, Verdict
from progress import events
from progress.models import Invitation, OutboxEvent
from progress.models.cohort import CohortPart


class InvitationCreated(Kind):
    """Brings the link. Whoever has the address may have no account yet."""

    name = "invitation-created"
    occasion = gettext_lazy("Somebody invites you")
    event_type = events.INVITATION_CREATED
    must_arrive = True
    people = ("inviter_id",)

    def tellings(self, event: OutboxEvent, now: datetime) -> Iterable[Telling]:  # noqa: ARG002
        """Return the address; and its owner, where there is an account. A link has none."""
        invitation = Invitation.objects.select_related("cohort").get(pk=event.subject_id)
        if not invitation.email:
            return
        owner = User.objects.filter(email=invitation.email.lower(), is_active=True).first()
        yield Telling(
            person=owner, address=invitation.email, reason="invited", data=_data_of(invitation)
        )

    def data_of(self, delivery: Delivery) -> Data:
        """Return the data, from the invitation where the mail has no inbox row."""
        if delivery.notification:
            return super().data_of(delivery)
        return _data_of(Invitation.objects.select_related("cohort").get(pk=delivery.subject_id))

    def words(self, data: Data, names: Names) -> Words:
        """Say who invites to what."""
        inviter = names[data["inviter_id"]]
        return Words(
            title=_title(data) % {"inviter": inviter, "cohort": data.get("cohort_name", "")},
            body=_("Accept on Waymark, or leave it: then nothing happens."),
            reason=_("%(inviter)s entered your address to invite you.") % {"inviter": inviter},
            url=f"/invitations/{Invitation(pk=data['invitation_id']).token}",
        )

    def context(self, delivery: Delivery, data: Data) -> Mapping[str, Any]:  # noqa: ARG002
        """Add the invitation with its message."""
        rows = Invitation.objects.select_related("cohort")
        return {"invitation": rows.get(pk=delivery.subject_id)}

    def locale_for_strangers(self, delivery: Delivery) -> str:
        """Return the inviter's language: they know each other."""
        rows = Invitation.objects.select_related("inviter")
        return rows.get(pk=delivery.subject_id).inviter.locale

    def check(self, delivery: Delivery, now: datetime) -> Verdict:
        """Drop it once it can't be accepted any more."""
        if Invitation.objects.open_at(now).filter(pk=delivery.subject_id).exists():
            return Send()
        return Drop("invitation-no-longer-open")


def _title(data: Data) -> str:
    if "cohort_name" not in data:
        if data["part"] == CohortPart.MENTOR:
            return _("%(inviter)s asks you to be their mentor")
        return _("%(inviter)s offers to mentor you")
    if data["part"] == CohortPart.MENTOR:
        return _("%(inviter)s asks you to mentor in %(cohort)s")
    if data["part"] == CohortPart.COORDINATOR:
        return _("%(inviter)s asks you to coordinate %(cohort)s")
    return _("%(inviter)s invites you to %(cohort)s")


def _data_of(invitation: Invitation) -> Data:
    cohort = invitation.cohort
    return {
        "invitation_id": str(invitation.pk),
        "inviter_id": str(invitation.inviter_id),
        "part": invitation.part,
        **({"cohort_name": cohort.name} if cohort else {}),
    }
