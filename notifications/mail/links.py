"""Links in mails that prove by themselves for whom they were made.

Whoever has one may do the one thing it names, without signing in: it went to the person's mailbox.
Each carries when it was made, and is held against a clock that is passed in.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backend.errors import Gone, NotFound

UNSUBSCRIBE_FOR = dt.timedelta(days=365)
"""Mail is kept for long, and stopping it must always be possible."""
ACT_FOR = dt.timedelta(days=14)


class LinkForged(NotFound):
    """We did not make it, or not all of it has arrived."""

    code = "link-not-ours"
    title = gettext_lazy("This link is not one of ours")


class LinkExpired(Gone):
    """It was ours, and its time is over."""

    code = "link-expired"
    title = gettext_lazy("This link has run out")


@dataclass(frozen=True, slots=True)
class Unsubscribing:
    """Whose mail of which kind: a person's, or that of an address without an account."""

    kind: str
    person_id: uuid.UUID | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Acting:
    """What one person may do about one notification."""

    notification_id: uuid.UUID
    person_id: uuid.UUID
    action: str


def unsubscribe_url(link: Unsubscribing, *, now: dt.datetime) -> str:
    """Return the address under which this mail is stopped, made at `now`."""
    person = link.person_id.hex if link.person_id else ""
    token = _sign("unsubscribe", [link.kind, person, link.address], now)
    return f"{settings.PUBLIC_URL}/unsubscribe/{token}"


def read_unsubscribe(token: str, *, now: dt.datetime) -> Unsubscribing:
    """Return what a token of `unsubscribe_url` stands for. Raises LinkForged, LinkExpired."""
    kind, person, address = _read("unsubscribe", token, UNSUBSCRIBE_FOR, now)
    return Unsubscribing(kind, uuid.UUID(person) if person else None, address)


def act_url(link: Acting, *, now: dt.datetime) -> str:
    """Return the address of the page on which this is done, made at `now`."""
    said = [link.notification_id.hex, link.person_id.hex, link.action]
    return f"{settings.PUBLIC_URL}/act/{_sign('act', said, now)}"


def read_act(token: str, *, now: dt.datetime) -> Acting:
    """Return what a token of `act_url` stands for. Raises LinkForged, LinkExpired."""
    notification, person, action = _read("act", token, ACT_FOR, now)
    return Acting(uuid.UUID(notification), uuid.UUID(person), action)


def _sign(purpose: str, said: list[str], now: dt.datetime) -> str:
    return _signer(purpose).sign_object([int(now.timestamp()), *said])


def _read(purpose: str, token: str, good_for: dt.timedelta, now: dt.datetime) -> list[Any]:
    try:
        signed: list[Any] = _signer(purpose).unsign_object(token)
    except signing.BadSignature as exc:
        raise LinkForged(
            _("Perhaps a part of it got lost. Open it from the mail again, or copy all of it.")
        ) from exc
    made, *said = signed
    if now - dt.datetime.fromtimestamp(made, dt.UTC) >= good_for:
        raise LinkExpired(
            _("It worked for %(days)s days. Sign in to do the same on Waymark.")
            % {"days": good_for.days}
        )
    return said


def _signer(purpose: str) -> signing.Signer:
    """Return the signer of one purpose: a link made for one thing never does another."""
    return signing.Signer(salt=f"waymark.mail.{purpose}", sep=".")
