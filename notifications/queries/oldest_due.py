"""How late telling is: the age of the oldest thing that should have happened by now."""

from datetime import datetime

from django.db.models import Min

from notifications.models import Delivery
from notifications.models.delivery import LEASE


def oldest_due_delivery(now: datetime) -> datetime | None:
    """Return since when the oldest delivery should be on its way, or None with none.

    One whose process died while sending is due from the end of that claim's lease.
    """
    queued = Delivery.objects.due(now).aggregate(oldest=Min("due_at"))["oldest"]
    abandoned = Delivery.objects.abandoned(now).aggregate(oldest=Min("claimed_at"))["oldest"]
    since = [at for at in (queued, abandoned + LEASE if abandoned else None) if at]
    return min(since, default=None)
