"""From a row of the ledger to a message: made when it is sent, in the recipient's zone."""

import datetime as dt
import email
import re
from collections.abc import Mapping
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from notifications.actions import offered_by
from notifications.catalogue import KINDS, Data, Kind, Names, Words
from notifications.mail.headers import MAIL
from notifications.mail.identity import list_id, sender, thread_id
from notifications.mail.links import Unsubscribing, unsubscribe_url
from notifications.models import Delivery

MAX_SUBJECT = 200


def compose(delivery: Delivery, *, now: dt.datetime) -> EmailMessage:
    """Return the message of a claimed delivery.

    Raises ValueError for an address or a kind that no mail can be made for.
    """
    message = _stored(delivery) if delivery.message is not None else _rendered(delivery, now)
    _replace(message, "To", _recipient(delivery))
    _replace(message, "Date", format_datetime(now))
    _replace(message, "Message-ID", delivery.message_id)
    _replace(message, "Auto-Submitted", "auto-generated")  # RFC 3834: no out-of-office answers
    return message


def recipient_of(delivery: Delivery) -> str:
    """Return the address a delivery is for, as people write it."""
    return delivery.address or (delivery.person.email if delivery.person else "")


def address_of(delivery: Delivery) -> str:
    """Return where a delivery goes, as an envelope takes it (a domain in its ASCII form)."""
    address = recipient_of(delivery)
    local, _, domain = address.rpartition("@")
    if not local or not domain:
        raise ValueError(f"{address!r} is no address")
    return f"{local}@{domain.encode('idna').decode()}"


def _rendered(delivery: Delivery, now: dt.datetime) -> EmailMessage:
    kind = KINDS[delivery.kind]
    person = delivery.person
    data = kind.data_of(delivery)
    stop = unsubscribe_url(_unsubscribing(delivery), now=now)
    zone = person.zone if person else dt.UTC
    locale = person.locale if person else kind.locale_for_strangers(delivery)
    with translation.override(locale), timezone.override(zone):
        context = _context(kind, delivery, data, locale)
        context |= {"stop_link": stop, "actions": offered_by(delivery, data, now=now)}
        text = render_to_string(f"notifications/{kind.name}.txt", context)
        html = render_to_string(f"notifications/{kind.name}.html", context)
    message = EmailMessage(policy=MAIL)
    message["Subject"] = clean_header(context["words"].title, MAX_SUBJECT)
    message["From"] = sender()
    message["List-Id"] = list_id(kind.name)
    message["List-Unsubscribe"] = f"<{stop}>"
    if stop.startswith("https://"):  # RFC 8058 §3.1 wants it; over http anybody on the way may post
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    thread = kind.thread_of(delivery, data)
    if thread:
        message["In-Reply-To"] = message["References"] = thread_id(thread)
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    _replace(message, "Content-Language", locale)  # last: new content takes such headers away
    return message


def _unsubscribing(delivery: Delivery) -> Unsubscribing:
    """Return whose mail this is: a person's, or an address's while it has no account."""
    if delivery.person_id is not None:
        return Unsubscribing(delivery.kind, person_id=delivery.person_id)
    return Unsubscribing(delivery.kind, address=delivery.address)


def _context(kind: Kind, delivery: Delivery, data: Data, locale: str) -> dict[str, Any]:
    names = Names(kind.names_for(data))
    words = kind.words(data, names)
    called: Mapping[str, str] = {
        key.removesuffix("_id"): names[data[key]] for key in kind.people if data.get(key)
    }
    return {
        **_everywhere(locale),
        **called,
        **kind.context(delivery, data),
        "data": data,
        "words": words,
        "link": f"{settings.PUBLIC_URL}{words.url}",
    }


def _everywhere(locale: str) -> dict[str, Any]:
    """Return what the layout takes."""
    return {
        "home": settings.PUBLIC_URL,
        "host": urlsplit(settings.PUBLIC_URL).netloc,
        "preferences_link": f"{settings.PUBLIC_URL}/profile/telling",
        "locale": locale,
    }


def _stored(delivery: Delivery) -> EmailMessage:
    """Return a message that was stored whole, with our headers in place of its own."""
    message = email.message_from_bytes(bytes(delivery.message or b""), policy=policy.SMTP)
    if not isinstance(message, EmailMessage):
        raise TypeError("the parser made something else than a message")
    for name in ("Cc", "Bcc"):
        del message[name]
    _replace(message, "From", sender())
    if message.get_content_type() == "text/plain":
        locale = str(message["Content-Language"] or settings.LANGUAGE_CODE)
        with translation.override(locale):
            _dress(message, locale)
    return message


def _dress(message: EmailMessage, locale: str) -> None:
    """Give a message of plain text our layout: text and HTML, as all other mail has it."""
    body = message.get_content().strip()
    context = {
        **_everywhere(locale),
        "words": Words(
            title=str(message["Subject"]),
            body="",
            reason=_("Somebody entered this address at Waymark."),
            url="/",
        ),
        "body": body,
        "paragraphs": [part.strip() for part in re.split(r"\n\s*\n", body) if part.strip()],
    }
    message.set_content(render_to_string("notifications/account-message.txt", context))
    html = render_to_string("notifications/account-message.html", context)
    message.add_alternative(html, subtype="html")
    _replace(message, "Content-Language", locale)


def _recipient(delivery: Delivery) -> Address:
    name = clean_header(delivery.person.display_name, 120) if delivery.person else ""
    return Address(display_name=name, addr_spec=address_of(delivery))


def _replace(message: EmailMessage, name: str, value: str | Address) -> None:
    del message[name]
    message[name] = value


def clean_header(text: str, length: int) -> str:
    """Return `text` as one line without control characters: no text can add a header."""
    kept = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(kept.split())[:length]
