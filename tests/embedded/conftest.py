"""A keeper for tests that start processes of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from backend.embedded.postgres import Cluster
from backend.embedded.processes import Keeper
from backend.embedded.sockets import socket_directory


@pytest.fixture
def guard() -> Iterator[Keeper]:
    guard = Keeper()
    yield guard
    guard.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    return Cluster(
        data=tmp_path / "postgres",
        sockets=socket_directory(tmp_path / "run"),
        log=tmp_path / "postgres.log",
        is_throw_away=True,
    )
