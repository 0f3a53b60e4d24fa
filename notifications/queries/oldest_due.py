"""How late telling is: the age of the oldest thing that should have happened by now."""

from datetime import datetime

from django.db.models import Min

from notifications.models import Channel, Delivery
from notifications.models.delivery import LEASE


def oldest_due_mail(now: datetime) -> datetime | None:
    """Return since when the oldest mail should be on its way, or None with none."""
    return _oldest_due(Channel.EMAIL, now)


def oldest_due_push(now: datetime) -> datetime | None:
    """Return since when the oldest push should be on its way, or None with none."""
    return _oldest_due(Channel.PUSH, now)


def oldest_due_delivery(now: datetime) -> datetime | None:
    """Return since when the oldest delivery over whatever channel should be on its way, or None."""
    return min(filter(None, (oldest_due_mail(now), oldest_due_push(now))), default=None)


def _oldest_due(channel: Channel, now: datetime) -> datetime | None:
    """Return since when the oldest of a channel is due.

    One whose process died while sending is due from the end of that claim's lease.
    """
    rows = Delivery.objects.filter(channel=channel)
    queued = rows.due(now).aggregate(oldest=Min("due_at"))["oldest"]
    abandoned = rows.abandoned(now).aggregate(oldest=Min("claimed_at"))["oldest"]
    since = [at for at in (queued, abandoned + LEASE if abandoned else None) if at]
    return min(since, default=None)
