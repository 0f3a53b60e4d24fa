"""Look at the links that are due, and record it when one dies or comes back."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from backend.outgoing import Client, Refusal
from progress import events, outbox
from progress.checks.link_rules import (
    GONE,
    WEEK,
    Health,
    after_answer,
    after_failure,
    next_look,
    trouble_of,
)
from progress.checks.looking import Look, look_at
from progress.checks.reading import glance
from progress.compiled import key_now
from progress.models import Evidence
from progress.models.due import Clock
from progress.models.link_check import LinkCheck

BATCH: Final = 60
PUT_OFF: Final = timedelta(hours=1)


def check_links(*, client: Client, clock: Clock) -> int:
    """Look at a batch of links; return how many rows were taken up."""
    rows = LinkCheck.objects.select_related("evidence__enrollment").take(now=clock(), limit=BATCH)
    present = [row for row in rows if row.evidence.removed_at is None]
    for row in rows:
        if row not in present:
            row.settle(due_at=None)
    for look in look_at(present, lambda row: row.evidence.url, lambda url: glance(client, url)):
        _write(look, clock())
    return len(rows)


def _write(look: Look[int], now: datetime) -> None:
    row: LinkCheck = look.row
    if look.is_put_off:
        row.settle(due_at=now + PUT_OFF)
        return
    if isinstance(look.trouble, Refusal):  # our rules forbid to look: that makes nothing dead
        row.settle(due_at=now + WEEK, checked_at=now, reason=look.trouble.reason[:200])
        return
    before = Health(row.failures, row.failed_at, row.dead_since)
    reason = look.trouble.reason if look.trouble else trouble_of(look.finding or 0)
    health = (
        after_failure(before, is_gone=look.finding in GONE, now=now) if reason else after_answer()
    )
    with transaction.atomic():
        is_ours = row.settle(
            due_at=next_look(health, now=now),
            checked_at=now,
            reason=reason[:200],
            failures=health.failures,
            failed_at=health.failed_at,
            dead_since=health.dead_since,
        )
        if is_ours and (before.dead_since is None) != (health.dead_since is None):
            died = health.dead_since is not None
            _record(row, events.EVIDENCE_LINK_DIED if died else events.EVIDENCE_LINK_REVIVED, now)


def _record(row: LinkCheck, kind: str, now: datetime) -> None:
    evidence = row.evidence
    outbox.record(
        events.Event(
            type=kind,
            occurred_at=now,
            actor_id=None,
            subject_id=evidence.pk,
            enrollment_id=evidence.enrollment_id,
            data={"milestone": _milestone(evidence)},
        )
    )


def _milestone(evidence: Evidence) -> str:
    first = evidence.milestones.order_by("pk").values_list("milestone_key", flat=True).first()
    return key_now(evidence.enrollment, first or "")
