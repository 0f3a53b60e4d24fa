"""Waiting for other processes, and seeing who listens."""

import time

from django.db import connection


def until(condition, seconds=60.0):
    """Wait for a condition; return how long it took, in seconds."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, "it did not happen"
        time.sleep(0.005)
    return time.monotonic() - began


def listen_parameters():
    found = connection.get_connection_params()
    found.pop("context", None)
    found.pop("cursor_factory", None)
    return found


def listeners():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'waymark relay' "
            "AND datname = current_database() AND query LIKE 'LISTEN%%'"
        )
        return [pid for (pid,) in cursor.fetchall()]
