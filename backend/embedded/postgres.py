"""PostgreSQL from its wheel: one cluster in one directory, reached by a Unix socket alone."""

import functools
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from backend.embedded import wheels
from backend.embedded.errors import StartError
from backend.embedded.processes import Child, Command, command_line_of

USER = "waymark"
DATABASE = "waymark"
NOBODY = 65534
READY_SECONDS = 120.0
"""Recovery after a crash takes as long as there is log to replay."""
ORPHAN_SECONDS = 20.0

SETTINGS = {"listen_addresses": "", "timezone": "UTC", "log_timezone": "UTC"}
THROW_AWAY_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
}


@dataclass(frozen=True)
class Identity:
    """How to run PostgreSQL, which refuses to run as root: a prefix, or another user."""

    prefix: tuple[str, ...] = ()
    user: int | None = None


@functools.cache
def identity() -> Identity:
    """Ourselves; as root, "nobody" in a user namespace of its own (files stay root's), or nobody.

    Containers often refuse namespaces; then the directories are given to nobody.
    """
    if os.geteuid() != 0:
        return Identity()
    unshare = shutil.which("unshare")
    if unshare:
        prefix = (unshare, "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")
        tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
        if tried.returncode == 0:
            return Identity(prefix=prefix)
    return Identity(user=NOBODY)


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL data directory, its sockets and its log."""

    data: Path
    sockets: Path
    log: Path
    is_throw_away: bool = False
    """Trade safety for speed: the data need not survive anything."""

    def url(self, database: str = DATABASE) -> str:
        """The address for DATABASE_URL."""
        return f"postgres://{USER}@{quote(str(self.sockets), safe='')}/{database}"

    def create(self) -> bool:
        """Make the data directory, whole or not at all; False when it is there already.

        Raises StartError when it can't be made or belongs to another version.
        """
        if (self.data / "PG_VERSION").exists():
            self._refuse_other_version()
            return False
        # A start that is interrupted here leaves only this name, and the next one begins anew.
        unfinished = self.data.with_name(self.data.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700, parents=True)
        self._hand_over(unfinished)
        argv = [
            *identity().prefix,
            str(wheels.postgres_program("initdb")),
            f"--pgdata={unfinished}",
            f"--username={USER}",
            "--auth=trust",  # the socket's directory is closed to everybody else
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
        ]
        if self.is_throw_away:
            argv.append("--no-sync")
        self._run_initdb(argv)
        unfinished.rename(self.data)
        return True

    def command(self) -> Command:
        """How to start the server. Raises StartError while another one still uses the data."""
        end_orphan(self.data, self.sockets)
        self._hand_over(self.sockets)
        quoted = str(self.sockets).replace('"', '""')
        settings = SETTINGS | {
            "unix_socket_directories": f'"{quoted}"',
            "unix_socket_permissions": "0700",
        }
        if self.is_throw_away:
            settings |= THROW_AWAY_SETTINGS
        argv = [
            *identity().prefix,
            str(wheels.postgres_program("postgres")),
            "-D",
            str(self.data),
        ]
        for name, value in settings.items():
            argv += ["-c", f"{name}={value}"]
        return Command(
            name="PostgreSQL",
            argv=tuple(argv),
            log=self.log,
            environment=_without_pg_variables(),
            directory=self.sockets,
            user=identity().user,
            stop_signal=signal.SIGINT,  # "fast": ends sessions; SIGTERM would wait for them
            stop_seconds=30,
            # Nobody needs throw-away data to be written down in order.
            orphan_signal=signal.SIGQUIT if self.is_throw_away else signal.SIGINT,
        )

    def wait_until_ready(self, child: Child, pause: Callable[[float], None] = time.sleep) -> None:
        """Wait for the server to answer and make Waymark's database where it is missing.

        Raises StartError when the server exits or takes longer than READY_SECONDS.
        """
        deadline = time.monotonic() + READY_SECONDS
        while True:
            try:
                with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                    known = connection.execute(
                        "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
                    ).fetchone()
                    if not known:
                        connection.execute(f"CREATE DATABASE {DATABASE}")
                    return
            except psycopg.OperationalError:
                if child.exit_code() is not None or time.monotonic() > deadline:
                    raise StartError(
                        f"PostgreSQL did not start. Its log, {self.log}, ends with:\n"
                        f"{child.last_lines()}"
                    ) from None
                pause(0.05)

    def _hand_over(self, directory: Path) -> None:
        """Give a directory to the user that PostgreSQL runs as, if it is another one than ours."""
        user = identity().user
        if user is not None:
            os.chown(directory, user, user)
            _refuse_unreachable(directory, "-w", user)

    def _run_initdb(self, argv: list[str]) -> None:
        user = identity().user
        if user is not None:
            _refuse_unreachable(Path(argv[0]), "-x", user)
        done = subprocess.run(
            argv,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            env=_without_pg_variables(),
            cwd=self.sockets,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )
        if done.returncode != 0:
            raise StartError(
                f"PostgreSQL's data directory could not be made in {self.data.parent}:\n"
                f"{(done.stderr or done.stdout).strip()}"
            )

    def _refuse_other_version(self) -> None:
        version = (self.data / "PG_VERSION").read_text().strip()
        if version != str(wheels.POSTGRES_MAJOR):
            raise StartError(
                f"{self.data} was made by PostgreSQL {version}, and this is "
                f"{wheels.POSTGRES_MAJOR}. Move it away to begin anew, or bring the data over "
                "with pg_dump of the old version and psql of the new one."
            )


def _refuse_unreachable(path: Path, access: str, user: int) -> None:
    """Raise StartError unless `user` has this access ("-w", "-x") to the path."""
    reached = subprocess.run(
        ["test", access, str(path)], user=user, group=user, extra_groups=[], check=False
    )
    if reached.returncode != 0:
        raise StartError(
            f"PostgreSQL does not run as root, and the user nobody can't reach {path}. Run "
            "`make run` as a normal user, or put Waymark and its VAR_DIR where everybody may look, "
            "such as /srv."
        )


def end_orphan(data: Path, sockets: Path) -> None:
    """Clear the way after a crash: our caller has the lock, so whoever uses the data is left over.

    A real left-over server is stopped. Then the files that name its process are removed: ids come
    round again after a reboot (in a container at once), and one that nobody has collected yet is
    still taken, so PostgreSQL would refuse to start. Raises StartError when it does not stop.
    """
    pid_file = data / "postmaster.pid"
    with suppress(FileNotFoundError, ValueError):
        _stop_server(abs(int(pid_file.read_text().split("\n", 1)[0])), data)
    for stale in (pid_file, *sockets.glob(".s.PGSQL.*")):
        stale.unlink(missing_ok=True)


def _stop_server(pid: int, data: Path) -> None:
    """Stop the server `pid` of these data, if it is one."""
    if not _is_server_of(pid, data):
        return
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGINT)
    deadline = time.monotonic() + ORPHAN_SECONDS
    while _is_server_of(pid, data):
        if time.monotonic() > deadline:
            raise StartError(
                f"A PostgreSQL left over from an earlier start (process {pid}) still uses "
                f"{data} and does not stop. End it with `kill -9 {pid}` and start again."
            )
        time.sleep(0.05)


def _is_server_of(pid: int, data: Path) -> bool:
    command = command_line_of(pid)
    return "postgres" in command and str(data) in command


def _without_pg_variables() -> dict[str, str]:
    # PGPORT, PGHOST and the like, meant for another server, would move this one.
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
