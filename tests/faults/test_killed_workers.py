"""kill -9 of a worker in the middle of its work, again and again: promises 2 to 4.

First of one that turns events into inbox rows, then of one that sends mail, then of one that
pushes. Mail server and push service write down what they received before they answer; afterwards
that is held against the ledger, and the figures are printed.
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

from notifications.models import Delivery, Notification, NotificationPreferences
from notifications.models.delivery import LEASE
from progress.models import OutboxEvent, Submission
from tests.factories import make_enrollment, make_mentorship, make_person
from tests.notifications.acts import deliver, invite, submit
from tests.notifications.post import mail_server
from tests.notifications.push_service import push_service
from tests.notifications.test_processes import ROOT, environment
from tests.notifications.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
EACH = int(os.environ.get("MAILS", "40")) // 2
KILLS = int(os.environ.get("KILLS", "4"))
"""`KILLS=50 MAILS=1000` is the whole run; it takes many minutes."""
INVITATIONS_EACH = 10
FAR = dt.timedelta(days=365)


def act(mentor):
    """Hand in EACH submissions, whose mail is sent at most once; invite as many, which must arrive.

    Their events are recorded, and nobody has been told yet.
    """
    inviting = make_person()
    for number in range(EACH):
        learner = make_person()
        make_mentorship(mentor, learner)
        submit(make_enrollment(learner))
        if number % INVITATIONS_EACH == 0:  # how many one person may have open is limited
            inviting = make_person()
        invite(inviting, f"friend{number}@example.org", now=timezone.now())


def test_inbox_rows_are_written_exactly_once(cast, tmp_path, capsys):
    act(cast.mentor)
    kills = 0
    undelivered = OutboxEvent.objects.filter(delivered_at=None)
    events = undelivered.count()
    while undelivered.exists():
        teller = start(tmp_path, "tests.notifications.teller")
        if kills < KILLS:
            before = undelivered.count()
            until(lambda at=before: undelivered.count() < at, 60)
            time.sleep(random.uniform(0, 0.03))  # noqa: S311 (no secret)
            teller.send_signal(signal.SIGKILL)
            kills += 1
        finish(teller)
    OutboxEvent.objects.update(delivered_at=None)  # and all of it once more
    while deliver(timezone.now() + dt.timedelta(days=1)):
        pass
    rows = Notification.objects.filter(kind="submission-submitted")
    told = Counter((row.person_id, row.subject_id) for row in rows)
    due = {(cast.mentor.pk, pk) for pk in Submission.objects.values_list("pk", flat=True)}
    say(
        capsys,
        "kill -9 while writing inbox rows",
        kills=kills,
        events=events,
        due=len(due),
        written=len(told),
        lost=len(due - told.keys()),
        twice=sum(n > 1 for n in told.values()),
    )
    assert told.keys() == due
    assert set(told.values()) == {1}
    assert Delivery.objects.filter(kind="submission-submitted").count() == EACH


def test_nothing_that_must_arrive_is_lost_and_nothing_else_is_doubled(cast, tmp_path, capsys):
    act(cast.mentor)
    tell_and_hold()
    ahead = kills = 0
    with mail_server() as (sink, port):
        slow_answers(sink)
        for must_arrive in (False, True):  # it goes first, and would take all the kills
            rows = Delivery.objects.filter(must_arrive=must_arrive)
            rows.update(due_at=timezone.now() - dt.timedelta(days=1))
            ahead, done = send_and_kill(
                rows, lambda: len(sink.received), tmp_path, ahead, KILLS // 2, ("email", str(port))
            )
            kills += done
    received = Counter(message["Message-ID"] for message in sink.messages)
    rows = {row.message_id: row for row in Delivery.objects.all()}
    assert received.keys() <= rows.keys()
    must = {i for i, row in rows.items() if row.must_arrive}
    others = rows.keys() - must
    states = Counter(row.state for row in rows.values())
    say(
        capsys,
        "kill -9 while sending mail",
        kills=kills,
        must_arrive=len(must),
        lost=len(must - received.keys()),
        repeated_under_the_same_id=sum(received[i] - 1 for i in must & received.keys()),
        at_most_once=len(others),
        once=sum(received[i] == 1 for i in others),
        twice=sum(received[i] > 1 for i in others),
        unconfirmed=states["unconfirmed"],
    )
    assert len(must) == len(others) == EACH
    assert must <= received.keys()
    assert {rows[i].state for i in must} == {"sent"}
    for i in others:
        assert received[i] <= 1
        assert rows[i].state == "unconfirmed" or (rows[i].state == "sent" and received[i] == 1)


def test_no_browser_rings_twice(cast, tmp_path, settings, capsys):
    with push_service(tmp_path) as service:
        settings.OUTGOING_INTERNAL_HOSTS = [service.at]
        never_quiet(cast.mentor)
        service.browser().subscribed(cast.mentor, service)
        act(cast.mentor)
        tell_and_hold()
        rows = Delivery.objects.filter(channel="push")
        rows.update(due_at=timezone.now() - dt.timedelta(days=1))
        extra = {"OUTGOING_INTERNAL_HOSTS": service.at, "SSL_CERT_FILE": str(service.file)}
        _, kills = send_and_kill(
            rows, lambda: len(service.got), tmp_path, 0, KILLS // 2, ("push", "0"), extra
        )
        received = Counter(headers["Topic"] for _, headers, _ in service.got)
    states = Counter(rows.values_list("state", flat=True))
    by_topic = {row.notification_id.hex: row for row in rows}
    say(
        capsys,
        "kill -9 while pushing",
        kills=kills,
        due=len(by_topic),
        once=sum(n == 1 for n in received.values()),
        twice=sum(n > 1 for n in received.values()),
        unconfirmed=states["unconfirmed"],
    )
    assert len(by_topic) == EACH
    assert received.keys() <= by_topic.keys()
    assert set(received.values()) == {1}
    for topic, row in by_topic.items():
        assert row.state == "unconfirmed" or (row.state == "sent" and received[topic] == 1)


def tell_and_hold():
    """Have all events told, and every delivery wait."""
    while deliver(timezone.now() + dt.timedelta(days=1)):
        pass
    Delivery.objects.update(due_at=timezone.now() + FAR)


def never_quiet(person):
    """Let a push go at whatever hour the tests run."""
    NotificationPreferences.objects.create(
        person=person, quiet_from=dt.time(0), quiet_until=dt.time(0)
    )


def send_and_kill(rows, received, folder, ahead, most, arguments, extra=()):
    """Have `rows` sent by processes that are killed, `most` times; return (ahead, kills).

    `ahead` is how far the senders' clocks are, in seconds: each finds the last one's lease over.
    """
    kills = 0
    while rows.filter(state__in=["queued", "sending"]).exists():
        args = (arguments[1], str(ahead), arguments[0])
        sender = start(folder, "tests.notifications.sender", *args, **dict(extra))
        if kills < most:
            before = received()
            until(lambda at=before, it=sender: received() > at or it.poll() is not None, 60)
            time.sleep(random.uniform(0, 0.06))  # noqa: S311 (no secret)
            sender.send_signal(signal.SIGKILL)
            kills += 1
        finish(sender)
        ahead += int(LEASE.total_seconds()) + 1
    return ahead, kills


def start(folder, module, *arguments, **extra):
    """Start a process, and return once it has begun."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=environment(folder) | {"DJANGO_SETTINGS_MODULE": "backend.settings"} | extra,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    process.stdout.readline()
    return process


def finish(process):
    process.wait(600)
    process.stdout.close()


def say(capsys, what, **figures):
    with capsys.disabled():
        said = ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in figures.items())
        print(f"\n{what}: {said}")


def slow_answers(sink):
    """Have the server think after it has written a mail down: that is where kills hurt."""
    keep = sink.handle_DATA

    async def handle(server, session, envelope):
        answer = await keep(server, session, envelope)
        await asyncio.sleep(random.uniform(0, 0.02))  # noqa: S311 (no secret)
        return answer

    sink.handle_DATA = handle
