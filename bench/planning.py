"""What planning costs: by what is due, and by what is not.

    .venv/bin/python -m bench.planning

Enrollments on the built-in pathway, each with 20 log entries, four milestones begun and one round;
1,000 of them due at once, the rest within a month. Prints the wall time of `keep_appointments` (and
of a second one, that finds nothing due) at 10,000 and at 100,000 enrollments, its statements, and
what the machine was doing besides.
"""

import os
import time
from datetime import datetime, timedelta
from typing import Any

from bench.installation import installation, machine

SIZES = (10_000, 100_000)
DUE = 1_000
ENTRIES, BEGUN = 20, 4
ROUNDS = 5

PEOPLE = """
    INSERT INTO accounts_user (id, email, name, time_zone, locale, password, is_active, is_staff,
                               is_superuser, date_joined)
    SELECT gen_random_uuid(), 'bench' || n || '@example.org', 'Learner ' || n, 'Europe/Berlin',
           'en', '!', true, false, false, now()
    FROM generate_series(%s, %s) AS n
"""
ENROLLMENTS = """
    INSERT INTO progress_enrollment (id, learner_id, pathway_id, edition_id, track, role,
                                     weekly_minutes, state, started_at, origins)
    SELECT gen_random_uuid(), u.id, %s, %s, %s, %s, 45, 'active', now() - interval '200 days', '{}'
    FROM accounts_user u
    WHERE u.email LIKE 'bench%%' AND NOT EXISTS
        (SELECT 1 FROM progress_enrollment e WHERE e.learner_id = u.id)
"""
ENTRIES_SQL = """
    INSERT INTO progress_logentry (id, enrollment_id, milestone_key, day, time_zone, minutes, note,
                                   source, at, created_at)
    SELECT gen_random_uuid(), e.id, %s, current_date - (n * 4), 'Europe/Berlin', 45, '', 'web',
           now(), now()
    FROM progress_enrollment e, generate_series(1, %s) AS n
    WHERE NOT EXISTS (SELECT 1 FROM progress_logentry l WHERE l.enrollment_id = e.id)
"""
BEGUN_SQL = """
    INSERT INTO progress_milestoneprogress (enrollment_id, milestone_key, work, work_changed_at,
                                            verification, verification_changed_at)
    SELECT e.id, k, 'doing', now() - interval '20 days', 'none', NULL
    FROM progress_enrollment e, unnest(%s::text[]) AS k
    WHERE NOT EXISTS (SELECT 1 FROM progress_milestoneprogress m WHERE m.enrollment_id = e.id)
"""
APPOINTMENTS = """
    INSERT INTO notifications_appointment (about, subject_id, person_id, due_at, looked_at)
    SELECT 'enrollment', e.id, e.learner_id, now() + interval '8 days'
           + random() * interval '30 days', now() - interval '1 day'
    FROM progress_enrollment e
    ON CONFLICT DO NOTHING
"""
SOME_DUE = """
    UPDATE notifications_appointment SET due_at = now() - interval '1 minute'
    WHERE id IN (SELECT id FROM notifications_appointment ORDER BY subject_id LIMIT %s)
"""


def main() -> None:
    """Fill an installation to each size and print the figures."""
    with installation():
        print(machine())
        before = 0
        for size in SIZES:
            _fill(before + 1, size)
            before = size
            _measure(size)


def _measure(size: int) -> None:
    from django.db import connection  # noqa: PLC0415 (needs the installation)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from notifications.models import Notification  # noqa: PLC0415
    from notifications.nudges.appointments import keep_appointments  # noqa: PLC0415

    took, idle, made, statements = [], [], 0, 0
    for _ in range(ROUNDS):
        _sql("DELETE FROM notifications_delivery")
        _sql("DELETE FROM notifications_notification")
        _sql(APPOINTMENTS)
        _sql(SOME_DUE, [DUE])
        _sql("ANALYZE notifications_appointment")
        now = _monday(timezone.now())
        start, cpu = time.perf_counter(), time.process_time()
        made = keep_appointments(now=now)
        took.append((time.perf_counter() - start, time.process_time() - cpu))
        start = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            keep_appointments(now=now)
        idle.append(time.perf_counter() - start)
        statements = len(queries)
    if Notification.objects.count() != made:
        raise SystemExit("It counts what it does not write.")
    wall = sorted(one for one, _ in took)
    print(
        f"{size:7} enrollments, {DUE} due: least {wall[0]:.2f} s, median "
        f"{wall[len(wall) // 2]:.2f} s, most {wall[-1]:.2f} s wall, "
        f"{min(cpu for _, cpu in took):.2f} s of it in this process; "
        f"{made} nudges written; nothing due: {min(idle) * 1000:.1f} ms, {statements} statements; "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def _monday(now: datetime) -> datetime:
    """Return the next Monday's morning: every digest is due then, and told."""
    day = now + timedelta(days=7 - now.weekday())
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


def _fill(first: int, last: int) -> None:
    from progress.compiled import compiled_edition  # noqa: PLC0415 (needs the installation)
    from progress.models import Edition  # noqa: PLC0415

    edition = Edition.objects.get(pathway__slug="machine-learning-engineer", number=1)
    document = compiled_edition(edition.pk).document
    keys = [one.key for one in document.milestones][:BEGUN]
    _sql(PEOPLE, [first, last])
    _sql(
        ENROLLMENTS,
        [edition.pathway_id, edition.pk, document.tracks[0].key, document.roles[0].key],
    )
    _sql(ENTRIES_SQL, [keys[0], ENTRIES])
    _sql(BEGUN_SQL, [keys])
    _sql("ANALYZE")


def _sql(statement: str, values: Any = None) -> None:
    from django.db import connection  # noqa: PLC0415 (needs the installation)

    with connection.cursor() as cursor:
        cursor.execute(statement, values)


if __name__ == "__main__":
    main()
