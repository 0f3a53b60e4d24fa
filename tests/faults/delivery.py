"""The shortest way through relay, broker, worker and database, timed."""

import time
import uuid

import psycopg

from tests.embedded.process_tree import eventually
from tests.supervised import Supervised

LONGEST_SECONDS = 120
"""Far above the figures printed below: machines that run tests are busy."""

COMMIT_AN_EVENT = """
WITH event AS (
    INSERT INTO progress_outboxevent
        (id, type, occurred_at, subject_id, data, due_at, attempts, last_error)
    VALUES (%(id)s, 'log_entry.recorded.v1', now(), gen_random_uuid(), '{}', now(), 0, '')
)
SELECT pg_notify('waymark', '')
"""
IS_DELIVERED = "SELECT delivered_at IS NOT NULL FROM progress_outboxevent WHERE id = %s"


def seconds_until_delivered(waymark: Supervised) -> float:
    """Commit an event now; return how long it took relay and worker to deliver it."""
    began = time.monotonic()
    event = uuid.uuid4()
    with psycopg.connect(waymark.database_url, autocommit=True) as connection:
        connection.execute(COMMIT_AN_EVENT, {"id": event})
        assert eventually(
            lambda: connection.execute(IS_DELIVERED, [event]).fetchone() == (True,),
            LONGEST_SECONDS,
        )
    return time.monotonic() - began
