"""Take the snapshots that are due."""

from datetime import datetime, timedelta
from typing import Final

from backend.outgoing import Client, Refusal
from progress.checks.looking import Look, look_at
from progress.checks.reading import Page, read_page
from progress.models.due import Clock
from progress.models.snapshot import Snapshot, SnapshotState

BATCH: Final = 40
WAITS: Final = (timedelta(minutes=2), timedelta(minutes=30))
"""After the first and second attempt that found nothing; the third is the last."""
PUT_OFF: Final = timedelta(minutes=5)


def take_snapshots(*, client: Client, clock: Clock) -> int:
    """Take a batch of snapshots; return how many rows were taken up."""
    rows = Snapshot.objects.select_related("frozen").take(now=clock(), limit=BATCH)
    for look in look_at(rows, lambda row: row.frozen.url, lambda url: read_page(client, url)):
        _write(look, clock())
    return len(rows)


def _write(look: Look[Page], now: datetime) -> None:
    row: Snapshot = look.row
    if look.finding is not None:
        page = look.finding
        row.settle(
            due_at=None,
            state=SnapshotState.TAKEN,
            attempts=row.attempts + 1,
            reason="",
            fetched_at=now,
            final_url=page.final_url,
            status=page.status,
            title=page.title,
            sha256=page.sha256,
            is_truncated=page.is_truncated,
            commit=page.commit,
        )
    elif look.trouble is None:
        row.settle(due_at=now + PUT_OFF)
    elif isinstance(look.trouble, Refusal) or row.attempts >= len(WAITS):
        row.settle(
            due_at=None,
            state=SnapshotState.FAILED,
            attempts=row.attempts + 1,
            reason=look.trouble.reason[:200],
            fetched_at=now,
        )
    else:
        row.settle(
            due_at=now + WAITS[row.attempts],
            attempts=row.attempts + 1,
            reason=look.trouble.reason[:200],
        )
