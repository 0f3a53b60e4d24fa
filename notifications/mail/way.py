"""The way out of mail: from a row of the ledger to a server's answer."""

from datetime import datetime
from typing import ClassVar

from notifications.mail.compose import address_of, compose
from notifications.mail.transport import Transport
from notifications.models import Channel, Delivery
from notifications.way import Commit, Refused


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
        self._transport.send(compose(delivery, now=now), address=address, commit=commit)
        return address
