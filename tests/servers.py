"""A pytest plugin: throw-away PostgreSQL and Valkey servers, the same kind that `make run` starts.

Tests run on the real thing, and never on a database somebody cares about: addresses in the
environment are ignored, unless they come as TEST_DATABASE_URL and TEST_REDIS_URL.

PostgreSQL is one for all workers of pytest-xdist (pytest-django gives each a database of its own);
Valkey is one for each worker, so that a test may flush it. `backend.embedded.keeper` sees to it
that nothing stays behind, whatever happens to pytest.

The plugin is loaded by `addopts`, before Django reads its settings.
"""

import functools
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from backend.embedded.postgres import Cluster
from backend.embedded.processes import Child, Keeper, die_with_parent
from backend.embedded.sockets import socket_directory
from backend.embedded.valkey import Valkey

FOREIGN = (
    "SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", "PUBLIC_URL", "EMAIL_URL", "MAIL_FROM", "PORT",
    "LOG_FORMAT", "LOG_LEVEL", "GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "GITHUB_CLIENT_ID",
    "GITHUB_CLIENT_SECRET", "VAPID_PRIVATE_KEY", "CHECK_LINKS", "OUTGOING_INTERNAL_HOSTS",
    "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY", "S3_ENDPOINT_URL", "S3_REGION",
)  # fmt: skip
"""A developer's own configuration, which must not decide whether tests pass."""

is_xdist_worker = "PYTEST_XDIST_WORKER" in os.environ


@dataclass
class Servers:
    """The servers of this pytest process, and where they live."""

    directory: Path
    valkey: Valkey | None
    cluster: Cluster | None

    def start(self) -> Iterator[None]:
        """Run them until the generator is resumed."""
        guard = Keeper()
        guard.remove(self.directory)
        children: list[Child] = []
        try:
            if self.valkey:
                children.append(Child(self.valkey.command(), guard))
            if self.cluster:
                self.cluster.create()
                children.append(Child(self.cluster.command(), guard))
                self.cluster.wait_until_ready(children[-1])
            if self.valkey:
                self.valkey.wait_until_ready(children[0])
            yield
        finally:
            for child in reversed(children):
                child.ask_to_stop()
            for child in reversed(children):
                child.wait_until_stopped()
            guard.close()


_session: pytest.StashKey[Iterator[None]] = pytest.StashKey()
_servers: pytest.StashKey[Servers] = pytest.StashKey()


def choose() -> Servers:
    """Choose addresses and put them into the environment; nothing is started yet."""
    directory = Path(tempfile.mkdtemp(prefix="waymark-test-"))
    directory.chmod(0o711)  # as root, PostgreSQL may have to run as somebody else
    sockets = socket_directory(directory / "run")
    valkey = None
    cluster = None
    if "TEST_REDIS_URL" in os.environ:
        os.environ["REDIS_URL"] = os.environ["TEST_REDIS_URL"]
    else:
        valkey = Valkey(sockets=sockets, log=directory / "valkey.log")
        os.environ["REDIS_URL"] = valkey.url
    if "TEST_DATABASE_URL" in os.environ:
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
    elif not is_xdist_worker:  # a worker finds the controller's in the environment
        cluster = Cluster(
            data=directory / "postgres",
            sockets=sockets,
            log=directory / "postgres.log",
            is_throw_away=True,
        )
        os.environ["DATABASE_URL"] = cluster.url()
    for name in FOREIGN:
        os.environ.pop(name, None)
    os.environ["ENVIRONMENT"] = "test"
    os.environ["VAR_DIR"] = str(directory / "var")
    return Servers(directory=directory, valkey=valkey, cluster=cluster)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Iterator[None]:
    """Set the environment before pytest-django, in the same hook, reads the settings."""
    servers = choose()
    early_config.stash[_servers] = servers
    early_config.add_cleanup(functools.partial(shutil.rmtree, servers.directory, True))
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Start the servers, before pytest-xdist starts its workers."""
    if is_xdist_worker:  # it would first finish a long test when pytest is killed
        die_with_parent(os.getppid(), signal.SIGKILL)
    if session.config.option.collectonly:
        return
    running = session.config.stash[_servers].start()
    next(running)
    session.config.stash[_session] = running


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers."""
    running = config.stash.get(_session, None)
    if running:
        next(running, None)
