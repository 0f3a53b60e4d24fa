"""The real relay and a real worker: from a commit to a mail, whatever broker and database do."""

import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
import redis
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.notifications.acts import invite
from tests.notifications.waiting import listeners, until

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def environment(folder):
    database = connection.settings_dict
    host = quote(database["HOST"], safe="")
    return os.environ | {
        "DATABASE_URL": f"postgres://{database['USER']}@{host}/{database['NAME']}",
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "INFO",
        "REMAP_SIGTERM": "SIGQUIT",
    }


@contextmanager
def processes(folder):
    """Run relay and worker; yield when both are there."""
    logs = [(folder / name).open("wb") for name in ("relay.log", "worker.log")]
    commands = (
        ["manage.py", "relay"],
        ["-m", "celery", "-A", "backend", "worker", "--concurrency", "1", "--loglevel", "INFO"],
    )
    children = [
        subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=environment(folder), stdout=log, stderr=log
        )
        for command, log in zip(commands, logs, strict=True)
    ]
    try:
        until(lambda: listeners() and b"ready" in (folder / "worker.log").read_bytes(), 120)
        yield children
    finally:
        for child in children:
            child.terminate()
        for child, log in zip(children, logs, strict=True):
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            log.close()


def mails(folder):
    return [path for path in (folder / "mail").glob("*.eml") if path.is_file()]


def arrives(folder, person, address):
    """Invite an address and wait for the mail."""
    invite(person, address, now=timezone.now())
    local = address.partition("@")[0]
    until(lambda: [path for path in mails(folder) if f"_to-{local}_" in path.name], 90)


def test_from_a_commit_to_a_mail(cast, tmp_path):
    # No beat runs here: what arrives was rung for by the relay, however busy the machine is.
    broker = redis.Redis.from_url(settings.REDIS_URL)
    broker.flushdb()
    with processes(tmp_path):
        for n in range(5):
            arrives(tmp_path, cast.learner, f"friend{n}@example.org")
        broker.flushdb()
        arrives(tmp_path, cast.learner, "flushed@example.org")
        with connection.cursor() as cursor:
            for pid in listeners():
                cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        arrives(tmp_path, cast.learner, "reconnected@example.org")
    assert len(mails(tmp_path)) == 7
