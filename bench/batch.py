"""How long a batch of 50 takes with two million log entries in the table.

    .venv/bin/python -m bench.batch [--rows 2000000] [--runs 40]

Starts a PostgreSQL and a Valkey of its own, makes 2,000 learners on the built-in pathway with 1,000
entries each (`generate_series`), and sends batches of 50 commands (40 entries, of which 5 are
corrections, 5 voids and 5 work states) through the whole of Django, without a network in between.
Prints the machine, the rows and what a batch took.
"""

import argparse
import datetime as dt
from typing import Any

from bench.installation import installation, machine
from bench.rows import ENROLLMENTS, LEARNERS
from bench.timing import Times, statements

ENTRIES_EACH = 1_000
ENTRIES = """
    INSERT INTO progress_logentry (id, enrollment_id, milestone_key, day, time_zone, minutes, note,
                                   source, at, created_at)
    SELECT gen_random_uuid(), e.id, 'data-analysis', current_date - (n %% 380), 'UTC', 5, '', 'web',
           now(), now()
    FROM generate_series(1, %s) AS n, progress_enrollment e
    JOIN accounts_user u ON u.id = e.learner_id WHERE u.email LIKE 'bench%%'
"""


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--runs", type=int, default=40)
    asked = parser.parse_args()
    with installation():
        _measure(asked.rows, asked.runs)


def _measure(rows: int, runs: int) -> None:
    from django.db import connection  # noqa: PLC0415 (needs the installation)
    from rest_framework.test import APIClient  # noqa: PLC0415

    from accounts.models import User  # noqa: PLC0415
    from progress.models import Enrollment, LogEntry  # noqa: PLC0415
    from tests.factories import make_enrollment, make_person  # noqa: PLC0415

    now = dt.datetime.now(dt.UTC)
    pattern = make_enrollment(make_person("Pattern"), now=now - dt.timedelta(days=400))
    with connection.cursor() as cursor:
        cursor.execute(LEARNERS, [rows // ENTRIES_EACH])
        cursor.execute(ENROLLMENTS, [pattern.pk])
        cursor.execute(ENTRIES, [ENTRIES_EACH])
        cursor.execute("ANALYZE")
    print(machine())
    print(f"{LogEntry.objects.count():,} log entries of {rows // ENTRIES_EACH:,} learners")
    taken = Times()
    learners = list(User.objects.filter(email__startswith="bench")[: runs + 1])
    for number, learner in enumerate(learners):
        client = APIClient()
        client.force_login(learner)
        enrollment = Enrollment.objects.get(learner=learner)

        def send(client: Any = client, enrollment: Enrollment = enrollment) -> None:
            response = client.post("/api/v1/log-entries/batch", _batch(enrollment, now))
            if {one["outcome"] for one in response.json()["results"]} != {"created"}:
                raise SystemExit(response.content.decode())

        if number:
            taken.take(send)
        else:  # the first compiles the edition
            send()
    print(f"batch of 50: {taken}; {statements(send)}")


def _batch(enrollment: Any, now: dt.datetime) -> dict[str, Any]:
    """40 entries, 5 of them corrections, 5 voids, 5 moves of work states."""
    from tests.factories import new_id  # noqa: PLC0415

    key, day = "data-analysis", (now - dt.timedelta(days=1)).date().isoformat()
    entries = [
        {"type": "log", "id": new_id(), "milestone_key": key, "day": day, "minutes": 2, "note": "."}
        for _ in range(40)
    ]
    for fixed, broken in zip(entries[:5], entries[5:10], strict=True):
        fixed["replaces"] = broken["id"]
    voids = [{"type": "void", "id": new_id(), "entry_id": entry["id"]} for entry in entries[10:15]]
    works = [
        {"type": "work", "id": new_id(), "milestone_key": key, "move": "start"} for _ in range(5)
    ]
    return {"enrollment_id": str(enrollment.pk), "commands": [*entries, *voids, *works]}


if __name__ == "__main__":
    main()
