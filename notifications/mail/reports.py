"""What a mail service reports of an address: whether it speaks against sending there.

django-anymail brings the reports of all services into one form, but says no more than "bounced" of
a full mailbox and of one that does not exist. Which of the two it is stands in what the service
itself has sent.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from notifications.models import SuppressionReason


@dataclass(frozen=True, slots=True)
class Report:
    """A reason to send nothing to an address; `said_at` is when the service saw it."""

    address: str
    reason: SuppressionReason
    detail: str
    said_at: dt.datetime | None


def report_of(event: AnymailTrackingEvent, *, service: str) -> Report | None:
    """Return what an event of `service` (as django-anymail calls it) has against an address.

    None for what is no reason: delivered, opened, delayed, a full mailbox, a refused text.
    """
    reason = _reason(event, service)
    if reason is None or not _is_address(event.recipient):
        return None
    said = event.mta_response or event.description or ""
    return Report(event.recipient, reason, str(said), event.timestamp)


def _is_address(text: object) -> bool:
    if not isinstance(text, str):
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _reason(event: AnymailTrackingEvent, service: str) -> SuppressionReason | None:
    match event.event_type:
        case EventType.COMPLAINED:
            return SuppressionReason.COMPLAINED
        case EventType.UNSUBSCRIBED:
            return SuppressionReason.UNSUBSCRIBED
        case EventType.BOUNCED if _is_for_good(service, event.esp_event):
            return SuppressionReason.BOUNCED
        case EventType.REJECTED:  # the service did not even try, for what it knows of the address
            return _FORMER.get(event.reject_reason)
    return None


_FORMER: Mapping[Any, SuppressionReason] = {
    RejectReason.INVALID: SuppressionReason.BOUNCED,
    RejectReason.BOUNCED: SuppressionReason.BOUNCED,
    RejectReason.SPAM: SuppressionReason.COMPLAINED,
    RejectReason.UNSUBSCRIBED: SuppressionReason.UNSUBSCRIBED,
}


def _is_for_good(service: str, said: Mapping[str, Any]) -> bool:
    """Return whether a bounce means that the mailbox is not there, as the service tells it."""
    match service:
        case "Amazon SES":
            return bool(said["bounce"]["bounceType"] == "Permanent")
        case "Brevo":
            return said["event"] in {"hard_bounce", "invalid_email"}
        case "Mailgun":
            data = said["event-data"]
            return data.get("severity") == "permanent" and data.get("reason") in _MAILGUN
        case "Mailjet":
            return said.get("hard_bounce") is True
        case "Postmark":
            return "HardBounce" in {said.get("Type"), said.get("SuppressionReason")}
    return False


_MAILGUN = {"bounce", "suppress-bounce"}
"""Its other reasons for giving up are "old" (tried for hours) and "generic" (such as a policy)."""
