"""A mail service says that mail to an address came back, or that its reader wants none."""

import datetime as dt

from notifications.mail.reports import Report
from notifications.models import Suppression
from notifications.models.delivery import one_line


def note_report(*, report: Report, now: dt.datetime) -> bool:
    """Send nothing to the address from now on; return whether that is new.

    Said twice, it is noted once. What a service says again of the time before somebody lifted it
    is no news: services repeat what they got no answer to.
    """
    rows = Suppression.objects.of_address(report.address).filter(reason=report.reason)
    if report.said_at is not None and rows.filter(lifted_at__gte=report.said_at).exists():
        return False
    return bool(
        Suppression.objects.suppress(
            address=report.address, reason=report.reason, detail=one_line(report.detail), now=now
        )
    )
