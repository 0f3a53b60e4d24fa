"""What names a mail and its sender."""

import hashlib
import uuid
from email.headerregistry import Address
from email.utils import parseaddr
from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def sender() -> Address:
    """Return MAIL_FROM, the one address mail comes from: never that of the person it tells of.

    A mail in a mentor's name would fail DMARC, and an answer to it would leave Waymark unseen.
    Raises ImproperlyConfigured when the setting is no address.
    """
    return _parsed(settings.MAIL_FROM)


@lru_cache(maxsize=8)  # every delivery is named by it
def _parsed(setting: str) -> Address:
    name, address = parseaddr(setting)
    if "@" not in address:
        raise ImproperlyConfigured(
            f"MAIL_FROM is {setting!r}; it must be an address, such as "
            "'Waymark <waymark@example.org>'."
        )
    return Address(display_name=name, addr_spec=address)


def message_id(delivery_id: uuid.UUID) -> str:
    """Return the Message-ID of a delivery (RFC 5322 §3.6.4), the same on every attempt."""
    return f"<{delivery_id}@{sender().domain}>"


def thread_id(thread: str) -> str:
    """Return the id that all mails of a thread refer to (RFC 5322 §3.6.4).

    No mail bears it. Whatever of the thread arrives first or never, mail programs group the rest
    by what they have in common; a hash, since a thread's name holds ids of rows.
    """
    digest = hashlib.sha256(thread.encode()).hexdigest()[:32]
    return f"<thread-{digest}@{sender().domain}>"


def list_id(kind: str) -> str:
    """Return the List-Id (RFC 2919) that people can filter a kind by."""
    return f"Waymark <{kind}.{sender().domain}>"
