"""What can be known before anything is started, each with a sentence that says what to do."""

import errno
import os
import shutil
import socket
import subprocess
from pathlib import Path

from backend.embedded import wheels
from backend.embedded.errors import StartError

ROOM_BYTES = 500 * 1024 * 1024


def check_port(address: str, port: int) -> None:
    """Raise StartError unless we can listen on this address and port."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # Otherwise the last run's connections, still in TIME_WAIT, would look like a neighbour.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise StartError(_port_sentence(error, address, port)) from None


def _port_sentence(error: OSError, address: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is taken by another program. Stop that one, or choose another port: "
            f"PORT={port + 1} make run"
        )
    if error.errno == errno.EACCES:
        return f"Port {port} is for the administrator only. Choose one above 1023: PORT=8000"
    return f"Can't listen on {address}, port {port}: {error.strerror}. Set BIND_ADDRESS."


def check_disk(var: Path) -> None:
    """Raise StartError unless `var` can be written to and has room for a database."""
    try:
        if not var.exists():
            var.mkdir(parents=True)
            var.chmod(0o711)  # as root, PostgreSQL may have to run as somebody else
        free = shutil.disk_usage(var).free
    except OSError as error:
        raise StartError(
            f"{var} can't be made: {error.strerror}. Set VAR_DIR to a directory of yours."
        ) from None
    if not os.access(var, os.W_OK | os.X_OK):
        raise StartError(
            f"{var} belongs to somebody else (was Waymark started as root before?). "
            "Give it back with chown, or set VAR_DIR to a directory of yours."
        )
    if free < ROOM_BYTES:
        raise StartError(
            f"{var} has {free // 1024**2} MB left, and a database needs at least "
            f"{ROOM_BYTES // 1024**2} MB. Make room, or set VAR_DIR to another disk."
        )


def check_program(program: Path, variable: str) -> None:
    """Raise StartError unless this program from a wheel runs on this machine at all."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, check=False)
    except OSError as error:
        reason = error.strerror or str(error)
    else:
        if done.returncode == 0:
            return
        reason = done.stderr.decode(errors="replace").strip()
    raise StartError(
        f"{program.name} from its wheel does not run here: {reason}. "
        f"Run a server of your own and give its address as {variable}."
    )


def check_wheels(*, postgres: bool, valkey: bool) -> None:
    """Raise StartError unless the wheels of the servers that we are to run are there and work."""
    if postgres:
        check_program(wheels.postgres_program("postgres"), "DATABASE_URL")
        wheels.postgres_program("initdb")
    if valkey:
        check_program(wheels.valkey_program(), "REDIS_URL")
