"""Ask the deployments that are due whether they are up."""

from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from backend.outgoing import Client
from progress import events, outbox
from progress.checks.looking import Look, look_at
from progress.checks.reading import glance
from progress.compiled import key_now
from progress.models import Enrollment
from progress.models.due import Clock
from progress.models.probe import Probe, ProbeDay
from progress.states import EnrollmentState

BATCH: Final = 60
HOUR: Final = timedelta(hours=1)
PUT_OFF: Final = timedelta(minutes=15)
AFTER_COMPLETION: Final = timedelta(days=30)
UP: Final = range(200, 300)


def run_probes(*, client: Client, clock: Clock) -> int:
    """Ask a batch of deployments; return how many rows were taken up."""
    now = clock()
    rows = Probe.objects.select_related("enrollment__learner").take(now=now, limit=BATCH)
    asked = [row for row in rows if is_watched(row.enrollment, now)]
    for row in rows:
        if row not in asked:
            row.settle(due_at=None)
    for look in look_at(asked, lambda row: row.url, lambda url: glance(client, url)):
        _write(look, clock())
    return len(rows)


def is_watched(enrollment: Enrollment, now: datetime) -> bool:
    """Return whether deployments of `enrollment` are asked at `now`."""
    if enrollment.completed_at is not None:
        return now < enrollment.completed_at + AFTER_COMPLETION
    return enrollment.state == EnrollmentState.ACTIVE


def _write(look: Look[int], now: datetime) -> None:
    row: Probe = look.row
    if look.is_put_off:
        row.settle(due_at=now + PUT_OFF)
        return
    is_up = look.finding in UP
    said = "" if is_up else _("it answers %(number)s") % {"number": look.finding}
    reason = look.trouble.reason if look.trouble else said
    with transaction.atomic():
        down_since = None if is_up else row.down_since or now
        settled = row.settle(
            due_at=now + HOUR,
            checked_at=now,
            is_up=is_up,
            reason=reason[:200],
            down_since=down_since,
        )
        if settled:
            _count(row, is_up, now)
            if down_since == now:
                outbox.record(_went_down(row, now))


def _went_down(row: Probe, now: datetime) -> events.Event:
    return events.Event(
        type=events.PROBE_WENT_DOWN,
        occurred_at=now,
        actor_id=None,
        subject_id=row.pk,
        enrollment_id=row.enrollment_id,
        data={"milestone": key_now(row.enrollment, row.milestone_key)},
    )


def _count(row: Any, is_up: bool, now: datetime) -> None:
    day = now.astimezone(ZoneInfo(row.enrollment.learner.time_zone)).date()
    ProbeDay.objects.get_or_create(probe=row, day=day)
    days = ProbeDay.objects.filter(probe=row, day=day)
    days.update(ok=F("ok") + 1) if is_up else days.update(failed=F("failed") + 1)
