"""A push service that hangs: mail and inbox go on in seconds, by the workers that are shipped."""

import datetime as dt
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import pytest
from django.utils import timezone

from backend.embedded import configuration, waymark
from notifications.models import Delivery, NotificationPreferences
from tests.factories import make_enrollment, make_mentorship, make_person
from tests.notifications.acts import submit
from tests.notifications.push_service import push_service
from tests.notifications.test_processes import ROOT, arrives, environment
from tests.notifications.waiting import listeners, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WORKERS = ("worker", "mailer", "pusher")
SECONDS = 20
"""Seconds in practice; machines that run tests are busy. A push alone hangs for 8, and there are
more of them than fit into this one after another."""


@contextmanager
def shipped(folder, **extra):
    """Run relay and workers by the commands of the supervisor; yield when they are there."""
    commands = waymark.long_running(configuration.read({"VAR_DIR": str(folder)}), {})
    with ExitStack() as stack:
        children = []
        for name in ("relay", *WORKERS):
            log = stack.enter_context((folder / f"{name}.log").open("wb"))
            children.append(
                subprocess.Popen(
                    commands[name]().argv,
                    cwd=ROOT,
                    env=environment(folder) | extra,
                    stdout=log,
                    stderr=log,
                )
            )
        try:
            until(
                lambda: (
                    listeners()
                    and all(b"ready" in (folder / f"{name}.log").read_bytes() for name in WORKERS)
                ),
                180,
            )
            yield
        finally:
            for child in children:
                child.terminate()
            for child in children:
                try:
                    child.wait(20)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()


def test_a_push_service_that_hangs_delays_no_mail_and_no_inbox(cast, tmp_path, settings, capsys):
    with push_service(tmp_path) as service:
        service.hanging.set()
        settings.OUTGOING_INTERNAL_HOSTS = [service.at]
        allowed = {"OUTGOING_INTERNAL_HOSTS": service.at, "SSL_CERT_FILE": str(service.file)}
        NotificationPreferences.objects.create(
            person=cast.mentor, quiet_from=dt.time(0), quiet_until=dt.time(0)
        )
        for number in range(8):
            service.browser(f"/push/{number}").subscribed(cast.mentor, service)
        (tmp_path / "beat").mkdir(exist_ok=True)
        with shipped(tmp_path, **allowed):
            submit(cast.enrollment, now=timezone.now())
            until(lambda: service.got, 90)  # a worker waits for the answer now
            began = time.monotonic()
            arrives(tmp_path, cast.learner, "friend@example.org")
            mail = time.monotonic() - began
            learner = make_person()
            make_mentorship(cast.other_mentor, learner)
            began = time.monotonic()
            submit(make_enrollment(learner), now=timezone.now())
            until(cast.other_mentor.notifications.exists, 90)
            inbox = time.monotonic() - began
            waiting = Delivery.objects.filter(channel="push", state__in=["queued", "sending"])
            still = waiting.count()
            service.hanging.clear()
        with capsys.disabled():
            sys.stdout.write(
                f"\nwhile a push service hangs ({still} pushes wait): a mail after {mail:.1f} s,"
                f" an inbox row after {inbox:.1f} s\n"
            )
    assert still > 0
    assert mail < SECONDS
    assert inbox < SECONDS
