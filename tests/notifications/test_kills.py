"""kill -9 of a sender in the middle of its work, again and again, against a real mail server.

The server writes down what it received before it answers. Afterwards that is held against the
ledger: promises 3 and 4 of the design.
"""

import asyncio
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.utils import timezone

from notifications.models import Delivery
from notifications.models.delivery import LEASE
from tests.factories import make_enrollment, make_mentorship, make_person
from tests.notifications.acts import deliver, invite, submit
from tests.notifications.post import mail_server
from tests.notifications.test_processes import ROOT, environment
from tests.notifications.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
EACH = int(os.environ.get("KILL_MAILS", "40")) // 2
KILLS = int(os.environ.get("KILLS", "4"))
"""`KILLS=50 KILL_MAILS=1000` is the whole run; it takes minutes."""


def fill(mentor):
    """Queue must-arrive mail (invitations) and at-most-once mail, in equal numbers and mixed."""
    for _ in range(EACH):
        learner = make_person()
        make_mentorship(mentor, learner)
        submit(make_enrollment(learner))
    for number in range(EACH):
        invite(make_person(), f"friend{number}@example.org", now=timezone.now())
    while deliver(timezone.now() + dt.timedelta(days=1)):
        pass
    Delivery.objects.update(due_at=timezone.now() + dt.timedelta(days=365))


def test_nothing_that_must_arrive_is_lost_and_nothing_else_is_doubled(cast, tmp_path, capsys):
    fill(cast.mentor)
    ahead = kills = 0
    with mail_server() as (sink, port):
        slow_answers(sink)
        for must_arrive in (False, True):  # it goes first, and would take all the kills
            rows = Delivery.objects.filter(must_arrive=must_arrive)
            rows.update(due_at=timezone.now() - dt.timedelta(days=1))
            kills_before = kills
            while rows.filter(state__in=["queued", "sending"]).exists():
                sender = start(tmp_path, port, ahead)
                if kills - kills_before < KILLS // 2:
                    wait_for_one_more(sink)
                    time.sleep(random.uniform(0, 0.06))  # noqa: S311 (no secret)
                    sender.send_signal(signal.SIGKILL)
                    kills += 1
                sender.wait(300)
                sender.stdout.close()
                ahead += int(LEASE.total_seconds()) + 1
    received = Counter(message["Message-ID"] for message in sink.messages)
    rows = {row.message_id: row for row in Delivery.objects.all()}
    assert received.keys() <= rows.keys()
    must = {i for i, row in rows.items() if row.must_arrive}
    others = rows.keys() - must
    states = Counter(row.state for row in rows.values())
    figures = {
        "kills": kills,
        "must arrive": len(must),
        "of these received": len(must & received.keys()),
        "received again, same Message-ID": sum(received[i] - 1 for i in must & received.keys()),
        "others": len(others),
        "received once": sum(received[i] == 1 for i in others),
        "received twice": sum(received[i] > 1 for i in others),
        "unconfirmed": states["unconfirmed"],
    }
    with capsys.disabled():
        sys.stdout.write(f"\nkill -9 while sending: {figures}\n")
    assert len(must) == len(others) == EACH
    assert must <= received.keys()
    assert all(received[i] <= 1 for i in others)
    assert {rows[i].state for i in must} == {"sent"}
    for i in others:
        assert rows[i].state == "unconfirmed" or (rows[i].state == "sent" and received[i] == 1)


def wait_for_one_more(sink):
    """Return once the server has written down another mail."""
    before = len(sink.received)
    until(lambda: len(sink.received) > before, 60)


def start(folder, port, ahead):
    """Start a sender, and return once it has begun."""
    sender = subprocess.Popen(
        [sys.executable, "-m", "tests.notifications.sender", str(port), str(ahead)],
        cwd=ROOT,
        env=environment(folder) | {"DJANGO_SETTINGS_MODULE": "backend.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    sender.stdout.readline()
    return sender


def slow_answers(sink):
    """Have the server think after it has written a mail down: that is where kills hurt."""
    keep = sink.handle_DATA

    async def handle(server, session, envelope):
        answer = await keep(server, session, envelope)
        await asyncio.sleep(random.uniform(0, 0.02))  # noqa: S311 (no secret)
        return answer

    sink.handle_DATA = handle
