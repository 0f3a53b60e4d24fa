"""The order of a start, and what the person at the keyboard reads meanwhile."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

import psycopg
import redis

from backend.embedded import configuration, preflight, waymark
from backend.embedded.configuration import Configuration
from backend.embedded.errors import StartError
from backend.embedded.lock import Lock
from backend.embedded.postgres import Cluster
from backend.embedded.processes import Command, Keeper
from backend.embedded.signals import Signals, StopRequested
from backend.embedded.sockets import socket_directory
from backend.embedded.supervisor import Service, Supervisor
from backend.embedded.valkey import Valkey
from backend.embedded.watch import WorkWatch

SERVERS_RANK, PROCESSES_RANK = 1, 2


def main() -> int:
    """Run Waymark until somebody stops it; return the exit code."""
    os.umask(0o077)  # what people write, and the logs that tell of it, are ours alone
    signals = Signals()
    try:
        run(configuration.read(os.environ), signals)
    except StopRequested:
        return 0
    except StartError as error:
        if signals.stops:  # Ctrl-C also reached a program that we waited for
            return 0
        say(f"\nWaymark does not start.\n{error}", sys.stderr)
        return 1
    except OSError as error:
        say(f"\nWaymark does not start.\n{error}", sys.stderr)
        return 1
    return 0


def run(chosen: Configuration, signals: Signals) -> None:
    """Start everything, say where it is, and keep it running. Raises StopRequested in the end."""
    preflight.check_disk(chosen.var)
    preflight.check_wheels(postgres=not chosen.database_url, valkey=not chosen.redis_url)
    lock = Lock(chosen.var / "lock")
    lock.acquire(address=chosen.public_url, pause=signals.pause)
    preflight.check_port(chosen.bind_address, chosen.port)

    guard = Keeper(held_open=(lock.descriptor,))
    supervisor = Supervisor(guard, signals, say)
    try:
        environment = start_servers(chosen, supervisor, signals)
        prepare(chosen, supervisor, environment)
        start_processes(chosen, supervisor, signals, environment)
        announce(chosen)
        supervisor.run(WorkWatch(waymark.url(chosen, "/health/work"), chosen.late_seconds))
    finally:
        say("Stopping …")
        supervisor.stop()
        guard.close()
        say("Stopped.")


def start_servers(
    chosen: Configuration, supervisor: Supervisor, signals: Signals
) -> dict[str, str]:
    """Start PostgreSQL and Valkey, unless there are addresses of others; return what Django needs.

    Raises StartError when one of them, ours or not, does not answer.
    """
    cluster = Cluster(
        data=chosen.var / "postgres",
        sockets=socket_directory(chosen.var / "run"),
        log=chosen.logs / "postgres.log",
    )
    valkey = Valkey(sockets=cluster.sockets, log=chosen.logs / "valkey.log")
    if not chosen.database_url:
        with step("PostgreSQL"):
            cluster.create()
            child = supervisor.start(Service("PostgreSQL", cluster.command, SERVERS_RANK))
            cluster.wait_until_ready(child, signals.pause)
    else:
        with step("PostgreSQL at DATABASE_URL"):
            check_database(chosen.database_url)
    if not chosen.redis_url:
        with step("Valkey"):
            child = supervisor.start(Service("Valkey", valkey.command, SERVERS_RANK))
            valkey.wait_until_ready(child, signals.pause)
    else:
        with step("Redis at REDIS_URL"):
            check_redis(chosen.redis_url)
    return chosen.for_children(
        database_url=chosen.database_url or cluster.url(),
        redis_url=chosen.redis_url or valkey.url,
    )


def check_database(url: str) -> None:
    """Raise StartError unless the PostgreSQL at this address lets us in."""
    try:
        psycopg.connect(url, connect_timeout=10).close()
    except psycopg.Error as error:
        raise StartError(f"The PostgreSQL at DATABASE_URL does not answer: {error}") from None


def check_redis(url: str) -> None:
    """Raise StartError unless the Redis or Valkey at this address answers."""
    try:
        with redis.from_url(url, socket_timeout=10, socket_connect_timeout=10) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise StartError(f"The Redis at REDIS_URL does not answer: {error}") from None


def prepare(chosen: Configuration, supervisor: Supervisor, environment: dict[str, str]) -> None:
    """Bring the database up to date. Raises StartError when one of the commands fails."""

    def manage(name: str, *arguments: str) -> Command:
        log = chosen.logs / f"{arguments[0]}.log"
        log.unlink(missing_ok=True)
        return waymark.manage(name, *arguments, log=log, environment=environment)

    with step("Migrations"):
        supervisor.run_once(manage("migrate", "migrate", "--no-input"))
    with step("The built-in pathway"):
        supervisor.run_once(manage("load_pathways", "load_pathways"))
    people = chosen.var / "demo-people.json"
    if not chosen.is_production and waymark.demo_people(people) is None:
        with step("Demo people"):
            command = manage("create_demo_people", "create_demo_people", "--json")
            supervisor.run_once(command)
            waymark.keep_demo_people(people, command.log)


def start_processes(
    chosen: Configuration, supervisor: Supervisor, signals: Signals, environment: dict[str, str]
) -> None:
    """Start web, workers, beat and relay. Raises StartError when web does not come up."""
    with step("Web, workers, beat and relay"):
        children = [
            supervisor.start(Service(name, command, PROCESSES_RANK, does_work=name != "web"))
            for name, command in waymark.long_running(chosen, environment).items()
        ]
        waymark.wait_until_web_answers(chosen, children[0], signals.pause)


def announce(chosen: Configuration) -> None:
    """Say where Waymark is, and as whom one can sign in."""
    say(f"\nWaymark is at {chosen.public_url}\n")
    people = None if chosen.is_production else waymark.demo_people(chosen.var / "demo-people.json")
    for person in people or []:
        who = f"{person['role']:<12} {person['name']:<20}"
        say(f"  {who} {person['email']:<32} {person['password']}")
    say(f"\nLogs: {chosen.logs}   Ctrl-C stops everything.")


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    began = time.monotonic()
    say(f"  {name} …", end=" ")
    try:
        yield
    except BaseException:
        say("")
        raise
    say(f"ready ({time.monotonic() - began:.1f} s)")


def say(text: str, stream: TextIO | None = None, end: str = "\n") -> None:
    """Write to the person at the keyboard, at once; a terminal that is gone stops nothing."""
    stream = stream or sys.stdout
    with suppress(OSError):
        stream.write(text + end)
        stream.flush()
