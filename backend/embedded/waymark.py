"""Waymark's own processes: the one-shots before a start, and those that run for good."""

import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypedDict

from backend.embedded.configuration import PROJECT, Configuration
from backend.embedded.errors import StartError
from backend.embedded.processes import Child, Command

READY_SECONDS = 60.0


class DemoPerson(TypedDict):
    """What a newcomer needs to sign in as somebody."""

    name: str
    email: str
    password: str
    role: str


def manage(name: str, *arguments: str, log: Path, environment: Mapping[str, str]) -> Command:
    """Return one run of manage.py; `name` is what it is called when it fails."""
    return Command(
        name=name,
        argv=(sys.executable, str(PROJECT / "manage.py"), *arguments),
        log=log,
        environment=environment,
        directory=PROJECT,
    )


def long_running(
    configuration: Configuration, environment: Mapping[str, str]
) -> dict[str, Callable[[], Command]]:
    """Return web, four workers, beat and relay: the same commands as in docker-compose.yml."""
    beat = configuration.var / "beat"
    beat.mkdir(exist_ok=True)

    def python(name: str, *argv: str) -> tuple[str, Callable[[], Command]]:
        command = Command(
            name=name,
            argv=(sys.executable, *argv),
            log=configuration.logs / f"{name}.log",
            # Lets a worker put unfinished tasks back instead of finishing them all.
            environment={**environment, "REMAP_SIGTERM": "SIGQUIT"},
            directory=PROJECT,
        )
        return name, lambda: command

    return dict([
        python(
            "web", "-m", "granian", "--interface", "wsgi", "backend.wsgi:application",
            "--host", configuration.bind_address, "--port", str(configuration.port),
            "--workers", "1", "--blocking-threads", "8",
        ),
        # One for each queue: whatever another server makes one of them wait for, it waits alone.
        python("worker", *_consuming("default")),
        python("mailer", *_consuming("mail", "--hostname", "mailer@%h")),
        python("pusher", *_consuming("push", "--concurrency", "1", "--hostname", "pusher@%h")),
        python("checker", *_consuming("checks", "--concurrency", "1", "--hostname", "checker@%h")),
        python(
            "beat", "-m", "celery", "-A", "backend", "beat", "--schedule", str(beat / "schedule"),
        ),
        python("relay", str(PROJECT / "manage.py"), "relay"),
    ])  # fmt: skip


def _consuming(queue: str, *options: str) -> tuple[str, ...]:
    return ("-m", "celery", "-A", "backend", "worker", "-Q", queue, *options)


def url(configuration: Configuration, path: str) -> str:
    """Where our web process answers for this path, from this machine."""
    host = configuration.bind_address
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared only
    return f"http://{f'[{host}]' if ':' in host else host}:{configuration.port}{path}"


def wait_until_web_answers(
    configuration: Configuration, child: Child, pause: Callable[[float], None]
) -> None:
    """Wait for the first answer. Raises StartError when web exits or takes too long."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            opener.open(url(configuration, "/health/live"), timeout=2).close()
        except urllib.error.HTTPError:
            return  # in production our host name may be refused; an answer it is
        except OSError:
            if child.exit_code() is not None or time.monotonic() > deadline:
                raise StartError(
                    f"The web process did not start. {child.command.log} ends with:\n"
                    f"{child.last_lines()}"
                ) from None
            pause(0.1)
        else:
            return


def demo_people(file: Path) -> list[DemoPerson] | None:
    """Return the demo people that an earlier start has made, or None."""
    try:
        people: list[DemoPerson] = json.loads(file.read_text())
    except (FileNotFoundError, ValueError):
        return None
    return people


def keep_demo_people(file: Path, output: Path) -> list[DemoPerson]:
    """Keep what `create_demo_people --json` has printed to `output`, readable for us alone."""
    text = output.read_text()
    people: list[DemoPerson] = json.loads(text[text.index("[") :])
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
        json.dump(people, kept, indent=2, ensure_ascii=False)
    unfinished.rename(file)
    output.unlink()
    return people
