"""Have a delivery that ended without arriving tried again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from backend.errors import Conflict, Forbidden, Refused
from notifications.catalogue.account_message import AccountMessage
from notifications.models import Delivery
from progress import outbox


class OperatorsOnly(Forbidden):
    """What goes out to everybody is for those who run the installation."""

    code = "operators-only"
    title = gettext_lazy("Only operators can do this")


class NotUndelivered(Conflict):
    """Only what ended without arriving can be tried again."""

    code = "not-undelivered"
    title = gettext_lazy("This has not failed")


class MessageGone(Refused):
    """Its text held a secret and was thrown away when the delivery ended."""

    code = "message-gone"
    title = gettext_lazy("This message can't be made again")


def redeliver(*, person: User, delivery: Delivery, now: datetime) -> None:
    """Queue a failed or unconfirmed delivery again, under the same Message-ID.

    An unconfirmed one may arrive twice; that is the operator's choice. Truth and the recipient's
    wishes are asked again before it leaves. Raises OperatorsOnly, NotUndelivered, MessageGone.
    """
    require_operator(person)
    if not can_be_redelivered(delivery):
        raise MessageGone(
            _("It carried a code or a link that has run out. Have the person ask anew.")
        )
    with transaction.atomic():
        if not delivery.requeue(now=now):
            delivery.refresh_from_db(fields=["state"])
            raise NotUndelivered(_("It is %(state)s.") % {"state": delivery.state})
        outbox.wake()


def can_be_redelivered(delivery: Delivery) -> bool:
    """Return whether its message can be made again: one that was stored whole can't."""
    return delivery.kind != AccountMessage.name


def require_operator(person: User) -> None:
    """Pass if `person` runs this installation; raise OperatorsOnly."""
    if not person.is_staff:
        raise OperatorsOnly(_("This shows what goes out to everybody."))
