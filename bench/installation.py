"""A throw-away installation to measure on: the servers that tests use, migrated, Django set up."""

import os
import platform
import shutil
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


def machine() -> str:
    """Return what a figure was measured on, in a line."""
    gibibytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {gibibytes:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )
