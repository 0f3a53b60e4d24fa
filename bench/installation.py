"""A throw-away installation to measure on: the servers that tests use, migrated, Django set up."""

import os
import platform
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.servers import choose


@contextmanager
def installation() -> Iterator[Path]:
    """Run PostgreSQL and Valkey of our own until the block ends; yield their folder.

    Import models inside of the block: they need its environment.
    """
    servers = choose()
    running = servers.start()
    next(running)
    try:
        os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"
        import django  # noqa: PLC0415 (reads the environment)

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        call_command("load_pathways", verbosity=0)
        yield servers.directory
        from django.db import connections  # noqa: PLC0415

        connections.close_all()
    finally:
        next(running, None)
        shutil.rmtree(servers.directory, ignore_errors=True)


def vacuumed(table: str) -> None:
    """Leave the tables as autovacuum does, which may take some rounds; `table` is the largest.

    A page becomes all-visible only once nobody reads from before it was written, and autovacuum's
    own ANALYZE does for a moment after rows by the thousand. Until then an index is not enough.
    Raises RuntimeError if it doesn't come about.
    """
    from django.db import connection  # noqa: PLC0415 (needs the installation)

    with connection.cursor() as cursor:
        for _ in range(20):
            cursor.execute("VACUUM ANALYZE")
            cursor.execute(
                "SELECT relallvisible >= relpages FROM pg_class WHERE relname = %s", [table]
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(1)
    raise RuntimeError(f"{table} is not all-visible after 20 rounds of VACUUM")


def machine() -> str:
    """Return what a figure was measured on, in a line."""
    gibibytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {gibibytes:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )
