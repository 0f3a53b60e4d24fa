"""How late looking at links is."""

from datetime import datetime, timedelta

from django.conf import settings

from progress.models.link_check import LinkCheck
from progress.models.probe import Probe
from progress.models.snapshot import Snapshot

PATIENCE = timedelta(hours=6)
"""A check may be so late before anybody is told: other people's slow servers are nobody's alarm."""


def oldest_due_snapshot(now: datetime) -> datetime | None:
    """Return since when the oldest snapshot is due, or None with none."""
    if not settings.CHECK_LINKS:
        return None
    since: datetime | None = Snapshot.objects.oldest_due(now)
    return since


def oldest_overdue(now: datetime) -> datetime | None:
    """Return since when the oldest check is overdue beyond patience, or None with none."""
    if not settings.CHECK_LINKS:
        return None
    before = now - PATIENCE
    since = [model.objects.oldest_due(before) for model in (Snapshot, LinkCheck, Probe)]
    oldest = min((at for at in since if at), default=None)
    return oldest + PATIENCE if oldest else None
