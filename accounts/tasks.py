"""Housekeeping: nothing depends on its running, tables stay small if it does."""

from typing import Any

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from oauth2_provider.models import clear_expired


@shared_task(time_limit=600)
def forget_expired(**_newer: Any) -> None:
    """Delete sessions, codes and tokens that can't be used any more, in batches."""
    SessionStore.clear_expired()
    clear_expired()
