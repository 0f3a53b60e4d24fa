"""The relay rings when something is due: by NOTIFY at once, by its tick otherwise."""

import datetime as dt
import itertools
import socket
import threading
import time
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connection, transaction
from django.utils import timezone

from backend import celery_app
from notifications.management.commands.relay import Rope
from notifications.relay import Bell, Relay, bells
from notifications.tasks import deliver_events
from progress import outbox
from tests.notifications.waiting import listen_parameters, listeners, until

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


@contextmanager
def running(*rung_bells, tick=30.0):
    """Run a relay in a thread of its own."""
    relay = Relay(bells=list(rung_bells), clock=timezone.now, tick=tick)

    def run():
        try:
            relay.run()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield relay
    finally:
        relay.stop.set()
        with psycopg.connect(**listen_parameters(), autocommit=True) as other:
            other.execute(f"NOTIFY {outbox.CHANNEL}")  # it looks up from its wait
        thread.join(timeout=5)
        assert not thread.is_alive()


def always(_now):
    return NOW


@pytest.mark.django_db(transaction=True)
def test_a_commit_rings_at_once_and_many_commits_ring_little():
    rings = []
    with running(Bell("work", always, lambda: rings.append(time.monotonic()))):
        until(lambda: rings and listeners())
        rings.clear()
        for _ in range(50):
            with transaction.atomic():
                outbox.wake()
        until(lambda: rings, 25)  # the tick would come after 30 s
        time.sleep(0.2)
        assert len(rings) < 25


@pytest.mark.django_db(transaction=True)
def test_a_rollback_does_not_ring():
    rings = []
    with running(Bell("work", always, lambda: rings.append(1))):
        until(lambda: rings and listeners())
        rings.clear()
        with transaction.atomic():
            outbox.wake()
            transaction.set_rollback(True)
        time.sleep(0.3)
        assert rings == []


@pytest.mark.django_db(transaction=True)
def test_it_comes_back_when_postgresql_ends_its_connection():
    rings = []
    with running(Bell("work", always, lambda: rings.append(1))):
        until(lambda: rings and listeners())
        (old,) = listeners()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [old])
        until(lambda: listeners() not in ([], [old]))
        rings.clear()
        with transaction.atomic():
            outbox.wake()
        until(lambda: rings, 25)  # the tick would come after 30 s


@pytest.mark.django_db(transaction=True)
def test_what_falls_due_by_the_clock_is_found_by_the_tick():
    rings, due = [], []
    with running(
        Bell("work", lambda _: due[0] if due else None, lambda: rings.append(1)), tick=0.1
    ):
        until(listeners)
        time.sleep(0.3)
        assert rings == []
        due.append(NOW)
        until(lambda: rings)


def test_what_stays_due_rings_less_and_less(monkeypatch):
    rings, clock = [], [0.0]
    monkeypatch.setattr("notifications.relay.time.monotonic", lambda: clock[0])
    bell = Bell("work", always, lambda: rings.append(clock[0]))
    for second in range(61):
        clock[0] = float(second)
        bell.answer(was_told=False, now=NOW)
    gaps = [later - sooner for sooner, later in itertools.pairwise(rings)]
    assert gaps[:4] == [2, 4, 8, 10]
    assert set(gaps[4:]) == {10}
    clock[0] += 0.1
    bell.answer(was_told=True, now=NOW)
    assert rings[-1] == clock[0]


@pytest.mark.parametrize("listens", [True, False])
def test_a_broker_that_is_silent_or_away_stops_nothing(monkeypatch, listens):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        if not listens:
            silent.close()
        monkeypatch.setattr(celery_app.conf, "broker_write_url", f"redis://127.0.0.1:{port}/0")
        monkeypatch.setattr("notifications.management.commands.relay.BROKER_SECONDS", 0.5)
        rope = Rope(deliver_events)
        began = time.monotonic()
        for _ in range(20):
            rope()
        assert time.monotonic() - began < 5  # waiting for the broker each time would take 10
    until(lambda: not rope._ringing.is_alive(), 60)


@pytest.mark.django_db
def test_the_bells_look_at_events_mail_and_snapshots(cast):
    from tests.notifications.acts import deliver, submit

    rings = []
    every = bells(
        events=lambda: rings.append("events"),
        mail=lambda: rings.append("mail"),
        push=lambda: rings.append("push"),
        snapshots=lambda: rings.append("snapshots"),
    )
    later = NOW + dt.timedelta(hours=1)

    def answer():
        rings.clear()
        for bell in every:
            bell.answer(was_told=True, now=later)
        return list(rings)

    deliver(later)
    assert answer() == []
    submit(cast.enrollment)
    assert answer() == ["events", "snapshots"]
    deliver(later)
    assert answer() == ["mail", "snapshots"]
