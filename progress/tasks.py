"""What workers do about learners' work: looking at links, handing over reviews, housekeeping.

Looking has a queue of its own, so that slow servers of others delay no mail. Each task looks into
the database for what is due, so any of these may run at any time, twice, or at once with another.
None starts a batch after its share of time.
"""

import time
from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from backend.outgoing import client
from progress.checks import links, probes, snapshots
from progress.commands.hand_over_late_reviews import hand_over_late_reviews
from progress.commands.sweep_files import sweep_files

SHARE_SECONDS = 30.0


@shared_task(soft_time_limit=150, time_limit=180)
def take_snapshots(**_newer: Any) -> int:
    """Freeze what submitted links show; return how many were due."""
    return _share(snapshots.take_snapshots)


@shared_task(soft_time_limit=150, time_limit=180)
def check_links(**_newer: Any) -> int:
    """Look whether links of evidence still answer; return how many were due."""
    return _share(links.check_links)


@shared_task(soft_time_limit=150, time_limit=180)
def run_probes(**_newer: Any) -> int:
    """Ask whether deployments are up; return how many were due."""
    return _share(probes.run_probes)


@shared_task(time_limit=600)
def sweep_unneeded_files(**_newer: Any) -> None:
    """Delete files that no evidence and no review round needs."""
    sweep_files(now=timezone.now())


@shared_task(soft_time_limit=150, time_limit=180)
def hand_over_reviews(**_newer: Any) -> int:
    """Hand rounds that wait too long to a mentor with room; return how many."""
    return hand_over_late_reviews(now=timezone.now())


def _share(batch: Callable[..., int]) -> int:
    if not settings.CHECK_LINKS:
        return 0
    ends, total, way_out = time.monotonic() + SHARE_SECONDS, 0, client()
    while done := batch(client=way_out, clock=timezone.now):
        total += done
        if time.monotonic() > ends:
            break
    return total
