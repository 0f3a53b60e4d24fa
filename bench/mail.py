"""How many mails leave in a second, from the ledger through SMTP to a server on this machine.

    .venv/bin/python -m bench.mail [MAILS]

Queues MAILS (1,000) invitations, then starts two sending processes, as many as the shipped worker
has, and a mail server in a process of its own that writes down what it receives before it answers.
Prints the time from the first claim to the last row marked sent, what was received, and how much
processor time the senders took: the better figure on a machine that does other things, too.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from bench.installation import installation, machine

ROOT = Path(__file__).resolve().parents[1]
SENDERS = 2
EACH_PERSONS = 20


def main() -> None:
    """Run it and print the figures."""
    mails = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with installation() as folder:
        fill(mails)
        sink = python("bench.sink", str(folder / "received"))
        port = sink.stdout.readline().decode().strip() if sink.stdout else ""
        begins = time.perf_counter()
        senders = [python("tests.notifications.sender", port, "0") for _ in range(SENDERS)]
        used = [os.wait4(sender.pid, 0)[2] for sender in senders]
        seconds = time.perf_counter() - begins
        cpu = sum(one.ru_utime + one.ru_stime for one in used)
        sink.terminate()
        sink.wait()
        from notifications.models import Delivery  # noqa: PLC0415 (needs the installation)

        sent = Delivery.objects.filter(state="sent").count()
        received = [json.loads(line) for line in (folder / "received").read_text().splitlines()]
    print(machine())
    print(
        f"{sent} of {mails} mails sent in {seconds:.1f} s by {SENDERS} processes, "
        f"their start included: {sent / seconds:.0f} a second; "
        f"{len(received)} received, {len(set(received))} different; "
        f"{1000 * cpu / max(sent, 1):.1f} ms of processor a mail"
    )


def fill(mails: int) -> None:
    """Queue invitations, must-arrive mail of the usual size."""
    from django.utils import timezone  # noqa: PLC0415 (needs the installation)

    from progress import outbox  # noqa: PLC0415
    from progress.commands.invite_person import invite_person  # noqa: PLC0415
    from tests.factories import make_person  # noqa: PLC0415

    now = timezone.now()
    for number in range(mails):
        if number % EACH_PERSONS == 0:  # how many one person may have open is limited
            person = make_person("Ada Lovelace")
        invite_person(
            person=person, email=f"friend{number}@example.org", part="mentor", message="", now=now
        )
    while outbox.deliver_pending(now=timezone.now()):
        pass


def python(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a module in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, stdout=subprocess.PIPE
    )


if __name__ == "__main__":
    main()
