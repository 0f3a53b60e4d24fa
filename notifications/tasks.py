"""What workers do when the bell rings.

Each looks into the database for what is due, so any of these may run at any time, twice, or at once
with another; a lost one is made up for by the next. None goes on for long: after its share it has
the relay woken for the rest, so that workers get to everything in turn.
"""

import time
from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from backend.outgoing import client
from notifications.mail import transport
from notifications.mail.way import Mail
from notifications.nudges.planning import plan
from notifications.nudges.sooner import make_missing
from notifications.push.keys import server_key
from notifications.push.way import Push
from notifications.sending import send_due
from progress import outbox

SHARE_SECONDS = 30.0


@shared_task(soft_time_limit=100, time_limit=120)
def deliver_events(**_newer: Any) -> int:
    """Turn due events into rows; return how many. Keywords of a newer version are ignored."""
    return share(lambda: outbox.deliver_pending(now=timezone.now(), limit=100))


@shared_task(soft_time_limit=settings.MAIL_TASK_SECONDS - 15, time_limit=settings.MAIL_TASK_SECONDS)
def send_deliveries(**_newer: Any) -> int:
    """Send due mail; return how many mails were claimed."""
    with transport.configured() as way_out:
        return share(lambda: send_due(way=Mail(way_out), clock=timezone.now))


@shared_task(soft_time_limit=settings.MAIL_TASK_SECONDS - 15, time_limit=settings.MAIL_TASK_SECONDS)
def send_pushes(**_newer: Any) -> int:
    """Send due pushes; return how many were claimed."""
    way = Push(client(), server_key(now=timezone.now()))
    return share(lambda: send_due(way=way, clock=timezone.now))


@shared_task(soft_time_limit=100, time_limit=120)
def plan_nudges(**_newer: Any) -> int:
    """Write the nudges that are due; return how many are new."""
    return plan(now=timezone.now())


@shared_task(soft_time_limit=100, time_limit=120)
def make_appointments(**_newer: Any) -> int:
    """Make the appointments that nobody made; return how many."""
    return make_missing(now=timezone.now())


def share(batch: Callable[[], int]) -> int:
    """Do batches until one finds nothing or the time is up; return the sum of what they did."""
    ends = time.monotonic() + SHARE_SECONDS
    total = 0
    while done := batch():
        total += done
        if time.monotonic() > ends:
            outbox.wake()
            break
    return total
