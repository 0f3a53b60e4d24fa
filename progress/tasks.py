"""Housekeeping: nothing depends on its running, the storage stays small if it does."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from progress.commands.sweep_files import sweep_files


@shared_task(time_limit=600)
def sweep_unneeded_files(**_newer: Any) -> None:
    """Delete files that no evidence and no review round needs."""
    sweep_files(now=timezone.now())
