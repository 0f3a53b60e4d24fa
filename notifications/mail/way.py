"""The way out of mail: from a row of the ledger to a server's answer."""

from datetime import datetime
from typing import ClassVar

from notifications.mail.compose import address_of, compose, recipient_of
from notifications.mail.transport import Transport
from notifications.models import Channel, Delivery, Suppression, SuppressionReason
from notifications.models.delivery import one_line
from notifications.way import Commit, NoSuchMailbox, Refused


class Mail:
    """Composes each mail as it leaves, and gives it to an open transport."""

    channel: ClassVar[Channel] = Channel.EMAIL

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def bring(self, delivery: Delivery, *, commit: Commit, now: datetime) -> str:
        """Send a delivery; return its address. Raises what `notifications.way` names."""
        try:
            address = address_of(delivery)
        except ValueError as exc:  # whatever IDNA says of a domain; waiting will not mend it
            raise Refused(f"No mail can be sent there: {exc}") from exc
        try:
            self._transport.send(compose(delivery, now=now), address=address, commit=commit)
        except NoSuchMailbox as exc:
            Suppression.objects.suppress(
                address=recipient_of(delivery),
                reason=SuppressionReason.BOUNCED,
                detail=one_line(str(exc)),
                now=now,
            )
            raise
        return address
