"""Django's EMAIL_BACKEND: what allauth sends goes through the ledger too.

A code, a reset or a security notice is stored in the request and sent by a worker: no request waits
for a mail server, and none of them is lost with a process.
"""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from backend.ids import uuid7
from notifications.catalogue.account_message import AccountMessage
from notifications.mail.identity import message_id
from notifications.models import Channel, Delivery
from progress import outbox


class LedgerBackend(BaseEmailBackend):
    """Stores each message, for each of its recipients, as a delivery that must arrive."""

    clock = staticmethod(timezone.now)
    """Django's interface for mail has no room to pass it in."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store the messages and have the relay woken; return how many."""
        now = self.clock()
        kind = AccountMessage()
        rows = []
        for message in email_messages:
            for address in dict.fromkeys(message.recipients()):
                pk = uuid7()
                # Left to itself, Django asks DNS for a name to put here, within a request.
                message.extra_headers["Message-ID"] = message_id(pk)
                rows.append(
                    Delivery(
                        pk=pk,
                        channel=Channel.EMAIL,
                        key=f"{kind.name}:{pk}",
                        kind=kind.name,
                        subject_id=pk,
                        address=address,
                        must_arrive=kind.must_arrive,
                        message_id=message_id(pk),
                        message=message.message().as_bytes(),
                        created_at=now,
                        due_at=now,
                    )
                )
        with transaction.atomic():
            Delivery.objects.bulk_create(rows)
            outbox.wake()
        return len(email_messages)
